"""A case's history is chained, so that whoever edits it is found out."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from small_town import import_cases, lay_out, violation

from cases.errors import HistoryError
from cases.history import Deed, append, faults
from cases.models import Case, CaseEvent

AT = datetime(2026, 6, 15, 12, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def case_ids(connection: sa.Connection, tmp_path: Path) -> list[int]:
    lay_out(connection)
    import_cases(connection, tmp_path, violation(), violation(case_no="C-2", parcel_no="A-2"))
    return list(connection.scalars(sa.select(Case.id).order_by(Case.number)))


def _tell(connection: sa.Connection, case_id: int, **details: object) -> None:
    deed = Deed(case_id, "note_added", date(2026, 6, 14), details)
    append(connection, [deed], actor="J. Ortega", recorded_at=AT)


def test_each_event_is_chained_to_the_one_before_it_in_its_own_case(
    connection: sa.Connection, case_ids: list[int]
) -> None:
    first, second = case_ids
    deeds = [Deed(first, "a"), Deed(second, "b"), Deed(first, "c")]
    append(connection, deeds, actor="J. Ortega", recorded_at=AT)
    query = sa.select(CaseEvent).order_by(CaseEvent.case_id, CaseEvent.seq)
    events = connection.execute(query).all()
    assert [(event.case_id, event.seq, event.kind) for event in events] == [
        (first, 1, "imported"),
        (first, 2, "a"),
        (first, 3, "c"),
        (second, 1, "imported"),
        (second, 2, "b"),
    ]
    assert events[0].prev_hash == events[3].prev_hash == bytes(32)
    assert events[1].prev_hash == events[0].hash
    assert events[2].prev_hash == events[1].hash


def test_a_history_as_it_was_written_shows_no_fault(
    connection: sa.Connection, case_ids: list[int]
) -> None:
    _tell(
        connection, case_ids[0], text='Ñandú "quoted"\n', count=3, yes=True, none=None, list=["b"]
    )
    assert list(faults(connection)) == []


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE lotline.case_event SET details = details || '{\"count\": 4}' WHERE seq = 2",
        "UPDATE lotline.case_event SET actor = 'Somebody Else' WHERE seq = 2",
        "UPDATE lotline.case_event SET happened_on = '2026-01-01' WHERE seq = 2",
        "UPDATE lotline.case_event SET recorded_at = recorded_at - interval '1 hour' WHERE seq = 2",
        "UPDATE lotline.case_event SET hash = sha256('x') WHERE seq = 2",
        "DELETE FROM lotline.case_event WHERE seq = 2",
        "UPDATE lotline.case_event SET seq = 5 - seq WHERE seq IN (2, 3)",
    ],
)
def test_any_edit_behind_the_trigger_is_found(
    connection: sa.Connection, case_ids: list[int], edit: str
) -> None:
    for count in range(3):
        _tell(connection, case_ids[0], count=count)
    connection.exec_driver_sql(
        "ALTER TABLE lotline.case_event DISABLE TRIGGER case_event_append_only"
    )
    if "5 - seq" in edit:
        connection.exec_driver_sql(
            "ALTER TABLE lotline.case_event DROP CONSTRAINT case_event_in_sequence CASCADE"
        )
    connection.exec_driver_sql(edit)
    assert list(faults(connection))


@pytest.mark.parametrize("value", [0.5, date(2026, 1, 1), {"inner": [1, 2.5]}, b"x"])
def test_details_that_would_not_come_back_exactly_are_refused(
    connection: sa.Connection, case_ids: list[int], value: object
) -> None:
    with pytest.raises(HistoryError, match="would not come back exactly"):
        _tell(connection, case_ids[0], value=value)

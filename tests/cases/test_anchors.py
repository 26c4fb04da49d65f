"""A root kept elsewhere shows what a chain cannot: that its end was cut away."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from small_town import import_cases, lay_out, violation

from cases.anchors import cut_off, root_lines
from cases.errors import HistoryError
from cases.history import Deed, append, faults
from cases.models import Case

AT = datetime(2026, 6, 15, 12, tzinfo=UTC)


@pytest.fixture
def case_ids(connection: sa.Connection, tmp_path: Path) -> list[int]:
    lay_out(connection)
    import_cases(connection, tmp_path, violation(), violation(case_no="C-2", parcel_no="A-2"))
    ids = list(connection.scalars(sa.select(Case.id).order_by(Case.number)))
    deeds = [Deed(each, "note_added", details={"n": n}) for each in ids for n in range(3)]
    append(connection, deeds, actor="J. Ortega", recorded_at=AT)
    return ids


def _rewrite(connection: sa.Connection, statement: str, **values: object) -> None:
    """Do what only an owner of the server can, to see that it is found."""
    connection.exec_driver_sql("ALTER TABLE lotline.case_event DISABLE TRIGGER USER")
    connection.execute(sa.text(statement), values)
    connection.exec_driver_sql("ALTER TABLE lotline.case_event ENABLE TRIGGER USER")


def test_what_grew_since_is_no_fault(connection: sa.Connection, case_ids: list[int]) -> None:
    root = list(root_lines(connection))
    assert len(root) == 2 + len(case_ids)
    append(connection, [Deed(case_ids[0], "x")], actor="J. Ortega", recorded_at=AT)
    assert list(cut_off(connection, root)) == []


def test_an_end_cut_away_is_found_by_the_root_alone(
    connection: sa.Connection, case_ids: list[int]
) -> None:
    root = list(root_lines(connection))
    cut = "DELETE FROM lotline.case_event WHERE case_id = :case AND seq > 2"
    _rewrite(connection, cut, case=case_ids[1])
    assert list(faults(connection)) == []
    (fault,) = cut_off(connection, root)
    assert fault == f"Case {case_ids[1]}: its history had 4 events when the root was written."


def test_an_end_cut_away_and_written_anew_is_found(
    connection: sa.Connection, case_ids: list[int]
) -> None:
    root = list(root_lines(connection))
    cut = "DELETE FROM lotline.case_event WHERE case_id = :case AND seq = 4"
    _rewrite(connection, cut, case=case_ids[0])
    append(connection, [Deed(case_ids[0], "other")], actor="J. Ortega", recorded_at=AT)
    assert list(faults(connection)) == []
    (fault,) = cut_off(connection, root)
    assert "event 4 is not the one the root was written of" in fault


@pytest.mark.parametrize("at", [0, 1, -1])
def test_a_root_that_was_changed_is_no_root(
    connection: sa.Connection, case_ids: list[int], at: int
) -> None:
    root = list(root_lines(connection))
    root[at] = root[at].replace("r", "s").replace(" 4 ", " 3 ")
    with pytest.raises(HistoryError, match="no root"):
        list(cut_off(connection, root))
    with pytest.raises(HistoryError, match="no root"):
        list(cut_off(connection, []))
    assert case_ids

"""A complaint's history is chained, checked and anchored as a case's is, before there is any."""

import hashlib
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from desk import CLERK, day
from played import in_a_town_of_its_own
from reported import received, told_of

from cases.anchors import HEAD_OF_CASES, cut_off, root_lines
from cases.errors import HistoryError
from cases.history import CASES, COMPLAINTS, FIRST, Deed, append, faults, fingerprint
from cases.intake import accept, dismiss
from geo.database import Database

AT = datetime(2026, 6, 15, 12, 30, 15, 123456, tzinfo=UTC)


def test_a_cases_event_is_fingerprinted_as_it_always_was() -> None:
    """The bytes are written out by hand: whatever changes them breaks every kept history."""
    canonical = (
        '{"actor":"J. Ortega","case_id":7,"details":{"n":1,"text":"Ñandú"},'
        '"happened_on":"2026-06-14","kind":"note_added",'
        '"recorded_at":"2026-06-15T12:30:15.123456+00:00","seq":3}'
    )
    deed = Deed(7, "note_added", date(2026, 6, 14), {"text": "Ñandú", "n": 1})
    asked = {"seq": 3, "actor": "J. Ortega", "recorded_at": AT, "prev_hash": FIRST}
    told = fingerprint(deed, **asked)  # type: ignore[arg-type]
    assert told == hashlib.sha256(bytes(32) + canonical.encode()).digest()
    assert told == fingerprint(deed, chain=CASES, **asked)  # type: ignore[arg-type]
    # An event of a complaint cannot be passed off as one of a case of the same number.
    assert told != fingerprint(deed, chain=COMPLAINTS, **asked)  # type: ignore[arg-type]


@pytest.fixture
def calls(fresh_database: Database) -> list[int]:
    """Two complaints, the first of which fed a case; committed, with 2 events each."""
    with in_a_town_of_its_own(fresh_database) as (town, law):
        first, second = received(town, law), received(town, law)
        accept(town, complaint_id=first, actor=CLERK, moment=day(6, 2))
        dismiss(town, complaint_id=second, reason="Twice", actor=CLERK, moment=day(6, 2))
    return [first, second]


def _rewrite(database: Database, statement: str) -> None:
    """Do what only an owner of the server can, to see that it is found."""
    with database.owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE lotline.complaint_event DISABLE TRIGGER USER")
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        ('SET details = details || \'{"category": "x"}\' WHERE seq = 1', "event 1 is not as"),
        ("SET actor = 'Somebody' WHERE seq = 2", "event 2 is not as it was written"),
        ("SET complaint_id = 3 - complaint_id, seq = seq + 2", "is missing before event"),
    ],
)
def test_any_edit_behind_the_trigger_is_found_and_said_of_the_complaint(
    fresh_database: Database, calls: list[int], edit: str, fault: str
) -> None:
    assert len(calls) == 2
    with fresh_database.owner.connect() as connection:
        assert list(faults(connection)) == []
    _rewrite(fresh_database, f"UPDATE lotline.complaint_event {edit}")
    with fresh_database.owner.connect() as connection:
        found = list(faults(connection))
    assert any(fault in each for each in found)
    assert all(each.startswith("Complaint ") for each in found)


def test_a_root_holds_both_kinds_of_history_and_shows_which_was_cut(
    fresh_database: Database, calls: list[int]
) -> None:
    with fresh_database.app.connect() as connection:
        root = list(root_lines(connection))
        assert [line.split()[0] for line in root] == [
            "lotline-root-2", "case", "complaint", "complaint", "root",
        ]  # fmt: skip
        assert list(cut_off(connection, root)) == []
    _rewrite(
        fresh_database, "DELETE FROM lotline.complaint_event WHERE kind = 'complaint_dismissed'"
    )
    with fresh_database.app.connect() as connection:
        assert list(faults(connection)) == []
        (fault,) = cut_off(connection, root)
    assert fault == f"Complaint {calls[1]}: its history had 2 events when the root was written."


def test_a_root_from_before_complaints_had_a_history_is_still_read(
    fresh_database: Database, calls: list[int]
) -> None:
    with fresh_database.app.connect() as connection:
        ends = [line.removeprefix("case ") for line in root_lines(connection) if "case " in line]
        old = [HEAD_OF_CASES, *ends]
        told = hashlib.sha256("".join(f"{line}\n" for line in old).encode()).hexdigest()
        assert list(cut_off(connection, [*old, f"root {told}"])) == []
        broken = [*old[:1], old[1].replace(" 2 ", " 9 "), f"root {told}"]
        with pytest.raises(HistoryError, match="no root"):
            list(cut_off(connection, broken))
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE lotline.case_event DISABLE TRIGGER USER")
        connection.exec_driver_sql("DELETE FROM lotline.case_event WHERE seq = 2")
    with fresh_database.app.connect() as connection:
        (fault,) = cut_off(connection, [*old, f"root {told}"])
    assert fault.startswith("Case 1: its history had 2 events")
    assert calls


def test_two_writers_cannot_both_continue_a_complaints_history(
    fresh_database: Database, calls: list[int]
) -> None:
    with fresh_database.app.connect() as one, fresh_database.app.connect() as other:
        append(one, [Deed(calls[0], "x")], actor="a", recorded_at=AT, chain=COMPLAINTS)
        other.exec_driver_sql("SET lock_timeout = '200ms'")
        with pytest.raises(sa.exc.OperationalError, match="lock timeout"):
            append(other, [Deed(calls[0], "y")], actor="b", recorded_at=AT, chain=COMPLAINTS)
        one.commit()
    with fresh_database.app.connect() as connection:
        assert told_of(connection, calls[0])[-1] == "x"
        assert list(faults(connection)) == []

"""What passed with somebody is noted in the history, and names no reporter."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESIDENT, day
from played import MAGISTRATE
from reported import received, told_of

from cases.actors import Actor
from cases.advancing import OutOfOrderError
from cases.contacts import (
    ContactError,
    Direction,
    Note,
    Party,
    Way,
    contacts_of,
    note_on_case,
    note_on_complaint,
)
from cases.opening import close_case, void_case
from cases.story import events_of, events_of_complaint, told
from cases.workflow.roles import Role

CALLED = Note(
    direction=Direction.IN, way=Way.PHONE, party=Party.RESPONDENT, who="P. Lane",
    said="The mower comes on Friday.", happened_at=datetime(2026, 6, 2, 9, 30, tzinfo=UTC),
)  # fmt: skip
CALLED_BACK = Note(
    direction=Direction.OUT, way=Way.PHONE, party=Party.REPORTER, said="Told what was found",
    happened_at=datetime(2026, 6, 2, 9, 30, tzinfo=UTC),
)  # fmt: skip


def changed(note: Note, **changes: Any) -> Note:
    known = {name: getattr(note, name) for name in note.__dataclass_fields__}
    return Note(**(known | changes))


@pytest.mark.feature("full records: photographs, inspections, notices, contacts")
def test_a_contact_is_told_in_the_story_of_its_case(town: sa.Connection, case: int) -> None:
    note_on_case(town, case_id=case, note=CALLED, actor=CLERK, moment=day(6, 2))
    last = list(told(town.execute(events_of(case)).all(), law=None))[-1]
    assert last.text == (
        "Incoming call of June 2, 2026 at 9:30 AM with the respondent P. Lane. "
        "Note: The mower comes on Friday. - J. Okafor"
    )
    (row,) = town.execute(contacts_of(case_id=case))
    assert (row.who, row.said, row.noted_by) == ("P. Lane", CALLED.said, "J. Okafor")


def test_a_contact_with_a_reporter_is_told_without_a_name(town: sa.Connection, law: int) -> None:
    one = received(town, law)
    note_on_complaint(town, complaint_id=one, note=CALLED_BACK, actor=OFFICER, moment=day(6, 2))
    assert told_of(town, one)[-1] == "contact_noted"
    last = list(told(town.execute(events_of_complaint(one)).all(), law=None))[-1]
    assert last.text.startswith("Outgoing call of June 2, 2026 at 9:30 AM with the reporter. Note")
    (row,) = town.execute(contacts_of(complaint_id=one))
    assert row.who is None


@pytest.mark.parametrize(
    ("note", "why"),
    [
        (changed(CALLED_BACK, who="Odalys Ferrer"), "A reporter is never named"),
        (changed(CALLED, who=" "), "Say with whom"),
        (changed(CALLED, said=" \0 "), "Say what was said"),
        (changed(CALLED, happened_at=CALLED.happened_at + timedelta(hours=3)), "in the future"),
    ],
)
def test_a_note_that_says_too_little_or_too_much_is_refused(
    town: sa.Connection, case: int, note: Note, why: str
) -> None:
    with pytest.raises(ContactError, match=why):
        note_on_case(town, case_id=case, note=note, actor=CLERK, moment=day(6, 2))
    assert town.execute(contacts_of(case_id=case)).all() == []


@pytest.mark.parametrize("actor", [RESIDENT, MAGISTRATE, Actor("root", Role.ADMIN)])
def test_nobody_but_staff_notes_a_contact(town: sa.Connection, case: int, actor: Actor) -> None:
    with pytest.raises(ContactError, match="by staff who work the cases"):
        note_on_case(town, case_id=case, note=CALLED, actor=actor, moment=day(6, 2))


def test_a_closed_case_takes_a_note_but_none_dated_before_its_end(
    town: sa.Connection, case: int
) -> None:
    close_case(town, case_id=case, reason="Over", actor=MANAGER, moment=day(6, 2))
    note_on_case(town, case_id=case, note=CALLED, actor=CLERK, moment=day(6, 2))
    earlier = changed(CALLED, happened_at=day(6, 1).now)
    with pytest.raises(OutOfOrderError):
        note_on_case(town, case_id=case, note=earlier, actor=CLERK, moment=day(6, 1))
    assert len(town.execute(contacts_of(case_id=case)).all()) == 1


def test_a_void_case_takes_no_note(town: sa.Connection, case: int) -> None:
    void_case(town, case_id=case, reason="By mistake", actor=MANAGER, moment=day(6, 2))
    with pytest.raises(ContactError, match="is void"):
        note_on_case(town, case_id=case, note=CALLED, actor=CLERK, moment=day(6, 2))

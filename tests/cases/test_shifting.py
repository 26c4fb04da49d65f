"""A sitting that is to come gets another hour or room, and who was told the old is told anew."""

from datetime import date, time
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK, OFFICER, day
from played import MAGISTRATE, one, put_on_docket, story, tell_of_hearing

from cases import hearings, shifting, sittings, telling
from cases.advancing import GuardError
from cases.days import DayError
from cases.models import Hearing, HearingSession
from cases.notice_words import NoticeKind
from cases.sittings import Convening, SittingError
from cases.story import events_of, told
from cases.summoned import is_summoned
from cases.workflow.registry import NoReasonError, NotNowError


@pytest.fixture
def sitting(town: sa.Connection, law: int) -> int:
    """At nine o'clock in the Town Hall, on 11 August."""
    convened = sittings.convene(
        town, body="Special Magistrate", held_on=date(2026, 8, 11), capacity=3, begins_at=time(9),
        place="Town Hall", law_pack_id=law, moment=day(6, 1),
    )  # fmt: skip
    assert convened.how is Convening.NEW
    return convened.session_id


def _shift(town: sa.Connection, sitting: int, **changes: Any) -> int:
    asked = {
        "begins_at": time(13, 30), "place": "Library", "reason": "The hall is flooded",
        "actor": CLERK, "moment": day(7, 6), **changes,
    }  # fmt: skip
    return shifting.shift(town, session_id=sitting, **asked)


def _undone(town: sa.Connection, sitting: int) -> list[str]:
    return [each.recipient for each in town.execute(shifting.told_of_it(sitting))]


def test_a_sitting_of_which_nobody_was_told_is_moved_freely(
    town: sa.Connection, sitting: int
) -> None:
    assert _undone(town, sitting) == []
    assert _shift(town, sitting, reason=None) == 0
    row = one(town, HearingSession)
    assert (row.begins_at, row.place) == (time(13, 30), "Library")


def test_whoever_was_told_the_old_hour_is_told_anew_before_the_hearing_opens(
    town: sa.Connection, case: int, docketed: int, sitting: int
) -> None:
    tell_of_hearing(town, case)
    assert is_summoned(town, one(town, Hearing), before=date(2026, 8, 11))
    assert _undone(town, sitting) == ["P. Lane"]
    assert _shift(town, sitting) == 1
    assert not is_summoned(town, one(town, Hearing), before=date(2026, 8, 11))
    assert _undone(town, sitting) == []  # nobody was told the new one yet
    ask = {"hearing_id": docketed, "members_sitting": 1, "actor": MAGISTRATE}
    with pytest.raises(GuardError, match="notice of hearing is served"):
        hearings.open_hearing(town, moment=day(8, 11), **ask)  # type: ignore[arg-type]
    tell_of_hearing(town, case, moment=day(7, 7))
    hearings.open_hearing(town, moment=day(8, 11), **ask)  # type: ignore[arg-type]
    line = next(
        each
        for each in told(town.execute(events_of(case)).all(), law=None)
        if "sitting of" in each.text
    )
    assert line.text == (
        "The sitting of August 11, 2026 that hears it is at 1:30 PM, Library; it was to be at "
        "9:00 AM, Town Hall. Reason: The hall is flooded. - J. Okafor"
    )


def test_the_same_hour_in_another_room_is_told_anew_too(
    town: sa.Connection, case: int, docketed: int, sitting: int
) -> None:
    tell_of_hearing(town, case)
    _shift(town, sitting, begins_at=time(9))
    assert not is_summoned(town, one(town, Hearing), before=date(2026, 8, 11))
    (notice,) = telling.tell(
        town, case_id=case, kind=NoticeKind.NOTICE_OF_HEARING, actor=CLERK, moment=day(7, 7)
    )
    assert notice
    assert docketed


def test_a_notice_written_before_there_was_an_hour_counts_when_one_is_given(
    town: sa.Connection, case: int, hearing: int, sitting: int
) -> None:
    town.execute(sa.update(HearingSession).values(begins_at=None, place=None))
    put_on_docket(town, hearing, sitting)
    tell_of_hearing(town, case)
    assert _undone(town, sitting) == []
    _shift(town, sitting)
    assert is_summoned(town, one(town, Hearing), before=date(2026, 8, 11))


def test_a_shift_wants_a_reason_a_clerk_and_something_new(
    town: sa.Connection, docketed: int, sitting: int
) -> None:
    with pytest.raises(NoReasonError):
        _shift(town, sitting, reason=" ")
    with pytest.raises(NotNowError, match="for the clerk"):
        _shift(town, sitting, actor=OFFICER)
    with pytest.raises(SittingError, match="9:00 AM, Town Hall already"):
        _shift(town, sitting, begins_at=time(9), place=" Town Hall ")
    with pytest.raises(SittingError, match="at which hour the body sits and where"):
        _shift(town, sitting, place=" ")
    with pytest.raises(DayError, match="is over"):
        _shift(town, sitting, moment=day(8, 12))
    assert one(town, HearingSession).begins_at == time(9)
    assert "hearing_shifted" not in story(town)
    assert docketed


def test_where_the_first_hearing_was_called_the_hour_stays(
    town: sa.Connection, opened: int, sitting: int
) -> None:
    with pytest.raises(SittingError, match="was called"):
        _shift(town, sitting, moment=day(8, 11))
    assert opened

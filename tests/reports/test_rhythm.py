"""A kept question is asked once a week or month, whatever the clocks or the server do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.runs.rhythm import Rhythm, begun, is_due, next_day

REGULAR = (Rhythm.WEEKLY, Rhythm.MONTHLY)
ZONES = ("America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "America/St_Johns")
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
rhythms = st.sampled_from(REGULAR)


def _begins(rhythm: Rhythm, day: date) -> bool:
    return day.weekday() == 0 if rhythm is Rhythm.WEEKLY else day.day == 1


@given(rhythms, DAYS)
def test_a_period_begins_on_the_last_monday_or_first_of_a_month(rhythm: Rhythm, on: date) -> None:
    behind = (on - timedelta(days=n) for n in range(31))
    assert begun(rhythm, on=on) == next(day for day in behind if _begins(rhythm, day))


@given(
    rhythm=rhythms,
    zone=st.sampled_from(ZONES),
    began=st.integers(0, 3 * 365 * 24),
    waits=st.lists(st.integers(1, 30 * 24), max_size=60),
)
def test_each_week_or_month_in_which_the_server_ran_is_asked_once_at_its_first_chance(
    rhythm: Rhythm, zone: str, began: int, waits: list[int]
) -> None:
    """Looked at by the hour in UTC, through both changes of the clocks, with hours off between."""
    at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=began)
    since = at.astimezone(ZoneInfo(zone)).date()
    looked, asked, last = set(), [], None
    for hours in [*waits, *[1] * 24 * 40]:
        at += timedelta(hours=hours)
        on = at.astimezone(ZoneInfo(zone)).date()
        looked.add(on)
        if is_due(rhythm, on=on, since=since, last=last):
            asked.append(on)
            last = on
    chances: dict[date | None, date] = {}
    for on in sorted(looked, reverse=True):
        chances[begun(rhythm, on=on)] = on
    first = begun(rhythm, on=since)
    expected = sorted(day for period, day in chances.items() if period != first)
    assert asked == expected


@given(rhythms, DAYS, st.integers(0, 80), st.none() | st.integers(0, 80))
def test_the_day_it_is_asked_next_is_the_first_on_which_it_is_due(
    rhythm: Rhythm, since: date, later: int, sent: int | None
) -> None:
    on = since + timedelta(days=later)
    last = None if sent is None else since + timedelta(days=min(sent, later))
    ahead = (on + timedelta(days=n) for n in range(40))
    first = next(day for day in ahead if is_due(rhythm, on=day, since=since, last=last))
    assert next_day(rhythm, on=on, since=since, last=last) == first


@given(DAYS, DAYS, st.none() | DAYS)
def test_what_has_no_rhythm_is_never_asked_by_itself(
    on: date, since: date, last: date | None
) -> None:
    assert begun(Rhythm.NONE, on=on) is None
    assert not is_due(Rhythm.NONE, on=on, since=since, last=last)
    assert next_day(Rhythm.NONE, on=on, since=since, last=last) is None


@pytest.mark.parametrize(
    ("rhythm", "since", "last", "first"),
    [
        (Rhythm.MONTHLY, date(2028, 1, 31), None, date(2028, 2, 1)),
        (Rhythm.MONTHLY, date(2028, 2, 29), None, date(2028, 3, 1)),
        (Rhythm.MONTHLY, date(2026, 12, 31), None, date(2027, 1, 1)),
        (Rhythm.MONTHLY, date(2026, 6, 1), None, date(2026, 7, 1)),  # not on the day it is kept
        (Rhythm.MONTHLY, date(2026, 1, 9), date(2026, 2, 3), date(2026, 3, 1)),  # late once
        (Rhythm.WEEKLY, date(2026, 3, 7), None, date(2026, 3, 9)),  # the clocks go on on the 8th
        (Rhythm.WEEKLY, date(2026, 10, 31), None, date(2026, 11, 2)),  # and back on the 1st
        (Rhythm.WEEKLY, date(2026, 6, 15), None, date(2026, 6, 22)),  # kept on a Monday
        (Rhythm.WEEKLY, date(2026, 6, 9), date(2026, 6, 17), date(2026, 6, 22)),
    ],
)
def test_month_ends_leap_days_and_changes_of_the_clocks(
    rhythm: Rhythm, since: date, last: date | None, first: date
) -> None:
    on = max(since, last or since)
    assert not is_due(rhythm, on=on, since=since, last=last)
    assert next_day(rhythm, on=on, since=since, last=last) == first
    assert not is_due(rhythm, on=first - timedelta(days=1), since=since, last=last)
    assert is_due(rhythm, on=first, since=since, last=last)

"""The days a town works: holidays that move, holidays on weekends, counts across them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.business_days import CalendarError, FixedHoliday, MovingHoliday, Observed, TownCalendar

THANKSGIVING = MovingHoliday(name="Thanksgiving Day", month=11, weekday=3, nth=4)
FLORIDA = TownCalendar(
    (
        FixedHoliday(name="New Year's Day", month=1, day=1),
        MovingHoliday(name="Martin Luther King Day", month=1, weekday=0, nth=3),
        MovingHoliday(name="Memorial Day", month=5, weekday=0, nth=-1),
        FixedHoliday(name="Independence Day", month=7, day=4),
        MovingHoliday(name="Labor Day", month=9, weekday=0, nth=1),
        FixedHoliday(name="Veterans Day", month=11, day=11),
        THANKSGIVING,
        MovingHoliday(name="Friday after Thanksgiving", month=11, weekday=3, nth=4, plus_days=1),
        FixedHoliday(name="Christmas Day", month=12, day=25),
    ),
    closures={date(2026, 9, 10): "Hurricane"},
)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 11, 26), "Thanksgiving Day"),
        (date(2026, 11, 27), "Friday after Thanksgiving"),
        (date(2026, 7, 3), "Independence Day"),  # the 4th is a Saturday
        (date(2027, 7, 5), "Independence Day"),  # the 4th is a Sunday
        (date(2021, 12, 31), "New Year's Day"),  # 1 January 2022 is a Saturday
        (date(2026, 5, 25), "Memorial Day"),
        (date(2026, 9, 7), "Labor Day"),
        (date(2026, 9, 10), "Hurricane"),
        (date(2026, 11, 25), None),
        (date(2026, 11, 28), "Saturday"),
        (date(2026, 11, 29), "Sunday"),
        (date(2022, 1, 3), None),
    ],
)
def test_the_town_is_shut_on_holidays_where_they_are_kept(day: date, why: str | None) -> None:
    assert FLORIDA.closed_for(day) == why
    assert FLORIDA.works_on(day) == (why is None)


def test_a_holiday_may_be_kept_as_it_falls() -> None:
    as_it_falls = FixedHoliday(
        name="Independence Day", month=7, day=4, observed=Observed.AS_IT_FALLS
    )
    assert TownCalendar((as_it_falls,)).works_on(date(2026, 7, 3))


def test_a_month_without_a_fifth_monday_has_no_such_holiday() -> None:
    fifth = MovingHoliday(name="Fifth Monday", month=2, weekday=0, nth=5)
    assert fifth.in_year(2026) is None
    assert MovingHoliday(name="Fifth Monday", month=3, weekday=0, nth=5).in_year(2026) == date(
        2026, 3, 30
    )
    assert FixedHoliday(name="Leap Day", month=2, day=29).in_year(2026) is None


@pytest.mark.parametrize(
    ("day", "closing"),
    [
        (date(2026, 11, 24), None),
        (date(2026, 11, 25), (date(2026, 11, 26), "Thanksgiving Day", date(2026, 11, 30))),
        (date(2026, 11, 27), (date(2026, 11, 27), "Friday after Thanksgiving", date(2026, 11, 30))),
        (date(2026, 9, 4), (date(2026, 9, 7), "Labor Day", date(2026, 9, 8))),  # the Friday before
        (date(2026, 11, 13), None),  # a weekend alone
    ],
)
def test_a_holiday_is_foretold_on_the_working_day_before_it(
    day: date, closing: tuple[date, str, date] | None
) -> None:
    found = FLORIDA.closing(day)
    assert (found and (found.on, found.why, found.opens)) == closing


def test_business_days_pass_over_thanksgiving() -> None:
    assert FLORIDA.worked_after(date(2026, 11, 25), 1) == date(2026, 11, 30)
    assert FLORIDA.worked_after(date(2026, 11, 21), 5) == date(2026, 12, 1)


@pytest.mark.parametrize("count", [-1, 4_000])
def test_a_count_that_is_no_deadline_is_refused(count: int) -> None:
    with pytest.raises(CalendarError, match="no deadline"):
        FLORIDA.worked_after(date(2026, 11, 25), count)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 300))
def test_counting_business_days_counts_each_worked_day_once(start: date, count: int) -> None:
    end = FLORIDA.worked_after(start, count)
    passed = [start + timedelta(days=step) for step in range(1, (end - start).days + 1)]
    assert sum(FLORIDA.works_on(day) for day in passed) == count
    assert FLORIDA.works_on(end)

"""Count a town's days: which are holidays, which are worked, and where a count ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from cases.errors import CaseError

SATURDAY, SUNDAY = 5, 6
DAY = timedelta(days=1)
LEAP_YEAR = 2024
LONGEST_COUNT = 3_660
"""Ten years of days: no deadline of the law is longer, so a longer count is a mistake."""


class CalendarError(CaseError, ValueError):
    """A holiday or a count of days cannot be."""


class Observed(StrEnum):
    """On which day a holiday that falls on a weekend is kept."""

    NEAREST = "nearest"  # Saturday's on Friday, Sunday's on Monday
    AS_IT_FALLS = "as_it_falls"


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedHoliday:
    """A holiday on one day of the year, such as 4 July.

    Parameters
    ----------
    month, day
        1 to 12 and 1 to 31; a 29 February is kept in leap years alone.
    observed
        On which day it is kept where it falls on a weekend.
    """

    name: str
    month: int
    day: int
    observed: Observed = Observed.NEAREST

    def __post_init__(self) -> None:
        """Refuse a day that no year has.

        Raises
        ------
        CalendarError
            There is no such day.
        """
        try:
            date(LEAP_YEAR, self.month, self.day)
        except ValueError as error:
            msg = f"{self.name} is on day {self.day} of month {self.month}: there is no such day."
            raise CalendarError(msg) from error

    def in_year(self, year: int) -> date | None:
        """Return the day it is kept for its occurrence in a year; maybe in the year beside."""
        try:
            falls = date(year, self.month, self.day)
        except ValueError:
            return None
        if self.observed is Observed.AS_IT_FALLS:
            return falls
        return falls + {SATURDAY: -DAY, SUNDAY: DAY}.get(falls.weekday(), timedelta())


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingHoliday:
    """A holiday on the nth weekday of a month, or some days after it.

    Parameters
    ----------
    weekday
        0 for Monday to 6 for Sunday.
    nth
        1 to 5 from the beginning of the month, -1 for the last.
    plus_days
        Days after that weekday: 1 for the Friday after Thanksgiving.
    """

    name: str
    month: int
    weekday: int
    nth: int
    plus_days: int = 0

    def __post_init__(self) -> None:
        """Refuse a weekday, a month or a number of it that there is not.

        Raises
        ------
        CalendarError
            There is none.
        """
        if self.month not in range(1, 13) or self.weekday not in range(7):
            msg = f"{self.name}: months are 1 to 12, weekdays 0 (Monday) to 6 (Sunday)."
            raise CalendarError(msg)
        if self.nth not in {1, 2, 3, 4, 5, -1} or abs(self.plus_days) > SUNDAY:
            msg = f"{self.name}: give nth as 1 to 5, or -1 for the last; plus_days up to 6."
            raise CalendarError(msg)

    def in_year(self, year: int) -> date | None:
        """Return the day it is kept in a year; None where the month has no such weekday."""
        if self.nth < 0:
            next_month = date(year + self.month // 12, self.month % 12 + 1, 1)
            last = next_month - DAY
            found = last - DAY * ((last.weekday() - self.weekday) % 7)
        else:
            first = date(year, self.month, 1)
            found = first + DAY * ((self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))
            if found.month != self.month:
                return None
        return found + DAY * self.plus_days


@dataclass(frozen=True, slots=True)
class Closing:
    """A holiday, why it is kept, and the day on which the town works next."""

    on: date
    why: str
    opens: date


type Holiday = FixedHoliday | MovingHoliday


@dataclass(frozen=True)
class TownCalendar:
    """The days a town works.

    Parameters
    ----------
    holidays
        The rules of its holidays.
    closures
        Single days the offices were shut, such as for a hurricane, with the reason.
    """

    holidays: Sequence[Holiday] = ()
    closures: Mapping[date, str] = field(default_factory=dict)

    def closed_for(self, day: date) -> str | None:
        """Return why the town does not work on a day: a weekend, a holiday's name; None if it does.

        Parameters
        ----------
        day
            In the town's calendar.
        """
        if day.weekday() >= SATURDAY:
            return "Saturday" if day.weekday() == SATURDAY else "Sunday"
        return self.closures.get(day) or self._kept_in(day.year).get(day)

    def works_on(self, day: date) -> bool:
        """Tell whether a day is a business day."""
        return self.closed_for(day) is None

    def next_worked(self, day: date) -> date:
        """Return the day itself where it is worked, else the first worked day after it."""
        while not self.works_on(day):
            day += DAY
        return day

    def closing(self, day: date) -> Closing | None:
        """Return the first holiday from a day on until the town works next; None for a weekend."""
        opens = self.next_worked(day + DAY)
        while day < opens:
            why = self.closed_for(day)
            if why is not None and day.weekday() < SATURDAY:
                return Closing(day, why, opens)
            day += DAY
        return None

    def worked_after(self, day: date, count: int) -> date:
        """Return the business day that is so many business days after a day, itself not counted.

        Raises
        ------
        CalendarError
            The count is below zero or beyond ten years.
        """
        if not 0 <= count <= LONGEST_COUNT:
            msg = f"Counting {count} business days is no deadline: give 0 to {LONGEST_COUNT}."
            raise CalendarError(msg)
        for _ in range(count):
            day = self.next_worked(day + DAY)
        return day

    def _kept_in(self, year: int) -> Mapping[date, str]:
        if year not in self._years:
            around = [year - 1, year, year + 1]  # New Year's Day may be kept on 31 December
            kept = [
                (holiday.in_year(each), holiday.name)
                for holiday in self.holidays
                for each in around
            ]
            self._years[year] = {day: name for day, name in kept if day and day.year == year}
        return self._years[year]

    @cached_property
    def _years(self) -> dict[int, dict[date, str]]:
        """The holidays of each year asked about so far."""
        return {}

"""Hold how an officer works: the hours of each weekday, the way there and back, and the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from cases.errors import CaseError
from cases.wording import hour_in_words

MOST_OVERTIME = 480
"""In minutes: nobody works more than a day on top of a day."""
LONGEST_LABEL = 120


class WorkingError(CaseError, ValueError):
    """How somebody works cannot be as it is said.

    Attributes
    ----------
    of
        The name of what is wrong, as forms have it: ``ends_at``; "" where it is no one thing.
    weekday
        On which weekday it is wrong, 0 for Monday; None where it is of no weekday.
    """

    def __init__(self, message: str, *, of: str = "", weekday: int | None = None) -> None:
        super().__init__(message)
        self.of = of
        self.weekday = weekday


class ZoneRule(StrEnum):
    """What an officer's zones are to a plan."""

    HARD = "hard"  # the officer goes to no other
    SOFT = "soft"  # to another where that pays


class ExceptionKind(StrEnum):
    """What is otherwise than usual on some days."""

    LEAVE = "leave"
    HOURS = "hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lunch:
    """A window in which a break of so many minutes is to be had, on a clock in the town."""

    earliest: time
    latest: time
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """From when to when somebody works on a day, on a clock in the town."""

    begins_at: time
    ends_at: time
    lunch: Lunch | None = None

    def __post_init__(self) -> None:
        """Refuse hours that end before they begin, or a lunch they have no room for.

        Raises
        ------
        WorkingError
            They do, or they have none.
        """
        if self.begins_at >= self.ends_at:
            msg = (
                f"Work ends at {hour_in_words(self.ends_at)} and begins at "
                f"{hour_in_words(self.begins_at)}: give an end that is later on the same day."
            )
            raise WorkingError(msg, of="ends_at")
        if self.lunch is not None:
            _refuse_lunch(self.lunch, self)

    def within(self, begins_at: time, ends_at: time) -> "Hours":
        """Return the hours of another span, with the lunch of these where there is room for it."""
        lunch = self.lunch
        fits = lunch and begins_at <= lunch.earliest and lunch.latest <= ends_at
        return Hours(begins_at=begins_at, ends_at=ends_at, lunch=lunch if fits else None)


def _refuse_lunch(lunch: Lunch, hours: Hours) -> None:
    if lunch.minutes < 1:
        msg = "Lunch takes 1 minute at least: leave its hours empty where there is none."
        raise WorkingError(msg, of="lunch_minutes")
    if not hours.begins_at <= lunch.earliest < lunch.latest <= hours.ends_at:
        msg = (
            f"Lunch is to be had from {hour_in_words(lunch.earliest)} to "
            f"{hour_in_words(lunch.latest)}: give hours between the beginning and the end of work, "
            "the earlier first."
        )
        raise WorkingError(msg, of="lunch_until")
    if minutes_between(lunch.earliest, lunch.latest) < lunch.minutes:
        msg = (
            f"A lunch of {lunch.minutes} minutes does not fit between "
            f"{hour_in_words(lunch.earliest)} and {hour_in_words(lunch.latest)}: give it longer."
        )
        raise WorkingError(msg, of="lunch_minutes")


def minutes_between(first: time, last: time) -> int:
    """Return how many whole minutes lie between two times of one day."""
    anchor = date.min
    span = datetime.combine(anchor, last) - datetime.combine(anchor, first)
    return int(span / timedelta(minutes=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A place that a day starts from or ends at; longitude and latitude in EPSG:4326."""

    label: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How an officer works.

    Attributes
    ----------
    week
        The hours by weekday, 0 for Monday; a weekday that is not named is not worked.
    starts, ends
        None for the town's office.
    overtime_minutes
        How much longer a day may become at the most.
    zones
        What the zones that are the officer's bind.
    certifications
        Of those the town names.
    """

    week: Mapping[int, Hours] = field(default_factory=dict)
    starts: Base | None = None
    ends: Base | None = None
    overtime_minutes: int = 0
    zones: ZoneRule = ZoneRule.HARD
    certifications: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse more overtime than a day has.

        Raises
        ------
        WorkingError
            It is.
        """
        if not 0 <= self.overtime_minutes <= MOST_OVERTIME:
            msg = f"Overtime is 0 to {MOST_OVERTIME} minutes a day, not {self.overtime_minutes}."
            raise WorkingError(msg, of="overtime_minutes")


USUAL = Terms(
    week={
        weekday: Hours(
            begins_at=time(8),
            ends_at=time(17),
            lunch=Lunch(earliest=time(11, 30), latest=time(13, 30), minutes=30),
        )
        for weekday in range(5)
    }
)
"""How an officer works of whom nobody has said: in the hours that appointments are offered in."""

"""Hold what a manager tunes of visits: what each is worth on the road, and how long it takes.

A worth is extra driving: a visit worth thirty minutes is made where that costs no more than thirty
minutes more on the road, and is left for another day where it costs more. Within a plan of several
days waiting is driving too: each day that what is overdue or soon due waits costs as much as some
minutes on the road, so that a week is filled from its front.

Drives are taken to last as long as was learned of them at some hours of the day, in percent of what
the streets say, and else as long as the streets say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.errors import CaseError
from cases.visiting.kinds import Kind
from cases.visiting.values import ToVisit

PRIORITIES = range(1, 6)
MINUTE = 60


class SettingError(CaseError, ValueError):
    """A setting of visits cannot be what somebody asks.

    Attributes
    ----------
    of
        Its name.
    """

    def __init__(self, message: str, *, of: str) -> None:
        super().__init__(message)
        self.of = of


class Unit(StrEnum):
    """What a setting counts."""

    SECONDS = "seconds"
    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing a manager may set.

    Parameters
    ----------
    default
        What the program takes where nobody has set it; None where it is learned instead.
    least, most
        What it may be, in its unit.
    """

    name: str
    unit: Unit
    default: int | None
    least: int
    most: int


def worth_of_priority(priority: int) -> str:
    """Name the setting of what a visit of a priority, 1 to 5, is worth."""
    return f"priority_{priority}"


def seconds_of(kind: Kind) -> str:
    """Name the setting of how long a visit of a kind takes at the door."""
    return f"time_{kind}"


DAY_OVERDUE, DAYS_COUNTED, LAST_DAY = "day_overdue", "days_counted", "last_day"
DAY_WAITING = "day_waiting"
FURTHER, GOAL, AGAIN, PHOTOS = "time_further", "goal_days", "again_days", "photos_days"
DRIVES: Mapping[str, tuple[int, int]] = {
    "drive_morning": (7, 9),
    "drive_midday": (9, 15),
    "drive_afternoon": (15, 18),
}
"""What drives take that begin between two hours of the day, the second not counted."""
_HOUR = 60 * MINUTE
_WORTHS = {1: _HOUR, 2: 45 * MINUTE, 3: 30 * MINUTE, 4: 20 * MINUTE, 5: 10 * MINUTE}

SETTINGS: Mapping[str, Setting] = {
    each.name: each
    for each in (
        *(
            Setting(worth_of_priority(at), Unit.SECONDS, _WORTHS[at], 0, 8 * _HOUR)
            for at in PRIORITIES
        ),
        Setting(DAY_OVERDUE, Unit.SECONDS, MINUTE, 0, _HOUR),
        Setting(DAYS_COUNTED, Unit.DAYS, 30, 0, 365),
        Setting(LAST_DAY, Unit.SECONDS, _HOUR, 0, 8 * _HOUR),
        Setting(DAY_WAITING, Unit.SECONDS, 2 * MINUTE, 0, _HOUR // 2),
        *(Setting(seconds_of(kind), Unit.SECONDS, None, MINUTE, 4 * _HOUR) for kind in Kind),
        Setting(FURTHER, Unit.SECONDS, 5 * MINUTE, 0, _HOUR),
        Setting(GOAL, Unit.BUSINESS_DAYS, 5, 1, 60),
        Setting(AGAIN, Unit.DAYS, 30, 1, 365),
        Setting(PHOTOS, Unit.DAYS, 7, 1, 60),
        *(Setting(name, Unit.PERCENT, None, 50, 300) for name in DRIVES),
    )
}
"""All of them, by name."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force, by name; what is not named here is as the program takes it."""

    said: Mapping[str, int]

    def of(self, name: str) -> int:
        """Return the value in force of a setting that has a default."""
        value = self.said.get(name, SETTINGS[name].default)
        assert value is not None  # noqa: S101 - only what is learned has none
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a visit is worth on a day, in seconds of extra driving, part by part.

    Attributes
    ----------
    priority
        By how urgent its case is.
    overdue
        For the days that its last day has been over.
    last_day
        For being due on that very day, or over: tomorrow would be late.
    """

    priority: int
    overdue: int
    last_day: int

    @property
    def seconds(self) -> int:
        """All of it."""
        return self.priority + self.overdue + self.last_day


def worth(visit: ToVisit, *, on: date, settings: Settings) -> Worth:
    """Say what it is worth to make a visit on a day."""
    late = min(visit.overdue_days(on=on), settings.of(DAYS_COUNTED))
    presses = visit.due is not None and visit.due.by <= on
    return Worth(
        priority=settings.of(worth_of_priority(visit.priority)),
        overdue=late * settings.of(DAY_OVERDUE),
        last_day=settings.of(LAST_DAY) if presses else 0,
    )


def seconds_at(visits: Sequence[ToVisit], *, settings: Settings) -> int:
    """Return how long all that is to be done at one stop takes: the longest, and each other a bit.

    Raises
    ------
    ValueError
        Nothing is to be done there.
    """
    longest = max(each.seconds for each in visits)
    return longest + settings.of(FURTHER) * (len(visits) - 1)


def refuse_value(name: str, value: int | None) -> None:
    """Refuse a setting that there is not, or a value that it cannot have; None is none.

    Raises
    ------
    SettingError
        It is not known, too little or too much.
    """
    setting = SETTINGS.get(name)
    if setting is None:
        msg = f"Nothing of visits is called {name}: there are {', '.join(SETTINGS)}."
        raise SettingError(msg, of=name)
    if value is None or setting.least <= value <= setting.most:
        return
    least, most = setting.least, setting.most
    if setting.unit is Unit.SECONDS:
        msg = f"Give {least // MINUTE} to {most // MINUTE} minutes."
    elif setting.unit is Unit.PERCENT:
        msg = f"Give {least} to {most} percent."
    else:
        msg = f"Give {least} to {most} days."
    raise SettingError(msg, of=name)

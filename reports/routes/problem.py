"""Say what is to be visited, within which limits and at what worth, and who drives when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from cases.visiting.kinds import Kind
from geo.streets.travel import Places


@dataclass(frozen=True)
class Place:
    """Where a shift starts or ends; longitude and latitude in EPSG:4326."""

    label: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Window:
    """When a visit may begin, seconds after midnight; with a day it is an appointment."""

    earliest: int
    latest: int
    day: date | None = None


@dataclass(frozen=True)
class Pin:
    """A person's word on who makes a visit, and on which day, whatever the zones say."""

    officer: str
    day: date


@dataclass(frozen=True)
class Stop:
    """One visit: all that is due on a parcel or at a building.

    Attributes
    ----------
    id
        Unique among the stops of a problem.
    due_on
        The deadline the visit looks after, for whoever reads the plan; it limits nothing.
    service_seconds
        Time on site, of each officer where two are needed.
    worth_seconds
        The extra driving the visit is worth: the prize the solver collects.
    kinds
        What the visit is for.
    not_before, due_by
        The first and the last day on which it may be made.
    window
        The hours, or the appointment, it must begin in.
    must
        Whether any amount of driving is worth it.
    two_officers
        Whether two officers must meet there.
    daylight_only
        Whether it must lie between sunrise and sunset.
    certifications
        What the officer must hold, each of the two where two are needed.
    zone
        Code of the officer's zone it lies in.
    pin
        Who makes it and when, where a person has said; a visit by two has none.
    """

    id: str
    label: str
    lon: float
    lat: float
    case_numbers: tuple[str, ...]
    due_on: date | None
    priority: int
    service_seconds: int
    worth_seconds: int
    kinds: tuple[Kind, ...] = (Kind.REINSPECTION,)
    not_before: date | None = None
    due_by: date | None = None
    window: Window | None = None
    must: bool = False
    two_officers: bool = False
    daylight_only: bool = False
    certifications: frozenset[str] = frozenset()
    zone: str | None = None
    pin: Pin | None = None


@dataclass(frozen=True)
class Lunch:
    """A pause that begins between two times of day, seconds after midnight."""

    earliest: int
    latest: int
    seconds: int


@dataclass(frozen=True)
class Shift:
    """One officer's working day: seconds after midnight, and where it begins and ends.

    Attributes
    ----------
    officer
        Who drives: the same on each of an officer's days.
    lunch
        The pause of whoever is still out after the last moment it may begin.
    max_overtime
        Seconds the officer may be out after the end of the shift, at a price.
    zones
        Codes of the officer's own zones; none stands for the whole town.
    outside_seconds
        The driving a visit in another zone must save or be worth; none forbids it.
    helps
        Zones the officer may be lent to where their own officers have no time.
    max_stops
        The most visits of the day.
    """

    day: date
    start: int
    end: int
    start_place: Place
    end_place: Place
    officer: str = ""
    lunch: Lunch | None = None
    max_overtime: int = 0
    certifications: frozenset[str] = frozenset()
    zones: frozenset[str] = frozenset()
    outside_seconds: int | None = None
    helps: frozenset[str] = frozenset()
    max_stops: int | None = None


@dataclass(frozen=True)
class Rush:
    """Hours at which a drive takes longer or shorter than by the streets alone.

    Attributes
    ----------
    start, end
        A drive that begins between them, the end not counted; seconds after midnight.
    percent
        Of the time by the streets.
    """

    start: int
    end: int
    percent: int


@dataclass(frozen=True)
class Policy:
    """What a manager decides about all plans alike.

    Attributes
    ----------
    overtime_price
        Seconds of driving that one second of overtime must save or be worth.
    fair_margin
        How far above the even share of the work an officer's day may be before it costs, as a
        share of it (0.1: a tenth); none lets the work fall where it is driven shortest.
    help_seconds
        The driving a visit by an officer lent to another zone must be worth; none lends nobody.
    wait_seconds
        The driving that a visit a day earlier may cost, where it is overdue or soon due
        (`reports.routes.waiting`); 0 lets each fall on the day on which it is driven shortest.
    rush
        The hours at which drives take otherwise than by the streets alone; none overlap.
    """

    overtime_price: int = 2
    fair_margin: float | None = None
    help_seconds: int | None = 600
    wait_seconds: int = 0
    rush: tuple[Rush, ...] = ()


@dataclass(frozen=True)
class Problem:
    """The stops that may be visited in some shifts.

    Attributes
    ----------
    days
        The days planned, in order.
    shifts
        Who drives when, in any order; at most one for an officer and a day.
    stops
        What may be visited.
    daylight
        Sunrise and sunset of each day, seconds after midnight; a day without is never dark.
    policy
        What a manager decides.
    """

    days: tuple[date, ...]
    shifts: tuple[Shift, ...]
    stops: tuple[Stop, ...]
    daylight: Mapping[date, tuple[int, int]] = field(default_factory=dict)
    policy: Policy = Policy()

    def ends(self) -> tuple[Place, ...]:
        """Return each place a shift starts or ends at, once."""
        both = (place for shift in self.shifts for place in (shift.start_place, shift.end_place))
        return tuple(dict.fromkeys(both))

    def places(self) -> Places:
        """Return the ends of the shifts, then every stop, shape (m + n, 2), EPSG:4326.

        `rows` tells which is where; a matrix over the problem has the same order.
        """
        points: list[Place | Stop] = [*self.ends(), *self.stops]
        return np.array([(point.lon, point.lat) for point in points], dtype=np.float64)

    def rows(self) -> dict[Place | str, int]:
        """Return the row of each end of a shift, and of each stop by its identifier."""
        keys: list[Place | str] = [*self.ends(), *(stop.id for stop in self.stops)]
        return {key: row for row, key in enumerate(keys)}

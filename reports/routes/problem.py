"""Say what is due, what each visit is worth, and who drives when."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

import numpy as np

from geo.streets.travel import Places
from reports.routes.errors import RoutePlanError

FIRST_CASE_SECONDS = 15 * 60
FURTHER_CASE_SECONDS = 5 * 60
"""Time at the door for the first case of a stop, and for each further one on the same parcel."""
WORTH_BY_PRIORITY = {1: 60 * 60, 2: 45 * 60, 3: 30 * 60, 4: 20 * 60, 5: 10 * 60}
"""Extra driving, in seconds, that a visit is worth; priority 1 is the most urgent."""
WORTH_PER_DAY_OVERDUE = 60
MOST_DAYS_COUNTED = 30
"""Beyond a month a late case no longer outbids the others: it would pull every route to itself."""


@dataclass(frozen=True)
class DueCase:
    """An open case that should be looked at; longitude and latitude in EPSG:4326."""

    case_id: int
    number: str
    label: str
    lon: float
    lat: float
    due_on: date | None
    priority: int
    open_violations: int
    parcel_id: int | None


@dataclass(frozen=True)
class Place:
    """Where a shift starts or ends; longitude and latitude in EPSG:4326."""

    label: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Stop:
    """One visit: all due cases of a parcel.

    Attributes
    ----------
    id
        Unique among the stops of a problem.
    service_seconds
        Time on site.
    worth_seconds
        The extra driving the visit is worth: the prize the solver collects.
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


@dataclass(frozen=True)
class Shift:
    """One officer's working day: seconds after midnight, and where it begins and ends."""

    start: int
    end: int
    start_place: Place
    end_place: Place
    max_stops: int | None = None


@dataclass(frozen=True)
class Problem:
    """The stops that may be visited in one shift."""

    day: date
    shift: Shift
    stops: tuple[Stop, ...]

    def places(self) -> Places:
        """Return the start, every stop and the end, shape (n + 2, 2), EPSG:4326.

        Stop k of `stops` is row k + 1; a matrix over the problem has the same order.
        """
        points: list[Place | Stop] = [
            self.shift.start_place,
            *self.stops,
            self.shift.end_place,
        ]
        return np.array([(point.lon, point.lat) for point in points], dtype=np.float64)


def from_cases(cases: Sequence[DueCase], *, day: date, shift: Shift) -> Problem:
    """Make one stop of all due cases on a parcel.

    Parameters
    ----------
    cases
        The due cases, in any order.
    day
        The day driven: what is overdue is counted from it.
    shift
        Who drives, from when to when, from where to where.

    Returns
    -------
    Problem
        Stops in the order of their identifiers, whatever order the cases came in.
    """
    by_parcel: dict[Hashable, list[DueCase]] = defaultdict(list)
    for case in sorted(cases, key=lambda case: case.case_id):
        key = ("case", case.case_id) if case.parcel_id is None else ("parcel", case.parcel_id)
        by_parcel[key].append(case)
    stops = (_stop(group, day=day) for group in by_parcel.values())
    return Problem(day=day, shift=shift, stops=tuple(sorted(stops, key=lambda stop: stop.id)))


def middle_of(cases: Sequence[DueCase]) -> Place:
    """Return the middle of the cases, where a shift may start when nobody said where from.

    Raises
    ------
    RoutePlanError
        When there are none.
    """
    if not cases:
        msg = "No case is due, so there is no route to plan. Choose a later date or another zone."
        raise RoutePlanError(msg)
    lons, lats = [case.lon for case in cases], [case.lat for case in cases]
    return Place("Middle of the due cases", lon=median(lons), lat=median(lats))


def _stop(cases: Sequence[DueCase], *, day: date) -> Stop:
    first = cases[0]
    dues = [case.due_on for case in cases if case.due_on is not None]
    tied = first.parcel_id is not None
    return Stop(
        id=f"parcel-{first.parcel_id}" if tied else f"case-{first.case_id}",
        label=first.label,
        lon=first.lon,
        lat=first.lat,
        case_numbers=tuple(case.number for case in cases),
        due_on=min(dues, default=None),
        priority=min(case.priority for case in cases),
        service_seconds=FIRST_CASE_SECONDS + FURTHER_CASE_SECONDS * (len(cases) - 1),
        worth_seconds=max(_worth(case, day=day) for case in cases),
    )


def _worth(case: DueCase, *, day: date) -> int:
    late = (day - case.due_on).days if case.due_on else 0
    counted = min(max(late, 0), MOST_DAYS_COUNTED)
    return WORTH_BY_PRIORITY[case.priority] + WORTH_PER_DAY_OVERDUE * counted

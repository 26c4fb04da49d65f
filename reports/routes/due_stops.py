"""Make stops of the cases that are due: one for all that can be done on a parcel at once."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from cases.visiting.kinds import Kind
from reports.routes.errors import RoutePlanError
from reports.routes.problem import Place, Stop, Window

FIRST_CASE_SECONDS = 15 * 60
FURTHER_SHARE = 1 / 3
"""Time at the door for the first case of a stop; each further one takes a share of its own."""
WORTH_BY_PRIORITY = {1: 60 * 60, 2: 45 * 60, 3: 30 * 60, 4: 20 * 60, 5: 10 * 60}
"""Extra driving, in seconds, that a visit is worth; priority 1 is the most urgent."""
WORTH_PER_DAY_OVERDUE = 60
MOST_DAYS_COUNTED = 30
"""Beyond a month a late case no longer outbids the others: it would pull every route to itself."""


@dataclass(frozen=True)
class DueCase:
    """An open case that should be looked at; longitude and latitude in EPSG:4326.

    `due_on` is the deadline the visit looks after; `not_before` and `due_by` are the first and the
    last day of the visit itself. What follows `parcel_id` means the same as in
    `reports.routes.problem.Stop`; `building` keeps visits at several buildings of a parcel apart.
    Where `spot` names the place, all that is at one spot is one stop; where `worth_seconds` is
    said, it counts instead of priority and days overdue; `key` tells visits apart.
    """

    case_id: int
    number: str
    label: str
    lon: float
    lat: float
    due_on: date | None
    priority: int
    open_violations: int
    parcel_id: int | None
    building: str | None = None
    kind: Kind = Kind.REINSPECTION
    not_before: date | None = None
    due_by: date | None = None
    window: Window | None = None
    service_seconds: int = FIRST_CASE_SECONDS
    must: bool = False
    two_officers: bool = False
    daylight_only: bool = False
    certifications: frozenset[str] = frozenset()
    zone: str | None = None
    spot: str = ""
    worth_seconds: int | None = None
    key: str = ""


def from_cases(cases: Sequence[DueCase], *, day: date) -> tuple[Stop, ...]:
    """Make one stop of all cases at a place that one visit can serve.

    Parameters
    ----------
    cases
        The due cases, in any order.
    day
        The first day driven: what is overdue is counted from it.

    Returns
    -------
    tuple of Stop
        In the order of their identifiers, whatever order the cases came in. Cases at one place
        whose days or hours exclude each other are stops of their own.
    """
    return tuple(stop for stop, _ in stops_of(cases, day=day))


def stops_of(
    cases: Sequence[DueCase], *, day: date, further_seconds: int | None = None
) -> list[tuple[Stop, list[DueCase]]]:
    """Make stops as `from_cases` does, each with what is done there.

    Parameters
    ----------
    further_seconds
        What each thing beyond the longest adds at the door; a share of its own time when absent.
    """
    by_place: dict[Hashable, list[DueCase]] = defaultdict(list)
    for case in sorted(cases, key=lambda case: (case.case_id, case.kind, case.key)):
        by_place[_place(case)].append(case)
    stops = [
        (
            stop_of(
                together, name=_numbered(together[0], number), day=day,
                further_seconds=further_seconds,
            ),
            together,
        )
        for there in by_place.values()
        for number, together in enumerate(_together(there), start=1)
    ]  # fmt: skip
    return sorted(stops, key=lambda each: each[0].id)


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


def _place(case: DueCase) -> Hashable:
    if case.spot:
        return ("spot", case.spot)
    if case.parcel_id is None:
        return ("case", case.case_id)
    return ("parcel", case.parcel_id, case.building)


def _together(cases: Sequence[DueCase]) -> list[list[DueCase]]:
    """Part cases at one place into visits whose days and hours agree."""
    groups: list[list[DueCase]] = []
    for case in cases:
        fitting = (group for group in groups if _agree([*group, case]))
        group = next(fitting, None)
        if group is None:
            groups.append([case])
        else:
            group.append(case)
    return groups


def _agree(cases: Sequence[DueCase]) -> bool:
    first, last, window = _limits(cases)
    if window is not None and window.earliest > window.latest:
        return False
    day = window.day if window else None
    days = {case.window.day for case in cases if case.window and case.window.day}
    if len(days) > 1:
        return False
    start, end = first or date.min, last or date.max
    return start <= end and (day is None or start <= day <= end)


def _limits(cases: Sequence[DueCase]) -> tuple[date | None, date | None, Window | None]:
    """Return the first and last day and the hours that all of some cases allow."""
    firsts = [case.not_before for case in cases if case.not_before]
    lasts = [case.due_by for case in cases if case.due_by]
    windows = [case.window for case in cases if case.window]
    window = None
    if windows:
        window = Window(
            max(each.earliest for each in windows),
            min(each.latest for each in windows),
            next((each.day for each in windows if each.day), None),
        )
    return max(firsts, default=None), min(lasts, default=None), window


def stop_of(
    cases: Sequence[DueCase], *, name: str, day: date, further_seconds: int | None = None
) -> Stop:
    """Make one stop of cases at a place, whether or not their hours agree."""
    first = cases[0]
    dues = [case.due_on for case in cases if case.due_on is not None]
    not_before, due_by, window = _limits(cases)
    return Stop(
        id=name,
        label=first.label,
        lon=first.lon,
        lat=first.lat,
        case_numbers=tuple(dict.fromkeys(case.number for case in cases)),
        due_on=min(dues, default=None),
        priority=min(case.priority for case in cases),
        service_seconds=_service(
            (case.service_seconds for case in cases), further_seconds=further_seconds
        ),
        worth_seconds=max(_worth(case, day=day) for case in cases),
        kinds=tuple(dict.fromkeys(case.kind for case in cases)),
        not_before=not_before,
        due_by=due_by,
        window=window,
        must=any(case.must for case in cases),
        two_officers=any(case.two_officers for case in cases),
        daylight_only=any(case.daylight_only for case in cases),
        certifications=frozenset[str]().union(*(case.certifications for case in cases)),
        zone=first.zone,
    )


def _numbered(case: DueCase, number: int) -> str:
    return _name(case) if number == 1 else f"{_name(case)}-{number}"


def _name(case: DueCase) -> str:
    if case.parcel_id is None:
        return case.key or f"case-{case.case_id}"
    return f"parcel-{case.parcel_id}" + (f"-{case.building}" if case.building else "")


def _service(seconds: Iterable[int], *, further_seconds: int | None) -> int:
    """Return the longest visit's time and a share of each other's: one walks up once."""
    longest, *others = sorted(seconds, reverse=True)
    if further_seconds is not None:
        return longest + further_seconds * len(others)
    return longest + round(sum(others) * FURTHER_SHARE)


def _worth(case: DueCase, *, day: date) -> int:
    if case.worth_seconds is not None:
        return case.worth_seconds
    late = (day - case.due_on).days if case.due_on else 0
    counted = min(max(late, 0), MOST_DAYS_COUNTED)
    return WORTH_BY_PRIORITY[case.priority] + WORTH_PER_DAY_OVERDUE * counted

"""Hold an officer's day as it goes onto paper: one that was adopted, or one just planned."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

import numpy as np
from shapely import LineString

from cases.visiting.kinds import Kind
from cases.visiting.values import ToVisit
from cases.visits.comparing import Adopted, Kept
from geo.streets.estimate import straight_metres
from geo.streets.travel import Places, Step
from reports.routes.plan import REASONS, RISKS, Drive, LeftReason, Plan, Risk, Route, Visit
from reports.routes.problem import Place, Shift, Stop
from reports.routes.written import pause_of

_REASONS = {words: reason for reason, words in REASONS.items()} | {str(e): e for e in LeftReason}
_RISKS = {words: risk for risk, words in RISKS.items()} | {str(each): each for each in Risk}
_KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Something to be done at a stop, as `cases.visits.planned.Item` keeps it."""

    kind: str
    number: str
    subject_id: int | None = None
    case_id: int | None = None
    complaint_id: int | None = None

    @property
    def key(self) -> str:
        """What it is known by, as `cases.visiting.values.ToVisit.key`."""
        reported = "complaint-" if self.case_id is None else ""
        return f"{self.kind}-{reported}{self.subject_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOnPaper:
    """Something that is left for another day, and why; `because` where the reason is none known."""

    label: str
    numbers: Sequence[str]
    reason: LeftReason | None
    because: str
    risk: Risk | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOnPaper:
    """An officer's day.

    Attributes
    ----------
    errands
        Of each visit of the route, in its order.
    estimated
        Times, or the way drawn, come from straight lines instead of streets.
    """

    route: Route
    errands: Sequence[Sequence[Errand]]
    left: Sequence[LeftOnPaper]
    estimated: bool

    @property
    def plan(self) -> Plan:
        """The day as a plan of one route; what is left is none of it."""
        return Plan((self.route.shift.day,), (self.route,), (), self.estimated)


def of_adopted(told: Adopted, *, zone: tzinfo) -> DayOnPaper:
    """Return a day that was adopted.

    Parameters
    ----------
    zone
        The town's time zone.
    """
    plan = told.plan
    shift = Shift(
        plan.on_day, _clock(plan.begins_at, zone, on=plan.on_day),
        _clock(plan.ends_at, zone, on=plan.on_day),
        start_place=_place(plan.starts), end_place=_place(plan.ends), officer=plan.officer,
    )  # fmt: skip
    visits = tuple(_visits(told.stops, zone, on=plan.on_day))
    drives, by_street = _drives(plan, shift, visits)
    return DayOnPaper(
        route=Route(shift, visits, drives, pause_of(plan.parameters)),
        errands=[[_errand(item) for item in each.items] for each in told.stops],
        left=[
            LeftOnPaper(
                label=item.number, numbers=[item.number],
                reason=_REASONS.get(item.left_because), because=item.left_because,
                risk=_RISKS.get(item.risks),
            )
            for item in told.left
        ],
        estimated=plan.estimated or not by_street,
    )  # fmt: skip


def of_plan(
    plan: Plan, *, visits: Mapping[str, Sequence[ToVisit]], ids: Mapping[str, int]
) -> list[DayOnPaper]:
    """Return the days of a plan, each with what is left in the zones its officer serves.

    Parameters
    ----------
    visits
        What is due at its stops, by their identifiers.
    ids
        The identities of its cases by their numbers.
    """
    return [
        DayOnPaper(
            route=route,
            errands=[_due_at(each.stop, visits, ids) for each in route.visits],
            left=[
                LeftOnPaper(
                    label=each.stop.label, numbers=each.stop.case_numbers, reason=each.reason,
                    because=REASONS[each.reason], risk=each.risk,
                )
                for each in plan.left_out
                if len(plan.routes) == 1 or each.stop.zone in route.shift.zones
            ],
            estimated=plan.estimated,
        )
        for route in plan.routes
    ]  # fmt: skip


def in_file_name(officer: str) -> str:
    """Write an officer's name as a part of the name of a file: "m-rivera"; "" stays so."""
    return "-".join(re.findall(r"[^\W_]+", officer.lower()))


def _due_at(
    stop: Stop, visits: Mapping[str, Sequence[ToVisit]], ids: Mapping[str, int]
) -> Sequence[Errand]:
    if there := visits.get(stop.id):
        return [_errand(each) for each in there]
    return [
        Errand(kind=str(stop.kinds[0]), number=number, case_id=ids.get(number))
        for number in stop.case_numbers
    ]  # fmt: skip


def _errand(item: Any) -> Errand:
    return Errand(
        kind=str(item.kind), number=item.number, subject_id=item.subject_id,
        case_id=item.case_id, complaint_id=item.complaint_id,
    )  # fmt: skip


def _visits(stops: Sequence[Kept], zone: tzinfo, *, on: date) -> Iterator[Visit]:
    seen: Counter[str] = Counter()
    for each in stops:
        seen[each.spot] += 1
        again = seen[each.spot]
        arrive, leave = (_clock(at, zone, on=on) for at in (each.arrives_at, each.leaves_at))
        kinds = tuple(Kind(item.kind) for item in each.items if item.kind in _KINDS)
        stop = Stop(
            id=each.spot if again == 1 else f"{each.spot}-{again}", label=each.label,
            lon=each.lon, lat=each.lat,
            case_numbers=tuple(dict.fromkeys(item.number for item in each.items)),
            due_on=None, priority=0, service_seconds=leave - arrive, worth_seconds=0, kinds=kinds,
        )  # fmt: skip
        yield Visit(stop, arrive, arrive, leave)


def _drives(
    plan: Any, shift: Shift, visits: Sequence[Visit]
) -> tuple[tuple[Drive, ...], bool]:  # fmt: skip
    """Return the drives, and whether they are known by street or share out what was planned."""
    legs = getattr(plan, "legs", None) or ()
    if len(legs) == len(visits) + 1:
        return tuple(_driven(each) for each in legs), True
    places: Places = np.array(
        [
            (shift.start_place.lon, shift.start_place.lat),
            *((each.stop.lon, each.stop.lat) for each in visits),
            (shift.end_place.lon, shift.end_place.lat),
        ]
    )
    far = straight_metres(places[:-1], places[1:])
    share = np.cumsum(far) / max(float(far.sum()), 1e-9)
    seconds, metres = (
        np.diff(np.round(share * whole).astype(int), prepend=0)
        for whole in (plan.drive_seconds, plan.metres)
    )
    return tuple(
        Drive(int(seconds[at]), int(metres[at]), LineString(places[at : at + 2]), ())
        for at in range(len(far))
    ), False


def _driven(leg: Mapping[str, Any]) -> Drive:
    steps = tuple(
        Step(each.get("text") or each.get("street") or "", each["seconds"], each["metres"])
        for each in leg.get("steps") or ()
    )
    return Drive(round(leg["seconds"]), round(leg["metres"]), LineString(leg["line"]), steps)


def _place(told: Mapping[str, Any]) -> Place:
    return Place(told["label"], told["lon"], told["lat"])


def _clock(at: datetime, zone: tzinfo, *, on: date) -> int:
    """Return a moment in seconds after midnight of a day, also where it is after the next one."""
    there = at.astimezone(zone)
    days = (there.date() - on).days
    return ((days * 24 + there.hour) * 60 + there.minute) * 60 + there.second

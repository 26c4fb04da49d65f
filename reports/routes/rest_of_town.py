"""Take up a day of the town that is under way: who is where, and what each still has to visit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from cases.visiting.values import ToVisit
from cases.visits.comparing import Adopted, Kept, adopted, plans_of_day
from cases.visits.planned import VisitsError
from geo.streets.travel import Travel
from reports.routes.errors import RoutePlanError
from reports.routes.from_town import TownProblem, town_problem
from reports.routes.problem import Place, Problem, Shift
from reports.routes.replan import under_way
from reports.routes.rest import SHORT, Rest, insert_rest, replan_rest
from reports.routes.search import Effort

MOST_MOVES = 6
"""So many stops change hands at the most in the middle of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """A day under way.

    Attributes
    ----------
    problem
        Its rest: the shifts from where the officers are, the stops not yet visited.
    held
        Of each officer the stops still to be visited, in order.
    there
        The whole day's problem, by which stops are named.
    gone
        Labels of stops at which nothing is due any more.
    plans
        The plans in force that are replaced, by the officer.
    """

    problem: Problem
    held: Mapping[str, Sequence[str]]
    there: TownProblem
    gone: tuple[str, ...]
    plans: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where an officer is, and whether lunch was had; what is not said is as it was planned."""

    here: Place | None = None
    had_lunch: bool = False


def take_up_day(
    connection: sa.Connection,
    *,
    on: date,
    now: datetime,
    zone: ZoneInfo,
    officers: Mapping[str, Where] | None = None,
) -> Under:
    """Take up a day.

    Parameters
    ----------
    now
        The moment; what is past by then is as it was planned, but for what was said of it.
    zone
        The town's time zone.
    officers
        Whose day is planned anew; every officer's who has a plan when absent.

    Raises
    ------
    VisitsError
        An officer has no plan in force that day.
    RoutePlanError
        No officer is on shift that day.
    """
    there = town_problem(connection, first=on, days=1, zone=zone)
    days = [adopted(connection, row.id) for row in connection.execute(plans_of_day(on))]
    in_force = {day.plan.officer: day for day in days if day is not None}
    wanted = officers if officers is not None else dict.fromkeys(in_force, Where())
    lacking = [name for name in wanted if name not in in_force]
    if lacking or not wanted:
        who = lacking[0] if lacking else "Nobody"
        verb = "has no plan" if lacking else "has a plan"
        msg = f"{who} {verb} in force on {on}: adopt one in the office first."
        raise VisitsError(msg)
    seconds = _seconds(now.astimezone(zone), on)
    stops = _by_item(there)
    shifts: list[Shift] = []
    held: dict[str, list[str]] = {}
    gone: list[str] = []
    for name, where in wanted.items():
        day = in_force[name]
        left = [each for each in day.stops if not _done(each, now)]
        held[name] = _names(left, stops)
        gone += [each.label for each in left if not _names([each], stops)]
        shifts.append(_shift(there, day, left, where, now=seconds, zone=zone, name=name))
    others = {
        stop_id
        for name, day in in_force.items() if name not in wanted
        for stop_id in _names(day.stops, stops)
    }  # fmt: skip
    done = {
        stop_id
        for name in wanted
        for stop_id in _names([e for e in in_force[name].stops if _done(e, now)], stops)
    }  # fmt: skip
    rest = [stop for stop in there.problem.stops if stop.id not in others | done]
    problem = replace(there.problem, days=(on,), shifts=tuple(shifts), stops=tuple(rest))
    plans = {name: int(in_force[name].plan.id) for name in wanted}
    return Under(problem=problem, held=held, there=there, gone=tuple(gone), plans=plans)


def plan_rest_of(
    under: Under, travel: Travel, *, effort: Effort = SHORT, seed: int = 0
) -> Rest:  # fmt: skip
    """Plan the rest of the day anew: with what the officers have, and what they have time for."""
    return replan_rest(
        under.problem, travel, held=under.held, effort=effort, seed=seed, most_moves=MOST_MOVES
    )  # fmt: skip


def insert_into_rest(under: Under, travel: Travel, *, number: str) -> Rest:
    """Put a case that cannot wait into the rest of the day, where it costs least.

    Parameters
    ----------
    number
        Of the case or the complaint.

    Raises
    ------
    RoutePlanError
        Nothing of it is to be visited, somebody has it already, or it fits into nobody's day.
    """
    had = {stop for stops in under.held.values() for stop in stops}
    found = [stop for stop in under.problem.stops if number in stop.case_numbers]
    if not found:
        msg = (
            f"Nothing of {number} can be visited in the rest of this day: it is not due, has no "
            "place on the map, was visited already, or is in another officer's plan."
        )
        raise RoutePlanError(msg)
    if found[0].id in had:
        msg = f"{number} is in the plan already."
        raise RoutePlanError(msg)
    kept = tuple(stop for stop in under.problem.stops if stop.id in had or stop == found[0])
    problem = replace(under.problem, stops=kept)
    return insert_rest(problem, travel, held=under.held, stop_id=found[0].id)


def _shift(
    there: TownProblem, day: Adopted, left: Sequence[Kept], where: Where,
    *, now: int, zone: ZoneInfo, name: str,
) -> Shift:  # fmt: skip
    """Return the rest of an officer's shift: from where they are, or the plan last had them."""
    shift = next((each for each in there.problem.shifts if each.officer == name), None)
    if shift is None:
        msg = f"{name} is not on shift on {day.plan.on_day}: see “Working days”."
        raise RoutePlanError(msg)
    past = [each for each in day.stops if each not in left]
    here, free = where.here, now
    if here is None and past:
        last = past[-1]
        here = Place(last.label, last.lon, last.lat)
        leaves = last.left_at or last.leaves_at
        free = max(now, _seconds(leaves.astimezone(zone), shift.day))
    had = where.had_lunch or (shift.lunch is not None and free > shift.lunch.latest)
    return under_way(shift, now=free, here=here or shift.start_place, had_lunch=had)


def _done(stop: Kept, now: datetime) -> bool:
    """Tell whether a stop is past: somebody came, it was skipped, or by the plan nobody waits."""
    said = stop.arrived_at is not None or stop.skipped_because is not None
    return said or stop.arrives_at <= now


def _by_item(there: TownProblem) -> dict[tuple[str, int, bool], str]:
    return {
        _of_visit(visit): stop_id for stop_id, visits in there.visits.items() for visit in visits
    }


def _of_visit(visit: ToVisit) -> tuple[str, int, bool]:
    return str(visit.kind), visit.subject_id, visit.case_id is None


def _names(stops: Sequence[Kept], by_item: Mapping[tuple[str, int, bool], str]) -> list[str]:
    """Return the stops of the problem at which something of planned ones is still due."""
    found = [
        by_item.get((item.kind, item.subject_id, item.case_id is None))
        for stop in stops
        for item in stop.items
    ]
    return [*dict.fromkeys(each for each in found if each is not None)]


def _seconds(moment: datetime, on: date) -> int:
    """Return seconds after the midnight a day begins with, by the clock on the wall."""
    days = (moment.date() - on).days
    return days * 86_400 + moment.hour * 3600 + moment.minute * 60 + moment.second

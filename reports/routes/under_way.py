"""Answer, in a process of its own, how an officer who is on the road gets through the day.

The question and the answer are JSON on the standard streams: the street engine and the search
hold Python's global lock, so no process that serves pages may ask them itself.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from geo.errors import LotlineError
from geo.streets.travel import Leg, Matrix, Travel
from reports.routes.check import check_plan
from reports.routes.driving import drive, write_routes
from reports.routes.errors import RoutePlanError
from reports.routes.ground import Ground, Orders, lay_ground
from reports.routes.openings import risk
from reports.routes.pinning import with_pins
from reports.routes.plan import RISKS, Drive, LeftOut, LeftReason, Plan, Risk
from reports.routes.problem import Lunch, Place, Problem, Shift, Stop, Window
from reports.routes.replan import insert_urgent, replan
from reports.routes.search import Effort
from reports.routes.written import leg_to_json

EFFORT = Effort(iterations=1_500)
"""For one officer's rest of a day: a second at the most."""
DAY_SECONDS = 24 * 60 * 60


def main() -> None:
    """Read a question, and write its answer or what is wrong with it."""
    asked = json.load(sys.stdin)
    try:
        told = KINDS[asked["kind"]](asked, _travel(asked.get("streets")))
    except LotlineError as error:
        told = {"problem": str(error)}
    json.dump(told, sys.stdout)


def way(asked: Mapping[str, Any], travel: Travel) -> dict[str, Any]:
    """Drive through some places in their order, and measure them.

    Parameters
    ----------
    asked
        ``places``: longitude and latitude of each.
    travel
        The town's streets, or the straight-line estimate.

    Returns
    -------
    dict
        ``legs`` (None where they are estimated), ``drives`` and ``estimated``.
    """
    places = np.array(asked["places"], dtype=np.float64)
    matrix = travel.matrix(places)
    legs = None if matrix.estimated else [_leg(each) for each in travel.route(places)]
    return {"legs": legs, "drives": drives_told(matrix), "estimated": matrix.estimated}


def rest(asked: Mapping[str, Any], travel: Travel) -> dict[str, Any]:
    """Plan the rest of a day: put urgent stops in where they cost least, or all of it anew.

    Parameters
    ----------
    asked
        ``day``, ``shift`` (from now and here), ``stops``, ``held`` (their identities in order),
        ``urgent`` (identities to be put in), ``pinned`` (that keep their place), ``anew`` and
        ``daylight``.
    travel
        The town's streets, or the straight-line estimate.

    Returns
    -------
    dict
        ``before`` and ``after``: ``order``, ``arrive``, ``start``, ``leave``, ``finish`` and
        ``driven`` in seconds, ``late`` (what begins after its hour); of after also ``legs`` and
        ``drives``; ``dropped``: ``id``, ``because``, ``risks``, ``risk``; ``added``: seconds by
        identity.
    """
    problem = _problem(asked)
    matrix = travel.matrix(problem.places())
    _refuse_off(problem, matrix)
    held: list[str] = list(asked["held"])
    before = _as_it_is(problem, matrix, held)
    orders, added = _put_in(problem, matrix, held, urgent=asked["urgent"])
    ground = lay_ground(problem, matrix)
    if asked["anew"]:
        officer = problem.shifts[0].officer
        names = [problem.stops[each].id for each in orders[0]]
        found = replan(problem, matrix, held={officer: names}, effort=EFFORT)
        orders = [with_pins(found.ground, found.orders[0], before=names, pinned=asked["pinned"])]
    ground, orders, legs = drive(ground, orders, travel)
    plan = _checked(ground, orders, legs, matrix)
    return {
        "before": before,
        "after": _after(plan, ground, orders),
        "dropped": [_dropped(each) for each in plan.left_out],
        "added": added,
        "estimated": plan.estimated,
    }


KINDS = {"way": way, "rest": rest}


def drives_told(matrix: Matrix) -> list[list[int | None]]:
    """Put driving times in whole seconds; None where there is no way."""
    return [
        [round(each) if np.isfinite(each) else None for each in row]
        for row in matrix.seconds.tolist()
    ]


def _leg(leg: Leg) -> dict[str, Any]:
    return leg_to_json(Drive(round(leg.seconds), round(leg.metres), leg.line, leg.steps))


def _travel(folder: str | None) -> Travel:
    from geo.streets.dataset import open_dataset  # noqa: PLC0415 - the engine only where asked
    from geo.streets.engine import Streets  # noqa: PLC0415
    from geo.streets.errors import StreetsMissingError  # noqa: PLC0415
    from geo.streets.estimate import CrowFlight  # noqa: PLC0415

    try:
        return Streets(open_dataset(Path(folder))) if folder else CrowFlight()
    except StreetsMissingError:
        return CrowFlight()


def _problem(asked: Mapping[str, Any]) -> Problem:
    day, said = date.fromisoformat(asked["day"]), asked["shift"]
    here, home = (Place(**said[each]) for each in ("from", "to"))
    lunch = Lunch(**said["lunch"]) if said["lunch"] else None
    shift = Shift(
        day, said["start"], said["end"], start_place=here, end_place=home,
        officer=said["officer"], lunch=lunch, max_overtime=said["max_overtime"],
    )  # fmt: skip
    stops = tuple(_stop(each, day=day) for each in asked["stops"])
    daylight = {day: (asked["daylight"][0], asked["daylight"][1])} if asked["daylight"] else {}
    return Problem((day,), (shift,), stops, daylight)


def _stop(said: Mapping[str, Any], *, day: date) -> Stop:
    window = said["window"]
    return Stop(
        id=said["id"], label=said["label"], lon=said["lon"], lat=said["lat"], case_numbers=(),
        due_on=None, priority=said["priority"], service_seconds=said["service_seconds"],
        worth_seconds=said["worth_seconds"], must=said["must"],
        due_by=day if said["last_day"] else None,
        window=Window(window[0], window[1], day) if window else None,
        daylight_only=said["daylight_only"],
    )  # fmt: skip


def _refuse_off(problem: Problem, matrix: Matrix) -> None:
    shift, rows = problem.shifts[0], problem.rows()
    for place in (shift.start_place, shift.end_place):
        if matrix.off_streets[rows[place]]:
            msg = f"{place.label} is too far from any street to plan a way from it."
            raise RoutePlanError(msg)


def _as_it_is(problem: Problem, matrix: Matrix, held: list[str]) -> dict[str, Any]:
    """Time the order the officer has, whatever it keeps no more: hours, or the end of the shift."""
    stops = tuple(replace(each, window=None, daylight_only=False) for each in problem.stops)
    shift = replace(problem.shifts[0], max_overtime=DAY_SECONDS)
    loose = replace(problem, stops=stops, shifts=(shift,), daylight={})
    ground = lay_ground(loose, matrix)
    place = {stop.id: at for at, stop in enumerate(problem.stops)}
    order = [place[each] for each in held]
    timed = ground.time(0, order)
    if timed is None:
        return {"order": held, "late": [], "finish": None, "driven": None}
    late = [
        each
        for each, begin in zip(held, timed.start, strict=True)
        if (window := problem.stops[place[each]].window) and begin > window.latest
    ]
    driven = sum(ground.drives[here][there] for here, there in pairwise(ground.way(0, order)))
    return {"order": held, "late": late, "finish": timed.finish, "driven": driven}


def _put_in(
    problem: Problem, matrix: Matrix, held: list[str], *, urgent: list[str]
) -> tuple[Orders, dict[str, int]]:
    """Put each urgent stop where it costs least; gives the order and the seconds each adds."""
    officer = problem.shifts[0].officer
    names, added = held, {}
    place = {stop.id: at for at, stop in enumerate(problem.stops)}
    orders: Orders = [[place[each] for each in held]]
    for each in urgent:
        known = [*names, each]
        smaller = replace(problem, stops=tuple(problem.stops[place[name]] for name in known))
        rows, ends = problem.rows(), len(problem.ends())
        some = matrix.among([*range(ends), *(rows[name] for name in known)])
        put = insert_urgent(smaller, some, held={officer: names}, stop_id=each)
        names = [known[at] for at in put.orders[0]]
        added[each] = put.added_seconds
        orders = [[place[name] for name in names]]
    return orders, added


def _checked(ground: Ground, orders: Orders, legs: Any, matrix: Matrix) -> Plan:
    problem = ground.problem
    made = set(orders[0])
    left = tuple(
        LeftOut(stop, LeftReason.NO_TIME, risk(stop, problem.days))
        for at, stop in enumerate(problem.stops)
        if at not in made
    )
    plan = Plan(problem.days, write_routes(ground, orders, legs), left, matrix.estimated)
    check_plan(plan, problem=problem, matrix=matrix, rows=problem.rows())
    return plan


def _after(plan: Plan, ground: Ground, orders: Orders) -> dict[str, Any]:
    (route,) = plan.routes
    way = ground.way(0, orders[0])
    drives = [[ground.drives[here][there] for there in way] for here in way]
    return {
        "order": [each.stop.id for each in route.visits],
        "arrive": [each.arrive for each in route.visits],
        "start": [each.start for each in route.visits],
        "leave": [each.leave for each in route.visits],
        "finish": route.finish,
        "driven": route.total_seconds,
        "metres": route.total_metres,
        "late": [],
        "legs": None if plan.estimated else [leg_to_json(each) for each in route.drives],
        "drives": [[each if each < DAY_SECONDS else None for each in row] for row in drives],
    }


def _dropped(left: LeftOut) -> dict[str, Any]:
    risks = "" if left.risk is Risk.WAITS else RISKS[left.risk]
    because = "It does not fit into the day any more"
    return {"id": left.stop.id, "because": because, "risks": risks, "risk": str(left.risk)}


if __name__ == "__main__":
    main()

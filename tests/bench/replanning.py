"""Bench changing a day under way: an urgent stop inserted, and the rest of the day planned anew."""

import statistics
import time
from dataclasses import dataclass, replace
from typing import Any

from geo.streets.travel import Matrix
from reports.routes.ground import Orders, lay_ground
from reports.routes.plan import Plan, Route
from reports.routes.planning import make_plan
from reports.routes.problem import Place, Problem, Shift
from reports.routes.replan import MOVE_SECONDS, Anew, insert_urgent, moved, orders_of, replan
from reports.routes.search import Effort
from reports.routes.under_way import rest_of
from tests.bench.plan_town import HOUR, Town, week

NOW = 10 * HOUR
PLANNED, LEFT = 145, 110
QUICK, LONG = 2.5, 30.0
INSERT_SECONDS, CPU_SECONDS, WORSE = 0.2, 3.0, 1.01


@dataclass(frozen=True)
class Midday:
    """A day under way, with one stop too many."""

    problem: Problem
    matrix: Matrix
    held: dict[str, list[str]]
    urgent: str


def run(repeats: int = 5) -> dict[str, Any]:
    """Change the day several times over, each with another seed."""
    day = _midday()
    inserting, quick, long, cpu, moves = [], [], [], [], []
    for seed in range(repeats):
        began = time.perf_counter()
        insert_urgent(day.problem, day.matrix, held=day.held, stop_id=day.urgent)
        inserting.append(time.perf_counter() - began)
        began = time.process_time()
        orders, given = _anew(day, QUICK, seed=seed)
        cpu.append(time.process_time() - began)
        quick.append(_objective(day, orders))
        moves.append(given)
        long.append(_objective(day, _anew(day, LONG, seed=seed)[0]))
    ratio = statistics.median(quick) / statistics.median(long)
    inserted, used = statistics.median(inserting), statistics.median(cpu)
    peer = f"the same search for {LONG:.0f} s"
    return {
        "name": "replan",
        "rows": [
            _row("an urgent stop inserted", inserted, INSERT_SECONDS, peer=f"{INSERT_SECONDS} s"),
            _row("CPU seconds of a plan anew", used, CPU_SECONDS, peer=f"{CPU_SECONDS} s"),
            {
                "what": f"objective of {len(day.problem.stops)} stops planned anew",
                "ours_s": statistics.median(quick),
                "peer": peer,
                "peer_s": statistics.median(long),
                "ratio": ratio,
                "target": f"<= {WORSE}",
                "met": ratio <= WORSE,
            },
        ],
        "moves": moves,
        "all": {"inserting": inserting, "quick": quick, "long": long, "cpu": cpu},
    }


def _row(what: str, ours: float, most: float, *, peer: str) -> dict[str, Any]:
    return {
        "what": what,
        "ours_s": ours,
        "peer": peer,
        "peer_s": most,
        "ratio": ours / most,
        "target": "<= 1",
        "met": ours <= most,
    }


def _midday() -> Midday:
    town = week(stops=PLANNED, days=1, seed=3)
    plan = make_plan(town.problem, town.travel, effort=Effort(iterations=2_000), cores=1).plan
    shifts, held = [], {}
    for route in plan.routes:
        shifts.append(_rest(route))
        held[route.shift.officer] = [v.stop.id for v in route.visits if v.start >= NOW]
    return _with_urgent(town, plan, tuple(shifts), held)


def _rest(route: Route) -> Shift:
    done = [visit for visit in route.visits if visit.start < NOW]
    if not done:
        return rest_of(route.shift, now=NOW, here=route.shift.start_place, had_lunch=False)
    last = done[-1]
    here = Place(f"Where {route.shift.officer} is", last.stop.lon, last.stop.lat)
    return rest_of(route.shift, now=max(NOW, last.leave), here=here, had_lunch=False)


def _with_urgent(
    town: Town, plan: Plan, shifts: tuple[Shift, ...], held: dict[str, list[str]]
) -> Midday:
    done = {visit.stop.id for visit in plan.visits if visit.start < NOW}
    open_ = [stop for stop in town.problem.stops if stop.id not in done][:LEFT]
    kept = {stop.id for stop in open_}
    held = {who: [stop for stop in stops if stop in kept] for who, stops in held.items()}
    urgent = replace(open_[0], id="urgent", lon=open_[0].lon + 0.004, must=True, window=None)
    problem = replace(town.problem, shifts=shifts, stops=(*open_, urgent))
    return Midday(problem, town.travel.matrix(problem.places()), held, urgent.id)


def _anew(day: Midday, seconds: float, *, seed: int) -> tuple[Orders, int]:
    how = Anew(effort=Effort(seconds=seconds), seed=seed)
    told = replan(day.problem, day.matrix, held=day.held, how=how)
    return told.orders, len(told.moves)


def _objective(day: Midday, orders: Orders) -> float:
    """Return the driving, the worth of what is left, and the price of what was given away."""
    ground = lay_ground(day.problem, day.matrix)
    cost = 0.0
    for shift, order in enumerate(orders):
        timed = ground.time(shift, order)
        if timed is None:
            msg = f"the day of shift {shift} cannot be driven"
            raise RuntimeError(msg)
        cost += ground.cost(shift, order, timed)
    visited = {stop for order in orders for stop in order}
    cost += sum(ground.value(n) for n in range(len(day.problem.stops)) if n not in visited)
    given = moved(day.problem, orders_of(day.problem, day.held), orders)
    return cost + MOVE_SECONDS * len(given)

"""Bench changing a day under way in real cities: an urgent stop inserted, the rest planned anew."""

import statistics
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from geo.streets.travel import Matrix
from reports.routes.ground import Orders, lay_ground
from reports.routes.plan import Plan, Route
from reports.routes.planning import make_plan
from reports.routes.problem import Place, Problem, Shift
from reports.routes.replan import MOVE_SECONDS, Anew, insert_urgent, moved, orders_of, replan
from reports.routes.search import Effort
from reports.routes.under_way import rest_of
from tests.bench.cities import City, cities
from tests.bench.plan_town import HOUR, Town, week

NOW = 10 * HOUR
PLANNED, LEFT = 150, 110
QUICK, LONG = 2.5, 30.0
INSERT_SECONDS, CPU_SECONDS, WORSE = 0.2, 3.0, 1.01


@dataclass(frozen=True)
class Midday:
    """A day under way, with one stop too many."""

    problem: Problem
    matrix: Matrix
    held: dict[str, list[str]]
    urgent: str


@dataclass(frozen=True)
class Changed:
    """What one change took, what the day then costs, and how many stops changed hands."""

    inserting: float
    cpu: float
    quick: float
    long: float
    moves: int


def run(repeats: int = 5, *, small: bool = False) -> dict[str, Any]:
    """Change a day of each city several times over; `small` leaves a city out."""
    rows, told = [], {}
    with tempfile.TemporaryDirectory() as folder:
        for city in cities(Path(folder), small=small):
            day = _midday(city)
            changed = [_changed(day, seed=seed) for seed in range(repeats)]
            rows += _rows(city, len(day.problem.stops), changed)
            told[city.name] = [asdict(each) for each in changed]
    return {"name": "replan", "rows": rows, "all": told}


def _changed(day: Midday, *, seed: int) -> Changed:
    began = time.perf_counter()
    insert_urgent(day.problem, day.matrix, held=day.held, stop_id=day.urgent)
    inserting = time.perf_counter() - began
    began = time.process_time()
    orders, moves = _anew(day, QUICK, seed=seed)
    cpu = time.process_time() - began
    long = _objective(day, _anew(day, LONG, seed=seed)[0])
    return Changed(inserting, cpu, _objective(day, orders), long, moves)


def _rows(city: City, stops: int, changed: list[Changed]) -> list[dict[str, Any]]:
    figures = {key: _middle(changed, key) for key in asdict(changed[0])}
    quick, long = figures["quick"], figures["long"]
    there = f"{city.title}:"
    return [
        _row(f"{there} an urgent stop inserted", figures["inserting"], INSERT_SECONDS),
        _row(f"{there} CPU seconds of a plan anew", figures["cpu"], CPU_SECONDS),
        {
            "what": f"{there} objective of {stops} stops planned anew, "
            f"{figures['moves']:.0f} to another officer",
            "ours_s": quick,
            "peer": f"the same search for {LONG:.0f} s",
            "peer_s": long,
            "ratio": quick / long,
            "target": f"<= {WORSE}",
            "met": quick / long <= WORSE,
        },
    ]


def _middle(changed: list[Changed], key: str) -> float:
    return statistics.median(getattr(each, key) for each in changed)


def _row(what: str, ours: float, most: float) -> dict[str, Any]:
    return {
        "what": what,
        "ours_s": ours,
        "peer": f"{most} s",
        "peer_s": most,
        "ratio": ours / most,
        "target": "<= 1",
        "met": ours <= most,
    }


def _midday(city: City) -> Midday:
    town = week(city, stops=PLANNED, days=1, seed=3)
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
    if len(open_) < LEFT:
        msg = f"only {len(open_)} stops are left at midday; {LEFT} are needed"
        raise RuntimeError(msg)
    kept = {stop.id for stop in open_}
    held = {who: [stop for stop in stops if stop in kept] for who, stops in held.items()}
    lon, lat = town.spare.lon, town.spare.lat
    urgent = replace(open_[0], id="urgent", lon=lon, lat=lat, must=True, window=None)
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

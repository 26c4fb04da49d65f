"""Bench a week's plan of six officers in real cities against VROOM, on the very same problems."""

import json
import os
import statistics
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from reports.routes.check import plan_faults
from reports.routes.driving import write_routes
from reports.routes.ground import Ground, Orders, lay_ground
from reports.routes.openings import risk
from reports.routes.plan import LeftOut, LeftReason, Plan
from reports.routes.planning import make_plan
from reports.routes.problem import Problem
from reports.routes.search import Effort
from reports.routes.settle import left_of
from reports.routes.tally import Tally, tally
from tests.bench.cities import City, cities
from tests.bench.plan_town import DAYS, OFFICERS, STOPS, Town, week

ROOT = Path(__file__).parents[2]
LEVEL = 5
MUST_PRIORITY = 100
DAY = 86_400
SEARCH_SECONDS = 60.0
CPU_SHARE = 0.5


def run(repeats: int = 3, *, search: float = SEARCH_SECONDS, small: bool = False) -> dict[str, Any]:
    """Plan a week of each city by both; the same checker and the same count judge both.

    VROOM, which takes minutes and draws no lots, is asked once, for all cities side by side;
    `small` leaves a city out.
    """
    rows, told = [], {}
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        towns = {city: week(city) for city in cities(Path(folder), small=small)}
        solved = list(pool.map(_vroom, towns.values()))
        for (city, town), theirs in zip(towns.items(), solved, strict=True):
            ours = [_ours(town, search, seed=seed) for seed in range(repeats)]
            rows += _rows(city, ours, theirs)
            told[city.name] = {"ours": ours, "vroom": theirs}
    return {"name": "plan", "rows": rows, "all": told}


def _rows(city: City, ours: list[dict[str, Any]], theirs: dict[str, Any]) -> list[dict[str, Any]]:
    objective = statistics.median(told["objective"] for told in ours)
    cpu = statistics.median(told["cpu"] for told in ours)
    clean = all(not told["faults"] and not told["musts_missed"] for told in ours)
    problem = f"{STOPS} stops, {OFFICERS} officers, {DAYS} days"
    return [
        {
            "what": f"{city.title}: objective, {problem}",
            "ours_s": objective,
            "peer": f"VROOM, {theirs['musts_missed']} musts missed",
            "peer_s": theirs["objective"],
            "ratio": objective / theirs["objective"],
            "target": "< 1, nothing that must be missed",
            "met": objective < theirs["objective"] and clean,
        },
        {
            "what": f"{city.title}: CPU seconds for it",
            "ours_s": cpu,
            "peer": "VROOM",
            "peer_s": theirs["cpu"],
            "ratio": cpu / theirs["cpu"],
            "target": f"<= {CPU_SHARE}",
            "met": cpu <= theirs["cpu"] * CPU_SHARE,
        },
    ]


def _ours(town: Town, seconds: float, *, seed: int) -> dict[str, Any]:
    began = time.process_time()
    effort = Effort(seconds=seconds)
    plan = make_plan(town.problem, town.travel, effort=effort, seed=seed, cores=1).plan
    return _judged(plan, town, cpu=time.process_time() - began)


def _vroom(town: Town) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "week.json"
        ground = lay_ground(town.problem, town.matrix)
        path.write_text(json.dumps(_written(ground)), encoding="utf-8")
        words = [str(ROOT / ".bench/bin/python"), "-m", "tests.bench.plan_peer"]
        done = subprocess.run(
            [*words, str(path), str(LEVEL)], cwd=ROOT, capture_output=True, text=True, check=True
        )
    told = json.loads(done.stdout)
    orders: Orders = [told["orders"].get(str(n), []) for n in range(len(town.problem.shifts))]
    return _judged(_plan(ground, orders, town), town, cpu=told["cpu"])


def _written(ground: Ground) -> dict[str, Any]:
    """Write a week down for VROOM: every shift a vehicle, soft zones as a cost of their own."""
    problem = ground.problem
    most = max(stop.worth_seconds for stop in problem.stops)
    officers = dict.fromkeys(shift.officer for shift in problem.shifts)
    profiles = {officer: number for number, officer in enumerate(officers)}
    columns = {shift.officer: number for number, shift in enumerate(problem.shifts)}
    return {
        "seconds": ground.seconds.tolist(),
        "outside": [
            ground.charges[:, columns[officer]].astype(int).tolist() for officer in profiles
        ],
        "shifts": [
            {
                "profile": profiles[shift.officer],
                "hours": [_at(problem, shift.day, each) for each in (shift.start, shift.end)],
                "lunch": [
                    _at(problem, shift.day, shift.lunch.earliest),
                    _at(problem, shift.day, shift.lunch.latest),
                    shift.lunch.seconds,
                ],
            }
            for shift in problem.shifts
            if shift.lunch is not None
        ],
        "stops": [
            {
                "service": stop.service_seconds,
                "priority": MUST_PRIORITY if stop.must else round(stop.worth_seconds / most * 20),
                "windows": [
                    [_at(problem, day, each) for each in opening]
                    for day, opening in ground.openings[number].items()
                ],
            }
            for number, stop in enumerate(problem.stops)
        ],
    }


def _at(problem: Problem, day: Any, seconds: int) -> int:
    # A visit may begin at the last second of its day; windows of a job may not touch.
    return (day - problem.days[0]).days * DAY + min(seconds, DAY - 1)


def _plan(ground: Ground, orders: Orders, town: Town) -> Plan:
    """Write VROOM's days as a plan; a day that the clock refuses would be told as such."""
    broken = [n for n, order in enumerate(orders) if ground.time(n, order) is None]
    if broken:
        msg = f"VROOM's days {broken} cannot be driven by the clock"
        raise RuntimeError(msg)
    places = town.problem.places()
    legs = [town.travel.route(places[ground.way(n, order)]) for n, order in enumerate(orders)]
    stops, days = [town.problem.stops[stop] for stop in left_of(ground, orders)], town.problem.days
    left = [LeftOut(stop, LeftReason.NO_TIME, risk(stop, days)) for stop in stops]
    routes = write_routes(ground, orders, legs)
    return Plan(town.problem.days, routes, tuple(left), estimated=town.matrix.estimated)


def _judged(plan: Plan, town: Town, *, cpu: float) -> dict[str, Any]:
    rows = town.problem.rows()
    faults = plan_faults(plan, problem=town.problem, matrix=town.matrix, rows=rows)
    told: Tally = tally(replace(plan), problem=town.problem)
    return {
        "objective": told.objective,
        "driven": told.driven,
        "outside": told.outside,
        "missed": told.missed,
        "musts_missed": told.musts_missed,
        "faults": list(faults),
        "cpu": round(cpu, 2),
    }

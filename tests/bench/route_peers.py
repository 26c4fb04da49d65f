"""Solve a Solomon file with VROOM or OR-Tools; run by the Python of the peers.

Usage: python -m tests.bench.route_peers SOLVER FILE SECONDS, which writes one JSON object.
"""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from reports.routes.solomon import Instance, read_instance

SCALE = 1_000
"""As Lotline's own solver reckons: thousandths, times rounded up."""


def vroom_routes(instance: Instance, seconds: float) -> list[list[int]]:
    """Return VROOM's routes, at its highest level of exploration, on one thread."""
    import vroom  # noqa: PLC0415 - of the peers' Python

    problem = vroom.Input()
    problem.set_durations_matrix("car", _up(instance.distances()).astype(np.uint32))
    start, end = _window(instance, 0)
    for number in range(min(instance.vehicles, len(instance.numbers) - 1)):
        problem.add_vehicle(
            vroom.Vehicle(
                number,
                start=0,
                end=0,
                capacity=[int(instance.capacity * SCALE)],
                time_window=vroom.TimeWindow(start, end),
            )
        )
    for place in range(1, len(instance.numbers)):
        problem.add_job(
            vroom.Job(
                place,
                location=place,
                default_service=int(_up(instance.service[place])),
                delivery=[int(instance.demand[place] * SCALE)],
                time_windows=[vroom.TimeWindow(*_window(instance, place))],
            )
        )
    solved = problem.solve(exploration_level=5, nb_threads=1, timeout=timedelta(seconds=seconds))
    steps = solved.routes
    jobs = steps[steps["type"] == "job"]
    routes = jobs.groupby("vehicle_id", sort=False)["id"].apply(list)
    return [[instance.numbers[int(place)] for place in way] for way in routes]


def ortools_routes(instance: Instance, seconds: float) -> list[list[int]]:
    """Return OR-Tools' routes by guided local search, as its guide for time windows does."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2  # noqa: PLC0415

    count, vehicles = len(instance.numbers), min(instance.vehicles, len(instance.numbers) - 1)
    manager = pywrapcp.RoutingIndexManager(count, vehicles, 0)
    model = pywrapcp.RoutingModel(manager)
    apart = np.rint(instance.distances() * SCALE).astype(np.int64)
    times = _up(instance.distances()) + _up(instance.service)[:, None]
    model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitMatrix(apart.tolist()))
    horizon = _window(instance, 0)[1]
    model.AddDimension(model.RegisterTransitMatrix(times.tolist()), horizon, horizon, False, "time")
    demand = (instance.demand * SCALE).astype(np.int64).tolist()
    model.AddDimension(
        model.RegisterUnaryTransitVector(demand), 0, int(instance.capacity * SCALE), True, "load"
    )
    time = model.GetDimensionOrDie("time")
    for place in range(1, count):
        time.CumulVar(manager.NodeToIndex(place)).SetRange(*_window(instance, place))
    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = (
        routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    )
    asked.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    asked.time_limit.FromMilliseconds(round(seconds * 1000))
    solved = model.SolveWithParameters(asked)
    return [] if solved is None else _ways(instance, manager, model, solved, vehicles)


def _ways(
    instance: Instance, manager: Any, model: Any, solved: Any, vehicles: int
) -> list[list[int]]:
    routes = []
    for vehicle in range(vehicles):
        index, way = model.Start(vehicle), []
        while not model.IsEnd(index):
            if place := manager.IndexToNode(index):
                way.append(instance.numbers[place])
            index = solved.Value(model.NextVar(index))
        if way:
            routes.append(way)
    return routes


def _up(figures: np.ndarray) -> np.ndarray:
    return np.ceil(figures * SCALE - 1e-6).astype(np.int64)


def _window(instance: Instance, place: int) -> tuple[int, int]:
    return int(instance.ready[place] * SCALE), int(instance.due[place] * SCALE)


PEERS: dict[str, Callable[[Instance, float], list[list[int]]]] = {
    "vroom": vroom_routes,
    "ortools": ortools_routes,
}

if __name__ == "__main__":
    solver, file, limit = sys.argv[1:]
    sys.stdout.write(json.dumps(PEERS[solver](read_instance(Path(file)), float(limit))))

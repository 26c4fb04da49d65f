"""Solve Solomon's benchmark problems with the solver that plans the officers' days."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyvrp import Client, Depot, Location, ProblemData, Solution, VehicleType

from reports.routes.search import NOBODY, Effort, Tuning, Watch, search
from reports.routes.solomon import Instance, measure

SCALE = 1_000
"""The solver reckons in whole numbers: thousandths of the file's unit."""
ROUNDING = 1e-6
LARGE = 150
"""From so many customers on the search needs other settings than below."""
SMALL_TUNING = Tuning(history_length=50)
LARGE_TUNING = Tuning(history_length=50)


@dataclass(frozen=True)
class Solved:
    """The routes found, and what they are worth by the exact figures of the file."""

    distance: float
    routes: tuple[tuple[int, ...], ...]
    feasible: bool
    faults: tuple[str, ...]


def solve_instance(
    instance: Instance, *, effort: Effort, seed: int = 0, watch: Watch = NOBODY
) -> Solved:
    """Find short routes for a benchmark problem, on one core.

    Parameters
    ----------
    instance
        The problem.
    effort
        When to stop.
    seed
        The same seed and iterations give the same routes.
    watch
        Told of what is found, and asked whether to go on.

    Returns
    -------
    Solved
        Measured again by `reports.routes.solomon.measure`: its word decides what is feasible.
    """
    large = len(instance.numbers) > LARGE
    best = search(
        _data(instance),
        effort=effort,
        tuning=LARGE_TUNING if large else SMALL_TUNING,
        seed=seed,
        watch=watch,
    )
    routes = _routes(instance, best)
    told = measure(instance, routes)
    return Solved(told.distance, routes, told.feasible, told.faults)


def _data(instance: Instance) -> ProblemData:
    exact = instance.distances() * SCALE
    # Times are rounded up and windows inwards: what is in time here is in time in exact figures.
    opens, closes = _up(instance.ready * SCALE), np.floor(instance.due * SCALE + ROUNDING)
    service = _up(instance.service * SCALE)
    demand = _up(instance.demand * SCALE)
    clients = [
        Client(
            location=place,
            delivery=[int(demand[place])],
            service_duration=int(service[place]),
            tw_early=int(opens[place]),
            tw_late=int(closes[place]),
        )
        for place in range(1, len(instance.numbers))
    ]
    vehicles = VehicleType(
        num_available=min(instance.vehicles, len(clients)),
        capacity=[int(instance.capacity * SCALE + ROUNDING)],
        tw_early=int(opens[0]),
        tw_late=int(closes[0]),
    )
    return ProblemData(
        locations=[Location(x, y) for x, y in instance.points.tolist()],
        clients=clients,
        depots=[Depot(location=0)],
        vehicle_types=[vehicles],
        distance_matrices=[np.rint(exact).astype(np.int64)],  # type: ignore[list-item]
        duration_matrices=[_up(exact)],  # type: ignore[list-item]
    )


def _up(figures: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.ceil(figures - ROUNDING).astype(np.int64)


def _routes(instance: Instance, solution: Solution) -> tuple[tuple[int, ...], ...]:
    return tuple(
        tuple(instance.numbers[activity.idx + 1] for activity in route if activity.is_client())
        for route in solution.routes()
    )

"""Choose which stops to visit in a shift, and in which order, with PyVRP."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyvrp import Client, Depot, Location, ProblemData, VehicleType

from geo.streets.travel import Matrix
from reports.routes.problem import Problem, Stop
from reports.routes.search import PLANNING, Effort, search

NO_WAY_SECONDS = 10 * 24 * 60 * 60
"""Stands for "no way" in the solver's whole numbers: longer than any shift."""


def choose_order(
    problem: Problem, matrix: Matrix, *, effort: Effort, seed: int = 0
) -> tuple[int, ...]:
    """Choose the stops worth visiting and their order.

    What the solver makes small is time on the road plus the worth of what is not visited.

    Parameters
    ----------
    problem
        n stops and the shift.
    matrix
        Over `problem.places()`, shape (n + 2, n + 2).
    effort
        When to stop searching.
    seed
        The same seed, iterations and problem give the same order.

    Returns
    -------
    tuple of int
        Positions in `problem.stops`, in the order of the visits; empty when none fits.
    """
    if not problem.stops:
        return ()
    best = search(_data(problem, matrix), effort=effort, tuning=PLANNING, seed=seed)
    return tuple(
        activity.idx for route in best.routes() for activity in route if activity.is_client()
    )


def _data(problem: Problem, matrix: Matrix) -> ProblemData:
    shift, last = problem.shift, len(problem.stops) + 1
    seconds = _whole(matrix.seconds)
    officer = VehicleType(
        capacity=[shift.max_stops if shift.max_stops is not None else len(problem.stops)],
        start_depot=0,
        end_depot=1,
        tw_early=shift.start,
        tw_late=shift.end,
        unit_distance_cost=0,
        unit_duration_cost=1,
    )
    return ProblemData(
        locations=[Location(lon, lat) for lon, lat in problem.places().tolist()],
        clients=[_client(stop, place) for place, stop in enumerate(problem.stops, start=1)],
        depots=[Depot(location=0), Depot(location=last)],
        vehicle_types=[officer],
        distance_matrices=[seconds],  # at no cost, but one must be given
        duration_matrices=[seconds],
    )


def _client(stop: Stop, place: int) -> Client:
    return Client(
        location=place,
        delivery=[1],
        service_duration=stop.service_seconds,
        # Time on site counts in the route's duration: the prize pays it back, so that a long
        # visit is not worth less than a short one.
        prize=stop.worth_seconds + stop.service_seconds,
        required=False,
    )


def _whole(values: NDArray[np.float64]) -> Any:  # typed by the solver as no array can be
    """Round to the whole numbers the solver wants, which the plan keeps too."""
    return np.rint(np.where(np.isfinite(values), values, NO_WAY_SECONDS)).astype(np.int64)

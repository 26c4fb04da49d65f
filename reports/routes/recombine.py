"""Put the routes a search came upon together anew, as an integer program."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from pyvrp import ProblemData, Route, Solution
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

from reports.routes.hushing import hushed

MOST = 4_000
"""Routes kept; of more, those that were met last."""
NODES = 500
"""Branches looked at in one program: a bound that is the same on every machine, unlike seconds."""


@dataclass(frozen=True)
class Found:
    """One vehicle's route.

    Attributes
    ----------
    vehicle
        Its vehicle type.
    clients
        In the order of the visits.
    cost
        What it adds to the objective, prizes left out.
    """

    vehicle: int
    clients: tuple[int, ...]
    cost: int


class Pool:
    """Keep the routes of every good solution: each set of visits in its cheapest order.

    Parameters
    ----------
    near
        A solution is good up to so many times the best one's cost.
    """

    def __init__(self, near: float) -> None:
        self._near = near
        self._found: dict[tuple[int, frozenset[int]], Found] = {}
        self._met: set[tuple[int, int, int, int]] = set()

    def take_if_good(
        self, candidate: Solution, *, best: Solution, cost: Callable[[Solution], int]
    ) -> None:
        """Keep the routes of what the search goes on from, if it can be driven and is near."""
        if candidate.is_feasible() and cost(candidate) <= self._near * cost(best):
            self.take(candidate)

    def take(self, solution: Solution) -> None:
        """Keep a feasible solution's routes."""
        for route in solution.routes():
            kind, distance = route.vehicle_type(), route.distance_cost()
            # Two routes alike in all this are the same one: to read the visits costs far more.
            print_of_it = kind, distance, route.duration(), route.num_clients()
            if print_of_it in self._met:
                continue
            self._met.add(print_of_it)
            clients = tuple(activity.idx for activity in route if activity.is_client())
            cost = distance + route.duration_cost() + route.fixed_vehicle_cost()
            key = kind, frozenset(clients)
            known = self._found.get(key)
            if known is None or cost < known.cost:
                self._found[key] = Found(kind, clients, cost)

    def routes(self) -> list[Found]:
        """Return the routes kept."""
        return list(self._found.values())[-MOST:]


def recombine(
    data: ProblemData, routes: Sequence[Found], *, seconds: float | None = None
) -> Solution | None:
    """Choose the routes that together cost least, each client visited at most once.

    This is the set packing problem over the routes: the sum of their costs less the prizes they
    collect is made small, where a required client or group is visited exactly once, others at most
    once, and no more vehicles of a type go out than there are (Balinski and Quandt 1964).

    Parameters
    ----------
    data
        The problem they were found in; each vehicle drives one trip.
    routes
        To choose from.
    seconds
        When to stop with the best so far; where not given, the answer is the same on any machine.

    Returns
    -------
    Solution or None
        None where no choice was found.
    """
    if not routes:
        return None
    clients = data.clients()
    worth = [route.cost - sum(clients[each].prize for each in route.clients) for route in routes]
    limit = math.inf if seconds is None else seconds
    with hushed():
        told = milp(
            np.array(worth, dtype=float),
            constraints=_constraints(data, routes),
            integrality=np.ones(len(routes), dtype=np.int64),
            bounds=Bounds(0, 1),
            options={"node_limit": NODES, "mip_rel_gap": 0.0, "time_limit": limit},
        )
    if told.x is None:
        return None
    chosen = [routes[at] for at in np.flatnonzero(told.x > 0.5).tolist()]  # noqa: PLR2004
    return Solution(data, [Route(data, list(each.clients), each.vehicle) for each in chosen])


def _constraints(data: ProblemData, routes: Sequence[Found]) -> list[LinearConstraint]:
    """Return the bounds on visits of each client, each group and vehicles of each type."""
    clients, groups, types = data.clients(), data.groups(), data.vehicle_types()
    rows: list[int] = []
    columns: list[int] = []
    for at, route in enumerate(routes):
        held = [clients[each].group for each in route.clients]
        mine = [*route.clients, *(len(clients) + group for group in held if group is not None)]
        mine.append(len(clients) + len(groups) + route.vehicle)
        rows += mine
        columns += [at] * len(mine)
    least = [*(each.required for each in clients), *(each.required for each in groups)]
    most = [1] * (len(clients) + len(groups)) + [each.num_available for each in types]
    shape = (len(most), len(routes))
    # A group whose clients do not exclude each other is not bounded: none such is encoded here.
    uses = csc_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    return [LinearConstraint(uses, [*map(int, least), *[0] * len(types)], most)]

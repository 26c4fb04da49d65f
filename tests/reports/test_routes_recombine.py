"""The choice among routes that a search came upon."""

import ctypes
import itertools
import random
import sys
from typing import Any

import numpy as np
import pytest
from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, Route, Solution, VehicleType
from scipy.optimize import milp

from reports.routes.recombine import Found, Pool, recombine
from reports.routes.search import Effort, Tuning, cost_of, search

SIDE = 100


def _data(
    *, clients: int, seed: int = 0, prize: int = 0, groups: tuple[tuple[int, ...], ...] = ()
) -> ProblemData:
    """Clients anywhere in a square about a depot; all must be visited unless they have a prize."""
    rng = np.random.default_rng(seed)
    points = np.vstack([[SIDE // 2, SIDE // 2], rng.integers(0, SIDE, (clients, 2))])
    far = np.rint(np.hypot(*(points[:, None] - points).transpose(2, 0, 1))).astype(np.int64)
    group = {client: number for number, held in enumerate(groups) for client in held}
    return ProblemData(
        locations=[Location(x, y) for x, y in points.tolist()],
        clients=[
            Client(
                location=place, delivery=[1], prize=prize, group=group.get(place - 1),
                required=not prize and place - 1 not in group,
            )
            for place in range(1, clients + 1)
        ],
        depots=[Depot(location=0)],
        vehicle_types=[VehicleType(num_available=2, capacity=[3]), VehicleType(capacity=[3])],
        distance_matrices=[far],
        duration_matrices=[far],
        groups=[ClientGroup(list(held)) for held in groups],
    )  # fmt: skip


def _solution(data: ProblemData, *routes: tuple[int, tuple[int, ...]]) -> Solution:
    return Solution(data, [Route(data, list(clients), kind) for kind, clients in routes])


def _routes(solution: Solution | None) -> set[tuple[int, tuple[int, ...]]]:
    assert solution is not None
    return {
        (route.vehicle_type(), tuple(each.idx for each in route if each.is_client()))
        for route in solution.routes()
    }


def test_what_two_solutions_do_best_in_two_places_is_done_by_one() -> None:
    data = _data(clients=6, seed=3)
    orders = [
        (order, _solution(data, (0, order)).distance())
        for half in ((0, 1, 2), (3, 4, 5))
        for order in itertools.permutations(half)
    ]
    west = sorted(orders[:6], key=lambda each: each[1])
    east = sorted(orders[6:], key=lambda each: each[1])
    pool = Pool(near=2.0)
    pool.take(_solution(data, (0, west[0][0]), (0, east[-1][0])))
    pool.take(_solution(data, (0, west[-1][0]), (0, east[0][0])))
    chosen = recombine(data, pool.routes())
    assert chosen is not None
    assert cost_of(chosen) == west[0][1] + east[0][1]


@pytest.mark.parametrize("seed", range(20))
def test_no_other_choice_of_the_routes_is_better(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - which routes are tried is no secret
    groups = ((0, 1),) if seed % 2 else ()
    data = _data(clients=6, seed=seed, prize=70 if seed % 3 else 0, groups=groups)
    known: list[tuple[int, tuple[int, ...]]] = [
        (kind, (client,)) for kind in (0, 1) for client in range(6)
    ]
    known += [(chance.randrange(2), tuple(chance.sample(range(6), 3))) for _ in range(12)]
    known = [route for route in known if not groups or not {0, 1} <= set(route[1])]
    pool = Pool(near=2.0)
    for route in known:
        pool.take(_solution(data, route))
    choices = [
        _solution(data, *some)
        for count in range(4)
        for some in itertools.combinations(known, count)
        if _may(some, data, groups)
    ]  # fmt: skip
    possible = [cost_of(each) for each in choices if each.is_feasible()]
    chosen = recombine(data, pool.routes())
    assert possible
    assert chosen is not None
    assert cost_of(chosen) == min(possible)


def _may(
    routes: tuple[tuple[int, tuple[int, ...]], ...],
    data: ProblemData,
    groups: tuple[tuple[int, ...], ...],
) -> bool:
    """Whether no client or group is visited twice, and no more vehicles go out than there are."""
    visits = [client for _, clients in routes for client in clients]
    if any(len(set(group) & set(visits)) > 1 for group in groups):
        return False
    kinds = [kind for kind, _ in routes]
    free = data.vehicle_types()
    return len(visits) == len(set(visits)) and all(
        kinds.count(number) <= kind.num_available for number, kind in enumerate(free)
    )


def test_of_two_orders_of_the_same_visits_the_cheaper_is_kept() -> None:
    data = _data(clients=3, seed=1)
    costs = {}
    pool = Pool(near=2.0)
    for order in itertools.permutations(range(3)):
        solution = _solution(data, (0, order))
        costs[order] = solution.distance()
        pool.take(solution)
    (kept,) = pool.routes()
    assert kept.cost == min(costs.values()) == costs[kept.clients]


def test_a_solution_far_from_the_best_or_undrivable_gives_no_routes() -> None:
    data = _data(clients=6, seed=2, prize=50)
    best, near, far, crowded = (
        _solution(data, (0, order)) for order in ((5,), (0, 1, 2), (3, 4), (0, 1, 2, 3))
    )
    costs = {id(best): 100, id(near): 110, id(far): 112, id(crowded): 100}
    pool = Pool(near=1.1)
    for each in (near, far, crowded):
        pool.take_if_good(each, best=best, cost=lambda solution: costs[id(solution)])
    assert [route.clients for route in pool.routes()] == [(0, 1, 2)]


def test_there_is_no_choice_among_no_routes_or_too_few() -> None:
    data = _data(clients=2)
    assert recombine(data, []) is None
    assert recombine(data, [Found(vehicle=0, clients=(0,), cost=5)]) is None


def test_a_seed_and_iterations_give_the_same_routes_each_time() -> None:
    data = _data(clients=8, seed=5)
    found = {
        frozenset(_routes(search(data, effort=Effort(200), tuning=Tuning(20), seed=4)))
        for _ in range(3)
    }
    assert len(found) == 1


def test_what_the_integer_solver_writes_spoils_no_command_s_answer(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    solve = milp

    def told_aloud(*args: Any, **kwargs: Any) -> Any:
        # As HiGHS does now and then: by C's own printf, which Python's redirection does not see.
        ctypes.CDLL(None).printf(b"transformNewIntegerFeasibleSolution tmpSolver.run();\n")
        return solve(*args, **kwargs)

    monkeypatch.setattr("reports.routes.recombine.milp", told_aloud)
    data = _data(clients=3)
    routes = [Found(clients=(each,), vehicle=0, cost=10) for each in range(3)]
    sys.stdout.write("before\n")
    assert recombine(data, routes) is None
    ctypes.CDLL(None).fflush(None)
    sys.stdout.write("after\n")
    told = capfd.readouterr()
    assert told.out == "before\nafter\n"
    assert "tmpSolver" in told.err

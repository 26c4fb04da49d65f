from collections import Counter

import pytest
from random_days import random_problem

from geo.streets.estimate import CrowFlight
from reports.routes.errors import RoutePlanError
from reports.routes.plan import LeftReason, Plan
from reports.routes.planning import make_plan
from reports.routes.problem import Problem
from reports.routes.search import Effort, Watch

IN_THE_GATE = 25
EFFORT = Effort(iterations=40)
SURE = {
    LeftReason.OTHER_DAYS,
    LeftReason.CONTRADICTORY,
    LeftReason.NO_DAYLIGHT,
    LeftReason.NO_OFFICER,
    LeftReason.NO_CERTIFIED,
    LeftReason.NO_ZONE,
    LeftReason.NO_FIT,
}
"""Why a stop could not be visited even by itself."""


@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(seed, marks=[] if seed < IN_THE_GATE else [pytest.mark.full])
        for seed in range(1_000)
    ],
)
def test_the_plan_of_any_problem_passes_the_checker(seed: int) -> None:
    problem = random_problem(seed)
    plan = _planned(problem)
    if plan is None:
        return
    assert {each.stop.id for each in plan.left_out} | {visit.stop.id for visit in plan.visits} == {
        stop.id for stop in problem.stops
    }


def test_what_must_be_visited_is_left_only_where_nobody_could_or_the_day_is_full() -> None:
    left: Counter[LeftReason] = Counter()
    musts = 0
    for seed in range(IN_THE_GATE):
        problem = random_problem(seed)
        plan = _planned(problem)
        if plan is not None:
            musts += sum(stop.must for stop in problem.stops)
            left.update(each.reason for each in plan.left_out if each.stop.must)
    possible = musts - sum(count for reason, count in left.items() if reason in SURE)
    missed = sum(count for reason, count in left.items() if reason not in SURE)
    assert missed <= 0.05 * possible, left


def test_the_same_seed_and_iterations_give_the_same_plan_on_one_core_and_on_two() -> None:
    problem = random_problem(4)
    alone, beside = (
        make_plan(problem, CrowFlight(), effort=Effort(iterations=1_500), cores=cores).plan
        for cores in (1, 2)
    )
    assert alone == beside


def test_the_objective_of_many_days_is_told_and_falls() -> None:
    problem = random_problem(7)
    told: list[int] = []
    make_plan(problem, CrowFlight(), effort=EFFORT, watch=Watch(on_best=told.append), cores=1)
    assert len(told) > 1
    assert told == sorted(told, reverse=True)


def _planned(problem: Problem) -> Plan | None:
    try:
        return make_plan(problem, CrowFlight(), effort=EFFORT, cores=1).plan
    except RoutePlanError:
        return None

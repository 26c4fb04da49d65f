"""A plan is held against the orders people make by hand, which keep the same rules."""

from collections import Counter
from dataclasses import replace

import pytest
from random_days import random_problem

from geo.streets.estimate import CrowFlight
from reports.routes.comparison import PLAN, compare
from reports.routes.errors import RoutePlanError
from reports.routes.ground import lay_ground
from reports.routes.naive import Naive, naive_orders
from reports.routes.openings import risk
from reports.routes.plan import Risk
from reports.routes.planning import make_plan
from reports.routes.problem import Problem
from reports.routes.search import Effort


@pytest.mark.parametrize("how", [*Naive])
def test_orders_made_by_hand_can_be_driven_and_name_nothing_twice(how: Naive) -> None:
    for seed in range(40, 52):
        problem = random_problem(seed)
        ground = lay_ground(problem, CrowFlight().matrix(problem.places()))
        orders = naive_orders(ground, how)
        for shift, order in enumerate(orders):
            assert ground.time(shift, order) is not None or not order
            assert all(ground.may(stop, shift) for stop in order)
        stops = [stop for order in orders for stop in order]
        assert len(stops) == len(set(stops))


def _with_musts(problem: Problem) -> Problem:
    """Return a problem in which what a date or a promise binds must be visited, as in a town."""
    return replace(
        problem,
        stops=tuple(
            replace(
                stop,
                two_officers=False,
                must=stop.must or risk(stop, problem.days) is not Risk.WAITS,
            )
            for stop in problem.stops
        ),
    )


def test_a_plan_misses_less_and_is_worth_more_than_what_is_planned_by_hand() -> None:
    missed: Counter[str] = Counter()
    won: Counter[str] = Counter()
    for seed in range(60, 72):
        problem = _with_musts(random_problem(seed))
        try:
            made = make_plan(problem, CrowFlight(), effort=Effort(iterations=300), cores=1)
        except RoutePlanError:
            continue
        ways = compare(problem, made)
        assert [each.how for each in ways] == [PLAN, *Naive]
        assert ways[0].stops == len({visit.stop.id for visit in made.plan.visits})
        assert all(each.stops <= ways[0].stops for each in ways)
        assert ways[0].told()["drive_minutes"] == round(ways[0].drive_seconds / 60, 1)
        for each in ways:
            missed[each.how] += each.missed
            won[each.how] += each.worth_seconds - each.drive_seconds
    assert len(won) == 4
    for how in Naive:
        assert missed[PLAN] < missed[how]
        assert won[PLAN] > won[how]

"""A plan is held against the orders people make by hand, which keep the same rules."""

from dataclasses import replace

import pytest
from random_days import random_problem

from geo.streets.estimate import CrowFlight
from reports.routes.comparison import PLAN, compare
from reports.routes.errors import RoutePlanError
from reports.routes.ground import lay_ground
from reports.routes.naive import Naive, naive_orders
from reports.routes.planning import make_plan
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


def test_a_plan_visits_what_is_worth_most_and_misses_least() -> None:
    compared = 0
    for seed in range(60, 72):
        problem = random_problem(seed)
        problem = replace(
            problem, stops=tuple(replace(stop, two_officers=False) for stop in problem.stops)
        )
        try:
            made = make_plan(problem, CrowFlight(), effort=Effort(iterations=300), cores=1)
        except RoutePlanError:
            continue
        plan, *naive = compare(problem, made)
        assert (plan.how, [each.how for each in naive]) == (PLAN, [*Naive])
        assert plan.stops == len({visit.stop.id for visit in made.plan.visits})
        assert all(plan.missed <= each.missed for each in naive)
        for each in naive:
            won = plan.worth_seconds - plan.drive_seconds
            by_hand = each.worth_seconds - each.drive_seconds
            assert plan.missed < each.missed or won >= by_hand - 3600
        compared += 1
        assert plan.told()["drive_minutes"] == round(plan.drive_seconds / 60, 1)
    assert compared > 6

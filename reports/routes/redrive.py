"""Drive the routes of a plan that were changed by hand along the streets, and check the plan."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from geo.streets.travel import Matrix, Travel
from reports.routes.changes import ChangeError
from reports.routes.check import check_plan
from reports.routes.driving import write_routes
from reports.routes.hand import is_driven, take_up
from reports.routes.plan import Plan, Route
from reports.routes.problem import Place, Problem

type Rows = Mapping[Place | str, int]


def redrive(
    plan: Plan, travel: Travel, *, problem: Problem, matrix: Matrix, rows: Rows
) -> Plan:  # fmt: skip
    """Return the plan with every route driven.

    Parameters
    ----------
    plan, problem
        As `reports.routes.editing.effect` gave them.
    travel
        The streets; asked for the changed routes alone.
    matrix, rows
        What the plan was measured with.

    Raises
    ------
    ChangeError
        By the streets a drive takes some seconds longer than was measured, and the day no longer
        holds.
    PlanFaultError
        The checker refuses the plan.
    """
    routes = tuple(
        route if is_driven(route) else _driven(plan, route, travel, problem, matrix, rows)
        for route in plan.routes
    )
    plan = replace(plan, routes=routes)
    check_plan(plan, problem=problem, matrix=matrix, rows=rows)
    return plan


def _driven(
    plan: Plan, route: Route, travel: Travel, problem: Problem, matrix: Matrix, rows: Rows
) -> Route:
    whose = {(route.shift.officer, route.shift.day)}
    hand = take_up(plan, problem=problem, matrix=matrix, rows=rows, whose=whose)
    (order,) = hand.orders
    way = hand.ground.way(0, order)
    legs = travel.route(hand.ground.problem.places()[way])
    ground = hand.ground.with_drives(
        {pair: round(leg.seconds) for pair, leg in zip(pairwise(way), legs, strict=True)}
    )
    if ground.time(0, order) is None:
        msg = (
            f"By the streets the day of {route.shift.officer} on {route.shift.day} takes some "
            "seconds longer than was measured, and no longer holds: take another stop out of it."
        )
        raise ChangeError(msg)
    (driven,) = write_routes(ground, [order], [legs])
    return driven

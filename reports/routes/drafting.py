"""Make the plan that a draft asks for, as it is kept, and hold one that is against others."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from cases.visits.asked import Asked
from geo.streets.travel import Travel
from reports.routes.comparison import Compared, compare
from reports.routes.from_town import TownProblem, town_problem
from reports.routes.packed import pack, unpack
from reports.routes.planning import Made, make_plan
from reports.routes.search import NOBODY, Effort, Watch
from reports.routes.written import (
    plan_from_json,
    plan_to_json,
    problem_from_json,
    problem_to_json,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A plan of the town as a draft keeps it."""

    problem: dict[str, Any]
    plan: dict[str, Any]
    matrix: bytes


def asked_of_town(connection: sa.Connection, asked: Asked, *, zone: ZoneInfo) -> TownProblem:
    """Return the problem that is asked for.

    Raises
    ------
    RoutePlanError
        No officer can go.
    """
    return town_problem(
        connection, first=asked.first, days=asked.days, zone=zone, zone_ids=asked.zone_ids,
        fair_margin=asked.fair_margin, max_stops=asked.max_stops,
    )  # fmt: skip


def make(
    there: TownProblem,
    travel: Travel,
    *,
    asked: Asked,
    watch: Watch = NOBODY,
    cores: int | None = None,
) -> Made:
    """Plan a problem of the town as it was asked for, and check the plan.

    Raises
    ------
    RoutePlanError
        No shift can be driven.
    """
    if asked.iterations is not None:
        effort = Effort(iterations=asked.iterations)
    else:
        effort = Effort(seconds=asked.seconds)
    return make_plan(
        there.problem, travel, effort=effort, seed=asked.seed, watch=watch, cores=cores
    )  # fmt: skip


def compared(row: Any) -> list[Compared]:
    """Hold the plan of a draft against the orders people make of its visits by hand."""
    problem = problem_from_json(row.problem)
    plan = plan_from_json(row.plan, problem=problem)
    return compare(problem, Made(plan, *unpack(row.matrix)))


def drafted(there: TownProblem, made: Made) -> Drafted:
    """Return a plan that was made as a draft keeps it."""
    problem, names = there.problem, there.names
    plan = plan_to_json(made.plan, problem=problem, names=names)
    plan["notes"] = [*there.notes]
    plan["unplaced"] = [
        {"number": each.number, "kind": str(each.kind), "address": each.address}
        for each in there.unplaced
    ]
    plan["away"] = [
        {"officer": each.officer, "day": each.on.isoformat(), "because": str(each.because)}
        for each in there.away
    ]
    return Drafted(
        problem=problem_to_json(problem, names=names),
        plan=plan,
        matrix=pack(made.matrix, made.rows),
    )

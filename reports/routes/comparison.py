"""Hold a plan against the orders people make by hand: driving, stops, and what is missed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from reports.routes.ground import Ground, Orders, lay_ground
from reports.routes.naive import Naive, naive_orders
from reports.routes.openings import risk
from reports.routes.plan import Plan, Risk
from reports.routes.planning import Made
from reports.routes.problem import Problem, Stop
from reports.routes.waiting import left_charge, wait_charge

PLAN = "plan"

type Days = dict[str, date]
"""Of each stop visited, the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What one way to make some days comes to.

    Attributes
    ----------
    how
        `PLAN`, or one of `Naive`.
    drive_seconds
        Driven by whoever visits somebody.
    missed
        Stops that must be visited, or whose last lawful day or appointment passes, and are not.
    worth_seconds
        What the visits made are worth together.
    waiting_seconds
        What the days that the plan's visits wait are priced at, made or not.
    left_seconds
        What those of the plan's visits are worth that this way does not make.
    """

    how: str
    stops: int
    drive_seconds: int
    missed: int
    worth_seconds: int
    waiting_seconds: int
    left_seconds: int

    @property
    def whole_seconds(self) -> int:
        """What a better way has less of: driving, waiting and worth left."""
        return self.drive_seconds + self.waiting_seconds + self.left_seconds

    @property
    def drive_minutes(self) -> float:
        """Minutes driven."""
        return round(self.drive_seconds / 60, 1)

    @property
    def minutes_a_stop(self) -> float | None:
        """Minutes driven for each stop; none where there is no stop."""
        return round(self.drive_seconds / 60 / self.stops, 2) if self.stops else None

    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        derived = {
            "drive_minutes": self.drive_minutes,
            "minutes_a_stop": self.minutes_a_stop,
            "whole_seconds": self.whole_seconds,
        }
        return {**asdict(self), **derived}


def compare(problem: Problem, made: Made) -> list[Compared]:
    """Return what a plan comes to, and then what each naive way makes of the very same visits.

    By hand somebody may well drive less, from door to door of what matters little: only the same
    work tells what an order saves.

    Parameters
    ----------
    problem
        The whole problem; what the plan leaves out is missed by all alike.
    made
        The plan, with what it was measured with.
    """
    driven = [route for route in made.plan.routes if route.visits]
    visited = list({visit.stop.id: visit.stop for visit in made.plan.visits}.values())
    seconds = sum(route.total_seconds for route in driven)
    ground = _ground(problem, made)
    return [
        _compared(PLAN, problem, visited, seconds, days=_days(made.plan), of=visited),
        *(_naive(problem, ground, naive_orders(ground, how), how) for how in Naive),
    ]


def _days(plan: Plan) -> Days:
    return {visit.stop.id: route.shift.day for route in plan.routes for visit in route.visits}


def _ground(problem: Problem, made: Made) -> Ground:
    visited = {visit.stop.id for visit in made.plan.visits}
    same = replace(
        problem,
        shifts=tuple(route.shift for route in made.plan.routes),
        stops=tuple(stop for stop in problem.stops if stop.id in visited),
    )
    rows = [made.rows[key] for key in same.rows()]
    return lay_ground(same, made.matrix.among(rows), lent=True)


def _naive(problem: Problem, ground: Ground, orders: Orders, how: Naive) -> Compared:
    seconds = 0
    stops, shifts = ground.problem.stops, ground.problem.shifts
    days: Days = {}
    for shift, order in enumerate(orders):
        timed = ground.time(shift, order) if order else None
        seconds += sum(timed.drives) if timed is not None else 0
        days |= {stops[stop].id: shifts[shift].day for stop in order}
    visited = [stop for stop in stops if stop.id in days]
    return _compared(how, problem, visited, seconds, days=days, of=stops)


def _compared(
    how: str,
    problem: Problem,
    stops: Sequence[Stop],
    seconds: int,
    *,
    days: Days,
    of: Sequence[Stop],
) -> Compared:
    """Return what visits come to, made on some days, of those that the plan makes."""
    missed = [
        stop for stop in problem.stops
        if stop.id not in days and (stop.must or risk(stop, problem.days) is not Risk.WAITS)
    ]  # fmt: skip
    waiting = sum(
        wait_charge(stop, days[stop.id], problem) if stop.id in days else left_charge(stop, problem)
        for stop in of
    )
    worth = sum(stop.worth_seconds for stop in stops)
    return Compared(
        how=str(how), stops=len(stops), drive_seconds=seconds, missed=len(missed),
        worth_seconds=worth, waiting_seconds=waiting,
        left_seconds=sum(stop.worth_seconds for stop in of) - worth,
    )  # fmt: skip

"""Hold a plan against the orders people make by hand: driving, stops, and what is missed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from reports.routes.ground import Ground, Orders, lay_ground
from reports.routes.naive import Naive, naive_orders
from reports.routes.openings import risk
from reports.routes.plan import Risk
from reports.routes.planning import Made
from reports.routes.problem import Problem, Stop
from reports.routes.waiting import left_charge, wait_charge, waited

PLAN = "plan"


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
        What the days that stops wait are priced at, visited or not.
    """

    how: str
    stops: int
    drive_seconds: int
    missed: int
    worth_seconds: int
    waiting_seconds: int

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
        derived = {"drive_minutes": self.drive_minutes, "minutes_a_stop": self.minutes_a_stop}
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
        _compared(PLAN, problem, visited, seconds, waiting=waited(made.plan, problem=problem)),
        *(_naive(problem, ground, naive_orders(ground, how), how) for how in Naive),
    ]


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
    for shift, order in enumerate(orders):
        timed = ground.time(shift, order) if order else None
        seconds += sum(timed.drives) if timed is not None else 0
    stops = [ground.problem.stops[stop] for order in orders for stop in order]
    return _compared(how, problem, stops, seconds, waiting=_waiting(problem, ground, orders))


def _waiting(problem: Problem, ground: Ground, orders: Orders) -> int:
    """Return what the days that stops wait are priced at."""
    stops, shifts = ground.problem.stops, ground.problem.shifts
    days = {
        stops[stop].id: shifts[shift].day for shift, order in enumerate(orders) for stop in order
    }
    return sum(
        wait_charge(stop, days[stop.id], problem) if stop.id in days else left_charge(stop, problem)
        for stop in problem.stops
    )


def _compared(
    how: str, problem: Problem, stops: Sequence[Stop], seconds: int, *, waiting: int
) -> Compared:
    made = {stop.id for stop in stops}
    missed = [
        stop for stop in problem.stops
        if stop.id not in made and (stop.must or risk(stop, problem.days) is not Risk.WAITS)
    ]  # fmt: skip
    return Compared(
        how=str(how), stops=len(stops), drive_seconds=seconds, missed=len(missed),
        worth_seconds=sum(stop.worth_seconds for stop in stops), waiting_seconds=waiting,
    )  # fmt: skip

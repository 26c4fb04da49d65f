"""Count what a plan costs, from its own words alone: to compare plans whoever made them."""

from dataclasses import dataclass

from reports.routes.plan import Plan
from reports.routes.problem import Problem
from reports.routes.waiting import waited


@dataclass(frozen=True)
class Tally:
    """What a plan costs, in seconds, and what it misses.

    Attributes
    ----------
    driven, outside, overtime, waiting, missed
        Driving, charges of visits outside the officers' zones, overtime at its price, the days
        that stops wait at theirs, and the worth of optional visits not made.
    musts_missed
        How many visits that must be made are not.
    work
        Seconds at the doors and on the road of each officer.
    """

    driven: int
    outside: int
    overtime: int
    waiting: int
    missed: int
    musts_missed: int
    work: dict[str, int]

    @property
    def objective(self) -> int:
        """What a better plan has less of; visits that must be made are counted apart."""
        return self.driven + self.outside + self.overtime + self.waiting + self.missed


def tally(plan: Plan, *, problem: Problem) -> Tally:
    """Count what a plan costs."""
    policy = problem.policy
    work: dict[str, int] = {}
    outside = overtime = 0
    for route in plan.routes:
        shift = route.shift
        for visit in route.visits:
            zone = visit.stop.zone
            pinned = visit.stop.pin is not None
            if shift.zones and zone is not None and zone not in shift.zones and not pinned:
                charge = shift.outside_seconds
                outside += charge if charge is not None else policy.help_seconds or 0
        overtime += max(0, route.finish - shift.end) * policy.overtime_price
        busy = route.total_seconds + route.service_seconds
        work[shift.officer] = work.get(shift.officer, 0) + busy
    made = {visit.stop.id for visit in plan.visits}
    missed = [stop for stop in problem.stops if stop.id not in made]
    return Tally(
        driven=sum(route.total_seconds for route in plan.routes if route.visits),
        outside=outside,
        overtime=overtime,
        waiting=waited(plan, problem=problem),
        missed=sum(stop.worth_seconds for stop in missed if not stop.must),
        musts_missed=sum(stop.must for stop in missed),
        work=work,
    )

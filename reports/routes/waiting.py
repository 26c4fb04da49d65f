"""Say what it costs to let a stop wait for a later day of the plan, in seconds of driving."""

from datetime import date, timedelta

from reports.routes.plan import Plan
from reports.routes.problem import Problem, Stop

SOON = timedelta(days=7)
"""What falls due within a week, or within the days planned, presses as what is overdue does."""
FAR_SHARE = 4
"""What falls due later waits at a fourth of the price: rather early, but behind the others."""


def wait_charge(stop: Stop, day: date, problem: Problem) -> int:
    """Return what a visit on a day costs for the days planned that it waits until then.

    Days on which nobody may come yet are not counted, and where two officers meet each pays half.
    That a person gave the stop to a later day saves nothing of it.
    """
    price = _price(stop, problem)
    if not price:
        return 0
    since = _since(stop, problem)
    return price * sum(since < each <= day for each in problem.days)


def left_charge(stop: Stop, problem: Problem) -> int:
    """Return what it costs that a stop is in no day: it waits as one visited on the last does."""
    officers = 2 if stop.two_officers else 1
    return officers * wait_charge(stop, problem.days[-1], problem)


def waited(plan: Plan, *, problem: Problem) -> int:
    """Return what all the stops of a plan wait, visited or not, in seconds of driving."""
    made = sum(
        wait_charge(visit.stop, route.shift.day, problem)
        for route in plan.routes
        for visit in route.visits
    )
    return made + sum(left_charge(each.stop, problem) for each in plan.left_out)


def _price(stop: Stop, problem: Problem) -> int:
    """Return what each day costs each officer who makes the visit."""
    price, first = problem.policy.wait_seconds, problem.days[0]
    dues = [day for day in (stop.due_on, stop.due_by) if day is not None]
    if dues and min(dues) > max(first + SOON, problem.days[-1]):
        price //= FAR_SHARE
    return price // 2 if stop.two_officers else price


def _since(stop: Stop, problem: Problem) -> date:
    """Return the first day on which somebody could come, were it for the stop alone."""
    promised = stop.window.day if stop.window is not None else None
    return max(problem.days[0], stop.not_before or date.min, promised or date.min)

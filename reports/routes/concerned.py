"""Say which days of a plan a change concerns, and put a person's word into its problem."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reports.routes.changes import Whose
from reports.routes.plan import Plan, Route
from reports.routes.problem import Pin, Problem, Stop


def with_pin(problem: Problem, stop: Stop, pin: Pin | None) -> Problem:
    """Return a problem with a person's word on a stop in it, or without."""
    stops = tuple(
        replace(each, pin=pin) if each.id == stop.id else each for each in problem.stops
    )  # fmt: skip
    return replace(problem, stops=stops)


def told_anew(route: Route, now: Mapping[str, Stop]) -> Route:
    """Return a route whose stops are those of the problem as it is now."""
    if all(now[visit.stop.id] == visit.stop for visit in route.visits):
        return route
    visits = tuple(replace(visit, stop=now[visit.stop.id]) for visit in route.visits)
    return replace(route, visits=visits)


def with_met(plan: Plan, days: Sequence[Whose] | Mapping[Whose, None]) -> list[Whose]:
    """Return some days, and those of whoever meets their officers on them, and so on."""
    found, before = dict.fromkeys(days), 0
    while len(found) > before:
        before = len(found)
        met = {
            visit.stop.id
            for route in plan.routes
            if whose(route) in found
            for visit in route.visits
            if visit.stop.two_officers
        }
        there = [r for r in plan.routes if any(visit.stop.id in met for visit in r.visits)]
        found |= dict.fromkeys(map(whose, there))
    return [*found]


def is_in(plan: Plan, stop: Stop, day: Whose) -> bool:
    """Tell whether a day of a plan has a stop."""
    return any(visits(route, stop) for route in plan.routes if whose(route) == day)


def visits(route: Route, stop: Stop) -> bool:
    """Tell whether a route has a stop."""
    return any(visit.stop.id == stop.id for visit in route.visits)


def whose(route: Route) -> Whose:
    """Return whose day a route is, and which."""
    return route.shift.officer, route.shift.day

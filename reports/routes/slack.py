"""Say how much later than planned a visit may begin without anything after it failing."""

from reports.routes.openings import DAY_SECONDS, openings
from reports.routes.plan import Route
from reports.routes.problem import Problem
from reports.routes.rush import till_slower


def slacks(route: Route, problem: Problem) -> tuple[int, ...]:
    """Return of each visit the seconds by which it may be late; an officer waits that much less.

    Parameters
    ----------
    route
        One officer's day.
    problem
        What says when a visit may begin.
    """
    shift = route.shift
    room = shift.end + shift.max_overtime - route.finish
    found: list[int] = []
    for place in range(len(route.visits), -1, -1):
        if place:
            room = min(room, _before_slower(route, place, problem))
        if route.lunch is not None and route.lunch.after == place and shift.lunch is not None:
            before = route.visits[place - 1].leave if place else shift.start
            room = min(room + route.lunch.start - before, shift.lunch.latest - route.lunch.start)
            room = max(room, 0)
        if place == 0:
            break
        visit = route.visits[place - 1]
        hours = openings(visit.stop, problem).get(shift.day)
        latest = hours[1] if hours and not visit.stop.two_officers else visit.start
        # How long the visit itself may be put off; what was waited for is room before it too.
        mine = max(0, min(room, latest - visit.start))
        found.append(mine)
        room = mine + visit.start - visit.arrive
    return tuple(reversed(found))


def _before_slower(route: Route, place: int, problem: Problem) -> int:
    """Return by how much the drive after a visit may begin later and take no longer for it."""
    lunch, at = route.lunch, route.visits[place - 1].leave
    if lunch is not None and lunch.after == place:
        at = lunch.end
    slower = till_slower(at, problem.policy.rush)
    return DAY_SECONDS if slower is None else slower - 1

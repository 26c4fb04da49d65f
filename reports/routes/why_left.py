"""Say of each stop that a plan leaves why it is in no day."""

from collections.abc import Callable
from dataclasses import replace

from reports.routes.ground import Ground, Orders
from reports.routes.insertion import cheapest
from reports.routes.plan import LeftReason
from reports.routes.room import Rooms


def why_left(ground: Ground, orders: Orders) -> Callable[[int], LeftReason]:
    """Return what says why a stop, by its number, is in none of the days.

    It is what keeps it out of the days as they are: no officer may go, each has as many stops as
    are allowed, the way there costs more than the visit is worth, or there is no time.
    """
    rooms = Rooms(ground)
    free = _without_most(ground)
    free_rooms = Rooms(free)

    def why(stop: int) -> LeftReason:
        shifts = range(len(ground.problem.shifts))
        if ground.problem.stops[stop].two_officers:
            return LeftReason.NO_SECOND_OFFICER
        if not any(ground.may(stop, shift) for shift in shifts):
            return LeftReason.NO_ZONE
        if cheapest(ground, orders, stop, rooms=rooms) is not None:
            return LeftReason.NOT_WORTH
        if free is not ground and cheapest(free, orders, stop, rooms=free_rooms) is not None:
            return LeftReason.MOST_STOPS
        return LeftReason.NO_TIME

    return why


def _without_most(ground: Ground) -> Ground:
    """Return the same ground on which a day holds any number of stops."""
    shifts = ground.problem.shifts
    if all(shift.max_stops is None for shift in shifts):
        return ground
    free = tuple(replace(shift, max_stops=None) for shift in shifts)
    return replace(ground, problem=replace(ground.problem, shifts=free))

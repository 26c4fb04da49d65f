"""Make days that can be driven by the clock of what the search proposes, and fill what is free.

The search knows no lunch and cannot tie two officers to one visit: here every day is timed with
both, what does not fit is taken out, and what is left is put where it costs least.
"""

from collections import Counter

from reports.routes.ground import Ground, Orders
from reports.routes.insertion import cheapest, insert
from reports.routes.room import Rooms

MOST_PASSES = 3


def settle(ground: Ground, orders: Orders) -> Orders:
    """Return days that can be driven, with nothing left out that fits and pays.

    Parameters
    ----------
    ground
        What the days stand on.
    orders
        The days proposed.
    """
    settled = [list(order) for order in orders]
    _drop_half_meetings(ground, settled)
    for shift, order in enumerate(settled):
        while ground.time(shift, order) is None:
            order.remove(_least_missed(ground, shift, order))
    _drop_half_meetings(ground, settled)
    fill(ground, settled)
    return settled


def fill(ground: Ground, orders: Orders) -> None:
    """Insert every stop that fits and pays, the dearest first; one that must be may oust others."""
    rooms = Rooms(ground)
    for _ in range(MOST_PASSES):
        waiting = left_of(ground, orders)
        waiting.sort(key=lambda stop: (-ground.value(stop), stop))
        if not sum(_put_in(ground, orders, stop, rooms) for stop in waiting):
            return


def left_of(ground: Ground, orders: Orders) -> list[int]:
    """Return the stops in no day."""
    visited = {stop for order in orders for stop in order}
    return [stop for stop in range(len(ground.problem.stops)) if stop not in visited]


def _put_in(ground: Ground, orders: Orders, stop: int, rooms: Rooms) -> bool:
    if ground.problem.stops[stop].two_officers:
        return False
    place = cheapest(ground, orders, stop, rooms=rooms, most=ground.value(stop))
    if place is not None:
        insert(orders, stop, place)
        return True
    return ground.problem.stops[stop].must and _oust(ground, orders, stop)


def _oust(ground: Ground, orders: Orders, stop: int) -> bool:
    """Insert a stop that must be where the optional ones it drives out are missed least."""
    best: tuple[float, int, list[int]] | None = None
    for shift in range(len(orders)):
        if ground.may(stop, shift):
            made = _with_room_made(ground, orders, stop, shift=shift)
            if made is not None and (best is None or made[0] < best[0]):
                best = (made[0], shift, made[1])
    if best is None:
        return False
    orders[best[1]] = best[2]
    return True


def _with_room_made(
    ground: Ground, orders: Orders, stop: int, *, shift: int
) -> tuple[float, list[int]] | None:
    """Take optional stops out of a day, the least first, until one that must be fits in."""
    stops = ground.problem.stops
    optional = [out for out in orders[shift] if not (stops[out].must or stops[out].two_officers)]
    rest: Orders = [[] for _ in orders]
    rest[shift], loss = list(orders[shift]), 0.0
    for out in sorted(optional, key=lambda out: (ground.value(out), out)):
        rest[shift].remove(out)
        loss += ground.value(out)
        place = cheapest(ground, rest, stop, shifts=[shift])
        if place is not None:
            insert(rest, stop, place)
            return loss + place.added, rest[shift]
    return None


def _least_missed(ground: Ground, shift: int, order: list[int]) -> int:
    """Return the stop whose going makes the day possible at least loss, or brings it nearest."""
    without = {stop: [other for other in order if other != stop] for stop in order}
    mending = [stop for stop in order if ground.time(shift, without[stop]) is not None]
    way = ground.way(shift, order)
    saved = {
        stop: ground.drives[way[at]][way[at + 1]] + ground.drives[way[at + 1]][way[at + 2]]
        for at, stop in enumerate(order)
    }
    return min(mending or order, key=lambda stop: (ground.value(stop), -saved[stop]))


def _drop_half_meetings(ground: Ground, orders: Orders) -> None:
    """Take a visit by two out of every day unless two officers have it."""
    shifts = ground.problem.shifts
    officers = Counter(
        stop
        for stop, _ in {
            (stop, shifts[shift].officer) for shift, order in enumerate(orders) for stop in order
        }
    )
    for order in orders:
        order[:] = [
            stop
            for stop in order
            if not ground.problem.stops[stop].two_officers or officers[stop] == 2  # noqa: PLR2004 - two meet
        ]

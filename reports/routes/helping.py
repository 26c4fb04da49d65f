"""Say of each visit outside an officer's own zones why it pays."""

from collections.abc import Iterator

import numpy as np

from reports.routes.ground import Ground, Orders
from reports.routes.insertion import detours
from reports.routes.openings import outside
from reports.routes.plan import Help
from reports.routes.room import Rooms


def helped(ground: Ground, orders: Orders) -> tuple[Help, ...]:
    """Return each visit by an officer of another zone, with what it saves."""
    return tuple(_helped(ground, orders))


def _helped(ground: Ground, orders: Orders) -> Iterator[Help]:
    rooms = Rooms(ground)
    for shift, order in enumerate(orders):
        who = ground.problem.shifts[shift]
        for stop in order:
            visited = ground.problem.stops[stop]
            if outside(visited, who):
                yield help_of(ground, orders, stop, shift=shift, rooms=rooms)


def help_of(
    ground: Ground, orders: Orders, stop: int, *, shift: int, rooms: Rooms | None = None
) -> Help:
    """Return what a visit saves that an officer of another zone makes on a shift.

    Parameters
    ----------
    rooms
        The room of the days, for whoever asks for visit after visit.
    """
    who, order = ground.problem.shifts[shift], orders[shift]
    rest = [other for other in order if other != stop]
    added = detours(ground, rest, stop, shift=shift)[order.index(stop)]
    own = _own_seconds(ground, orders, stop, rooms or Rooms(ground))
    return Help(ground.problem.stops[stop], who.officer, who.day, int(added), own)


def _own_seconds(ground: Ground, orders: Orders, stop: int, rooms: Rooms) -> int | None:
    """Return the least driving the visit would add to a day of the zone's own officers."""
    found = []
    for shift, order in enumerate(orders):
        own = not outside(ground.problem.stops[stop], ground.problem.shifts[shift])
        _, room = rooms.of(shift, order)
        if stop in order or not own or room is None or not ground.may(stop, shift):
            continue
        added = detours(ground, order, stop, shift=shift)
        found += [
            int(added[position])
            for position in np.flatnonzero(room.holds(stop)).tolist()
            if ground.time(shift, [*order[:position], stop, *order[position:]]) is not None
        ]
    return min(found, default=None)

"""Insert a stop into days already planned, where it costs least."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from reports.routes.ground import Ground, Orders
from reports.routes.room import Rooms
from reports.routes.timing import Timed


@dataclass(frozen=True)
class Insertion:
    """A stop put into a shift at a position, what that adds in seconds, and the day's new times."""

    shift: int
    position: int
    added: float
    timed: Timed


def cheapest(
    ground: Ground,
    orders: Orders,
    stop: int,
    *,
    shifts: Iterable[int] | None = None,
    rooms: Rooms | None = None,
    most: float | None = None,
) -> Insertion | None:
    """Find where a stop adds least driving, charges and overtime; none when it fits nowhere.

    Parameters
    ----------
    ground
        What the days stand on.
    orders
        The days as they are.
    stop
        What is to be inserted.
    shifts
        The shifts looked at; all of them when not given.
    rooms
        The room of the days, for whoever inserts stop after stop.
    most
        What it may add, this not counted; anything where not given.
    """
    rooms = Rooms(ground) if rooms is None else rooms
    best: Insertion | None = None
    for shift in range(len(orders)) if shifts is None else shifts:
        if ground.may(stop, shift):
            found = _into(ground, orders[shift], stop, shift=shift, rooms=rooms, most=most)
            if found is not None:
                best, most = found, found.added
    return best


def _into(
    ground: Ground,
    order: Sequence[int],
    stop: int,
    *,
    shift: int,
    rooms: Rooms,
    most: float | None,
) -> Insertion | None:
    """Find the cheapest position in one day that costs less than the most allowed."""
    now, room = rooms.of(shift, order)
    if now is None or room is None:
        return None
    places = np.flatnonzero(room.holds(stop))
    if not len(places):
        return None
    charge = float(ground.charges[stop, shift])
    who, price = ground.problem.shifts[shift], ground.problem.policy.overtime_price
    over_now = max(0, now.finish - who.end) * price
    deltas = detours(ground, order, stop, shift=shift)[places]
    best: Insertion | None = None
    for at in np.argsort(deltas, kind="stable").tolist():
        position, added = int(places[at]), float(deltas[at]) + charge
        if most is not None and added >= most:
            break
        timed = ground.time(shift, [*order[:position], stop, *order[position:]])
        if timed is None:
            continue
        added += max(0, timed.finish - who.end) * price - over_now
        if most is None or added < most:
            best, most = Insertion(shift, position, added, timed), added
    return best


def detours(ground: Ground, order: Sequence[int], stop: int, *, shift: int) -> np.ndarray:
    """Return the driving in seconds that a stop adds at each position of a day."""
    way, row = np.array(ground.way(shift, order)), ground.first_row + stop
    here, there = way[:-1], way[1:]
    seconds = ground.seconds
    added: np.ndarray = seconds[here, row] + seconds[row, there] - seconds[here, there]
    return added


def insert(orders: Orders, stop: int, insertion: Insertion) -> None:
    """Put a stop where an insertion says."""
    orders[insertion.shift].insert(insertion.position, stop)

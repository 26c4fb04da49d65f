"""Insert a stop into days already planned, where it costs least."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from reports.routes.ground import Ground, Orders
from reports.routes.timing import Timed


@dataclass(frozen=True)
class Insertion:
    """A stop put into a shift at a position, what that adds in seconds, and the day's new times."""

    shift: int
    position: int
    added: float
    timed: Timed


def cheapest(
    ground: Ground, orders: Orders, stop: int, *, shifts: Iterable[int] | None = None
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
    """
    best: Insertion | None = None
    for shift in range(len(orders)) if shifts is None else shifts:
        if ground.may(stop, shift):
            most = None if best is None else best.added
            best = _into(ground, orders[shift], stop, shift=shift, most=most) or best
    return best


def _into(
    ground: Ground, order: Sequence[int], stop: int, *, shift: int, most: float | None
) -> Insertion | None:
    """Find the cheapest position in one day that costs less than the most allowed."""
    charge = float(ground.charges[stop, shift])
    who, price = ground.problem.shifts[shift], ground.problem.policy.overtime_price
    now = ground.time(shift, order)
    over_now = max(0, now.finish - who.end) * price if now else 0
    deltas = detours(ground, order, stop, shift=shift)
    best: Insertion | None = None
    for position in np.argsort(deltas, kind="stable").tolist():
        added = float(deltas[position]) + charge
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

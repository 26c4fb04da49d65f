"""Keep the places of pinned stops in days that were planned anew."""

from collections.abc import Collection, Iterator, Sequence

from reports.routes.ground import Ground, Orders
from reports.routes.replan import orders_of
from reports.routes.under_way import Held

MOST_PASSES = 20


def with_pins(ground: Ground, orders: Orders, *, held: Held, pinned: Collection[str]) -> Orders:
    """Return the days with each pinned stop in the place it had, the rest as good as it gets.

    Parameters
    ----------
    orders
        The days as they were planned anew, as positions.
    held
        What the officers had, in their order.
    pinned
        Identifiers of stops that keep their place; what nobody held is not pinned.

    Returns
    -------
    Orders
        Where somebody's day cannot be driven with the pins, the days that were held.
    """
    before = orders_of(ground.problem, held)
    stops = ground.problem.stops
    kept = [
        {at: stop for at, stop in enumerate(order) if stops[stop].id in pinned} for order in before
    ]
    fixed = {stop for places in kept for stop in places.values()}
    free = [[stop for stop in order if stop not in fixed] for order in orders]
    days: Orders = []
    for shift, places in enumerate(kept):
        day = _best(ground, shift, free[shift], places) if places else free[shift]
        if day is None:
            return before
        days.append(day)
    return days


def _best(
    ground: Ground, shift: int, free: Sequence[int], places: dict[int, int]
) -> list[int] | None:
    """Move the free stops about for as long as the day gets cheaper; None where none is driven."""
    cost = _cost(ground, shift, _joined(free, places))
    for _ in range(MOST_PASSES):
        found = min(
            ((_cost(ground, shift, _joined(other, places)), other) for other in _moved(free)),
            key=lambda each: each[0],
            default=(cost, free),
        )
        if found[0] >= cost:
            break
        cost, free = found
    return _joined(free, places) if cost < float("inf") else None


def _joined(free: Sequence[int], places: dict[int, int]) -> list[int]:
    """Put the pinned stops into their places among the others."""
    joined = list(free)
    for at in sorted(places):
        joined.insert(min(at, len(joined)), places[at])
    return joined


def _moved(order: Sequence[int]) -> Iterator[list[int]]:
    """Give every order in which one stop stands elsewhere."""
    for at in range(len(order)):
        rest = [*order[:at], *order[at + 1 :]]
        for to in range(len(order)):
            if to != at:
                yield [*rest[:to], order[at], *rest[to:]]


def _cost(ground: Ground, shift: int, order: Sequence[int]) -> float:
    timed = ground.time(shift, order)
    return float("inf") if timed is None else ground.cost(shift, order, timed)

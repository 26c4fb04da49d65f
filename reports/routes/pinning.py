"""Keep the places of pinned stops in a day that was planned anew."""

from collections.abc import Collection, Iterator, Sequence

from reports.routes.ground import Ground

MOST_PASSES = 20


def with_pins(
    ground: Ground, order: Sequence[int], *, before: Sequence[str], pinned: Collection[str]
) -> list[int]:
    """Return a day's order with each pinned stop in the place it had, the rest as good as it gets.

    Parameters
    ----------
    ground
        Of one shift.
    order
        The day as it was planned anew, as positions.
    before
        The identifiers of the order the officer had.
    pinned
        Identifiers of stops that keep their place; what has none in `before` is not pinned.

    Returns
    -------
    list of int
        The order the officer had where no order with the pins can be driven.
    """
    place = {stop.id: at for at, stop in enumerate(ground.problem.stops)}
    held = {at: place[each] for at, each in enumerate(before) if each in pinned}
    if not held:
        return list(order)
    free = [each for each in order if each not in held.values()]
    best = _joined(free, held)
    cost = _cost(ground, best)
    for _ in range(MOST_PASSES):
        found = min(
            ((_cost(ground, _joined(other, held)), other) for other in _moved(free)),
            key=lambda each: each[0],
            default=(cost, free),
        )
        if found[0] >= cost:
            break
        cost, free = found
        best = _joined(free, held)
    return best if cost < float("inf") else [place[each] for each in before]


def _joined(free: Sequence[int], held: dict[int, int]) -> list[int]:
    """Put the pinned stops into their places among the others."""
    joined = list(free)
    for at in sorted(held):
        joined.insert(min(at, len(joined)), held[at])
    return joined


def _moved(order: Sequence[int]) -> Iterator[list[int]]:
    """Give every order in which one stop stands elsewhere."""
    for at in range(len(order)):
        rest = [*order[:at], *order[at + 1 :]]
        for to in range(len(order)):
            if to != at:
                yield [*rest[:to], order[at], *rest[to:]]


def _cost(ground: Ground, order: Sequence[int]) -> float:
    timed = ground.time(0, order)
    return float("inf") if timed is None else ground.cost(0, order, timed)

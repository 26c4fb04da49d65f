"""Drive a day in the orders people make by hand, to see what a plan saves."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from reports.routes.ground import Ground, Orders

MOST_PASSED_OVER = 40
"""So many stops in a row that no longer fit, and whoever plans by hand goes home."""


class Naive(StrEnum):
    """A way to plan by hand."""

    BY_DEADLINE = "by_deadline"
    ZONE_SWEEP = "zone_sweep"  # round the office, one street after another
    NEAREST = "nearest_neighbour"


def naive_orders(ground: Ground, how: Naive) -> Orders:
    """Return the days somebody would make by hand, by the same clock and the same rules.

    Shifts are filled one after another, a stop that does not fit being passed over. Visits by two
    officers are made by nobody.
    """
    orders: Orders = [[] for _ in ground.problem.shifts]
    taken: set[int] = set()
    for shift in sorted(range(len(orders)), key=lambda each: ground.problem.shifts[each].day):
        open_ = [
            stop for stop, each in enumerate(ground.problem.stops)
            if stop not in taken and not each.two_officers and ground.may(stop, shift)
        ]  # fmt: skip
        orders[shift] = (
            nearest_first(ground, shift, open_)
            if how is Naive.NEAREST
            else _in_turn(ground, shift, sorted(open_, key=_KEYS[how](ground, shift)))
        )
        taken |= {*orders[shift]}
    return orders


def _in_turn(ground: Ground, shift: int, turn: Iterable[int]) -> list[int]:
    order: list[int] = []
    passed = 0
    for stop in turn:
        if ground.time(shift, [*order, stop]) is None:
            passed += 1
            if passed > MOST_PASSED_OVER:
                break
        else:
            order.append(stop)
            passed = 0
    return order


def nearest_first(ground: Ground, shift: int, open_: Sequence[int]) -> list[int]:
    """Return a day that goes on from each visit to the nearest stop that still fits."""
    order: list[int] = []
    left = set(open_)

    def onward() -> Iterator[int]:
        here = ground.way(shift, order)[-2]
        yield from sorted(left, key=lambda stop: ground.drives[here][ground.first_row + stop])

    while left:
        fits = (
            stop for at, stop in enumerate(onward())
            if at <= MOST_PASSED_OVER and ground.time(shift, [*order, stop]) is not None
        )  # fmt: skip
        stop = next(fits, None)
        if stop is None:
            break
        order.append(stop)
        left.discard(stop)
    return order


def _by_deadline(ground: Ground, _shift: int) -> Callable[[int], tuple[date, int, str]]:
    def key(stop: int) -> tuple[date, int, str]:
        each = ground.problem.stops[stop]
        return (each.due_by or each.due_on or date.max, each.priority, each.id)

    return key


def _by_angle(ground: Ground, shift: int) -> Callable[[int], float]:
    base = ground.problem.shifts[shift].start_place

    def key(stop: int) -> float:
        each = ground.problem.stops[stop]
        east = (each.lon - base.lon) * math.cos(math.radians(base.lat))
        return math.atan2(each.lat - base.lat, east)

    return key


_KEYS: dict[Naive, Callable[[Ground, int], Callable[[int], Any]]] = {
    Naive.BY_DEADLINE: _by_deadline,
    Naive.ZONE_SWEEP: _by_angle,
}

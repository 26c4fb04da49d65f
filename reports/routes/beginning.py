"""Begin a search with the worthiest visits, each day from one to the nearest."""

import numpy as np

from reports.routes.ground import Ground, Orders
from reports.routes.naive import nearest_first

DRIVE = 60
"""Seconds a visit costs beside the time at the door, as its worth is held against its time."""
TRIES = 2


def begin(ground: Ground) -> Orders:
    """Return days a search may begin with: all can be driven, none is good.

    Of hundreds of stops a search that begins with any of them spends its time on putting them in
    order. Of more stops than there is time for the worthiest are taken, hardly more than get done:
    else what is left by whoever goes to the nearest is not the least worthy, but the farthest.
    Visits by two officers are left to the search.
    """
    stops = _by_worth(ground)
    best: Orders = [[] for _ in ground.problem.shifts]
    for _ in range(TRIES):
        orders = _nearest(ground, stops)
        best = max(best, orders, key=lambda each: _worth(ground, each))
        made = sum(map(len, orders))
        if made == len(stops):
            break
        stops = stops[: (made + len(stops)) // 2]
    return best


def _by_worth(ground: Ground) -> list[int]:
    """Return the stops worth most for their time, as many as the shifts may hold."""
    stops = ground.problem.stops
    took = [stop.service_seconds + DRIVE for stop in stops]
    alone = [number for number, stop in enumerate(stops) if not stop.two_officers]
    by_worth = sorted(alone, key=lambda stop: (-ground.value(stop) / took[stop], stop))
    room = sum(shift.end - shift.start for shift in ground.problem.shifts)
    used = np.cumsum([took[stop] for stop in by_worth])
    return by_worth[: int(np.searchsorted(used, room))]


def _nearest(ground: Ground, stops: list[int]) -> Orders:
    shifts = ground.problem.shifts
    orders: Orders = [[] for _ in shifts]
    left = stops
    for shift in sorted(range(len(shifts)), key=lambda each: (shifts[each].day, each)):
        open_ = [stop for stop in left if ground.may(stop, shift)]
        orders[shift] = nearest_first(ground, shift, open_)
        left = [stop for stop in left if stop not in {*orders[shift]}]
    return orders


def _worth(ground: Ground, orders: Orders) -> float:
    """Return what the visits of some days are worth after what they cost."""
    worth = 0.0
    for shift, order in enumerate(orders):
        timed = ground.time(shift, order) if order else None
        if timed is not None:
            worth += sum(map(ground.value, order)) - ground.cost(shift, order, timed)
    return worth

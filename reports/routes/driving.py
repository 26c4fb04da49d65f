"""Drive finished orders along the streets, and write them down as a plan's routes."""

from collections.abc import Sequence
from itertools import pairwise

from geo.streets.travel import Leg, Travel
from reports.routes.ground import Ground, Orders
from reports.routes.plan import Drive, Pause, Route, Visit
from reports.routes.rush import slowed
from reports.routes.settle import settle

MOST_ROUNDS = 3

type Legs = list[tuple[Leg, ...]]


def drive(ground: Ground, orders: Orders, travel: Travel) -> tuple[Ground, Orders, Legs]:
    """Drive every day, and settle the days again where a drive takes longer than was measured.

    Where two ways are equally good the streets may answer one to the matrix and the other to the
    drive. The drive is what the officer follows, so its seconds then count.

    Returns
    -------
    tuple of Ground, Orders and Legs
        The ground with the seconds driven, the days, and of each shift its legs.
    """
    places = ground.problem.places()
    legs: Legs = [() for _ in orders]
    driven: dict[int, list[int]] = {}
    for _ in range(MOST_ROUNDS):
        taken: dict[tuple[int, int], int] = {}
        for shift, order in enumerate(orders):
            way = ground.way(shift, order)
            if driven.get(shift) != way:
                legs[shift] = travel.route(places[way])
                driven[shift] = way
            for pair, leg in zip(pairwise(way), legs[shift], strict=True):
                taken[pair] = round(leg.seconds)
        ground = ground.with_drives(taken)
        again = settle(ground, orders)
        if again == orders:
            return ground, orders, legs
        orders = again
    # Whatever still differs is taken out, not driven anew: that can only shorten a day.
    return _without_new_drives(ground, orders, travel)


def _without_new_drives(
    ground: Ground, orders: Orders, travel: Travel
) -> tuple[Ground, Orders, Legs]:
    places = ground.problem.places()
    kept: Orders = []
    legs: Legs = []
    for shift, order in enumerate(orders):
        remaining = list(order)
        while True:
            way = ground.way(shift, remaining)
            gone = travel.route(places[way])
            seconds = {
                pair: round(leg.seconds) for pair, leg in zip(pairwise(way), gone, strict=True)
            }
            ground = ground.with_drives(seconds)
            if ground.time(shift, remaining) is not None or not remaining:
                break
            remaining.pop()
        kept.append(remaining)
        legs.append(gone)
    return ground, kept, legs


def write_routes(ground: Ground, orders: Orders, legs: Legs) -> tuple[Route, ...]:
    """Return the routes of a plan, with the clock set along the drives."""
    return tuple(
        _route(ground, shift, order, legs=legs[shift]) for shift, order in enumerate(orders)
    )


def _route(ground: Ground, shift: int, order: Sequence[int], *, legs: Sequence[Leg]) -> Route:
    who, timed = ground.problem.shifts[shift], ground.time(shift, order)
    drives = tuple(
        Drive(round(leg.seconds), round(leg.metres), leg.line, leg.steps) for leg in legs
    )
    if timed is None:  # an empty day whose drive home takes longer than the shift
        rush = ground.problem.policy.rush
        home = drives[0].at_hour(slowed(drives[0].seconds, at=who.start, rush=rush))
        return Route(who, (), (home,))
    drives = tuple(
        drive.at_hour(taken) for drive, taken in zip(drives, timed.drives, strict=True)
    )  # fmt: skip
    stops = [ground.problem.stops[stop] for stop in order]
    visits = tuple(
        Visit(stop, arrive, start, start + stop.service_seconds)
        for stop, arrive, start in zip(stops, timed.arrive, timed.start, strict=True)
    )
    if timed.lunch_after is None or who.lunch is None:
        return Route(who, visits, drives)
    pause = Pause(timed.lunch_start, timed.lunch_start + who.lunch.seconds, timed.lunch_after)
    return Route(who, visits, drives, pause)

"""Change days that are under way: insert an urgent stop, or plan the rest of them anew."""

from dataclasses import dataclass, replace

import numpy as np

from geo.streets.travel import Matrix
from reports.routes.errors import RoutePlanError
from reports.routes.ground import Ground, Orders, lay_ground
from reports.routes.insertion import cheapest, insert
from reports.routes.problem import Problem
from reports.routes.search import NOBODY, Effort, Watch
from reports.routes.settle import left_of, settle
from reports.routes.solve import solve
from reports.routes.under_way import Held

MOVE_SECONDS = 600
"""The driving that giving a stop to another officer must save: people have prepared for theirs."""
DEARER = 3
MOST_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Anew:
    """How the rest of a day is planned anew.

    Attributes
    ----------
    effort
        How long to search; the start is known, so that seconds do.
    seed
        The same seed, iterations and day give the same days.
    move_seconds
        The driving that giving a stop to another officer must save.
    most_moves
        The most stops given to another officer: where there would be more, giving is made dearer,
        and at last what the officers have is only settled.
    watch
        Told of what is found, and asked whether to go on.
    """

    effort: Effort
    seed: int = 0
    move_seconds: int = MOVE_SECONDS
    most_moves: int | None = None
    watch: Watch = NOBODY


@dataclass(frozen=True)
class Move:
    """A stop given to another officer; `officer_before` is none where nobody had it."""

    stop_id: str
    officer_before: str | None
    officer: str


@dataclass(frozen=True)
class Inserted:
    """Where an urgent stop goes, what that adds in seconds, and when the visit begins.

    Attributes
    ----------
    pushed_out
        Identifiers of optional stops that no longer fit.
    moves
        Optional stops that gave way and that another officer has time for.
    """

    stop_id: str
    officer: str
    position: int
    added_seconds: int
    start: int
    pushed_out: tuple[str, ...]
    moves: tuple[Move, ...]
    orders: Orders
    ground: Ground


@dataclass(frozen=True)
class Replanned:
    """The rest of the days anew: what was given to whom, and what is no longer visited."""

    orders: Orders
    moves: tuple[Move, ...]
    dropped: tuple[str, ...]
    ground: Ground


def orders_of(problem: Problem, held: Held) -> Orders:
    """Return the days that officers have, as positions in a problem of one day.

    Parameters
    ----------
    problem
        The rest of the day: one shift for each officer.
    held
        Of each officer the identifiers of the stops still to be visited, in order; such as are no
        longer in the problem are passed over.
    """
    place = {stop.id: number for number, stop in enumerate(problem.stops)}
    return [
        [place[stop_id] for stop_id in held.get(shift.officer, ()) if stop_id in place]
        for shift in problem.shifts
    ]


def insert_urgent(problem: Problem, matrix: Matrix, *, held: Held, stop_id: str) -> Inserted:
    """Put an urgent stop where it costs least, without changing any other order.

    Parameters
    ----------
    problem
        The rest of the day, the urgent stop among its stops.
    matrix
        Over `problem.places()`.
    held
        What each officer still has to visit, in order.
    stop_id
        The urgent stop.

    Raises
    ------
    RoutePlanError
        When no officer can make the visit, even if optional ones are left out for it.
    """
    ground, before = lay_ground(problem, matrix), orders_of(problem, held)
    stop = next(n for n, each in enumerate(problem.stops) if each.id == stop_id)
    orders, added = _put_in(ground, before, stop)
    shift = next(n for n, order in enumerate(orders) if stop in order)
    position, timed = orders[shift].index(stop), ground.time(shift, orders[shift])
    out = {each for order in before for each in order} - {e for order in orders for e in order}
    return Inserted(
        stop_id=stop_id,
        officer=problem.shifts[shift].officer,
        position=position,
        added_seconds=round(added),
        start=timed.start[position] if timed else 0,
        pushed_out=tuple(problem.stops[each].id for each in sorted(out)),
        moves=moved(problem, before, orders),
        orders=orders,
        ground=ground,
    )


def _put_in(ground: Ground, before: Orders, stop: int) -> tuple[Orders, float]:
    """Return the days with a stop in them and what it adds; optional stops give way to it."""
    orders = [[*order] for order in before]
    place = cheapest(ground, orders, stop)
    if place is not None:
        insert(orders, stop, place)
        return orders, place.added
    orders = settle(_alone_urgent(ground, stop), orders)
    if not any(stop in order for order in orders):
        label = ground.problem.stops[stop].label
        msg = f"{label} fits into nobody's day any more. Choose another day for it."
        raise RoutePlanError(msg)
    return orders, 0.0


def replan(problem: Problem, matrix: Matrix, *, held: Held, how: Anew) -> Replanned:
    """Plan the rest of the day anew, beginning with what the officers have.

    Parameters
    ----------
    problem
        The rest of the day: shifts by `rest_of`, stops still to be visited and new ones.
    matrix
        Over `problem.places()`.
    held
        What each officer still has to visit, in order.
    """
    ground, before = lay_ground(problem, matrix), orders_of(problem, held)
    start, effort = settle(ground, before), how.effort
    if how.most_moves is not None and effort.seconds is not None:
        effort = effort.part(1 / MOST_TRIES)
    for attempt in range(MOST_TRIES):
        dear = _charged(ground, before, how.move_seconds * DEARER**attempt)
        dear, orders = solve(
            dear, effort=effort, seed=how.seed, watch=how.watch, cores=1, start=start
        )  # fmt: skip
        orders = settle(dear, orders)
        if how.most_moves is None or len(moved(problem, before, orders)) <= how.most_moves:
            return _replanned(replace(ground, meetings=dear.meetings), before, orders)
    return _replanned(ground, before, start)


def moved(problem: Problem, before: Orders, after: Orders) -> tuple[Move, ...]:
    """Return which stops another officer has than before."""
    had = {
        stop: problem.shifts[shift].officer for shift, order in enumerate(before) for stop in order
    }
    return tuple(
        Move(problem.stops[stop].id, had[stop], problem.shifts[shift].officer)
        for shift, order in enumerate(after)
        for stop in order
        if stop in had
        and had[stop] != problem.shifts[shift].officer
        and not problem.stops[stop].two_officers
    )


def _charged(ground: Ground, before: Orders, seconds: int) -> Ground:
    """Charge every officer but the one who has it for a stop."""
    charges = ground.charges.copy()
    for shift, order in enumerate(before):
        for stop in order:
            others = np.arange(charges.shape[1]) != shift
            if not ground.problem.stops[stop].two_officers:
                charges[stop, others] += seconds
    return replace(ground, charges=charges)


def _alone_urgent(ground: Ground, stop: int) -> Ground:
    """Return the ground with the stop one that must be visited, so that optional ones give way."""
    stops = list(ground.problem.stops)
    stops[stop] = replace(stops[stop], must=True)
    return replace(ground, problem=replace(ground.problem, stops=tuple(stops)))


def _replanned(ground: Ground, before: Orders, orders: Orders) -> Replanned:
    problem = ground.problem
    had = {stop for order in before for stop in order}
    dropped = [problem.stops[stop].id for stop in left_of(ground, orders) if stop in had]
    return Replanned(orders, moved(problem, before, orders), tuple(dropped), ground)

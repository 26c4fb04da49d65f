"""Plan the rest of days that are under way: driven along the streets, and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from geo.streets.travel import Matrix, Travel
from reports.routes.considering import Left
from reports.routes.errors import RoutePlanError
from reports.routes.ground import Ground, Orders, lay_ground
from reports.routes.openings import DAY_SECONDS
from reports.routes.pinning import with_pins
from reports.routes.plan import REASONS
from reports.routes.planning import Made, plan_by
from reports.routes.problem import Policy, Problem
from reports.routes.replan import Anew, Inserted, Move, insert_urgent, moved, orders_of, replan
from reports.routes.under_way import Held, UnderWay


@dataclass(frozen=True, slots=True)
class Rest:
    """The rest of days under way, and what is otherwise than before.

    Attributes
    ----------
    moves
        Stops that another officer has now.
    dropped
        Identifiers of stops that somebody had and nobody has now.
    inserted
        Where the urgent stops went.
    """

    made: Made
    moves: tuple[Move, ...]
    dropped: tuple[str, ...]
    inserted: tuple[Inserted, ...]


def plan_rest(day: UnderWay, travel: Travel, *, how: Anew) -> Rest:
    """Put in what is urgent, plan the rest anew where that is asked, drive it and check it.

    Raises
    ------
    RoutePlanError
        No officer can drive on from where they are, or an urgent stop fits into nobody's day.
    """
    inserted: list[Inserted] = []

    def on(problem: Problem, matrix: Matrix, left: Left) -> tuple[Ground, Orders]:
        _refuse_never(day, left)
        held: Held = day.held
        for each in day.urgent:
            held, put = _with_urgent(problem, matrix, held=held, stop_id=each)
            inserted.append(put)
        if not day.anew:
            return lay_ground(problem, matrix), orders_of(problem, held)
        found = replan(problem, matrix, held=held, how=how)
        return found.ground, with_pins(found.ground, found.orders, held=held, pinned=day.pinned)

    made = plan_by(on, day.problem, travel)
    after = _orders(day.problem, made)
    before = orders_of(day.problem, day.held)
    gone = dict.fromkeys(chain(*before)).keys() - {*chain(*after)}
    dropped = tuple(day.problem.stops[stop].id for stop in chain(*before) if stop in gone)
    return Rest(made, moved(day.problem, before, after), dropped, tuple(inserted))


def changes_told(day: UnderWay, rest: Rest) -> dict[str, Any]:
    """Return what is otherwise than in the plans in force, by the labels of the stops; JSON."""
    label = {stop.id: stop.label for stop in day.problem.stops}
    put = next(iter(rest.inserted), None)
    return {
        "moves": [
            {"stop": label[each.stop_id], "from": each.officer_before, "to": each.officer}
            for each in rest.moves
        ],
        "dropped": [label[each] for each in rest.dropped],
        "inserted": None
        if put is None
        else {
            "officer": put.officer, "position": put.position,
            "added_seconds": put.added_seconds,
            "pushed_out": [label[each] for each in put.pushed_out],
        },
    }  # fmt: skip


def as_it_is(day: UnderWay, travel: Travel, *, officer: str) -> dict[str, Any]:
    """Time the order an officer has, whatever it keeps no more: hours, or the end of the shift.

    Returns
    -------
    dict
        ``order``; ``late``: what begins after its hour; ``finish`` and ``driven`` in seconds, None
        where there is no way.

    Raises
    ------
    RoutePlanError
        The officer is far from any street.
    """
    shift = next(each for each in day.problem.shifts if each.officer == officer)
    (order,) = orders_of(replace(day.problem, shifts=(shift,)), day.held)
    stops = [day.problem.stops[each] for each in order]
    loose = Problem(
        day.problem.days, (replace(shift, max_overtime=DAY_SECONDS),),
        tuple(replace(each, window=None, daylight_only=False) for each in stops),
        policy=Policy(rush=day.problem.policy.rush),
    )  # fmt: skip
    matrix = travel.matrix(loose.places())
    for row, place in enumerate(loose.ends()):
        if matrix.off_streets[row]:
            msg = f"{place.label} is too far from any street to plan a way from it."
            raise RoutePlanError(msg)
    ground, told = lay_ground(loose, matrix), [each.id for each in stops]
    timed = ground.time(0, range(len(stops)))
    if timed is None:
        return {"order": told, "late": [], "finish": None, "driven": None}
    late = [
        each.id
        for each, begin in zip(stops, timed.start, strict=True)
        if each.window and begin > each.window.latest
    ]
    driven = sum(timed.drives)
    return {"order": told, "late": late, "finish": timed.finish, "driven": driven}


def _refuse_never(day: UnderWay, left: Left) -> None:
    """Refuse what is urgent and can be visited in no shift."""
    for stop, why in left:
        if stop.id in day.urgent:
            msg = (
                f"{stop.label} cannot be put into the day: it {REASONS[why]}. Choose another day "
                "or another officer for it; the other stops stay as they are."
            )
            raise RoutePlanError(msg)


def _with_urgent(
    problem: Problem, matrix: Matrix, *, held: Held, stop_id: str
) -> tuple[Held, Inserted]:
    """Put a stop among those held; nothing that nobody has comes in where another gives way."""
    known = {stop_id, *chain(*held.values())}
    smaller = replace(problem, stops=tuple(each for each in problem.stops if each.id in known))
    rows = problem.rows()
    some = matrix.among([rows[key] for key in smaller.rows()])
    put = insert_urgent(smaller, some, held=held, stop_id=stop_id)
    return _named(smaller, put.orders), put


def _named(problem: Problem, orders: Sequence[Sequence[int]]) -> Mapping[str, list[str]]:
    return {
        shift.officer: [problem.stops[each].id for each in order]
        for shift, order in zip(problem.shifts, orders, strict=True)
    }


def _orders(problem: Problem, made: Made) -> Orders:
    """Return the days of a plan, in the positions of the whole problem."""
    visited = {
        route.shift.officer: [visit.stop.id for visit in route.visits] for route in made.plan.routes
    }
    return orders_of(problem, visited)

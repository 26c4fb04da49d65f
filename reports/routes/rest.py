"""Plan the rest of a day that is under way: driven along the streets, and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.streets.travel import Matrix, Travel
from reports.routes.considering import Left
from reports.routes.errors import RoutePlanError
from reports.routes.ground import Ground, Orders
from reports.routes.planning import Made, plan_by
from reports.routes.problem import Problem
from reports.routes.replan import (
    MOVE_SECONDS,
    NONE_MEET,
    Inserted,
    Move,
    insert_urgent,
    moved,
    orders_of,
    replan,
)
from reports.routes.search import NOBODY, Effort, Watch

SHORT = Effort(seconds=1.5)
"""How long the rest of a day is searched: its beginning is known."""


@dataclass(frozen=True)
class Rest:
    """The rest of a day, and what is otherwise than before.

    Attributes
    ----------
    moves
        Stops that another officer has now.
    dropped
        Identifiers of stops that somebody had and nobody has now.
    inserted
        Where the urgent stop went; none where there was none.
    """

    made: Made
    moves: tuple[Move, ...]
    dropped: tuple[str, ...]
    inserted: Inserted | None = None


def replan_rest(
    problem: Problem,
    travel: Travel,
    *,
    held: Mapping[str, Sequence[str]],
    effort: Effort = SHORT,
    seed: int = 0,
    move_seconds: int = MOVE_SECONDS,
    most_moves: int | None = None,
    meetings: Mapping[str, int] = NONE_MEET,
    watch: Watch = NOBODY,
) -> Rest:
    """Plan the rest of a day anew, drive it and check it; the arguments are those of `replan`.

    Raises
    ------
    RoutePlanError
        No officer can drive on from where they are.
    """

    def anew(problem: Problem, matrix: Matrix, _left: Left) -> tuple[Ground, Orders]:
        found = replan(
            problem, matrix, held=held, effort=effort, seed=seed, move_seconds=move_seconds,
            most_moves=most_moves, meetings=meetings, watch=watch,
        )  # fmt: skip
        return found.ground, found.orders

    made = plan_by(anew, problem, travel)
    return _rest(problem, made, held)


def insert_rest(
    problem: Problem,
    travel: Travel,
    *,
    held: Mapping[str, Sequence[str]],
    stop_id: str,
    meetings: Mapping[str, int] = NONE_MEET,
) -> Rest:
    """Insert an urgent stop where it costs least, drive the days and check them.

    The arguments are those of `insert_urgent`.

    Raises
    ------
    RoutePlanError
        It cannot be reached, or fits into nobody's day.
    """
    told: list[Inserted] = []

    def put_in(problem: Problem, matrix: Matrix, left: Left) -> tuple[Ground, Orders]:
        why = next((why for stop, why in left if stop.id == stop_id), None)
        if why is not None:
            raise RoutePlanError(_never(problem, stop_id, str(why)))
        put = insert_urgent(problem, matrix, held=held, stop_id=stop_id, meetings=meetings)
        told.append(put)
        return put.ground, put.orders

    made = plan_by(put_in, problem, travel)
    rest = _rest(problem, made, held)
    return Rest(rest.made, rest.moves, rest.dropped, told[0])


def _never(problem: Problem, stop_id: str, why: str) -> str:
    return (
        f"The urgent stop {stop_id} cannot be put into the day ({why.replace('_', ' ')}). Choose "
        f"another day or another officer for it; {len(problem.stops)} other stops stay as they are."
    )


def _rest(problem: Problem, made: Made, held: Mapping[str, Sequence[str]]) -> Rest:
    """Say what a plan changes, in the positions of the whole problem."""
    place = {stop.id: number for number, stop in enumerate(problem.stops)}
    routes = {route.shift.officer: route for route in made.plan.routes}
    after: Orders = [
        [place[visit.stop.id] for visit in routes[shift.officer].visits]
        if shift.officer in routes
        else []
        for shift in problem.shifts
    ]
    before = orders_of(problem, held)
    has = {stop for order in after for stop in order}
    gone = [problem.stops[stop].id for order in before for stop in order if stop not in has]
    return Rest(made, moved(problem, before, after), tuple(dict.fromkeys(gone)))

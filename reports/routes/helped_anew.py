"""Keep why an officer helps in another zone while a plan is changed by hand, or say it anew."""

from collections.abc import Mapping
from dataclasses import replace

from geo.streets.travel import Matrix
from reports.routes.concerned import is_in, whose
from reports.routes.hand import take_up
from reports.routes.helping import help_of
from reports.routes.openings import outside
from reports.routes.plan import Help, Plan
from reports.routes.problem import Place, Problem


def helped_anew(
    plan: Plan,
    *,
    problem: Problem,
    matrix: Matrix,
    rows: Mapping[Place | str, int],
    moved: str | None = None,
) -> tuple[Help, ...]:
    """Return why officers help in a plan that was changed.

    Parameters
    ----------
    plan
        As it is now, but for the reasons, which are those from before the change.
    problem, matrix, rows
        What it is a plan of now, and was measured with.
    moved
        The stop that somebody put elsewhere: why it was where it was counts no more.

    Returns
    -------
    tuple of Help
        What is pinned where it was keeps its reason, so that it has it once it is unpinned; what
        an officer has of another zone without any is given its own.
    """
    now = {stop.id: stop for stop in problem.stops}
    told = {
        (each.stop.id, each.officer, each.day): replace(each, stop=now[each.stop.id])
        for each in plan.helped
        if each.stop.id != moved and is_in(plan, each.stop, (each.officer, each.day))
    }
    lacking = [
        (visit.stop.id, shift)
        for shift, route in enumerate(plan.routes)
        for visit in route.visits
        if outside(visit.stop, route.shift) and (visit.stop.id, *whose(route)) not in told
    ]
    if lacking:
        everybody = [whose(route) for route in plan.routes]
        hand = take_up(plan, problem=problem, matrix=matrix, rows=rows, whose=everybody)
        for stop_id, shift in lacking:
            found = help_of(hand.ground, hand.orders, hand.number(stop_id), shift=shift)
            told[stop_id, found.officer, found.day] = found
    return tuple(told.values())

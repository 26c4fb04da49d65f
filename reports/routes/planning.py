"""Plan the routes of some officers on some days: select, measure, solve, drive, have it checked."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from geo.streets.travel import Matrix, Travel
from reports.distance import distance
from reports.routes.check import check_plan
from reports.routes.considering import Left, consider
from reports.routes.dealing import deal
from reports.routes.driving import drive, write_routes
from reports.routes.errors import RoutePlanError
from reports.routes.ground import Ground, Orders, lay_ground
from reports.routes.helping import helped
from reports.routes.openings import risk
from reports.routes.pairing import bring_together
from reports.routes.plan import LeftOut, LeftReason, Plan
from reports.routes.problem import Place, Problem, Shift
from reports.routes.search import NOBODY, Effort, Watch
from reports.routes.settle import fill, left_of, settle
from reports.routes.solve import solve
from reports.routes.why_left import why_left

type Solver = Callable[[Problem, Matrix, Left], tuple[Ground, Orders]]


@dataclass(frozen=True)
class Made:
    """A plan, and what it was measured with.

    Attributes
    ----------
    matrix, rows
        The driving times between the places measured, and the row of each end of a shift and of
        each stop by its identifier; a stop that was never measured has none.
    """

    plan: Plan
    matrix: Matrix
    rows: Mapping[Place | str, int]


def make_plan(
    problem: Problem,
    travel: Travel,
    *,
    effort: Effort,
    seed: int = 0,
    most_candidates: int | None = None,
    watch: Watch = NOBODY,
    cores: int | None = None,
) -> Made:
    """Plan the routes and check the plan.

    Parameters
    ----------
    problem
        The stops due and the shifts.
    travel
        The town's streets, or the straight-line estimate.
    effort
        How long to search.
    seed
        The same seed, iterations, problem and streets give the same plan.
    most_candidates
        How many optional stops the solver may choose from: those worth most after the way there.
    watch
        Told the cost of each better plan, and asked whether to stop with the best.
    cores
        How many parts of the problem are searched side by side.

    Returns
    -------
    Made
        Every stop of the problem is either visited or left out with a reason.

    Raises
    ------
    RoutePlanError
        When no shift can be driven: it has no time, or its ends cannot be reached by street; or
        when the streets loaded are not those of the town.
    PlanFaultError
        When the checker refuses the plan.
    """
    solver = partial(
        _solved, effort=effort, seed=seed, watch=watch, cores=cores or os.cpu_count()
    )  # fmt: skip
    return plan_by(solver, problem, travel, most_candidates=most_candidates)


def plan_by(
    solver: Solver, problem: Problem, travel: Travel, *, most_candidates: int | None = None
) -> Made:
    """Plan by any way of finding days, drive them and check the plan.

    Parameters
    ----------
    solver
        Given what can be reached and the driving times; finds the days, and notes what it left
        out before.

    Raises
    ------
    RoutePlanError, PlanFaultError
        As `make_plan`.
    """
    whole = problem
    left: Left = []
    idle = [(shift, why) for shift in problem.shifts if (why := _no_time(shift)) is not None]
    problem = _without_shifts(problem, idle)
    problem = consider(problem, left, most=most_candidates)
    matrix = _measured(problem, travel)
    off = [(s, why) for s in problem.shifts if (why := _no_ends(s, problem, matrix)) is not None]
    idle += off
    problem, matrix = _among(problem, matrix, off=off, left=left)
    ground, orders = solver(problem, matrix, left)
    ground, orders, legs = drive(ground, orders, travel)
    reason_of = why_left(ground, orders)
    left += [(ground.problem.stops[stop], reason_of(stop)) for stop in left_of(ground, orders)]
    plan = Plan(
        days=problem.days,
        routes=write_routes(ground, orders, legs),
        left_out=tuple(LeftOut(stop, why, risk(stop, problem.days)) for stop, why in left),
        estimated=matrix.estimated,
        helped=helped(ground, orders),
        idle=tuple(idle),
    )
    rows = problem.rows()
    check_plan(plan, problem=whole, matrix=matrix, rows=rows)
    return Made(plan, matrix, rows)


def _measured(problem: Problem, travel: Travel) -> Matrix:
    matrix = travel.matrix(problem.places())
    if matrix.off_streets.all():
        nearest = distance(float(matrix.snap_metres.min()))
        msg = (
            f"None of the {len(matrix.off_streets):,} places is near a street: the nearest is "
            f"{nearest} away, so the streets that are loaded are of another place. Load this "
            "town's: lotline import streets FILE."
        )
        raise RoutePlanError(msg)
    return matrix


def _no_time(shift: Shift) -> str | None:
    if 0 <= shift.start < shift.end:
        return None
    return (
        f"The shift has no time: it starts {shift.start} s and ends {shift.end} s after "
        "midnight. Give a start before its end, as in --shift 08:00-16:30."
    )


def _without_shifts(problem: Problem, idle: list[tuple[Shift, str]]) -> Problem:
    """Leave out the shifts that cannot be driven; refuse when none remains."""
    off = [shift for shift, _ in idle]
    shifts = tuple(shift for shift in problem.shifts if shift not in off)
    if not shifts:
        msg = idle[0][1] if idle else "No officer is on shift on the days asked for."
        raise RoutePlanError(msg)
    return replace(problem, shifts=shifts)


def _no_ends(shift: Shift, problem: Problem, matrix: Matrix) -> str | None:
    rows = problem.rows()
    start, end = rows[shift.start_place], rows[shift.end_place]
    for row, place in ((start, shift.start_place), (end, shift.end_place)):
        if matrix.off_streets[row]:
            return (
                f"{place.label} ({place.lon:.5f}, {place.lat:.5f}) is "
                f"{distance(matrix.snap_metres[row])} from the nearest street. Give a place in the "
                "town as LON,LAT: the longitude first, as in -71.11,42.37."
            )
    seconds = matrix.seconds[start, end]
    if not np.isfinite(seconds):
        return (
            f"No way leads from {shift.start_place.label} to {shift.end_place.label} by street. "
            "Choose another start or end."
        )
    if seconds > shift.end - shift.start:
        return (
            f"The drive from {shift.start_place.label} to {shift.end_place.label}, "
            f"{seconds / 60:.0f} min, takes longer than the shift: nothing can be visited."
        )
    return None


def _among(
    problem: Problem, matrix: Matrix, *, off: list[tuple[Shift, str]], left: Left
) -> tuple[Problem, Matrix]:
    """Leave out the shifts off the streets, and the stops no shift can reach and return from."""
    rows = problem.rows()
    problem = _without_shifts(problem, off)
    ends = {(rows[each.start_place], rows[each.end_place]) for each in problem.shifts}
    kept = []
    for stop in problem.stops:
        row = rows[stop.id]
        if any(np.isfinite(matrix.seconds[a, row] + matrix.seconds[row, b]) for a, b in ends):
            kept.append(stop)
        else:
            far = matrix.off_streets[row]
            left.append((stop, LeftReason.OFF_STREETS if far else LeftReason.UNREACHABLE))
    smaller = replace(problem, stops=tuple(kept))
    return smaller, matrix.among([rows[key] for key in smaller.rows()])


def _solved(
    problem: Problem,
    matrix: Matrix,
    left: Left,
    *,
    effort: Effort,
    seed: int,
    watch: Watch,
    cores: int | None,
) -> tuple[Ground, Orders]:
    """Solve for what fits into a shift alone, settle it, and let officers help where it pays."""
    ground = lay_ground(problem, matrix, lent=True)
    fitting = [stop for stop in range(len(problem.stops)) if _fits_alone(ground, stop)]
    left += [
        (stop, LeftReason.NO_FIT)
        for number, stop in enumerate(problem.stops)
        if number not in set(fitting)
    ]
    problem = replace(problem, stops=tuple(problem.stops[number] for number in fitting))
    ends = len(problem.ends())
    matrix = matrix.among([*range(ends), *(ends + number for number in fitting)])
    ground, orders = solve(
        lay_ground(problem, matrix), effort=effort, seed=seed, watch=watch, cores=cores
    )
    orders = deal(ground, settle(ground, orders))
    bring_together(ground, orders)
    lent = replace(lay_ground(problem, matrix, lent=True), meetings=ground.meetings)
    fill(lent, orders)
    return lent, orders


def _fits_alone(ground: Ground, stop: int) -> bool:
    shifts = range(len(ground.problem.shifts))
    return any(ground.may(stop, shift) and ground.time(shift, [stop]) for shift in shifts)

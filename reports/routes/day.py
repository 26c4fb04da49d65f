"""Plan one officer's day: select, measure, solve, schedule, and have it checked."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from geo.streets.estimate import DETOUR, METRES_PER_SECOND, straight_metres
from geo.streets.travel import Leg, Matrix, Travel
from reports.distance import distance
from reports.routes.check import check_plan
from reports.routes.errors import RoutePlanError
from reports.routes.plan import Drive, LeftOut, LeftReason, Plan, Visit
from reports.routes.problem import Problem, Shift, Stop
from reports.routes.search import Effort
from reports.routes.solve import choose_order

MOST_CANDIDATES = 400
"""A shift holds some thirty stops: the solver gets ten times as many to choose from."""
MOST_ROUNDS = 3


def plan_day(
    problem: Problem,
    travel: Travel,
    *,
    effort: Effort,
    seed: int = 0,
    most_candidates: int = MOST_CANDIDATES,
) -> Plan:
    """Plan the day and check the plan.

    Parameters
    ----------
    problem
        The stops due and the shift.
    travel
        The town's streets, or the straight-line estimate.
    effort
        How long to search.
    seed
        The same seed, iterations, problem and streets give the same plan.
    most_candidates
        How many stops the solver may choose from: those worth most after the way there.

    Returns
    -------
    Plan
        Every stop of the problem is either visited or left out with a reason.

    Raises
    ------
    RoutePlanError
        When the shift has no time, or its ends cannot be reached by street.
    PlanFaultError
        When the checker refuses the plan.
    """
    _refuse_impossible_shift(problem)
    chosen, less_pressing = _preselect(problem, most=most_candidates)
    matrix = travel.matrix(chosen.places())
    _refuse_impossible_ends(problem.shift, matrix)
    served, cut_off = _split_cut_off(chosen, matrix)
    order, legs = _solve_and_drive(chosen, travel, matrix, served=served, effort=effort, seed=seed)
    unvisited = [index for index in served if index not in set(order)]
    no_time = tuple(LeftOut(chosen.stops[index], LeftReason.NO_TIME) for index in unvisited)
    plan = _schedule(
        problem,
        [chosen.stops[index] for index in order],
        legs=legs,
        left_out=(*no_time, *cut_off, *less_pressing),
        estimated=matrix.estimated,
    )
    rows = {stop.id: row for row, stop in enumerate(chosen.stops, start=1)}
    check_plan(plan, problem=problem, matrix=matrix, rows=rows)
    return plan


def _refuse_impossible_shift(problem: Problem) -> None:
    shift = problem.shift
    if not 0 <= shift.start < shift.end:
        msg = (
            f"The shift has no time: it starts {shift.start} s and ends {shift.end} s after "
            "midnight. Give a start before its end, as in --shift 08:00-16:30."
        )
        raise RoutePlanError(msg)


def _preselect(problem: Problem, *, most: int) -> tuple[Problem, tuple[LeftOut, ...]]:
    """Keep the stops that are worth most after the estimated way there."""
    if len(problem.stops) <= most:
        return problem, ()
    places = problem.places()
    away = straight_metres(places[0], places[1:-1]) * DETOUR / METRES_PER_SECOND
    worth = np.array([stop.worth_seconds for stop in problem.stops]) - away
    kept = set(np.argsort(-worth, kind="stable")[:most].tolist())
    chosen = tuple(stop for index, stop in enumerate(problem.stops) if index in kept)
    rest = (stop for index, stop in enumerate(problem.stops) if index not in kept)
    left_out = tuple(LeftOut(stop, LeftReason.LESS_PRESSING) for stop in rest)
    return replace(problem, stops=chosen), left_out


def _refuse_impossible_ends(shift: Shift, matrix: Matrix) -> None:
    for row, place in ((0, shift.start_place), (-1, shift.end_place)):
        if matrix.off_streets[row]:
            msg = (
                f"{place.label} ({place.lon:.5f}, {place.lat:.5f}) is "
                f"{distance(matrix.snap_metres[row])} from the nearest street. Give a place in the "
                "town as LON,LAT: the longitude first, as in -71.11,42.37."
            )
            raise RoutePlanError(msg)
    if not np.isfinite(matrix.seconds[0, -1]):
        msg = (
            f"No way leads from {shift.start_place.label} to {shift.end_place.label} by street. "
            "Choose another start or end."
        )
        raise RoutePlanError(msg)
    if matrix.seconds[0, -1] > shift.end - shift.start:
        msg = (
            f"The drive from {shift.start_place.label} to {shift.end_place.label}, "
            f"{matrix.seconds[0, -1] / 60:.0f} min, takes longer than the shift. Give a longer one."
        )
        raise RoutePlanError(msg)


def _split_cut_off(problem: Problem, matrix: Matrix) -> tuple[list[int], tuple[LeftOut, ...]]:
    """Tell the stops one can drive to and back from from those one cannot."""
    there_and_back = np.isfinite(matrix.seconds[0] + matrix.seconds[:, -1])[1:-1]
    served = np.flatnonzero(there_and_back).tolist()
    cut_off = (
        LeftOut(
            problem.stops[index],
            LeftReason.OFF_STREETS if matrix.off_streets[index + 1] else LeftReason.UNREACHABLE,
        )
        for index in np.flatnonzero(~there_and_back).tolist()
    )
    return served, tuple(cut_off)


def _solve_and_drive(
    problem: Problem,
    travel: Travel,
    matrix: Matrix,
    *,
    served: list[int],
    effort: Effort,
    seed: int,
) -> tuple[list[int], tuple[Leg, ...]]:
    """Solve for the stops that can be reached, and drive it.

    Where two ways are equally good the streets may answer one to the matrix and the other to the
    drive. The drive is what the officer follows: its figures then replace the matrix's, and the
    day is solved again. Only the solver is given them: the plan is checked against those first
    measured.

    Returns
    -------
    The visits as positions in the problem's stops, and the legs.
    """
    places = problem.places()
    # Iterations are not shared out: they promise the same plan, and no time.
    share = effort if effort.seconds is None else effort.part(1 / MOST_ROUNDS)
    for _ in range(MOST_ROUNDS):
        order = _solve_among(problem, matrix, served, effort=share, seed=seed)
        way = [0, *(index + 1 for index in order), len(places) - 1]
        legs = travel.route(places[way])
        driven = _with_drives(matrix, way, legs)
        if np.array_equal(driven.seconds, matrix.seconds):
            break
        matrix = driven
    return order, legs


def _solve_among(
    problem: Problem, matrix: Matrix, served: list[int], *, effort: Effort, seed: int
) -> list[int]:
    rows = [0, *(index + 1 for index in served), len(problem.stops) + 1]
    smaller = replace(problem, stops=tuple(problem.stops[index] for index in served))
    order = choose_order(smaller, matrix.among(rows), effort=effort, seed=seed)
    return [served[index] for index in order]


def _with_drives(matrix: Matrix, way: Sequence[int], legs: Sequence[Leg]) -> Matrix:
    seconds = matrix.seconds.copy()
    for (here, there), leg in zip(pairwise(way), legs, strict=True):
        seconds[here, there] = leg.seconds
    return replace(matrix, seconds=seconds)


def _schedule(
    problem: Problem,
    visited: Sequence[Stop],
    *,
    legs: Sequence[Leg],
    left_out: tuple[LeftOut, ...],
    estimated: bool,
) -> Plan:
    """Set the clock along the drives: off at the start of the shift, no waiting."""
    drives = tuple(_drive(leg) for leg in legs)
    clock, visits = problem.shift.start, []
    for stop, drive in zip(visited, drives, strict=False):
        arrive = clock + drive.seconds
        clock = arrive + stop.service_seconds
        visits.append(Visit(stop, arrive=arrive, leave=clock))
    return Plan(problem.day, problem.shift, tuple(visits), drives, left_out, estimated)


def _drive(leg: Leg) -> Drive:
    return Drive(round(leg.seconds), round(leg.metres), leg.line, leg.steps)

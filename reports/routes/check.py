"""Check a finished plan against its stops, its shift and the streets, and nothing else.

Nothing of the solver or of the scheduling is used here: every time is computed again.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
from shapely import LineString

from geo.streets.travel import Matrix
from reports.routes.errors import PlanFaultError
from reports.routes.plan import Plan
from reports.routes.problem import Place, Problem, Stop

SAME_PLACE_DEGREES = 2e-5
TRIMMED = 2.0
"""The engine leaves stretches of less than a metre out of both ends of a leg's line and steps."""
METRES_PER_DEGREE = 111_320.0
SNAP_SLACK_M = 5.0
LENGTH_SHARE = 0.02
TIE_SECONDS = 10
"""Of ways the engine holds equally good it may drive a slower one than the matrix measured: 15 of
68,000 random drives in Baltimore were, by at most 6.8 s, and none of 14,000 in Cambridge. No drive
was quicker than measured."""
STEP_ROUNDING = 0.06
"""A step's seconds and metres are rounded to a tenth each, its leg's once."""


def check_plan(plan: Plan, *, problem: Problem, matrix: Matrix, rows: Mapping[str, int]) -> None:
    """Refuse a plan that is not possible as written.

    Parameters
    ----------
    plan
        The plan.
    problem
        The shift, and all stops that were to be planned, visited or not.
    matrix
        Driving times between the places as first measured: the start of the shift in the first
        row, its end in the last.
    rows
        The row of each measured stop, by the stop's identifier.

    Raises
    ------
    PlanFaultError
        Naming every fault found.
    """
    faults = [*_coverage_faults(plan, problem=problem, rows=rows), *_shift_faults(plan, problem)]
    # A plan with foreign stops or missing drives has no times that could be followed.
    faults = faults or [
        *_drive_faults(plan, matrix=matrix, rows=rows),
        *_time_faults(plan),
        *_line_faults(plan),
    ]
    if faults:
        msg = (
            f"The plan for {plan.day} was refused: {'; '.join(faults)}. This is a fault of the "
            "planner, not of your data: please report it."
        )
        raise PlanFaultError(msg)


def _coverage_faults(plan: Plan, *, problem: Problem, rows: Mapping[str, int]) -> Iterator[str]:
    named = [visit.stop for visit in plan.visits] + [left.stop for left in plan.left_out]
    counts = Counter(stop.id for stop in named)
    known = {stop.id: stop for stop in problem.stops}
    for stop in dict.fromkeys(named):
        if known.get(stop.id) != stop:
            yield f"{stop.id} is not a stop that was asked for"
    for stop_id, times in counts.items():
        if times > 1:
            yield f"{stop_id} is named {times} times"
    yield from (f"{stop_id} is neither visited nor left out" for stop_id in known.keys() - counts)
    for visit in plan.visits:
        if visit.stop.id not in rows:
            yield f"{visit.stop.id} is visited but was never measured"
    if len(plan.drives) != len(plan.visits) + 1:
        yield f"{len(plan.visits)} visits need one drive more, got {len(plan.drives)}"


def _shift_faults(plan: Plan, problem: Problem) -> Iterator[str]:
    shift = problem.shift
    if (plan.shift, plan.day) != (shift, problem.day):
        yield "the shift is not the one asked for"
    if shift.max_stops is not None and len(plan.visits) > shift.max_stops:
        yield f"{len(plan.visits)} visits where at most {shift.max_stops} were asked for"


def _drive_faults(plan: Plan, *, matrix: Matrix, rows: Mapping[str, int]) -> Iterator[str]:
    way = [0, *(rows[visit.stop.id] for visit in plan.visits), len(matrix.seconds) - 1]
    stops = [visit.stop for visit in plan.visits]
    points: list[Place | Stop] = [plan.shift.start_place, *stops, plan.shift.end_place]
    for number, drive in enumerate(plan.drives, start=1):
        here, there = way[number - 1], way[number]
        seconds = matrix.seconds[here, there]
        if not np.isfinite(seconds):
            yield f"drive {number} has no way"
        elif not 0 <= drive.seconds - round(seconds) <= TIE_SECONDS:
            yield f"drive {number} takes {seconds:.1f} s by the streets, not {drive.seconds} s"
        ends = zip((0, -1), (here, there), (points[number - 1], points[number]), strict=True)
        for end, row, point in ends:
            if _metres(drive.line.coords[end], point) > matrix.snap_metres[row] + SNAP_SLACK_M:
                fault = "reach" if end else "begin at"
                yield f"the line of drive {number} does not {fault} its place"
    if plan.estimated != matrix.estimated:
        yield "it is not marked rightly as estimated or driven on streets"


def _metres(vertex: tuple[float, ...], point: Stop | Place) -> float:
    return _length(LineString([vertex[:2], (point.lon, point.lat)]))


def _length(line: LineString) -> float:
    lon, lat = np.asarray(line.coords).T
    east = np.diff(lon) * np.cos(np.radians(lat[1:]))
    return float(np.hypot(east, np.diff(lat)).sum() * METRES_PER_DEGREE)


def _time_faults(plan: Plan) -> Iterator[str]:
    clock = plan.shift.start
    for visit, drive in zip(plan.visits, plan.drives, strict=False):
        clock += drive.seconds
        if visit.arrive != clock:
            yield f"{visit.stop.id} is reached at {clock} s, not at {visit.arrive} s"
        clock += visit.stop.service_seconds
        if visit.leave != clock:
            yield f"{visit.stop.id} is done at {clock} s, not at {visit.leave} s"
    clock += plan.drives[-1].seconds
    if clock > plan.shift.end:
        yield f"the shift ends at {plan.shift.end} s, the drive home at {clock} s"
    if plan.finish != clock:
        yield f"it finishes at {clock} s, not at {plan.finish} s"


def _line_faults(plan: Plan) -> Iterator[str]:
    for number, drive in enumerate(plan.drives, start=1):
        slack = TRIMMED + STEP_ROUNDING * len(drive.steps)
        if abs(sum(step.seconds for step in drive.steps) - drive.seconds) > slack:
            yield f"the steps of drive {number} do not add up to its {drive.seconds} s"
        if abs(sum(step.metres for step in drive.steps) - drive.metres) > slack:
            yield f"the steps of drive {number} do not add up to its {drive.metres} m"
        length = _length(drive.line)
        longest = np.inf if plan.estimated else length * (1 + LENGTH_SHARE) + SNAP_SLACK_M
        if not length * (1 - LENGTH_SHARE) - SNAP_SLACK_M <= drive.metres <= longest:
            yield f"the line of drive {number} is {length:.0f} m long, not {drive.metres} m"
    for number, (before, after) in enumerate(pairwise(plan.drives), start=1):
        gap = np.subtract(before.line.coords[-1], after.line.coords[0])
        if np.abs(gap).max() > SAME_PLACE_DEGREES:
            yield f"drive {number + 1} does not begin where drive {number} ended"

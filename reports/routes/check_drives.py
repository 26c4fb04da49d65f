"""Check the drives of a route against the streets as measured, and its lines against its drives."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from shapely import LineString

from geo.streets.travel import Matrix
from reports.routes.plan import Drive, Route
from reports.routes.problem import Place, Rush, Stop

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


def drive_faults(
    route: Route, *, matrix: Matrix, rows: Mapping[Place | str, int], estimated: bool
) -> Iterator[str]:
    """Return each fault of a route's drives, in words."""
    yield from _time_faults(route, matrix=matrix, rows=rows)
    if estimated != matrix.estimated:
        yield "it is not marked rightly as estimated or driven on streets"
    yield from _line_faults(route, estimated=estimated)


def _time_faults(route: Route, *, matrix: Matrix, rows: Mapping[Place | str, int]) -> Iterator[str]:
    stops = [visit.stop for visit in route.visits]
    points: list[Place | Stop] = [route.shift.start_place, *stops, route.shift.end_place]
    way = [rows[point.id if isinstance(point, Stop) else point] for point in points]
    for number, drive in enumerate(route.drives, start=1):
        here, there = way[number - 1], way[number]
        seconds = matrix.seconds[here, there]
        if not np.isfinite(seconds):
            yield f"drive {number} has no way"
        elif not 0 <= drive.free_seconds - round(seconds) <= TIE_SECONDS:
            yield (
                f"drive {number} takes {seconds:.1f} s by the streets, not {drive.free_seconds} s"
            )
        ends = zip((0, -1), (here, there), (points[number - 1], points[number]), strict=True)
        for end, row, point in ends:
            if _metres(drive.line.coords[end], point) > matrix.snap_metres[row] + SNAP_SLACK_M:
                fault = "reach" if end else "begin at"
                yield f"the line of drive {number} does not {fault} its place"


def hour_faults(drive: Drive, *, number: int, at: int, rush: Sequence[Rush]) -> Iterator[str]:
    """Tell of a drive that does not take as long as the hour at which it begins says."""
    percents = [each.percent for each in rush if each.start <= at < each.end] or [100]
    wanted = math.ceil(drive.free_seconds * percents[0] / 100)
    if drive.seconds != wanted:
        yield f"drive {number} takes {wanted} s at that hour, not {drive.seconds} s"


def _metres(vertex: tuple[float, ...], point: Stop | Place) -> float:
    return _length(LineString([vertex[:2], (point.lon, point.lat)]))


def _length(line: LineString) -> float:
    lon, lat = np.asarray(line.coords).T
    east = np.diff(lon) * np.cos(np.radians(lat[1:]))
    return float(np.hypot(east, np.diff(lat)).sum() * METRES_PER_DEGREE)


def _line_faults(route: Route, *, estimated: bool) -> Iterator[str]:
    for number, drive in enumerate(route.drives, start=1):
        slack = TRIMMED + STEP_ROUNDING * len(drive.steps)
        if abs(sum(step.seconds for step in drive.steps) - drive.free_seconds) > slack:
            yield f"the steps of drive {number} do not add up to its {drive.free_seconds} s"
        if abs(sum(step.metres for step in drive.steps) - drive.metres) > slack:
            yield f"the steps of drive {number} do not add up to its {drive.metres} m"
        length = _length(drive.line)
        longest = np.inf if estimated else length * (1 + LENGTH_SHARE) + SNAP_SLACK_M
        if not length * (1 - LENGTH_SHARE) - SNAP_SLACK_M <= drive.metres <= longest:
            yield f"the line of drive {number} is {length:.0f} m long, not {drive.metres} m"
    for number, (before, after) in enumerate(pairwise(route.drives), start=1):
        gap = np.subtract(before.line.coords[-1], after.line.coords[0])
        if np.abs(gap).max() > SAME_PLACE_DEGREES:
            yield f"drive {number + 1} does not begin where drive {number} ended"

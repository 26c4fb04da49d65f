"""Carry the loose ends of traced streets to the next street ahead."""

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from data.town.arterials import Street

REACH_M = 150.0
TOUCH_M = 0.5
LEAST_ANGLE = np.radians(38)


def join(streets: list[Street], bounds: list[LineString], *, barrier: BaseGeometry) -> list[Street]:
    """
    Extend each end that stops short of a street, if one lies ahead at a fair angle.

    Parameters
    ----------
    streets
        Lines, local metres.
    bounds
        Other lines an end may run up to (banks).
    barrier
        Lines no extension may cross (railway, water).

    Returns
    -------
    list of Street
        In the same order; an end with nothing ahead stays where it is.
    """
    lines = [street.line for street in streets]
    targets = [*lines, *bounds]
    tree = STRtree(targets)
    joined = []
    for number, street in enumerate(streets):
        points = list(street.line.coords)
        if not street.line.is_ring:
            front = _ahead(points[1:3][::-1], points[0], number, targets, tree, barrier)
            back = _ahead(points[-3:-1], points[-1], number, targets, tree, barrier)
            points = [*front, *points, *back]
        joined.append(Street(LineString(points), street.kind))
    return joined


def _ahead(
    before: list[tuple[float, ...]],
    end: tuple[float, ...],
    number: int,
    targets: list[LineString],
    tree: STRtree,
    barrier: BaseGeometry,
) -> list[tuple[float, float]]:
    """Return the point to extend to, just beyond the street ahead, or nothing."""
    if not before:
        return []
    way = np.subtract(end, before[0])
    way = way / np.hypot(*way)
    place = np.asarray(end)
    ray = LineString([place + 0.01 * way, place + REACH_M * way])
    best = REACH_M
    for i in sorted(int(i) for i in tree.query(ray, predicate="intersects")):
        if i == number:
            continue
        for hit in shapely.get_parts(shapely.intersection(ray, targets[i])):
            far = float(np.hypot(*(shapely.get_coordinates(hit)[0] - place)))
            if far < best and _angle(way, targets[i], hit) > LEAST_ANGLE:
                best = far
    goal = place + (best + TOUCH_M) * way
    blocked = best >= REACH_M or shapely.intersects(barrier, LineString([place, goal]))
    return [] if blocked else [(float(goal[0]), float(goal[1]))]


def _angle(way: np.ndarray, line: LineString, hit: BaseGeometry) -> float:
    """Return the sharp angle between a way and a line where they meet, radians."""
    along = line.project(shapely.centroid(hit))
    a, b = line.interpolate(max(along - 2, 0)), line.interpolate(along + 2)
    tangent = np.array([b.x - a.x, b.y - a.y])
    length = np.hypot(*tangent)
    return (
        float(np.arcsin(min(1.0, abs(way[0] * tangent[1] - way[1] * tangent[0]) / length)))
        if length
        else 0.0
    )

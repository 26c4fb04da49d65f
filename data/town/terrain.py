"""Lay the ground a town stands on: its lagoon, creek, centre and limits."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from data.town import noise
from data.town.noise import Array

SECTION_M = 201.0  # an eighth of a mile
RIPPLES = ((2, 0.05), (3, 0.04), (5, 0.03))
"""How often the limit swings in and out on its way round, and by what share of its radius."""
CREEK_SOURCE_M = 9.0
CREEK_MOUTH_M = 44.0


@dataclass(frozen=True, slots=True)
class Terrain:
    """
    The ground, in local metres (x east, y north).

    Attributes
    ----------
    side
        The length the whole layout is scaled by, metres.
    centre
        Where the main street's heart is.
    lagoon, creek
        Water; `creek` is the polygon, `creek_line` its middle.
    limit
        How far the town may reach, water included.
    land
        `limit` without water.
    """

    side: float
    centre: tuple[float, float]
    lagoon: Polygon
    creek: BaseGeometry
    creek_line: LineString
    limit: Polygon
    land: BaseGeometry


def lay(rng: np.random.Generator, *, side: float) -> Terrain:
    """
    Lay a lagoon on the east, a creek running to its bay, and the town's limits.

    Parameters
    ----------
    rng
        Source of every shape; advanced by this call.
    side
        Scale of the layout, metres; the land within the limits is about 0.7 side squared.

    Returns
    -------
    Terrain
        In local metres.
    """
    middle = side * rng.uniform(0.46, 0.54)
    shore = _shore(rng, side=side, middle=middle)
    lagoon = Polygon([*shore, (side * 1.9, side * 1.4), (side * 1.9, -side * 0.4)])
    nearest = shore[np.argmin(np.abs(shore[:, 1] - middle))]
    centre = (float(nearest[0] - 0.13 * side), float(middle))
    line = _creek_line(rng, side=side, mouth=(float(nearest[0]), float(middle)))
    creek = _creek_polygon(line)
    limit = _limit(rng, side=side)
    land = shapely.difference(limit, shapely.union(lagoon, creek))
    return Terrain(side, centre, lagoon, creek, line, limit, land)


def _shore(rng: np.random.Generator, *, side: float, middle: float) -> Array:
    y = np.linspace(-0.4 * side, 1.4 * side, 260)
    wander = noise.curve(rng, wavelength=0.95 * side)(y) * 0.055 * side
    bay = -0.10 * side * np.exp(-(((y - middle) / (0.15 * side)) ** 2))
    return np.column_stack([0.86 * side + wander + bay, y])


def _creek_line(rng: np.random.Generator, *, side: float, mouth: tuple[float, float]) -> LineString:
    north = 1 if rng.random() < 0.5 else -1  # noqa: PLR2004 - a fair coin
    t = np.linspace(0, 1, 160)
    end_y = mouth[1] + north * 0.17 * side
    start_y = mouth[1] + north * 0.34 * side
    x = -0.3 * side + t * (mouth[0] + 0.12 * side + 0.3 * side)
    bend = noise.curve(rng, wavelength=0.62)(t) * 0.075 * side
    y = start_y + (end_y - start_y) * t**1.5 + bend * np.sin(np.pi * np.clip(t, 0, 1)) ** 0.5
    return LineString(np.column_stack([x, y]))


def _creek_polygon(line: LineString) -> BaseGeometry:
    points = shapely.get_coordinates(line)
    share = np.linspace(0, 1, len(points))
    half = (CREEK_SOURCE_M + (CREEK_MOUTH_M - CREEK_SOURCE_M) * share**2.2) / 2
    pieces = [
        shapely.convex_hull(
            shapely.union(Point(a).buffer(ra, quad_segs=6), Point(b).buffer(rb, quad_segs=6))
        )
        for a, b, ra, rb in zip(points[:-1], points[1:], half[:-1], half[1:], strict=True)
    ]
    return shapely.simplify(shapely.union_all(pieces), 0.4)


def _limit(rng: np.random.Generator, *, side: float) -> Polygon:
    angle = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    phases = rng.uniform(0, 2 * np.pi, len(RIPPLES))
    ripple = sum(w * np.sin(k * angle + p) for (k, w), p in zip(RIPPLES, phases, strict=True))
    radius = 0.53 * side * (1 + ripple)
    x, y = 0.46 * side + 1.05 * radius * np.cos(angle), 0.5 * side + radius * np.sin(angle)
    return _by_section(Polygon(np.column_stack([x, y])), cell=max(SECTION_M, round(side / 12)))


def _by_section(blob: Polygon, *, cell: float) -> Polygon:
    """Make the limit run along section lines, as surveyed towns' limits do."""
    left, bottom, right, top = np.floor(np.array(blob.bounds))  # whole metres: squares must touch
    xs, ys = np.arange(left, right, cell), np.arange(bottom, top, cell)
    squares = [shapely.box(x, y, x + cell, y + cell) for x in xs for y in ys]
    merged = shapely.union_all([s for s in squares if shapely.contains(blob, s.centroid)])
    parts = [part for part in shapely.get_parts(merged) if isinstance(part, Polygon)]
    return max(parts, key=lambda part: part.area)

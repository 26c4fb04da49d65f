"""Find the line down the middle of a block and the cuts between the lots of a row."""

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from data.town.blocks import Block
from data.town.noise import Array

SAMPLE_M = 2.5
NEAR_M = 0.6
SINGLE_ROW = 1.5
END_LOT = 1.18
DOUBLE_SHARE = 0.09
END_CHORD = 0.8
UNDIVIDED = 2.6


def spines(block: Block) -> list[LineString]:
    """
    Return the lines on which the lots of a block back onto each other.

    Parameters
    ----------
    block
        The block, local metres.

    Returns
    -------
    list of LineString
        One for each part between courts that has room for two rows; they overshoot the ground.
    """
    parts = _parts(block.ground, block.tails)
    found = [_spine(part, block) for part in parts]
    return [line for line in found if line is not None]


def _parts(ground: Polygon, tails: list[LineString]) -> list[Polygon]:
    noded = shapely.union_all([ground.exterior, *tails])
    parts = shapely.get_parts(shapely.polygonize([noded]))
    return [part for part in parts if ground.contains(shapely.point_on_surface(part))]


def _spine(part: Polygon, block: Block) -> LineString | None:
    frame, along = _frame(part)
    turned = shapely.transform(part, lambda xy: xy @ frame.T)
    left, bottom, right, top = turned.bounds
    if min(top - bottom, 2 * part.area / (right - left)) < SINGLE_ROW * block.style.depth_m:
        return None
    x = np.linspace(left + 0.5, right - 0.5, max(int((right - left) / 4), 8))
    chords = shapely.intersection(_verticals(x, bottom - 1, top + 1), turned)
    line = LineString(_middle_line(x, chords) @ frame)
    return line if _both_sides_front(part, line, block.front, along) else None


def _middle_line(x: Array, chords: np.ndarray) -> Array:
    """Join the chords' middles; carry on straight where the block's ends cut the chords short."""
    middle = np.array([_middle_of_longest(chord) for chord in chords])
    length = shapely.length(chords)
    full = np.nonzero(length > END_CHORD * np.nanmedian(length))[0]
    inner = slice(full[0], full[-1] + 1)
    x_in, y_in = x[inner], _smoothed(np.nan_to_num(middle[inner], nan=float(np.nanmean(middle))))
    few = min(len(x_in), 5)
    slopes = [
        np.polyfit(x_in[s], y_in[s], 1)[0] if few > 1 else 0.0
        for s in (slice(few), slice(-few, None))
    ]
    before, after = x[0] - 8, x[-1] + 8
    start = y_in[0] + slopes[0] * (before - x_in[0])
    end = y_in[-1] + slopes[1] * (after - x_in[-1])
    return np.column_stack([[before, *x_in, after], [start, *y_in, end]])


def _frame(part: Polygon) -> tuple[Array, float]:
    """Return the rotation that lays a polygon's long axis along x, and its length."""
    corners = shapely.get_coordinates(shapely.oriented_envelope(part))
    sides = np.diff(corners[:3], axis=0)
    lengths = np.hypot(*sides.T)
    way = sides[np.argmax(lengths)] / lengths.max()
    return np.array([[way[0], way[1]], [-way[1], way[0]]]), float(lengths.max())


def _verticals(x: Array, bottom: float, top: float) -> np.ndarray:
    low = np.column_stack([x, np.full_like(x, bottom)])
    high = np.column_stack([x, np.full_like(x, top)])
    return np.asarray(shapely.linestrings(np.stack([low, high], axis=1)))


def _middle_of_longest(chord: BaseGeometry) -> float:
    parts = shapely.get_parts(chord)
    if len(parts) == 0:
        return float("nan")
    longest = max(parts, key=lambda part: part.length)
    return float(longest.bounds[1] + longest.bounds[3]) / 2


def _smoothed(values: Array) -> Array:
    padded = np.concatenate([[values[0]] * 3, values, [values[-1]] * 3])
    return np.convolve(padded, np.full(7, 1 / 7), mode="valid")


def _both_sides_front(part: Polygon, line: LineString, front: BaseGeometry, along: float) -> bool:
    halves = _parts(part, [line])
    faced = [shapely.intersection(half.exterior, front.buffer(0.1)).length for half in halves]
    return len(halves) > 1 and sorted(faced)[-2] > 0.3 * along


def cuts(rng: np.random.Generator, row: Polygon, *, block: Block) -> list[LineString]:
    """
    Return the side lines of the lots in one row.

    Parameters
    ----------
    rng
        Source of lot widths; advanced by this call.
    row
        A part of the block's ground between street and spine, local metres.
    block
        The block, for its front and its style.

    Returns
    -------
    list of LineString
        Each square to the street, from just outside the row to just beyond its back.
    """
    front = shapely.line_merge(shapely.intersection(row.exterior, block.front.buffer(0.1)))
    stretches = [
        part
        for part in shapely.get_parts(front)
        if isinstance(part, LineString) and part.length > block.style.lot_m
    ]
    found: list[LineString] = []
    for stretch in stretches:
        found += _cuts_along(rng, stretch, row, block, back=block.front)
    usual = block.style.lot_m * block.style.depth_m
    if row.area / (len(found) + 1) > UNDIVIDED * usual:
        for side in _long_sides(row)[:1]:
            found += _cuts_along(rng, side, row, block, back=shapely.LineString())
    return found


def _long_sides(row: Polygon) -> list[LineString]:
    """Part a row's outline at its sharp corners; the longest side first."""
    ring = np.asarray(shapely.simplify(row.exterior, 1.0).coords)[:-1]
    ahead = np.roll(ring, -1, axis=0) - ring
    behind = ring - np.roll(ring, 1, axis=0)
    turn = np.arctan2(
        behind[:, 0] * ahead[:, 1] - behind[:, 1] * ahead[:, 0], (behind * ahead).sum(axis=1)
    )
    corners = np.nonzero(np.abs(turn) > np.radians(40))[0]
    if len(corners) < 2:  # noqa: PLR2004 - a side lies between two corners
        return []
    ends = [*corners[1:], corners[0] + len(ring)]
    sides = [
        LineString(ring[np.arange(a, b + 1) % len(ring)])
        for a, b in zip(corners, ends, strict=True)
    ]
    return sorted(sides, key=lambda side: -side.length)


def _cuts_along(
    rng: np.random.Generator,
    stretch: LineString,
    row: Polygon,
    block: Block,
    *,
    back: BaseGeometry,
) -> list[LineString]:
    """Cut along a stretch of front; `back` is what a side line may not run into."""
    at = np.arange(SAMPLE_M / 2, stretch.length, SAMPLE_M)
    reach = _reaches(stretch, at, row, back)
    depth = block.style.depth_m
    good = (reach > 0.3 * depth) & (reach < 2.4 * depth)
    lines: list[LineString] = []
    for first, last in _runs(good):
        places = _places(rng, at[first] - SAMPLE_M / 2, at[last] + SAMPLE_M / 2, block)
        reach_there = np.interp(places, at[first : last + 1], reach[first : last + 1])
        origin, inward = _normals(stretch, places, row)
        ends = origin + inward * (reach_there + 1.5)[:, None]
        lines += [LineString(pair) for pair in zip(origin - 0.5 * inward, ends, strict=True)]
    return lines


def _places(rng: np.random.Generator, start: float, end: float, block: Block) -> Array:
    """Share a stretch of front among lots; return where they part."""
    count = max(1, round((end - start) / (block.style.lot_m * rng.lognormal(0, 0.3))))
    widths = rng.lognormal(0, 0.16, count) * np.where(rng.random(count) < DOUBLE_SHARE, 1.8, 1)
    widths[[0, -1]] *= END_LOT
    return np.asarray(start + np.cumsum(widths)[:-1] * (end - start) / widths.sum())


def _normals(stretch: LineString, at: Array, row: Polygon) -> tuple[Array, Array]:
    """Return points along a front and the unit vectors that lead into the row."""
    before, here, after = (
        shapely.get_coordinates(shapely.line_interpolate_point(stretch, np.clip(at + d, 0, None)))
        for d in (-2.5, 0, 2.5)
    )
    tangent = after - before
    tangent /= np.maximum(np.hypot(*tangent.T), 1e-9)[:, None]
    inward = np.column_stack([-tangent[:, 1], tangent[:, 0]])
    outside = ~shapely.contains_xy(row, *(here + inward).T)
    inward[outside] *= -1
    return here, inward


def _reaches(stretch: LineString, at: Array, row: Polygon, front: BaseGeometry) -> Array:
    """Return how far a ray from each place runs to the row's back; 0 where it meets a street."""
    origin, inward = _normals(stretch, at, row)
    far = 400.0
    rays = shapely.linestrings(np.stack([origin + 0.5 * inward, origin + far * inward], axis=1))
    parts, ray = shapely.get_parts(shapely.intersection(rays, row), return_index=True)
    near = shapely.distance(parts, shapely.points(origin[ray])) < NEAR_M
    reach = np.zeros(len(at))
    reach[ray[near]] = shapely.length(parts[near]) + 0.5
    backs = shapely.points(origin + inward * reach[:, None])
    far_from_street = ~(shapely.distance(backs, front) <= 1.0)  # NaN where there is no street
    return np.where(far_from_street, reach, 0.0)


def _runs(good: np.ndarray) -> list[tuple[int, int]]:
    """Return the first and last index of each stretch of True."""
    edges = np.diff(np.concatenate([[0], good.astype(int), [0]]))
    firsts, lasts = np.nonzero(edges == 1)[0], np.nonzero(edges == -1)[0] - 1
    return [(int(a), int(b)) for a, b in zip(firsts, lasts, strict=True) if b > a]

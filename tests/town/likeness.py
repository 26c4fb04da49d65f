"""Measure what makes a plan look like a town: its blocks, lots and street bearings."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon

SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True, slots=True)
class Likeness:
    """
    Figures of one plan; lengths in metres.

    Attributes
    ----------
    block_m2, lot_m2, stretch_m
        Quantiles (`SHARES`) of block areas, lot areas and street lengths between crossings.
    block_fill, lot_fill
        Quantiles of area over the area of the oriented bounding box.
    lot_narrow_m
        Quantiles of the short side of the lot's oriented bounding box.
    entropy
        Of street bearings over 36 bins, weighted by length: 1 = all alike, 0 = one direction.
    """

    block_m2: NDArray[np.float64]
    lot_m2: NDArray[np.float64]
    stretch_m: NDArray[np.float64]
    block_fill: NDArray[np.float64]
    lot_fill: NDArray[np.float64]
    lot_narrow_m: NDArray[np.float64]
    entropy: float


def measure(streets: list[LineString], lots: list[Polygon]) -> Likeness:
    """Measure a plan from its street lines (cut at crossings) and its lots, in metres."""
    noded = shapely.union_all(streets, grid_size=0.01)
    blocks = shapely.get_parts(shapely.polygonize([noded]))
    stretches = shapely.get_parts(shapely.line_merge(noded))
    sides = np.array([_sides(lot) for lot in lots])
    return Likeness(
        block_m2=_spread(shapely.area(blocks)),
        lot_m2=_spread(shapely.area(lots)),
        stretch_m=_spread(shapely.length(stretches)),
        block_fill=_spread(np.array([_fill(block) for block in blocks])),
        lot_fill=_spread(np.array([_fill(lot) for lot in lots])),
        lot_narrow_m=_spread(sides.min(axis=1)),
        entropy=_entropy(list(stretches)),
    )


def _spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.quantile(values, SHARES)


def _fill(polygon: Polygon) -> float:
    return float(polygon.area / shapely.oriented_envelope(polygon).area)


def _sides(polygon: Polygon) -> tuple[float, float]:
    corners = np.asarray(shapely.oriented_envelope(polygon).exterior.coords)
    first, second = np.hypot(*np.diff(corners[:3], axis=0).T)
    return float(first), float(second)


def _entropy(lines: list[LineString]) -> float:
    coordinates, index = shapely.get_coordinates(lines, return_index=True)
    step = np.diff(coordinates, axis=0)[np.diff(index) == 0]
    bearing = np.degrees(np.arctan2(step[:, 0], step[:, 1])) % 180
    weight = np.hypot(*step.T)
    share = np.histogram((bearing + 2.5) % 180, bins=36, range=(0, 180), weights=weight)[0]
    share = share[share > 0] / share.sum()
    return float(-(share * np.log(share)).sum() / np.log(36))


MEDIAN_WITHIN = 1.6
"""A town's median block, lot and street may be so many times Cambridge's, or that part of it."""
SPREAD_AT_LEAST = 0.35
SPREAD_AT_MOST = 1.8
"""Its spread (90th over 10th percentile, 75th over 25th) as a share of Cambridge's."""
FILL_WITHIN = 0.17
"""How far the quantiles of shape may lie from Cambridge's, as shares of a bounding box."""
ENTROPY_WITHIN = 0.2


def unlike(plan: Likeness, real: Likeness) -> set[str]:
    """Return the figures in which a plan is unlike a real town."""
    found = set()
    for name in ("block_m2", "lot_m2", "stretch_m", "lot_narrow_m"):
        ours, theirs = getattr(plan, name), getattr(real, name)
        if not 1 / MEDIAN_WITHIN < ours[2] / theirs[2] < MEDIAN_WITHIN:
            found.add(f"median {name}")
        for low, high in ((0, 4), (1, 3)):
            share = (ours[high] / ours[low]) / (theirs[high] / theirs[low])
            if not SPREAD_AT_LEAST < share < SPREAD_AT_MOST:
                found.add(f"spread of {name}")
    for name in ("block_fill", "lot_fill"):
        if np.abs(getattr(plan, name) - getattr(real, name)).max() > FILL_WITHIN:
            found.add(name)
    if abs(plan.entropy - real.entropy) > ENTROPY_WITHIN:
        found.add("entropy")
    return found

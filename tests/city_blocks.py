"""Lay out blocks of lots with streets around them, turned so that no side runs along an axis."""

import numpy as np
import shapely
from numpy.typing import NDArray

from reports.workload.plane import Plane

type Shapes = NDArray[np.object_]

LOT, STREET = 20.0, 16.0
PLANE = Plane(lon=-80.4, lat=27.3, east_m=99_000.0, north_m=110_800.0)
_TURN = np.radians(17)
_MATRIX = np.array([[np.cos(_TURN), -np.sin(_TURN)], [np.sin(_TURN), np.cos(_TURN)]])


def degrees[G: (Shapes, shapely.Geometry)](metres: G) -> G:
    """Bring shapes from metres to degrees (EPSG:4326)."""
    turned: G = shapely.transform(metres, lambda xy: PLANE.to_degrees(xy @ _MATRIX.T))
    return turned


def blocks(wide: int, high: int, *, lots: int = 6) -> tuple[Shapes, Shapes]:
    """Lay out blocks of two rows of lots with streets around; gives lots and streets in metres."""
    across, up = lots * LOT + STREET, 2 * LOT + STREET
    shapes = [
        shapely.box(x + n * LOT, y + row * LOT, x + (n + 1) * LOT, y + (row + 1) * LOT)
        for x in np.arange(wide) * across
        for y in np.arange(high) * up
        for row in range(2)
        for n in range(lots)
    ]
    left, low, far, top = -STREET / 2, -STREET / 2, wide * across, high * up
    lines = [
        shapely.LineString([(left + at * across, low), (left + at * across, top)])
        for at in range(wide + 1)
    ] + [
        shapely.LineString([(left, low + at * up), (far, low + at * up)])
        for at in range(high + 1)
    ]  # fmt: skip
    return np.array(shapes), np.array(lines)

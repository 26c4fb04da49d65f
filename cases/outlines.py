"""Make an outline of the corners somebody drew, and refuse in a sentence what encloses nothing."""

import math
import re
from collections.abc import Sequence

import shapely

from cases.errors import CaseError

type Corner = tuple[float, float]
type Ring = Sequence[Corner]
"""Corners, longitude and latitude in degrees (EPSG:4326), closed or not."""

_WHERE = re.compile(r"\[(\S+) (\S+)\]")
"""Where a shape crosses itself, as GEOS ends its reason: ``Self-intersection[-80.4 27.3]``."""
_DEGREE = 111_320.0
"""Metres of a degree of latitude."""
MOST_CORNERS = 2_000
LEAST_CORNERS = 3


class UnusableOutlineError(CaseError, ValueError):
    """Corners that were drawn make no outline."""


def outline(rings: Sequence[Ring]) -> shapely.MultiPolygon:
    """Return the area that rings enclose; a ring inside another is a hole, one inside that a part.

    Nothing is mended: what crosses itself could mean two things, and its author knows which.

    Raises
    ------
    UnusableOutlineError
        There are too few corners or too many, one is no place on Earth, or rings cross.
    """
    drawn = [_open(ring) for ring in rings]
    count = sum(map(len, drawn))
    if count > MOST_CORNERS:
        msg = f"The outline has {count:,} corners; {MOST_CORNERS:,} at most can be drawn by hand."
        raise UnusableOutlineError(msg)
    shells = _nested(sorted((_checked(each) for each in drawn), key=_size, reverse=True))
    if not shells:
        msg = "No corner is drawn: give at least three."
        raise UnusableOutlineError(msg)
    shape = shapely.MultiPolygon([shapely.Polygon(shell, holes) for shell, holes in shells])
    _refuse_crossed(shape)
    return shape


def rings_of(shape: shapely.Geometry) -> list[Ring]:
    """Return the rings of an area as they would be drawn, not closed."""
    return [
        [(lon, lat) for lon, lat in ring.coords[:-1]]
        for part in shapely.get_parts(shape)
        for ring in (part.exterior, *part.interiors)
    ]


def extent_of(shape: shapely.Geometry) -> tuple[Corner, float]:
    """Return a place within an area, and its square metres as a map of a town has them.

    Parameters
    ----------
    shape
        An area in degrees (EPSG:4326), small enough to be taken for flat.
    """
    (point,) = shapely.get_coordinates(shapely.point_on_surface(shape))
    lon, lat = map(float, point)
    return (lon, lat), float(shapely.area(shape)) * _DEGREE**2 * math.cos(math.radians(lat))


def _nested(rings: Sequence[Ring]) -> list[tuple[Ring, list[Ring]]]:
    """Return the parts that rings make, the largest first, each with its holes."""
    parts: list[tuple[Ring, list[Ring]]] = []
    for at, ring in enumerate(rings):
        inner = shapely.Polygon(ring).representative_point()
        around = [each for each in rings[:at] if shapely.Polygon(each).contains(inner)]
        if len(around) % 2:
            next(holes for shell, holes in parts if shell is around[-1]).append(ring)
        else:
            parts.append((ring, []))
    return parts


def _open(ring: Ring) -> list[Corner]:
    corners = list(ring)
    return corners[:-1] if len(corners) > 1 and corners[0] == corners[-1] else corners


def _checked(ring: list[Corner]) -> list[Corner]:
    for number, (lon, lat) in enumerate(ring, 1):
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 85):  # noqa: PLR2004 - degrees
            msg = f"Corner {number} ({lat}, {lon}) is no latitude and longitude."
            raise UnusableOutlineError(msg)
    if len(set(ring)) < LEAST_CORNERS:
        msg = f"A part of the outline has {len(set(ring))} corners: give at least three."
        raise UnusableOutlineError(msg)
    _refuse_crossed(shapely.Polygon(ring))
    return ring


def _refuse_crossed(shape: shapely.Geometry) -> None:
    if not shapely.is_valid(shape):
        [(lon, lat)] = _WHERE.findall(shapely.is_valid_reason(shape))
        msg = (
            f"The outline crosses or touches itself at {float(lat):.5f}, {float(lon):.5f}: move "
            "the corners there apart."
        )
        raise UnusableOutlineError(msg)


def _size(ring: Ring) -> float:
    return float(shapely.Polygon(ring).area)

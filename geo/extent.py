"""Find the streets and the water of a stretch of ground, as coarse as a picture of it shows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
import sqlalchemy as sa
from shapely.affinity import affine_transform

from geo.crs import EARTH_RADIUS_M
from geo.layers import WEB_MERCATOR, Street, Zone
from geo.surroundings import Road, in_mercator

_MARGIN = 0.06
"""So much of its side is left free around what a picture holds."""
_LEAST_M = 400.0
"""So much ground a picture shows from side to side at the least."""
_FINEST = 0.4
"""What is smaller than so many units of the picture is left out of a line."""
_RANKS = ((30_000, 1), (12_000, 2), (6_000, 3), (0, 4))
"""From how many metres of ground on which streets are drawn: rank 1 the widest, 4 an alley."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A stretch of ground, and the picture of it.

    Attributes
    ----------
    wide, high
        The picture, in its own units.
    centre
        Its middle (EPSG:3857).
    unit, unit_m
        How far a unit of it reaches, in EPSG:3857 and in metres on the ground.
    """

    wide: int
    high: int
    centre: tuple[float, float]
    unit: float
    unit_m: float

    def brought[G: shapely.Geometry](self, shape: G) -> G:
        """Bring a shape in EPSG:3857 into the picture."""
        x, y = self.centre
        one = 1 / self.unit
        matrix = (one, 0, 0, -one, self.wide / 2 - x * one, self.high / 2 + y * one)
        moved: G = affine_transform(shape, matrix)
        return moved

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a place (EPSG:4326) is in the picture."""
        x, y = in_mercator(lon, lat)
        return (
            self.wide / 2 + (x - self.centre[0]) / self.unit,
            self.high / 2 - (y - self.centre[1]) / self.unit,
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies in an extent; shapes in EPSG:3857, a street of a name and a rank each."""

    roads: Sequence[Road]
    water: Sequence[shapely.Geometry]


def extent_of(points: Sequence[tuple[float, float]], *, wide: int, high: int) -> Extent:
    """Return an extent that holds some places.

    Parameters
    ----------
    points
        Longitude and latitude (EPSG:4326), one at the least.
    """
    eastings, northings = zip(*(in_mercator(*each) for each in points), strict=True)
    west, east, south, north = min(eastings), max(eastings), min(northings), max(northings)
    y = (south + north) / 2
    stretch = math.cosh(y / EARTH_RADIUS_M)  # of Mercator, at this latitude
    free = 1 - 2 * _MARGIN
    least = _LEAST_M * stretch / wide
    unit = max((east - west) / wide / free, (north - south) / high / free, least)
    return Extent(
        wide=wide, high=high, centre=((west + east) / 2, y), unit=unit, unit_m=unit / stretch
    )


def ground_in(connection: sa.Connection, extent: Extent) -> Ground:
    """Return the streets and the water in an extent, by two queries."""
    x, y = extent.centre
    far_x, far_y = extent.unit * extent.wide / 2, extent.unit * extent.high / 2
    box = sa.func.ST_MakeEnvelope(x - far_x, y - far_y, x + far_x, y + far_y, WEB_MERCATOR)
    across = extent.unit_m * extent.wide
    most = next(rank for metres, rank in _RANKS if across >= metres)
    roads = connection.execute(_roads(box, most=most, finest=_FINEST * extent.unit))
    water = connection.execute(_water(box, finest=_FINEST * extent.unit))
    return Ground(
        roads=[Road(each.name or "", each.rank, shapely.from_wkb(bytes(each.shape)))
               for each in roads],
        water=[shapely.from_wkb(bytes(each.shape)) for each in water],
    )  # fmt: skip


def _roads(box: sa.Function[Any], *, most: int, finest: float) -> sa.Select[Any]:
    at = Street
    columns: tuple[Any, ...] = (
        at.name, at.rank, _coarse(sa.func.ST_Collect(at.geom_3857), box, finest)
    )  # fmt: skip
    near = sa.select(*columns).where(at.geom_3857.intersects(box), at.rank <= most)
    return near.group_by(at.name, at.rank).order_by(at.rank.desc(), at.name)


def _water(box: sa.Function[Any], *, finest: float) -> sa.Select[Any]:
    near = sa.select(_coarse(Zone.geom_3857, box, finest))
    return near.where(Zone.kind == "water", Zone.geom_3857.intersects(box)).order_by(Zone.id)


def _coarse(shape: Any, box: sa.Function[Any], finest: float) -> sa.Label[bytes]:
    cut = sa.func.ST_ClipByBox2D(shape, box)
    keeps_short_ones = True
    return sa.func.ST_AsBinary(sa.func.ST_Simplify(cut, finest, keeps_short_ones)).label("shape")

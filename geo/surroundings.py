"""Find what lies around a lot: its neighbours and the streets, as they are on one day."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
import sqlalchemy as sa

from geo.crs import EARTH_RADIUS_M
from geo.layers import WEB_MERCATOR, Parcel, ParcelPeriod, Street
from geo.lots import held_on, number_on
from geo.places import house_number

WIDE, HIGH = 400, 290
"""The picture of it, in its own units."""
_SHARE = 0.45
"""So much of the picture's side a lot takes at the most."""
_LEAST_M = 110.0
"""So much ground a picture shows from side to side at the least."""
_MOST_LOTS = 400
_MARGIN = 1.1


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot and what is written on it; shape in EPSG:3857."""

    shape: shapely.Geometry
    label: str


@dataclass(frozen=True, slots=True)
class Road:
    """The stretches of a street; shape in EPSG:3857, rank 1 the widest, 4 an alley."""

    name: str
    rank: int
    shape: shapely.Geometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """A lot with what is around it.

    Attributes
    ----------
    parcel_no
        The number of the lot's parcel on that day.
    centre
        The middle of the picture (EPSG:3857).
    unit
        How far one unit of the picture reaches, in EPSG:3857.
    unit_m
        The same in metres on the ground.
    """

    lot: Lot
    parcel_no: str
    neighbours: Sequence[Lot]
    roads: Sequence[Road]
    centre: tuple[float, float]
    unit: float
    unit_m: float

    @property
    def streets(self) -> list[str]:
        """The names of the streets in the picture, each once."""
        return sorted({each.name for each in self.roads})


def around(connection: sa.Connection, period_id: int, *, on: date) -> Surroundings | None:
    """Return the surroundings of a lot; None where the period is unknown.

    Parameters
    ----------
    period_id
        A `ParcelPeriod`: the lot as it was on that day, or on the last it was there.
    on
        The day whose neighbours are shown.
    """
    found = connection.execute(_lot(period_id, on=on)).first()
    if found is None:
        return None
    shape = shapely.from_wkb(bytes(found.shape))
    west, south, east, north = shape.bounds
    stretch = 1 / math.cos(math.radians(found.lat))  # of Mercator, at this latitude
    least = _LEAST_M * stretch / WIDE
    unit = max((east - west) / WIDE / _SHARE, (north - south) / HIGH / _SHARE, least)
    x, y = (west + east) / 2, (south + north) / 2
    far_x, far_y = (unit * side / 2 * _MARGIN for side in (WIDE, HIGH))
    box = sa.func.ST_MakeEnvelope(x - far_x, y - far_y, x + far_x, y + far_y, WEB_MERCATOR)
    lots = connection.execute(_lots(box, besides=period_id, on=on))
    roads = connection.execute(_roads(box))
    return Surroundings(
        lot=Lot(shape, _label(found.situs_address)),
        parcel_no=found.parcel_no,
        neighbours=[Lot(shapely.from_wkb(bytes(each.shape)), _label(each.situs_address))
                    for each in lots],
        roads=[Road(each.name, each.rank, shapely.from_wkb(bytes(each.shape))) for each in roads],
        centre=(x, y), unit=unit, unit_m=unit / stretch,
    )  # fmt: skip


def in_mercator(lon: float, lat: float) -> tuple[float, float]:
    """Return a place in EPSG:3857, as the picture has it."""
    north = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    return math.radians(lon) * EARTH_RADIUS_M, north * EARTH_RADIUS_M


def _label(address: str | None) -> str:
    return house_number(address or "") or ""


def _lot(period_id: int, *, on: date) -> sa.Select[Any]:
    middle = sa.func.ST_Centroid(ParcelPeriod.geom)
    columns: tuple[Any, ...] = (
        sa.func.ST_AsBinary(ParcelPeriod.geom_3857).label("shape"),
        sa.func.ST_Y(middle).label("lat"),
        ParcelPeriod.situs_address,
        number_on(on).label("parcel_no"),
    )
    of_parcel = Parcel.id == ParcelPeriod.parcel_id
    return sa.select(*columns).join(Parcel, of_parcel).where(ParcelPeriod.id == period_id)


def _lots(box: sa.Function[Any], *, besides: int, on: date) -> sa.Select[Any]:
    """Select the lots of a day in a box, but for other periods of the one it is about."""
    at = ParcelPeriod
    same = sa.select(at.parcel_id).where(at.id == besides).scalar_subquery()
    columns: tuple[Any, ...] = (_cut(at.geom_3857, box), at.situs_address)
    near = at.geom_3857.intersects(box)
    shown = sa.select(*columns).where(near, held_on(on), at.parcel_id != same)
    return shown.order_by(at.id).limit(_MOST_LOTS)


def _roads(box: sa.Function[Any]) -> sa.Select[Any]:
    """Select the named streets in a box, the stretches of each as one shape."""
    at = Street
    whole = _cut(sa.func.ST_Collect(at.geom_3857), box)
    columns: tuple[Any, ...] = (at.name, sa.func.min(at.rank).label("rank"), whole)
    near = sa.select(*columns).where(at.geom_3857.intersects(box), at.name.is_not(None))
    return near.group_by(at.name).order_by(at.name)


def _cut(shape: Any, box: sa.Function[Any]) -> sa.Label[bytes]:
    """Cut off what lies outside a box, so that a road parcel of a whole town is drawn too."""
    return sa.func.ST_AsBinary(sa.func.ST_ClipByBox2D(shape, box)).label("shape")

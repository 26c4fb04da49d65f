"""Place the town by its first layer, and hold every later one to it."""

import math

import numpy as np
import shapely
import sqlalchemy as sa
from geoalchemy2.shape import from_shape, to_shape
from numpy.typing import NDArray

from geo.crs import CrsError, utm_srid
from geo.layers import WGS84, Town
from geo.loading.mapping import TownNames
from geo.loading.rows import Rows

MARGIN_KM = 20.0
NEAR_KM = 50.0
WIDEST_KM = 300.0
STRAY_SHARE = 0.05
KM_A_DEGREE = 111.2

Box = tuple[float, float, float, float]


def settle_town(connection: sa.Connection, rows: Rows, *, names: TownNames, file_name: str) -> None:
    """Make the town from its first layer, or see that a later one lies there.

    Rows that stray are rejected as ``outside_town``. The town's extent reaches 20 km beyond its
    first layer; a later layer may reach out 50 km further and then widens it.

    Raises
    ------
    CrsError
        The layer spreads wider than a town or county can, or lies elsewhere altogether.
    """
    extent = connection.scalar(sa.select(Town.extent))
    if not len(rows):
        return
    if extent is None:
        box = _first_box(rows)
        _insert(connection, box, names=names, file_name=file_name)
        return
    known = to_shape(extent).bounds
    box = _later_box(rows, known=known)
    if not shapely.box(*known).covers(shapely.box(*box)):
        connection.execute(sa.update(Town).values(extent=_stored(_joined(known, box))))


def _first_box(rows: Rows) -> Box:
    bounds = shapely.bounds(rows.shapes)
    middles = _middles(bounds)
    centre = np.median(middles, axis=0)
    away = np.hypot(*((middles - centre) * _km_a_degree(centre[1])).T)
    stray = away > WIDEST_KM / 2
    if stray.mean() > STRAY_SHARE:
        msg = (
            f"The rows spread over {2 * np.quantile(away, 1 - STRAY_SHARE):,.0f} km; no town is "
            f"wider than {WIDEST_KM:.0f} km. Check the coordinate system, or give it with --crs."
        )
        raise CrsError(msg)
    _reject(rows, stray)
    return _grown(_joined(*bounds[~stray]), km=MARGIN_KM)


def _later_box(rows: Rows, *, known: Box) -> Box:
    west, south, east, north = _grown(known, km=NEAR_KM)
    bounds = shapely.bounds(rows.shapes)
    inside = (bounds >= [west, south, west, south]) & (bounds <= [east, north, east, north])
    stray = ~inside.all(axis=1)
    if stray.all():
        lon, lat = np.median(_middles(bounds), axis=0)
        msg = (
            f"The layer lies around longitude {lon:.3f}, latitude {lat:.3f}, more than "
            f"{NEAR_KM:.0f} km outside the town already loaded. Check the coordinate system, "
            "or give it with --crs."
        )
        raise CrsError(msg)
    _reject(rows, stray)
    return _joined(*bounds[~stray])


def _reject(rows: Rows, stray: NDArray[np.bool_]) -> None:
    rows.reject(stray, code="outside_town", reason="it lies far from everything else of the town")


def _insert(connection: sa.Connection, box: Box, *, names: TownNames, file_name: str) -> None:
    west, south, east, north = box
    name = names.name or file_name.partition(".")[0]
    srid = utm_srid(lon=(west + east) / 2, lat=(south + north) / 2)
    connection.execute(sa.insert(Town).values(id=1, srid=srid, extent=_stored(box), name=name))


def _stored(box: Box) -> object:
    return from_shape(shapely.box(*box), srid=WGS84)


def _middles(bounds: NDArray[np.float64]) -> NDArray[np.float64]:
    return (bounds[:, :2] + bounds[:, 2:]) / 2


def _km_a_degree(lat: float) -> NDArray[np.float64]:
    return np.array([KM_A_DEGREE * math.cos(math.radians(lat)), KM_A_DEGREE])


def _grown(box: Box, *, km: float) -> Box:
    west, south, east, north = box
    by_lon, by_lat = km / _km_a_degree((south + north) / 2)
    return (
        max(west - by_lon, -180.0),
        max(south - by_lat, -85.0),
        min(east + by_lon, 180.0),
        min(north + by_lat, 85.0),
    )


def _joined(*boxes: Box) -> Box:
    low, high = np.min(boxes, axis=0), np.max(boxes, axis=0)
    return float(low[0]), float(low[1]), float(high[2]), float(high[3])

"""Say where coordinates are: name their system, bring them to the stored ones, doubt the absurd."""

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import CRSError

from geo.cores import on_all_cores
from geo.errors import LotlineError

Shapes = NDArray[np.object_]
Coordinates = NDArray[np.float64]
"""Pairs of x and y, shape (n, 2)."""

WGS84 = pyproj.CRS.from_epsg(4326)
EARTH_RADIUS_M = 6378137.0
ECCENTRICITY_SQUARED = 0.00669437999014
SOUTHERNMOST_TOWN_DEG = -60.0


class CrsError(LotlineError):
    """The coordinate system is unknown, or cannot be the right one for these coordinates."""


def settle_crs(
    shapes: Shapes, *, stored: str | None, given: str | None
) -> tuple[pyproj.CRS, list[str]]:
    """Decide in which coordinate system a layer's shapes are.

    Parameters
    ----------
    shapes
        Shapely geometries or None.
    stored, given
        The system the file stores, and the one the person names, which wins.

    Returns
    -------
    crs
        The system, geographic or projected.
    notes
        What was assumed, in sentences.

    Raises
    ------
    CrsError
        None stored and none given for projected coordinates; no such system; degrees where the
        system counts metres or feet, or the other way round.
    """
    bounds = shapely.total_bounds(shapes)
    degrees = bool((np.abs(bounds) <= [180, 90, 180, 90]).all())
    notes = []
    if given is not None:
        crs = _named(given)
        if stored is not None and not _named(stored).equals(crs, ignore_axis_order=True):
            notes.append(f"The file says {_named(stored).name}; {crs.name} was given and is used.")
    elif stored is not None:
        crs = _named(stored)
    elif degrees:
        crs = WGS84
        notes.append("The file stores no coordinate system; its numbers look like EPSG:4326.")
    else:
        msg = (
            f"The file stores no coordinate system and its coordinates ({bounds[0]:,.0f}, "
            f"{bounds[1]:,.0f}) are no longitudes and latitudes; give it with --crs EPSG:n."
        )
        raise CrsError(msg)
    _refuse_wrong_unit(crs, degrees=degrees, bounds=bounds)
    return crs, notes


def to_lonlat(coordinates: Coordinates, *, crs: pyproj.CRS) -> Coordinates:
    """Bring coordinates to longitude and latitude (EPSG:4326); infinite where impossible."""
    if crs.equals(WGS84, ignore_axis_order=True):
        return coordinates
    transformer = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)
    return on_all_cores(
        lambda some: np.column_stack(transformer.transform(some[:, 0], some[:, 1])), coordinates
    )


def to_web_mercator(lonlat: Coordinates) -> Coordinates:
    """Bring longitude and latitude to EPSG:3857, in its metres (EPSG method 1024)."""
    lon, lat = np.radians(lonlat).T
    return np.column_stack([lon * EARTH_RADIUS_M, np.arctanh(np.sin(lat)) * EARTH_RADIUS_M])


def area_m2(shapes_3857: Shapes) -> NDArray[np.float64]:
    """Measure areas on the WGS 84 ellipsoid from shapes in EPSG:3857.

    Web Mercator stretches areas by a factor of latitude alone, which over a lot or a town is as
    good as constant when taken at the centroid (the linear part cancels there): for shapes up to
    30 km across the relative error is below 1e-5, for a lot below 1e-9.
    """
    y = np.zeros(len(shapes_3857))
    drawn = ~(shapely.is_missing(shapes_3857) | shapely.is_empty(shapes_3857))
    y[drawn] = shapely.get_y(on_all_cores(shapely.centroid, shapes_3857[drawn])) / EARTH_RADIUS_M
    true_scale = (1 - ECCENTRICITY_SQUARED) / (1 - ECCENTRICITY_SQUARED * np.tanh(y) ** 2) ** 2
    return np.asarray(shapely.area(shapes_3857) * true_scale / np.cosh(y) ** 2)


def utm_srid(*, lon: float, lat: float) -> int:
    """Name the WGS 84 UTM zone a place lies in, as an EPSG number."""
    zone = min(int((lon + 180) // 6) + 1, 60)
    return (32600 if lat >= 0 else 32700) + zone


def refuse_unlikely(lonlat: Coordinates, *, crs: pyproj.CRS) -> None:
    """Refuse a coordinate system that puts the layer where it cannot be.

    Parameters
    ----------
    lonlat
        One point per shape, in degrees.
    crs
        The system they were taken to be in.

    Raises
    ------
    CrsError
        The middle of the layer is nowhere, in Antarctica, or outside the system's area of use.
    """
    lon, lat = np.median(lonlat, axis=0)
    where = f"Read as {crs.name} the layer lies at longitude {lon:.3f}, latitude {lat:.3f}"
    if not np.isfinite([lon, lat]).all():
        msg = f"Read as {crs.name} the coordinates are nowhere on Earth; give another --crs."
        raise CrsError(msg)
    if lat < SOUTHERNMOST_TOWN_DEG:
        msg = f"{where}, in Antarctica; are the two swapped, or the coordinate system wrong?"
        raise CrsError(msg)
    area = crs.area_of_use
    inside = area is None or (
        area.south <= lat <= area.north
        and (lon - area.west) % 360 <= (area.east - area.west) % 360 + 1e-9
    )
    if area is not None and not inside and (area.west, area.east) != (-180.0, 180.0):
        msg = f"{where}, outside that system's area ({area.name}); give the right one with --crs."
        raise CrsError(msg)


def _named(text: str) -> pyproj.CRS:
    try:
        crs = pyproj.CRS.from_user_input(text)
    except CRSError as problem:
        msg = f'"{text[:60]}" names no coordinate system; give one like EPSG:2249.'
        raise CrsError(msg) from problem
    if not (crs.is_geographic or crs.is_projected):
        msg = f"{crs.name} does not say where on Earth things are; give one like EPSG:2249."
        raise CrsError(msg)
    return crs


def _refuse_wrong_unit(crs: pyproj.CRS, *, degrees: bool, bounds: Coordinates) -> None:
    if not np.isfinite(bounds).all() or crs.is_geographic == degrees:
        return
    seen, unit = ("degrees", crs.axis_info[0].unit_name) if degrees else ("no degrees", "degrees")
    msg = (
        f"{crs.name} counts in {unit}, but the coordinates ({bounds[0]:,.5g}, {bounds[1]:,.5g}) "
        f"are {seen}; give the right system with --crs."
    )
    raise CrsError(msg)

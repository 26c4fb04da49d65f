"""Measure how a zone lies among its neighbours: what several hold, and what none does."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from geoalchemy2 import Geography
from geoalchemy2.shape import from_shape
from shapely import MultiPolygon, Polygon, difference, equals_exact, from_wkb
from shapely.geometry.base import BaseGeometry

from geo.layers import WGS84, Zone

LEAST_M2 = 100.0
"""An area so small, a few strides, is none to speak of: neighbours' corners never quite meet."""
ROUNDED = 1e-6
"""Degrees: a step in the last decimal of a corner that a page shows, a few centimetres."""
POLYGONS, DIGITS = 3, 6
"""What PostGIS calls areas, and the decimals of a degree that a map draws."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What another officer's zone holds of a zone as well.

    Attributes
    ----------
    name
        Of that other zone.
    m2
        In square metres.
    geojson
        Its outline (EPSG:4326).
    """

    name: str
    m2: float
    geojson: str


def shared_ground(connection: sa.Connection, zone_id: int) -> list[Shared]:
    """Return what other officers' zones hold of a zone as well, by their names."""
    mine = sa.select(Zone.geom).where(Zone.id == zone_id).scalar_subquery()
    shared = sa.func.ST_CollectionExtract(sa.func.ST_Intersection(Zone.geom, mine), POLYGONS)
    rows = connection.execute(
        sa.select(
            Zone.name, sa.func.ST_Area(sa.cast(shared, Geography)).label("m2"),
            sa.func.ST_AsGeoJSON(shared, DIGITS).label("geojson"),
        )
        .where(Zone.kind == "officer", Zone.id != zone_id, sa.func.ST_Intersects(Zone.geom, mine))
        .order_by(Zone.name)
    )  # fmt: skip
    return [
        Shared(name=name, m2=m2, geojson=geojson) for name, m2, geojson in rows if m2 >= LEAST_M2
    ]


def outside_share(connection: sa.Connection, shape: BaseGeometry) -> float | None:
    """Return which share of an outline lies outside the town's boundary; None where none is known.

    A few strides are none.
    """
    drawn = sa.literal(from_shape(shape, srid=WGS84), Zone.geom.type)
    town = sa.select(sa.func.ST_Union(Zone.geom)).where(Zone.kind == "town").scalar_subquery()
    outside = sa.func.ST_Area(sa.cast(sa.func.ST_Difference(drawn, town), Geography))
    whole = sa.func.ST_Area(sa.cast(drawn, Geography))
    found = connection.execute(sa.select(outside.label("outside"), whole.label("whole"))).one()
    if found.outside is None:
        return None
    return float(found.outside / found.whole) if found.outside >= LEAST_M2 else 0


def overlapping(
    connection: sa.Connection, shape: BaseGeometry, *, but: int | None
) -> list[sa.Row[Any]]:
    """Return the officers' zones that share more than a few strides with an outline.

    Columns: ``id``, ``name``, ``officer_name``, ``geom``.

    Parameters
    ----------
    but
        The zone whose outline it is; None for a new one.
    """
    drawn = sa.literal(from_shape(shape, srid=WGS84), Zone.geom.type)
    shared = sa.func.ST_Area(sa.cast(sa.func.ST_Intersection(Zone.geom, drawn), Geography))
    said: tuple[Any, ...] = (Zone.id, Zone.name, Zone.officer_name, Zone.geom)
    query = (
        sa.select(*said)
        .where(Zone.kind == "officer", Zone.id.is_distinct_from(but))
        .where(sa.func.ST_Intersects(Zone.geom, drawn), shared >= LEAST_M2)
        .order_by(Zone.id)
    )
    return list(connection.execute(query))


def cut_off(shape: BaseGeometry, by: BaseGeometry) -> MultiPolygon:
    """Return what is left of an outline without another; empty where nothing is."""
    left = difference(shape, by)
    parts = [each for each in getattr(left, "geoms", [left]) if isinstance(each, Polygon)]
    return MultiPolygon([each for each in parts if not each.is_empty])


def bare_ground(connection: sa.Connection, reach: BaseGeometry) -> BaseGeometry:
    """Return what no officer's zone holds around an area: of the town, where its outline is known.

    Else of the area itself alone, for nobody knows how far the town goes.
    """
    drawn = sa.literal(from_shape(reach, srid=WGS84), Zone.geom.type)
    outlines = sa.select(sa.func.ST_Union(Zone.geom)).where(Zone.kind == "town").scalar_subquery()
    around = sa.func.ST_Intersection(outlines, sa.func.ST_Envelope(drawn))
    here = sa.select(sa.func.coalesce(around, drawn).label("geom")).cte("here")
    zones = (
        sa.select(sa.func.ST_Union(Zone.geom))
        .where(Zone.kind == "officer", sa.func.ST_Intersects(Zone.geom, here.c.geom))
        .scalar_subquery()
    )
    bare = sa.func.coalesce(sa.func.ST_Difference(here.c.geom, zones), here.c.geom)
    found = connection.execute(sa.select(sa.func.ST_AsBinary(bare))).scalar_one()
    return from_wkb(bytes(found))


def square_metres(connection: sa.Connection, shape: BaseGeometry) -> float:
    """Measure an area (EPSG:4326) on the ground."""
    drawn = sa.func.ST_GeogFromWKB(shape.wkb)
    return float(connection.execute(sa.select(sa.func.ST_Area(drawn))).scalar_one())


def is_same(drawn: BaseGeometry, kept: BaseGeometry) -> bool:
    """Tell whether an outline is the one on record, but for the decimals a page shows."""
    return bool(equals_exact(drawn.normalize(), kept.normalize(), tolerance=ROUNDED))

"""Fetch the town itself, drawn quietly beneath a report's map: streets, parks, water, zones."""

import dataclasses
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyproj
import shapely
import sqlalchemy as sa
from numpy.typing import NDArray
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.crs import to_lonlat
from geo.layers import Street, Zone
from reports.label_room import Name, along, first_zooms

Shapes = NDArray[np.object_]
Feature = dict[str, Any]

WEB_MERCATOR = pyproj.CRS.from_epsg(3857)
TOLERANCE = 3.0
"""How far a simplified line may stray, in units of EPSG:3857 (a metre or less on the ground)."""
DEGREES_KEPT = 1e-5
AREA_KINDS = ("town", "water", "park")
MOST_STREETS = 60_000
"""Beyond so many stretches only main streets are drawn, or the page would not open on a phone."""
MAIN_RANK = 2
AREA_COLORS = {"town": "#faf8f4", "water": "#c9dfec", "park": "#d8e8cd"}
STREET_WIDTHS = {1: 5.0, 2: 3.6, 3: 2.4, 4: 1.4}
"""Pixels at zoom 15, by rank; they widen and narrow with the zoom."""


@dataclasses.dataclass(frozen=True, slots=True)
class Backdrop:
    """GeoJSON features in EPSG:4326, simplified for the eye.

    Parameters
    ----------
    areas
        The town's outline, water and parks, property `kind`.
    streets
        One feature per rank, property `rank`.
    zones
        Officers' zones, property `name`.
    labels
        Points with `text`, `kind` ("zone" or "street"), `angle` in degrees clockwise and
        `from_zoom`, the web map's zoom from which the label has room.
    """

    areas: list[Feature]
    streets: list[Feature]
    zones: list[Feature]
    labels: list[Feature]


def fetch_backdrop(connection: sa.Connection) -> Backdrop:
    """Fetch what the town has of each layer; one it has not loaded is left out."""
    areas, zones = _zones(connection, AREA_KINDS), _zones(connection, ["officer"])
    names, ranks, lines = _streets(connection)
    zone_names = [
        Name(zone.name, "zone", 0, shapely.point_on_surface(zone.shape)) for zone in zones
    ]
    return Backdrop(
        areas=[feature(_for_the_eye(area.shape), kind=area.kind) for area in areas],
        streets=_by_rank(ranks, lines),
        zones=[feature(_for_the_eye(zone.shape), name=zone.name) for zone in zones],
        labels=_labels([*zone_names, *_street_names(names, ranks, lines)]),
    )


class _Zone(NamedTuple):
    kind: str
    name: str
    shape: BaseGeometry


def _zones(connection: sa.Connection, kinds: Sequence[str]) -> list[_Zone]:
    """Fetch the zones of some kinds (EPSG:3857), in the order of the kinds."""
    query = (
        sa.select(Zone.kind, Zone.name, sa.func.ST_AsBinary(Zone.geom_3857))
        .where(Zone.kind.in_(kinds))
        .order_by(Zone.id)
    )
    rows = [
        _Zone(kind, name, shapely.from_wkb(wkb)) for kind, name, wkb in connection.execute(query)
    ]
    return sorted(rows, key=lambda zone: kinds.index(zone.kind))


def _streets(connection: sa.Connection) -> tuple[list[str | None], NDArray[np.int_], Shapes]:
    count = connection.scalar(sa.select(sa.func.count()).select_from(Street)) or 0
    query = sa.select(Street.name, Street.rank, sa.func.ST_AsBinary(Street.geom_3857))
    if count > MOST_STREETS:
        query = query.where(Street.rank <= MAIN_RANK)
    rows = connection.execute(query.order_by(Street.id)).all()
    ranks = np.array([row[1] for row in rows], dtype=np.int_)
    return [row[0] for row in rows], ranks, shapely.from_wkb([row[2] for row in rows])


def _by_rank(ranks: NDArray[np.int_], lines: Shapes) -> list[Feature]:
    """Make one feature of all streets of a rank, the lesser first so that the wider lie on top."""
    return [
        feature(_for_the_eye(_merged(lines[ranks == rank])), rank=rank)
        for rank in sorted(set(ranks.tolist()), reverse=True)
    ]


def _street_names(names: list[str | None], ranks: NDArray[np.int_], lines: Shapes) -> list[Name]:
    """Name each street once, on its longest unbroken stretch."""
    stretches: dict[str, list[Any]] = {}
    rank_of: dict[str, int] = {}
    for name, rank, line in zip(names, ranks.tolist(), lines, strict=True):
        if name:
            stretches.setdefault(name, []).append(line)
            rank_of[name] = min(rank, rank_of.get(name, rank))
    return [
        along(_longest(_merged(parts)), text=name, rank=rank_of[name])
        for name, parts in stretches.items()
    ]


def _labels(names: Sequence[Name]) -> list[Feature]:
    return [
        feature(
            _for_the_eye(name.place),
            text=name.text,
            kind=name.kind,
            angle=name.angle,
            from_zoom=zoom,
        )
        for name, zoom in first_zooms(names)
    ]


def _longest(lines: BaseGeometry) -> shapely.LineString:
    parts = shapely.get_parts(lines)
    longest: shapely.LineString = parts[int(np.argmax(shapely.length(parts)))]
    return longest


def _merged(lines: Any) -> BaseGeometry:
    parts = shapely.get_parts(np.asarray(lines, dtype=object))
    merged: BaseGeometry = shapely.line_merge(shapely.MultiLineString(list(parts)))
    return merged


def _for_the_eye(shape: BaseGeometry) -> BaseGeometry:
    simple = shapely.simplify(shape, TOLERANCE)
    degrees = shapely.transform(simple, lambda xy: to_lonlat(xy, crs=WEB_MERCATOR))
    return shapely.set_precision(degrees, DEGREES_KEPT, mode="pointwise")


def feature(shape: BaseGeometry, **properties: Any) -> Feature:
    """Return a GeoJSON feature of a shape in EPSG:4326."""
    return {
        "type": "Feature",
        "geometry": mapping(shape),
        "properties": properties,
    }

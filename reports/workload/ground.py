"""Read the ground that zones are drawn on: parcels of a day, streets, water, zones of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely
import sqlalchemy as sa

from cases.zoning import mark_of
from geo.layers import Parcel, ParcelPeriod, Street, Zone
from geo.lots import held_on
from reports.errors import NothingToReportError
from reports.workload.outline import outline_of
from reports.workload.plane import Ints, Plane, Shapes


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneNow:
    """An officer's zone as it is; ``mark`` is that of `cases.zoning.mark_of`."""

    id: int
    code: str
    name: str
    officer: str | None
    mark: str
    shape: shapely.Geometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The ground of a town; all shapes in degrees (EPSG:4326).

    Attributes
    ----------
    parcel_ids, parcel_numbers, parcels
        Of the day, by identity.
    outline
        The town's own, else that of its zones, else of its parcels; with what of these lies
        beyond.
    streets
        None loaded: none.
    water
        None where none is loaded.
    zones
        The officers' zones of today, by identity.
    """

    plane: Plane
    parcel_ids: Ints
    parcel_numbers: Sequence[str]
    parcels: Shapes
    outline: shapely.Geometry
    streets: Shapes
    water: shapely.Geometry | None
    zones: Sequence[ZoneNow]


def read_ground(connection: sa.Connection, *, on: date) -> Ground:
    """Read the ground as it is on a day, by four queries.

    Raises
    ------
    NothingToReportError
        No parcels are loaded.
    """
    rows = connection.execute(_parcels(on)).all()
    if not rows:
        msg = "No parcels are loaded yet: load them with 'lotline import parcels FILE'."
        raise NothingToReportError(msg)
    parcels = _shapes([row.shape for row in rows])
    plane = Plane.around(parcels)
    zones = _zones(connection)
    areas = connection.execute(_areas("town", "water")).all()
    town = [bytes(row.shape) for row in areas if row.kind == "town"]
    water = [bytes(row.shape) for row in areas if row.kind == "water"]
    drawn = _shapes(town) if town else np.array([each.shape for each in zones], dtype=object)
    return Ground(
        plane=plane,
        parcel_ids=np.array([row.parcel_id for row in rows], dtype=np.int64),
        parcel_numbers=[row.parcel_no for row in rows],
        parcels=parcels,
        outline=outline_of(drawn, parcels, plane=plane, are_zones=not town),
        streets=_shapes(connection.scalars(_streets()).all()),
        water=shapely.union_all(_shapes(water)) if water else None,
        zones=zones,
    )


def _shapes(wkb: Sequence[Any]) -> Shapes:
    return np.asarray(shapely.from_wkb([bytes(each) for each in wkb]), dtype=object)


def _parcels(on: date) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (
        ParcelPeriod.parcel_id, Parcel.parcel_no,
        sa.func.ST_AsBinary(ParcelPeriod.geom).label("shape"),
    )  # fmt: skip
    held = sa.select(*columns).join(Parcel, Parcel.id == ParcelPeriod.parcel_id).where(held_on(on))
    return held.order_by(ParcelPeriod.parcel_id)


def _areas(*kinds: str) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (Zone.kind, sa.func.ST_AsBinary(Zone.geom).label("shape"))
    return sa.select(*columns).where(Zone.kind.in_(kinds)).order_by(Zone.id)


def _streets() -> sa.Select[Any]:
    return sa.select(sa.func.ST_AsBinary(Street.geom)).order_by(Street.id)


def _zones(connection: sa.Connection) -> list[ZoneNow]:
    columns: tuple[Any, ...] = (
        Zone.id, Zone.code, Zone.name, Zone.officer_name, Zone.content_sha,
        sa.func.ST_AsBinary(Zone.geom).label("shape"),
    )  # fmt: skip
    rows = connection.execute(sa.select(*columns).where(Zone.kind == "officer").order_by(Zone.id))
    return [
        ZoneNow(
            id=row.id, code=row.code, name=row.name, officer=row.officer_name,
            mark=mark_of(row.content_sha), shape=shapely.from_wkb(bytes(row.shape)),
        )
        for row in rows
    ]  # fmt: skip

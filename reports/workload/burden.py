"""Lay the work of cases on the units they lie in, and say who has it today."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
import sqlalchemy as sa

from cases.desk.queues import is_open
from cases.models import Case
from reports.workload.ground import Ground
from reports.workload.hours import HOUR, Window, hours_by_case, hours_of_reports
from reports.workload.minutes import Minutes
from reports.workload.plane import Floats, Ints

NOWHERE = -1
BASE_SHARE = 0.05
"""The part of all work that is laid on all parcels alike, for what is to come."""
NO_WORK_HOURS = 1.0
"""What a parcel counts for where no work is on record at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """The work of a town by parcels, and what of it lies where no parcel is.

    Attributes
    ----------
    hours
        Of each parcel, beside driving: what is on record, and its part of the base.
    reported
        Of each parcel what the report of hours counts: each drive as long as another, and no base.
    visits, east, north, square
        Of each parcel: how many visits, and the sums over them that `travel.Pace.hours` takes.
    case_at
        The parcel of each case in which anything was done.
    unplaced
        How many cases and complaints with work have no place on the map, and so count for no zone.
    base
        The hours a parcel has beside what is on record.
    open_at, open_zone
        Of each open case that goes by its zone: its parcel, and its zone today (`NOWHERE` for
        none).
    """

    hours: Floats
    reported: Floats
    visits: Floats
    east: Floats
    north: Floats
    square: Floats
    case_at: Ints
    unplaced: int
    base: float
    open_at: Ints
    open_zone: Ints


def read_burden(
    connection: sa.Connection, ground: Ground, window: Window, minutes: Minutes
) -> Burden:
    """Read what was done in some days, and lay it on the parcels of the ground."""
    rows = [
        *hours_by_case(connection, window, minutes),
        *hours_of_reports(connection, window, minutes),
    ]
    at, places = _parcels_of(rows, ground)
    placed = at != NOWHERE
    spent = np.array([(row.at_door + row.at_desk) / HOUR for row in rows], dtype=np.float64)
    is_case = np.array([row.case_id is not None for row in rows], dtype=bool)
    visits = np.array([row.visits for row in rows], dtype=np.float64)
    driving = visits * minutes.drive.seconds / HOUR
    count = len(ground.parcels)

    def laid(of: Floats) -> Floats:
        return np.bincount(at[placed], weights=of[placed], minlength=count)

    hours = laid(spent)
    base = BASE_SHARE * hours.sum() / count if hours.sum() > 0 else NO_WORK_HOURS
    open_at, open_zone = _open(connection, ground)
    return Burden(
        hours=hours + base, reported=laid(spent + driving), visits=laid(visits),
        east=laid(visits * places[:, 0]), north=laid(visits * places[:, 1]),
        square=laid(visits * (places**2).sum(axis=1)), case_at=at[placed & is_case],
        unplaced=int((~placed).sum()), base=float(base), open_at=open_at, open_zone=open_zone,
    )  # fmt: skip


def _parcels_of(rows: Sequence[Any], ground: Ground) -> tuple[Ints, Floats]:
    """Return the parcel of each row, by its identity, else the nearest to its point, and where."""
    index = {int(parcel): at for at, parcel in enumerate(ground.parcel_ids)}
    at = np.array([index.get(row.parcel_id, NOWHERE) for row in rows], dtype=np.int64)
    lonlat = np.array(
        [(np.nan, np.nan) if row.lon is None else (row.lon, row.lat) for row in rows],
        dtype=np.float64,
    ).reshape(-1, 2)  # fmt: skip
    pointed = np.isfinite(lonlat).all(axis=1)
    lost = np.flatnonzero((at == NOWHERE) & pointed)
    if len(lost):
        flat = shapely.STRtree(ground.plane.flat(ground.parcels))
        points = shapely.points(ground.plane.from_degrees(lonlat[lost]))
        at[lost] = flat.nearest(points)
    bare = (at != NOWHERE) & ~pointed
    if bare.any():
        inner = shapely.point_on_surface(ground.parcels[at[bare]])
        lonlat[bare] = shapely.get_coordinates(inner)
    places = ground.plane.from_degrees(lonlat)
    return at, np.where(np.isfinite(places), places, 0.0)


def _open(connection: sa.Connection, ground: Ground) -> tuple[Ints, Ints]:
    """Return the parcel and the zone of each open case that nobody was given by name."""
    columns: tuple[Any, ...] = (
        Case.parcel_id, Case.zone_id, sa.func.ST_X(Case.point).label("lon"),
        sa.func.ST_Y(Case.point).label("lat"),
    )  # fmt: skip
    query = sa.select(*columns).where(is_open(), Case.officer_id.is_(None)).order_by(Case.id)
    rows = connection.execute(query).all()
    at, _ = _parcels_of(rows, ground)
    number = {zone.id: place for place, zone in enumerate(ground.zones)}
    zone = np.array([number.get(row.zone_id, NOWHERE) for row in rows], dtype=np.int64)
    return at[at != NOWHERE], zone[at != NOWHERE]

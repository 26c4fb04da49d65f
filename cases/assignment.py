"""Assign cases to the officer zone they lie in."""

from collections.abc import Sequence

import numpy as np
import shapely
import sqlalchemy as sa
from numpy.typing import NDArray

from cases.models import Case, Complaint
from cases.models.case import cell_of
from geo.crs import to_web_mercator
from geo.layers import Zone

NEAR_M = 200.0
"""A case just outside every zone (a shore, a town line) belongs to the nearest within this."""

type Box = tuple[float, float, float, float]
"""West, south, east and north in degrees (EPSG:4326)."""

_AT_ONCE = 200_000


class OfficerZones:
    """The officer zones of this moment, ready to be asked for many points."""

    def __init__(self, connection: sa.Connection) -> None:
        query = sa.select(Zone.id, sa.func.ST_AsBinary(Zone.geom_3857)).where(
            Zone.kind == "officer"
        )
        rows = connection.execute(query.order_by(Zone.id)).all()
        self._ids = np.array([zone_id for zone_id, _ in rows], dtype=object)
        shapes = shapely.from_wkb([bytes(wkb) for _, wkb in rows])
        shapely.prepare(shapes)
        self._tree = shapely.STRtree(shapes)

    def of(self, lonlat: NDArray[np.float64]) -> list[int | None]:
        """Find the zone of each point, or the nearest within 200 m, or None.

        Where zones overlap, the one first loaded has the point.

        Parameters
        ----------
        lonlat
            Longitudes and latitudes (EPSG:4326), shape (n, 2); a row of NaN lies nowhere.
        """
        found = np.full(len(lonlat), None, dtype=object)
        placed = np.flatnonzero(np.isfinite(lonlat).all(axis=1))
        if not len(self._ids) or not len(placed):
            return found.tolist()
        points = np.asarray(shapely.points(to_web_mercator(lonlat[placed])), dtype=object)
        inside, zones = self._tree.query(points, predicate="intersects")
        first_last = np.argsort(zones, kind="stable")[::-1]
        found[placed[inside[first_last]]] = self._ids[zones[first_last]]
        missed = np.flatnonzero([found[at] is None for at in placed])
        stretch = 1 / np.cos(np.radians(np.median(lonlat[placed, 1])))
        near, zones = self._tree.query_nearest(
            points[missed], max_distance=NEAR_M * stretch, all_matches=False
        )
        found[placed[missed[near]]] = self._ids[zones]
        return found.tolist()


def assign_zones(connection: sa.Connection, *, within: Box | None = None) -> int:
    """Bring every case's zone to the officer zones as they are now.

    Parameters
    ----------
    within
        Only cases in this box are looked at, and those near enough to belong to a zone there.

    Returns
    -------
    int
        How many cases changed hands.
    """
    zones = OfficerZones(connection)
    query = sa.select(Case.id, Case.zone_id, sa.func.ST_X(Case.point), sa.func.ST_Y(Case.point))
    if within is not None:
        query = query.where(lies_near(within))
    rows = connection.execute(query).all()
    lonlat = np.array([(lon, lat) for _, _, lon, lat in rows], dtype=np.float64).reshape(-1, 2)
    now = zones.of(lonlat)
    changed = [(row.id, zone) for row, zone in zip(rows, now, strict=True) if row.zone_id != zone]
    _assign(connection, changed)
    return len(changed)


def lies_near(box: Box) -> sa.ColumnElement[bool]:
    """Say of a case that it lies in a box or near enough to belong to a zone there.

    In cells of the grid, whose index holds every case, ended or not.
    """
    west, south, east, north = box
    margin = NEAR_M / np.cos(np.radians(max(abs(south), abs(north))))
    corners = to_web_mercator(np.array([(west, north), (east, south)]))
    (left, top), (right, bottom) = corners
    first = cell_of(left - margin, top + margin)
    last = cell_of(right + margin, bottom - margin)
    return sa.and_(Case.cell_x.between(first[0], last[0]), Case.cell_y.between(first[1], last[1]))


def _assign(connection: sa.Connection, changed: Sequence[tuple[int, int | None]]) -> None:
    statement = rehoming(Case)
    for start in range(0, len(changed), _AT_ONCE):
        part = changed[start : start + _AT_ONCE]
        connection.execute(
            statement,
            {"things": [each for each, _ in part], "zones": [zone for _, zone in part]},
        )


def rehoming(table: type[Case | Complaint]) -> sa.Update:
    """Make the statement that gives ``things``, by identity, their ``zones``."""
    pairs = (
        sa.func.unnest(
            sa.bindparam("things", type_=sa.ARRAY(sa.BigInteger)),
            sa.bindparam("zones", type_=sa.ARRAY(sa.BigInteger)),
        )
        .table_valued("thing_id", "zone_id", name="pair")
        .render_derived()
    )
    return sa.update(table).where(table.id == pairs.c.thing_id).values(zone_id=pairs.c.zone_id)

"""Read where the cases of a question and the parcels of the town lie."""

from typing import Any

import numpy as np
import sqlalchemy as sa

from cases.models import Case
from geo.layers import ParcelPeriod
from reports.caseload import Scope, counted_cases
from reports.density import Floats
from reports.errors import NothingOnMapError


def case_places(
    connection: sa.Connection, scope: Scope
) -> tuple[list[sa.Row[Any]], tuple[int, ...]]:
    """Return the cases of a scope that have a place, and the ids of those that have none.

    Raises
    ------
    NothingOnMapError
        None has a place.
    """
    rows: list[sa.Row[Any]] = [*connection.execute(counted_cases(scope))]
    placed = [row for row in rows if row.lon is not None]
    if not placed:
        newest = connection.scalar(sa.select(sa.func.max(Case.opened_on)).where(Case.published))
        msg = f"{scope.words()}: no case on the map. " + (
            f"The newest case was opened on {newest}." if newest else "No cases are loaded yet."
        )
        raise NothingOnMapError(msg)
    return placed, tuple(row.id for row in rows if row.lon is None)


def lonlat_of(rows: list[sa.Row[Any]]) -> Floats:
    """Return where placed cases lie, shape (n, 2), in degrees."""
    return np.array([(row.lon, row.lat) for row in rows], dtype=np.float64).reshape(-1, 2)


def parcel_places(connection: sa.Connection) -> Floats:
    """Return the middles of the town's parcels today, shape (n, 2), in degrees."""
    middle = sa.func.ST_Centroid(ParcelPeriod.geom)
    query = sa.select(sa.func.ST_X(middle), sa.func.ST_Y(middle)).where(
        ParcelPeriod.valid_to.is_(None)
    )
    rows = [tuple(row) for row in connection.execute(query)]
    return np.array(rows, dtype=np.float64).reshape(-1, 2)

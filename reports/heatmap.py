"""Show where cases are, as a density a council can read: per hectare, and per 100 parcels."""

import dataclasses
import math
from datetime import date

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.dialects.postgresql import aggregate_order_by

from cases.exempted import exempt_among
from cases.models import Case
from geo.layers import Parcel, ParcelPeriod
from reports.caseload import (
    NONE_EXEMPT,
    Exempt,
    Scope,
    TownFacts,
    counted_cases,
    exempt_cases,
    known_addresses,
    town_facts,
)
from reports.density import Floats, Grid, grid_around, kernel_density
from reports.metric import Metric
from reports.naming import check_category, zone_code
from reports.placed import case_places, lonlat_of, parcel_places

DEFAULT_BANDWIDTH_M = 150.0
HECTARE_M2 = 10_000
ENOUGH_PARCELS = 30
"""Fewer parcels than this within the kernel and a rate says more about chance than place."""
MOST_TOP = 20


@dataclasses.dataclass(frozen=True, slots=True)
class TopParcel:
    """One of the parcels with the most counted cases, which `case_ids` names."""

    parcel_id: int
    parcel_no: str
    address: str | None
    case_ids: tuple[int, ...]
    open_violations: int
    lon: float
    lat: float
    exempt: bool = False

    @property
    def cases(self) -> int:
        """How many cases it has."""
        return len(self.case_ids)


@dataclasses.dataclass(frozen=True, slots=True)
class HeatMap:
    """Where cases are.

    Parameters
    ----------
    town, scope
        Whose cases, and which of them.
    case_ids, unplaced_ids
        Those counted on the map, and those that have no place on it.
    first, last
        Earliest and latest known opening among those counted.
    parcels
        Parcels of the town today.
    metric, grid
        The system and the cells of the surfaces.
    per_hectare
        Cases per hectare, shape (rows, columns).
    per_100_parcels
        Cases per 100 parcels, NaN where parcels are too few for a rate; None with no parcels.
    top
        The parcels with the most cases, at most `MOST_TOP`, none with fewer than two.
    exempt
        How many cases lie in exempt places: counted, or left out where it is for outside.
    """

    town: TownFacts
    scope: Scope
    case_ids: tuple[int, ...]
    unplaced_ids: tuple[int, ...]
    first: date | None
    last: date | None
    parcels: int
    metric: Metric
    grid: Grid
    per_hectare: Floats
    per_100_parcels: Floats | None
    top: tuple[TopParcel, ...]
    exempt: Exempt = NONE_EXEMPT

    @property
    def cases(self) -> int:
        """How many are counted on the map."""
        return len(self.case_ids)

    @property
    def unplaced(self) -> int:
        """How many have no place on it."""
        return len(self.unplaced_ids)


def make_heatmap(
    connection: sa.Connection, scope: Scope, *, bandwidth: float = DEFAULT_BANDWIDTH_M
) -> HeatMap:
    """Estimate the density of cases with a Gaussian kernel.

    Parameters
    ----------
    connection
        Of the app role.
    scope
        Which cases.
    bandwidth
        Standard deviation of the kernel in metres on the ground.

    Raises
    ------
    NothingToReportError
        When no town is loaded.
    NothingOnMapError
        When no case of the scope has a place.
    UnknownNameError
        When the scope names an unknown zone or category.
    """
    town = town_facts(connection)
    check_category(connection, scope.category)
    scope = dataclasses.replace(scope, zone=zone_code(connection, scope.zone))
    metric = Metric.of(town.srid)
    places, unplaced = case_places(connection, scope)
    cases = metric.from_lonlat(lonlat_of(places))
    parcels = metric.from_lonlat(parcel_places(connection))
    grid = grid_around(np.vstack([cases, parcels]), bandwidth=bandwidth)
    density = kernel_density(cases, grid=grid)
    first, last = _opened(connection, scope)
    return HeatMap(
        town=town,
        scope=scope,
        case_ids=tuple(row.id for row in places),
        unplaced_ids=unplaced,
        first=first,
        last=last,
        parcels=len(parcels),
        metric=metric,
        grid=grid,
        per_hectare=density * HECTARE_M2,
        per_100_parcels=_per_100(density, parcels, grid=grid) if len(parcels) else None,
        top=_top(connection, scope),
        exempt=exempt_cases(connection, scope),
    )


def _opened(connection: sa.Connection, scope: Scope) -> tuple[date | None, date | None]:
    chosen = counted_cases(scope).subquery()
    query = sa.select(sa.func.min(Case.opened_on), sa.func.max(Case.opened_on))
    first, last = connection.execute(query.where(Case.id.in_(sa.select(chosen.c.id)))).one()
    return first, last


def _per_100(cases: Floats, parcels: Floats, *, grid: Grid) -> NDArray[np.float64]:
    """Divide smoothed cases by smoothed parcels (the kernel-weighted mean of cases per parcel).

    A Gaussian kernel weighs as many points as lie on 4 pi h^2 (the inverse of its integrated
    square); where that area holds too few parcels there is no rate to speak of.
    """
    lots = kernel_density(parcels, grid=grid)
    enough = lots * 4 * math.pi * grid.bandwidth**2 >= ENOUGH_PARCELS
    return np.where(enough, 100 * cases / np.where(enough, lots, 1), np.nan)


def _top(connection: sa.Connection, scope: Scope) -> tuple[TopParcel, ...]:
    chosen = counted_cases(scope).subquery()
    number = sa.func.count().label("cases")
    ids = sa.func.array_agg(aggregate_order_by(Case.id, Case.id.asc())).label("ids")
    violations = sa.func.sum(Case.open_violations).label("violations")
    counted = (
        sa.select(Case.parcel_id, number, ids, violations)
        .where(Case.id.in_(sa.select(chosen.c.id)), Case.parcel_id.is_not(None))
        .group_by(Case.parcel_id)
        .having(number > 1)
        .order_by(number.desc(), Case.parcel_id)
        .limit(MOST_TOP)
        .subquery()
    )
    spot = sa.func.ST_PointOnSurface(ParcelPeriod.geom)
    query = (
        sa.select(
            Parcel.id,
            Parcel.parcel_no,
            counted.c.ids,
            counted.c.violations,
            sa.func.ST_X(spot),
            sa.func.ST_Y(spot),
        )
        .join(counted, counted.c.parcel_id == Parcel.id)
        .join(ParcelPeriod, ParcelPeriod.parcel_id == Parcel.id)
        .where(ParcelPeriod.valid_to.is_(None))
        .order_by(counted.c.cases.desc(), Parcel.parcel_no)
    )
    rows = connection.execute(query).all()
    addresses = known_addresses(connection, [row[0] for row in rows])
    exempt = set(connection.scalars(exempt_among({row[1] for row in rows})))
    return tuple(
        TopParcel(
            row[0],
            row[1],
            addresses.get(row[0]),
            tuple(row[2]),
            int(row[3]),
            row[4],
            row[5],
            row[1] in exempt,
        )
        for row in rows
    )

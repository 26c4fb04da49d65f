"""Find hot spots, what became of each place, and clusters, from the places of cases and parcels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from scipy import ndimage

from reports.answers.watching import Watch
from reports.caseload import Scope
from reports.density import Floats
from reports.errors import NothingToReportError, TooLittleToSayError
from reports.hotspots.cells import Cells, Whole, lay_cells, steps_of
from reports.metric import Metric
from reports.placed import case_places, lonlat_of, parcel_places
from reports.stats.clusters import Clusters, Manner, find_clusters
from reports.stats.emerging import Emerging, emerging_hot_spots
from reports.stats.getis import Heat, HotSpots, Neighbourhood, heat_classes, hot_spots
from reports.stats.rates import CellRates, cell_rates

type Classes = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Hot cells that touch, as one place.

    Attributes
    ----------
    cells
        Shape (k, 2): their rows and columns.
    case_ids
        Of the cases in them.
    parcels
        How many parcels lie in them.
    expected
        How many cases so many parcels have in the town at large.
    peak_z
        The highest Gi* of them.
    lon, lat
        The middle of the cell with it, in degrees.
    """

    cells: Whole
    case_ids: tuple[int, ...]
    parcels: int
    expected: float
    peak_z: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found.

    Attributes
    ----------
    rows
        The cases with a place: ``id``, ``parcel_id``, ``opened_on``, ``lon``, ``lat``.
    unplaced_ids
        Of the cases that have none.
    heat
        Shape (rows, columns): the numbers of `Heat`; None where too little could be said, for
        which `silences` has the reason.
    hot_by_step
        Shape (steps, rows, columns): the same step by step, where the steps sufficed.
    first_days
        The first day of each step.
    silences
        What could not be said, and why.
    """

    rows: Sequence[sa.Row[Any]]
    unplaced_ids: tuple[int, ...]
    cells: Cells
    rates: CellRates | None
    scores: HotSpots | None
    heat: Classes | None
    spots: tuple[Spot, ...]
    emerging: Emerging | None
    first_days: Sequence[date]
    clusters: Clusters | None
    silences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How it is looked for: metres a cell, cells around, months a step."""

    side: float
    reach: int
    months: int
    least_cases: int
    per_parcel: bool


def find(
    connection: sa.Connection, scope: Scope, manners: Manners, *, srid: int, watch: Watch
) -> Found:
    """Read the places and find what there is; what cannot be said is told and left out.

    Raises
    ------
    NothingOnMapError
        No case of the scope has a place.
    """
    rows, unplaced = case_places(connection, scope)
    metric = Metric.of(srid)
    points = metric.from_lonlat(lonlat_of(rows))
    cells = lay_cells(
        metric, points, metric.from_lonlat(parcel_places(connection)), side=manners.side
    )
    silences: list[str] = []
    watch.at("Looking for hot spots", 0.2)
    rates, scores = _scores(cells, manners, silences)
    heat = None if scores is None else heat_classes(scores)
    watch.at("Looking how they came to be", 0.4)
    steps, first_days = steps_of(
        [row.opened_on for row in rows], last=scope.until or scope.on, months=manners.months
    )
    emerging = _emerging(cells, steps, len(first_days), manners, silences)
    watch.at("Looking for clusters", 0.6)
    clusters = _clusters(points, manners, silences)
    return Found(
        rows=rows, unplaced_ids=unplaced, cells=cells, rates=rates, scores=scores, heat=heat,
        spots=_spots(rows, cells, rates, scores, heat), emerging=emerging, first_days=first_days,
        clusters=clusters, silences=tuple(silences),
    )  # fmt: skip


def _scores(
    cells: Cells, manners: Manners, silences: list[str]
) -> tuple[CellRates | None, HotSpots | None]:
    try:
        rates = cell_rates(cells.cases, cells.parcels)
        values = rates.deviate if manners.per_parcel else cells.cases
        scores = hot_spots(
            values, neighbourhood=Neighbourhood.disc(manners.reach), valid=rates.valid
        )
    except (NothingToReportError, TooLittleToSayError) as error:
        silences.append(f"Hot spots are not told: {error}")
        return None, None
    return rates, scores


def _emerging(
    cells: Cells, steps: Whole, many: int, manners: Manners, silences: list[str]
) -> Emerging | None:
    try:
        cube = np.array([
            _values(cells, step, manners) for step in cells.cube(steps, many=many)
        ]).reshape(many, *cells.cases.shape)  # fmt: skip
        return emerging_hot_spots(
            cube, neighbourhood=Neighbourhood.disc(manners.reach), valid=cells.valid
        )
    except (NothingToReportError, TooLittleToSayError) as error:
        silences.append(f"How hot spots came to be is not told: {error}")
        return None


def _values(cells: Cells, step: Floats, manners: Manners) -> Floats:
    """Return what a step is scored by: a step without a case is as cold everywhere as can be."""
    if not manners.per_parcel or not step[cells.valid].any():
        return step
    return cell_rates(step, cells.parcels).deviate


def _clusters(points: Floats, manners: Manners, silences: list[str]) -> Clusters | None:
    try:
        return find_clusters(points, manner=Manner(least_cases=manners.least_cases))
    except TooLittleToSayError as error:
        silences.append(f"Clusters are not told: {error}")
        return None


def _spots(
    rows: Sequence[sa.Row[Any]],
    cells: Cells,
    rates: CellRates | None,
    scores: HotSpots | None,
    heat: Classes | None,
) -> tuple[Spot, ...]:
    """Join hot cells that touch; the one with the most cases beyond those expected comes first.

    What is hot by the cells around it alone, with no more cases than usual itself, is on the map
    and no spot of its own.
    """
    if rates is None or scores is None or heat is None:
        return ()
    labels, many = ndimage.label(heat >= Heat.HOT_95, structure=np.ones((3, 3)))
    of_case = labels[cells.at[:, 0], cells.at[:, 1]]
    ids = np.array([row.id for row in rows], dtype=np.int64)
    found = [
        _spot(np.argwhere(labels == at), ids[of_case == at], cells, rates, scores)
        for at in range(1, many + 1)
    ]
    beyond = [spot for spot in found if len(spot.case_ids) > spot.expected]
    return tuple(sorted(beyond, key=lambda spot: (spot.expected - len(spot.case_ids), spot.lon)))


def _spot(
    within: Whole, ids: Whole, cells: Cells, rates: CellRates, scores: HotSpots
) -> Spot:  # fmt: skip
    z = scores.z[within[:, 0], within[:, 1]]
    row, column = within[int(np.argmax(z))]
    middle = np.array([
        [cells.west + (column + 0.5) * cells.side, cells.south + (row + 0.5) * cells.side]
    ])  # fmt: skip
    parcels = int(cells.parcels[within[:, 0], within[:, 1]].sum())
    lon, lat = cells.metric.to_lonlat(middle)[0].round(6).tolist()
    return Spot(
        cells=within, case_ids=tuple(sorted(ids.tolist())), parcels=parcels,
        expected=rates.overall * parcels, peak_z=float(z.max()), lon=lon, lat=lat,
    )  # fmt: skip

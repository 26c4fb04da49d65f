"""Lay the town in square cells and count its cases and parcels in each, in all and step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray

from cases.business_days import DAY
from cases.spans import months_after
from reports.density import Floats
from reports.errors import ReportError
from reports.metric import Metric

type Whole = NDArray[np.int64]
type Marks = NDArray[np.bool_]

MOST_CELLS = 4_000_000
LEAST_PARCELS = 5
"""Cells with fewer parcels have no rate and are no part of the town that is compared."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Square cells over a town, row 0 the southernmost.

    Parameters
    ----------
    west, south, side
        The outer corner of the first cell and the side of each, in metres of `metric`.
    cases, parcels
        Shape (rows, columns): how many lie in each.
    at
        Shape (n, 2): the row and the column of each case, in the order they were given.
    """

    metric: Metric
    west: float
    south: float
    side: float
    cases: Floats
    parcels: Floats
    at: Whole

    @property
    def valid(self) -> Marks:
        """The cells that hold enough parcels to have a rate."""
        return self.parcels >= LEAST_PARCELS

    def squares(self, cells: Whole) -> NDArray[np.object_]:
        """Return cells, shape (k, 2), as squares in EPSG:4326."""
        west = self.west + cells[:, 1] * self.side
        south = self.south + cells[:, 0] * self.side
        metres = shapely.box(west, south, west + self.side, south + self.side)
        return np.asarray(
            shapely.transform(metres, lambda xy: self.metric.to_lonlat(xy).round(6)), dtype=object
        )

    def cube(self, steps: Whole, *, many: int) -> Floats:
        """Count the cases step by step.

        Parameters
        ----------
        steps
            Shape (n,): the step of each case; what is below 0 or beyond counts nowhere.
        many
            How many steps.

        Returns
        -------
        ndarray of float64, shape (many, rows, columns)
        """
        held = (steps >= 0) & (steps < many)
        found = np.zeros((many, *self.cases.shape))
        np.add.at(found, (steps[held], self.at[held, 0], self.at[held, 1]), 1)
        return found


def lay_cells(metric: Metric, cases: Floats, parcels: Floats, *, side: float) -> Cells:
    """Lay cells over cases and parcels, places in metres of shape (n, 2).

    Raises
    ------
    ReportError
        They spread so far that the cells would be too many.
    """
    every = np.vstack([cases, parcels])
    west, south = np.floor(every.min(axis=0) / side) * side
    columns, rows = (np.floor((every.max(axis=0) - (west, south)) / side) + 1).astype(int)
    if rows * columns > MOST_CELLS:
        msg = (
            f"Cells of {side:g} m would be {rows * columns:,}, more than {MOST_CELLS:,}: "
            "take larger cells."
        )
        raise ReportError(msg)
    shape = (int(rows), int(columns))
    at = _places(cases, west, south, side)
    return Cells(
        metric, float(west), float(south), side, _counted(at, shape),
        _counted(_places(parcels, west, south, side), shape), at,
    )  # fmt: skip


def steps_of(days: Sequence[date | None], *, last: date, months: int) -> tuple[Whole, list[date]]:
    """Part days into spans of so many months that end with a day, the latest span last.

    What is older than the first whole span is in none, for a span that is cut short would look as
    if little had happened in it.

    Returns
    -------
    steps
        Shape (n,): the span of each day, from 0; -1 where the day is unknown or in none.
    first_days
        The first day of each span.
    """
    known = [each for each in days if each is not None and each <= last]
    many = 0
    while known and months_after(last, -months * (many + 1)) >= min(known) - DAY:
        many += 1
    edges = [months_after(last, -months * back) for back in range(many, -1, -1)]
    numbers = np.array([0 if day is None else day.toordinal() for day in days], dtype=np.int64)
    steps = np.searchsorted(np.array([each.toordinal() for each in edges]), numbers) - 1
    steps[(steps >= many) | (steps < 0)] = -1
    return steps.astype(np.int64), [each + DAY for each in edges[:-1]]


def _places(points: Floats, west: float, south: float, side: float) -> Whole:
    cells = np.floor((points - (west, south)) / side).astype(np.int64)
    return np.asarray(cells[:, ::-1])


def _counted(at: Whole, shape: tuple[int, int]) -> Floats:
    counts = np.zeros(shape)
    np.add.at(counts, (at[:, 0], at[:, 1]), 1)
    return counts

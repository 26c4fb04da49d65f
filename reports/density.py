"""Estimate how dense points lie: a Gaussian kernel on a metric grid."""

import dataclasses
import math

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from reports.errors import ReportError

Floats = NDArray[np.float64]

CELLS_A_BANDWIDTH = 5
REACH = 5
"""A kernel ends so many bandwidths out, where less than 4e-6 of it is left."""
MOST_CELLS = 25_000_000


@dataclasses.dataclass(frozen=True, slots=True)
class Grid:
    """Square cells in a projected coordinate system, row 0 the southernmost.

    Parameters
    ----------
    west, south
        Outer corner of the first cell, in metres of the town's projected system.
    cell
        Side of a cell in metres.
    rows, columns
        How many cells.
    bandwidth
        Standard deviation of the kernel in metres.
    """

    west: float
    south: float
    cell: float
    rows: int
    columns: int
    bandwidth: float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the outer edges, in metres."""
        east = self.west + self.columns * self.cell
        return self.west, self.south, east, self.south + self.rows * self.cell


def grid_around(points: Floats, *, bandwidth: float) -> Grid:
    """Lay a grid around points, wide enough that no kernel is cut off.

    Parameters
    ----------
    points
        Shape (n, 2), metres, n >= 1.
    bandwidth
        Standard deviation of the kernel in metres.

    Raises
    ------
    ReportError
        When the points spread so far that the grid would not fit in memory.
    """
    cell = bandwidth / CELLS_A_BANDWIDTH
    margin = (REACH + 1) * bandwidth
    west, south = points.min(axis=0) - margin
    across, up = np.ceil((points.max(axis=0) + margin - (west, south)) / cell)
    if across * up > MOST_CELLS:
        wide = 10 * math.ceil(0.105 * bandwidth * math.sqrt(across * up / MOST_CELLS))
        msg = (
            f"The cases spread so far that a bandwidth of {bandwidth:g} m asks for "
            f"{across * up:,.0f} cells, more than {MOST_CELLS:,}: give --bandwidth {wide} or more."
        )
        raise ReportError(msg)
    return Grid(float(west), float(south), cell, int(up), int(across), bandwidth)


def kernel_density(points: Floats, *, grid: Grid) -> Floats:
    """Estimate the density of points at the centre of each cell.

    Each point is shared among the four nearest cell centres in proportion to nearness, which
    spreads it by a variance of a sixth of a squared cell; the filter is narrowed by as much, so
    that the sum stays within 1 % of the peak of the direct sum of Gaussians.

    Parameters
    ----------
    points
        Shape (n, 2), metres; every point a reach of the kernel inside the grid.
    grid
        Where to estimate.

    Returns
    -------
    ndarray of float64, shape (rows, columns)
        Points per square metre; times the cell's area it adds up to n.
    """
    counts = _shared_counts(points, grid=grid)
    sigma = math.sqrt(grid.bandwidth**2 - grid.cell**2 / 6) / grid.cell
    smooth = ndimage.gaussian_filter(counts, sigma, mode="constant", truncate=REACH)
    return np.asarray(smooth / grid.cell**2, dtype=np.float64)


def density_at(values: Floats, places: Floats, *, grid: Grid) -> Floats:
    """Read a surface at places by linear interpolation; 0 outside the grid.

    Parameters
    ----------
    values
        Shape (rows, columns).
    places
        Shape (n, 2), metres.

    Returns
    -------
    ndarray of float64, shape (n,)
    """
    index = (places - (grid.west, grid.south)) / grid.cell - 0.5
    return np.asarray(
        ndimage.map_coordinates(values, index.T[::-1], order=1, mode="constant", cval=0.0)
    )


def cell_centres(grid: Grid) -> tuple[Floats, Floats]:
    """Return the x of each column and the y of each row, in metres."""
    x = grid.west + (np.arange(grid.columns, dtype=np.float64) + 0.5) * grid.cell
    y = grid.south + (np.arange(grid.rows, dtype=np.float64) + 0.5) * grid.cell
    return x, y


def _shared_counts(points: Floats, *, grid: Grid) -> Floats:
    counts = np.zeros((grid.rows, grid.columns))
    place = (points - (grid.west, grid.south)) / grid.cell - 0.5
    corner = np.floor(place).astype(np.intp)
    along = place - corner
    for right in (0, 1):
        for above in (0, 1):
            share = np.abs(1 - right - along[:, 0]) * np.abs(1 - above - along[:, 1])
            np.add.at(counts, (corner[:, 1] + above, corner[:, 0] + right), share)
    return counts

"""Find hot and cold spots on a grid: Getis and Ord's Gi* with false-discovery control."""

import dataclasses
import math
from enum import IntEnum
from typing import Self

import numpy as np
from scipy import special

from reports.errors import NothingToReportError, ReportError, TooLittleToSayError
from reports.stats.arrays import Classes, Floats, Marks, finite
from reports.stats.discovery import Control, adjusted

LEAST_CELLS = 2


class Heat(IntEnum):
    """How surely a cell is hot or cold; the numbers are those of published hot-spot maps."""

    COLD_99 = -3
    COLD_95 = -2
    COLD_90 = -1
    NEITHER = 0
    HOT_90 = 1
    HOT_95 = 2
    HOT_99 = 3


LEVELS = (0.10, 0.05, 0.01)


@dataclasses.dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The cells around a cell that count as near, itself among them.

    Parameters
    ----------
    half_widths
        For each row from the farthest below to the farthest above, how many cells to either side.
    """

    half_widths: tuple[int, ...]

    @classmethod
    def square(cls, reach: int) -> Self:
        """Take the cells at most `reach` columns and rows away."""
        return cls((_checked(reach),) * (2 * reach + 1))

    @classmethod
    def disc(cls, reach: float) -> Self:
        """Take the cells whose centres lie at most `reach` sides of a cell away."""
        rows = math.floor(_checked(reach))
        inside = (reach**2 - row**2 for row in range(-rows, rows + 1))
        return cls(tuple(math.floor(math.sqrt(left)) for left in inside))


@dataclasses.dataclass(frozen=True, slots=True)
class HotSpots:
    """What Gi* says of each cell; NaN outside the town.

    Parameters
    ----------
    z
        Standard deviations above what would lie around the cell by chance.
    p
        Two-sided, by the normal distribution.
    q
        The least false-discovery rate at which the cell counts as a finding.
    """

    z: Floats
    p: Floats
    q: Floats


def hot_spots(
    values: Floats,
    *,
    neighbourhood: Neighbourhood,
    valid: Marks | None = None,
    control: Control = Control.BENJAMINI_HOCHBERG,
) -> HotSpots:
    """Compare what lies around each cell with what lies around cells at large.

    What may be mapped: counts, if "where is the work" is asked, or the deviates of
    `reports.stats.rates` if "where is more than its parcels explain": raw counts are hot wherever
    parcels are many.

    Parameters
    ----------
    values
        Shape (rows, columns); what stands outside `valid` is never read.
    neighbourhood
        Which cells are near.
    valid
        Shape (rows, columns): the cells of the town. Water and the neighbouring town are no cold
        spots, and what lies beyond the edge is not counted as 0. All cells when not given.
    control
        How the false-discovery rate is held.

    Returns
    -------
    HotSpots
        Arrays of shape (rows, columns). A cell whose neighbourhood is the whole town has z 0: there
        is nothing to compare it with.

    Raises
    ------
    NothingToReportError
        When no cell is valid.
    TooLittleToSayError
        When there is one cell only, or all hold the same value.
    ReportError
        When a value is missing or infinite.

    Notes
    -----
    With w the number of valid cells near a cell, T their sum, and n, m and s the number, mean and
    standard deviation (divided by n) of all, z = (T - m w) / (s sqrt((n w - w^2) / (n - 1))), the
    star form with binary weights of J. K. Ord and A. Getis, "Local spatial autocorrelation
    statistics", Geographical Analysis 27 (1995), 286-306. The normal distribution is an
    approximation that needs several cells, and several cases, in a neighbourhood.
    """
    inside = np.ones(values.shape, dtype=np.bool_) if valid is None else valid
    z = star_scores(centred(values, inside, name="cells"), inside, neighbourhood=neighbourhood)
    p = two_sided(z)
    return HotSpots(z, p, adjusted(p, control=control))


def heat_classes(spots: HotSpots, *, levels: tuple[float, float, float] = LEVELS) -> Classes:
    """Sort cells by how surely they are hot or cold, after false-discovery control.

    Parameters
    ----------
    spots
        What Gi* said.
    levels
        The false-discovery rates of the three classes, the largest first.

    Returns
    -------
    ndarray of int8, the shape of the grid
        The numbers of `Heat`; `Heat.NEITHER` outside the town.
    """
    sure = sum((spots.q <= level).astype(np.int8) for level in levels)
    return np.asarray(sure * np.sign(np.nan_to_num(spots.z)), dtype=np.int8)


def centred(values: Floats, inside: Marks, *, name: str) -> Floats:
    """Return values less their mean, 0 outside; their places are called by a name in errors.

    Raises
    ------
    NothingToReportError
        When nothing is inside.
    TooLittleToSayError
        When there is one value only, or all are the same.
    ReportError
        When one is missing or infinite, or the shapes differ.
    """
    if inside.shape != values.shape:
        msg = f"The {name} of the town have the shape {inside.shape}, their values {values.shape}."
        raise ReportError(msg)
    held = finite(values[inside], name=f"{name}' values")
    if not held.size:
        msg = f"None of the {name} lies in the town, so there is no place for a hot spot."
        raise NothingToReportError(msg)
    if held.size < LEAST_CELLS:
        msg = f"There is only one of the {name}, so there is nothing to compare it with."
        raise TooLittleToSayError(msg)
    if held.min() == held.max():
        msg = f"Each of the {held.size} {name} holds {held[0]:g}, so none is hotter than another."
        raise TooLittleToSayError(msg)
    found = np.zeros(values.shape)
    found[inside] = held - held.mean()
    return found


def star_scores(
    less_mean: Floats, inside: Marks, *, neighbourhood: Neighbourhood, back: int = 0
) -> Floats:
    """Standardise the sums around each cell; a leading axis is time.

    Parameters
    ----------
    less_mean
        Shape (..., rows, columns): values less their mean, 0 outside.
    inside
        The same shape: the cells that count.
    neighbourhood
        Which cells are near.
    back
        How many earlier steps of the first axis are near, too.

    Returns
    -------
    ndarray of float64, the same shape
        NaN outside.
    """
    total = int(inside.sum())
    deviation = math.sqrt((less_mean**2).sum() / total)
    sums = _steps_back(local_sums(less_mean, neighbourhood=neighbourhood), back)
    near = _steps_back(local_sums(inside.astype(np.float64), neighbourhood=neighbourhood), back)
    spread = deviation * np.sqrt(np.maximum(near * (total - near), 0) / (total - 1))
    z = np.divide(sums, spread, out=np.zeros_like(sums), where=spread > 0)
    return np.where(inside, z, np.nan)


def local_sums(values: Floats, *, neighbourhood: Neighbourhood) -> Floats:
    """Add up the values near each cell; beyond the edge there is nothing.

    Parameters
    ----------
    values
        Shape (..., rows, columns).
    neighbourhood
        Which cells are near.

    Returns
    -------
    ndarray of float64, the same shape
    """
    rows, columns = values.shape[-2:]
    running = np.zeros((*values.shape[:-1], columns + 1))
    np.cumsum(values, axis=-1, out=running[..., 1:])
    spans = {half: _spans(running, half) for half in set(neighbourhood.half_widths)}
    found = np.zeros(values.shape)
    reach = len(neighbourhood.half_widths) // 2
    for offset, half in zip(range(-reach, reach + 1), neighbourhood.half_widths, strict=True):
        to = slice(max(0, -offset), max(0, rows - max(0, offset)))
        of = slice(max(0, offset), max(0, rows + min(0, offset)))
        found[..., to, :] += spans[half][..., of, :]
    return found


def two_sided(z: Floats) -> Floats:
    """Return how often chance alone lies as far out to either side; NaN stays NaN."""
    return np.asarray(2 * special.ndtr(-np.abs(z)))


def _spans(running: Floats, half: int) -> Floats:
    """Add up along each row from `half` cells before to `half` cells after."""
    columns = running.shape[-1] - 1
    at = np.arange(columns)
    after, before = np.minimum(at + half + 1, columns), np.maximum(at - half, 0)
    return np.asarray(running[..., after] - running[..., before])


def _steps_back(sums: Floats, back: int) -> Floats:
    found = sums.copy()
    for step in range(1, back + 1):
        found[step:] += sums[:-step]
    return found


def _checked[Reach: (int, float)](reach: Reach) -> Reach:
    if reach < 0:
        msg = f"A neighbourhood cannot reach {reach:g} cells far; give 0 or more."
        raise ReportError(msg)
    return reach

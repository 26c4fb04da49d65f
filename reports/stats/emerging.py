"""Tell how hot spots came to be: new, growing, lasting or gone, from counts in space and time."""

import dataclasses
from enum import IntEnum

import numpy as np

from reports.errors import TooLittleToSayError
from reports.stats.arrays import Classes, Floats, Marks, Whole
from reports.stats.discovery import Control, adjusted
from reports.stats.getis import Neighbourhood, centred, star_scores, two_sided
from reports.stats.trend import mann_kendall

LEAST_STEPS = 10


class Pattern(IntEnum):
    """What became of a place over the steps; a cold spot's pattern is the same number below 0.

    In the words of this program, "hot" being significant at the level asked for, "last" the last
    step, and "nearly always" at least 90 % of the steps. The first that fits is taken, in this
    order:

    - NEW: hot in the last step and never before.
    - CONSECUTIVE: hot in the last two steps or more without a break, never before that run, and
      not nearly always.
    - INTENSIFYING: nearly always hot, the last step included, and its score rises significantly.
    - DIMINISHING: nearly always hot, the last step included, and its score falls significantly.
    - PERSISTENT: nearly always hot, the last step included, with neither.
    - OSCILLATING: hot in the last step, not nearly always, and cold at some time before.
    - SPORADIC: hot in the last step, not nearly always, on and off before, and never cold.
    - HISTORICAL: nearly always hot, but not in the last step.

    Notes
    -----
    The categories are those Esri published for its space-time cubes ("How Emerging Hot Spot
    Analysis works", ArcGIS Pro tool reference). It leaves open what a place is that was cold once
    and is hot for the first time in the last step; the order of its list makes it NEW.
    """

    NONE = 0
    NEW = 1
    CONSECUTIVE = 2
    INTENSIFYING = 3
    PERSISTENT = 4
    DIMINISHING = 5
    SPORADIC = 6
    OSCILLATING = 7
    HISTORICAL = 8


@dataclasses.dataclass(frozen=True, slots=True)
class Emerging:
    """What became of each cell over the steps.

    Parameters
    ----------
    pattern
        Shape (rows, columns): the numbers of `Pattern`, below 0 for cold spots.
    z, q
        Shape (steps, rows, columns): each bin's Gi* and the least false-discovery rate at which it
        counts; NaN outside the town.
    trend_z, trend_p
        Shape (rows, columns): the Mann-Kendall test of the scores; NaN outside the town.
    hot_steps, cold_steps
        Shape (rows, columns): in how many steps the cell was hot, and cold.
    """

    pattern: Classes
    z: Floats
    q: Floats
    trend_z: Floats
    trend_p: Floats
    hot_steps: Whole
    cold_steps: Whole


def emerging_hot_spots(
    cube: Floats,
    *,
    neighbourhood: Neighbourhood,
    valid: Marks | None = None,
    back: int = 1,
    level: float = 0.05,
    control: Control = Control.BENJAMINI_HOCHBERG,
) -> Emerging:
    """Score every bin of a space-time cube and tell what became of each cell.

    Parameters
    ----------
    cube
        Shape (steps, rows, columns), steps of equal length in order of time; counts, or the
        deviates of `reports.stats.rates` for each step.
    neighbourhood
        Which cells are near.
    valid
        Shape (rows, columns): the cells of the town; all when not given.
    back
        A bin's neighbours are of its own step and of so many before, never of later ones.
    level
        False-discovery rate at which a bin is hot or cold, over all bins, and the p-value at which
        a cell's trend counts.
    control
        How the false-discovery rate is held.

    Raises
    ------
    NothingToReportError
        When no cell is valid.
    TooLittleToSayError
        When there are fewer than 10 steps, or all bins hold the same value.
    ReportError
        When a value is missing or infinite.

    Notes
    -----
    Each bin is compared with the whole cube, so that a town that gets worse everywhere turns hot.
    The categories are told at `Pattern`.
    """
    inside = np.ones(cube.shape[1:], dtype=np.bool_) if valid is None else valid
    bins = np.broadcast_to(inside, cube.shape)
    if 0 < len(cube) < LEAST_STEPS:
        msg = f"Emerging hot spots need at least {LEAST_STEPS} steps; there are {len(cube)}."
        raise TooLittleToSayError(msg)
    z = star_scores(centred(cube, bins, name="bins"), bins, neighbourhood=neighbourhood, back=back)
    q = adjusted(two_sided(z), control=control)
    trend = mann_kendall(np.where(bins, z, 0.0))
    rising = np.sign(trend.z) * (trend.p <= level)
    hot, cold = (q <= level) & (z > 0), (q <= level) & (z < 0)
    return Emerging(
        patterns(hot, cold, rising=rising.astype(np.int8)),
        z,
        q,
        np.where(inside, trend.z, np.nan),
        np.where(inside, trend.p, np.nan),
        hot.sum(axis=0),
        cold.sum(axis=0),
    )


def patterns(hot: Marks, cold: Marks, *, rising: Classes) -> Classes:
    """Sort places by when they were hot and cold.

    Parameters
    ----------
    hot, cold
        Shape (steps, ...): in which steps each place was.
    rising
        Shape (...): 1 where the scores rise significantly, -1 where they fall, else 0.

    Returns
    -------
    ndarray of int8, shape (...)
        The numbers of `Pattern`, below 0 for cold spots.
    """
    warm, cool = _patterns(hot, cold, rising), _patterns(cold, hot, -rising)
    # What is cold now is told so, even where it was nearly always hot before.
    return np.where((warm != Pattern.NONE) & ~cold[-1], warm, -cool)


def _patterns(hot: Marks, cold: Marks, rising: Classes) -> Classes:
    """Return what fits of the hot patterns, or 0."""
    steps, times, last = len(hot), hot.sum(axis=0), hot[-1]
    run = np.logical_and.accumulate(hot[::-1]).sum(axis=0)
    nearly_always = 10 * times >= 9 * steps
    rules = {
        Pattern.NEW: last & (times == 1),
        Pattern.CONSECUTIVE: last & (run == times) & ~nearly_always,
        Pattern.INTENSIFYING: last & nearly_always & (rising > 0),
        Pattern.DIMINISHING: last & nearly_always & (rising < 0),
        Pattern.PERSISTENT: last & nearly_always,
        Pattern.OSCILLATING: last & cold.any(axis=0),
        Pattern.SPORADIC: last,
        Pattern.HISTORICAL: nearly_always,
    }
    return np.select(list(rules.values()), list(rules), Pattern.NONE).astype(np.int8)

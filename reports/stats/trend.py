"""Tell whether series rise or fall: Mann and Kendall's test and Sen's slope, for many at once."""

import dataclasses
import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from reports.errors import TooLittleToSayError
from reports.stats.arrays import Floats, Whole, finite, some

LEAST_STEPS = 4
"""With fewer, no series whatever reaches p < 0.1."""
MOST_AT_ONCE = 4_000_000
"""Differences held in memory at a time, 32 MB of them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Trend:
    """What the test says of each series; arrays of the series' shape without its first axis.

    Parameters
    ----------
    s
        Pairs of steps of which the later is higher, less those of which it is lower.
    variance
        Of `s` if no series had a trend, ties allowed for.
    z
        `s` in standard deviations, drawn one step towards 0; 0 for a series that never changes.
    p
        Two-sided.
    tau
        Kendall's tau-b, from -1 (always falling) to 1; 0 for a series that never changes.
    slope
        Sen's slope: the median change a step over all pairs of steps.
    """

    s: Whole
    variance: Floats
    z: Floats
    p: Floats
    tau: Floats
    slope: Floats


def mann_kendall(series: Floats) -> Trend:
    """Test each of many series for a steady rise or fall.

    Parameters
    ----------
    series
        Shape (steps, ...), steps in order of time and evenly apart.

    Raises
    ------
    NothingToReportError
        When there is no series.
    TooLittleToSayError
        When the series have fewer than 4 steps.
    ReportError
        When a value is missing or infinite.

    Notes
    -----
    H. B. Mann, "Nonparametric tests against trend", Econometrica 13 (1945), 245-259, with the
    variance under ties of M. G. Kendall, "Rank Correlation Methods" (4th ed. 1975), chapter 4:
    (n (n - 1) (2 n + 5) - sum of t (t - 1) (2 t + 5)) / 18, t the sizes of the groups of equal
    values. P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", Journal of
    the American Statistical Association 63 (1968), 1379-1389. The test takes steps to be
    independent; series that remember their last step are found to have trends too often.
    """
    some(series, name="series")
    flat = finite(series, name="values of the series").reshape(len(series), -1)
    if len(flat) < LEAST_STEPS:
        msg = f"A trend needs at least {LEAST_STEPS} steps; there are {len(flat)}."
        raise TooLittleToSayError(msg)
    at_once = max(1, MOST_AT_ONCE * 2 // (len(flat) * (len(flat) - 1)))
    parts = range(0, flat.shape[1], at_once)
    told = [_tested(flat[:, part : part + at_once]) for part in parts]
    columns = (
        np.concatenate(column).reshape(series.shape[1:]) for column in zip(*told, strict=True)
    )
    s, variance, z, tau, slope = columns
    p = 2 * special.ndtr(-np.abs(z))
    return Trend(s.astype(np.int64), variance, z, p, tau, slope)


def _tested(series: Floats) -> tuple[Floats, ...]:
    steps = len(series)
    s, tied = _compared(series)
    variance = (steps * (steps - 1) * (2 * steps + 5) - (tied * (2 * tied + 7)).sum(axis=0)) / 18
    drawn = s - np.sign(s)
    z = np.divide(drawn, np.sqrt(variance), out=np.zeros_like(drawn), where=variance > 0)
    pairs = math.comb(steps, 2)
    untied = np.sqrt((pairs - tied.sum(axis=0) / 2) * pairs)
    tau = np.divide(s, untied, out=np.zeros_like(s), where=untied > 0)
    return s, variance, z, tau, _slopes(series)


def _compared(series: Floats) -> tuple[Floats, NDArray[np.float64]]:
    """Return each series' S, and to how many others each of its values is equal."""
    s, tied = np.zeros(series.shape[1]), np.zeros(series.shape)
    for lag in range(1, len(series)):
        s += np.sign(series[lag:] - series[:-lag]).sum(axis=0)
        same = series[lag:] == series[:-lag]
        tied[lag:] += same
        tied[:-lag] += same
    return s, tied


def _slopes(series: Floats) -> Floats:
    lags = range(1, len(series))
    changes = [(series[lag:] - series[:-lag]) / lag for lag in lags]
    return np.asarray(np.median(np.concatenate(changes), axis=0))

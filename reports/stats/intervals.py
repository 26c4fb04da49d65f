"""Give shares, differences of shares and rates the intervals that go with their numbers."""

import dataclasses
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from reports.errors import ReportError
from reports.stats.arrays import Floats, Marks, counts_of, normal_quantile

HALVINGS = 60


@dataclasses.dataclass(frozen=True, slots=True)
class Interval:
    """Figures with their limits; arrays of one shape.

    Parameters
    ----------
    value
        The plain figure; NaN where it would be divided by 0.
    lower, upper
        The limits; all that is possible where nothing was seen.
    """

    value: Floats
    lower: Floats
    upper: Floats


def wilson(successes: ArrayLike, trials: ArrayLike, *, confidence: float = 0.95) -> Interval:
    """Give shares their score intervals.

    Parameters
    ----------
    successes, trials
        Counts of one shape, successes at most the trials.
    confidence
        Of the limits.

    Raises
    ------
    ReportError
        When a count is below 0, missing or infinite, or there are more successes than trials.

    Notes
    -----
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of
    the American Statistical Association 22 (1927), 209-212. Recommended over the usual p +- 1.96
    standard errors by L. D. Brown, T. T. Cai and A. DasGupta, Statistical Science 16 (2001),
    101-133: it holds for few trials and never leaves 0 to 1.
    """
    z = normal_quantile(confidence)
    good, all_ = np.broadcast_arrays(
        counts_of(successes, name="successes"), counts_of(trials, name="trials")
    )
    if (good > all_).any():
        msg = f"There are more successes than trials in {(good > all_).sum()} of the shares."
        raise ReportError(msg)
    share = _ratio(good, all_)
    seen = np.where(all_ > 0, share, 0.5)
    of = np.where(all_ > 0, all_, 1.0)
    middle = (seen + z**2 / (2 * of)) / (1 + z**2 / of)
    half = z / (1 + z**2 / of) * np.sqrt(seen * (1 - seen) / of + z**2 / (4 * of**2))
    lower = np.where((good == 0) | (all_ == 0), 0.0, middle - half)
    upper = np.where((good == all_) | (all_ == 0), 1.0, middle + half)
    return Interval(share, lower, upper)


def newcombe(
    first: tuple[ArrayLike, ArrayLike],
    second: tuple[ArrayLike, ArrayLike],
    *,
    confidence: float = 0.95,
) -> Interval:
    """Give the difference of two shares, the first less the second, its interval.

    Parameters
    ----------
    first, second
        Successes and trials of two groups that do not overlap.
    confidence
        Of the limits.

    Raises
    ------
    ReportError
        As `wilson`.

    Notes
    -----
    R. G. Newcombe, "Interval estimation for the difference between independent proportions",
    Statistics in Medicine 17 (1998), 873-890, method 10: from the Wilson limits of each.
    """
    one, other = wilson(*first, confidence=confidence), wilson(*second, confidence=confidence)
    difference = one.value - other.value
    below = np.hypot(one.value - one.lower, other.upper - other.value)
    above = np.hypot(one.upper - one.value, other.value - other.lower)
    unseen = np.isnan(difference)
    lower = np.where(unseen, one.lower - other.upper, difference - below)
    upper = np.where(unseen, one.upper - other.lower, difference + above)
    return Interval(difference, lower, upper)


def poisson_rate(
    events: ArrayLike,
    exposure: ArrayLike = 1.0,
    *,
    confidence: float = 0.95,
    mid_p: bool = True,
) -> Interval:
    """Give rates, events over exposure, their intervals.

    Parameters
    ----------
    events
        Counts.
    exposure
        What they are of: parcels, years, hours, expected events. Above 0, or 0 with nothing known.
    confidence
        Of the limits.
    mid_p
        Count half of the chance of just so many events, which holds on average; else all of it,
        which always holds but is wider than it says.

    Raises
    ------
    ReportError
        When a number is below 0, missing or infinite, or there are events without exposure.

    Notes
    -----
    F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936), 437-442; mid-P
    as in G. Berry and P. Armitage, "Mid-P confidence intervals: a brief review", The Statistician
    44 (1995), 417-423.
    """
    seen, over = np.broadcast_arrays(
        counts_of(events, name="events"), counts_of(exposure, name="exposures")
    )
    if ((seen > 0) & (over == 0)).any():
        msg = "There are events where there was no exposure, and so no rate."
        raise ReportError(msg)
    normal_quantile(confidence)  # refuses what is no confidence
    lower, upper = _exact(seen, (1 - confidence) / 2)
    if mid_p:
        lower, upper = _mid_p(seen, (1 - confidence) / 2, lower, upper)
    return Interval(
        _ratio(seen, over),
        np.where(over > 0, _ratio(lower, over), 0.0),
        np.where(over > 0, _ratio(upper, over), np.inf),
    )


def _exact(events: Floats, tail: float) -> tuple[Floats, Floats]:
    lower = special.gammaincinv(np.maximum(events, 1), tail)
    return np.where(events > 0, lower, 0.0), special.gammainccinv(events + 1, tail)


def _mid_p(events: Floats, tail: float, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Close in on the limits from the exact ones, which lie outside."""

    def more(mean: Floats) -> Floats:
        return np.asarray(special.gammainc(events, mean) + special.gammainc(events + 1, mean)) / 2

    def fewer(mean: Floats) -> Floats:
        return np.asarray(special.gammaincc(events, mean) + special.gammaincc(events + 1, mean)) / 2

    lower = _halved(lambda mean: more(mean) < tail, low, events)
    upper = _halved(lambda mean: fewer(mean) > tail, events, high)
    return np.where(events > 0, lower, 0.0), upper


def _halved(beyond: Callable[[Floats], Marks], low: Floats, high: Floats) -> Floats:
    """Find between two bounds where something true of the lower ceases to be so."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        up = beyond(middle)
        low, high = np.where(up, middle, low), np.where(up, high, middle)
    return (low + high) / 2


def _ratio(over: Floats, under: Floats) -> Floats:
    found = np.full(np.shape(over), np.nan)
    return np.asarray(np.divide(over, under, out=found, where=under > 0))

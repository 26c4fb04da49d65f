"""Rank units by rates that few cases cannot drive to the top, and tell how sure the ranks are."""

import dataclasses
import math
from enum import StrEnum

import numpy as np
from scipy import optimize, special

from reports.errors import ReportError, TooLittleToSayError, TooMuchError
from reports.stats.arrays import Floats, Whole, counts_of, same_length, some
from reports.stats.intervals import poisson_rate

LEAST_UNITS = 3
LEAST_DRAWS = 200
MOST_RANKS = 40_000_000
WIDEST, NARROWEST = -7.0, 14.0
"""Natural logarithms of the least and largest shape that is looked for."""


class Fit(StrEnum):
    """How the distribution of the units' true rates is found."""

    LIKELIHOOD = "likelihood"
    """The gamma distribution under which the counts are likeliest."""
    MOMENTS = "moments"
    """The one with the variance between units that chance does not explain."""


@dataclasses.dataclass(frozen=True, slots=True)
class Spread:
    """How the true rates of units are distributed: a gamma distribution.

    Parameters
    ----------
    mean
        Events per exposure.
    shape
        Larger where units are more alike; infinite where chance explains all differences.
    """

    mean: float
    shape: float

    @property
    def scatter(self) -> float:
        """Standard deviation of the true rates in proportion to their mean; 0 for all alike."""
        return 1 / math.sqrt(self.shape)


@dataclasses.dataclass(frozen=True, slots=True)
class Ranking:
    """What is known of each unit; arrays of shape (n,).

    Parameters
    ----------
    spread
        The distribution of the units' true rates.
    rate
        Events over exposure as seen; NaN without exposure.
    shrunk, lower, upper
        The expected true rate, given all units, and the limits between which it lies.
    own
        How much of `shrunk` is the unit's own: from 0, all is the others', to 1.
    rank, best, worst
        Expected rank and the limits of the rank; 1 has the highest rate.
    top
        The probability to be among the `k` with the highest true rates.
    k, draws
        As asked, and how many times the ranks were drawn.
    """

    spread: Spread
    rate: Floats
    shrunk: Floats
    lower: Floats
    upper: Floats
    own: Floats
    rank: Floats
    best: Whole
    worst: Whole
    top: Floats
    k: int
    draws: int


def ranking(
    events: Floats,
    exposure: Floats,
    *,
    k: int = 10,
    fit: Fit = Fit.LIKELIHOOD,
    confidence: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
) -> Ranking:
    """Rank units by their rates, each drawn towards the mean as far as its few cases demand.

    A list of "worst offenders" by bare rates is led by those of whom least is known. Here a unit
    with one parcel and two violations hardly moves, one with forty and eighty does, and `top` says
    how sure its place is.

    Parameters
    ----------
    events, exposure
        Shape (n,): counts, and what they are of (parcels times years); all units that could be on
        the list, not only those with events.
    k
        How long the list of the worst is to be.
    fit
        How the distribution of true rates is found.
    confidence
        Of the limits.
    draws
        How often the ranks are drawn, at least 200; fewer where there are very many units.
    seed
        Of the draws; the same seed gives the same answer.

    Raises
    ------
    NothingToReportError
        When there is no unit.
    TooLittleToSayError
        When there are fewer than 3 units with exposure, or no event at all.
    ReportError
        When the numbers do not fit, or the units are too many to draw their ranks.

    Notes
    -----
    D. Clayton and J. Kaldor, "Empirical Bayes estimates of age-standardized relative risks for use
    in disease mapping", Biometrics 43 (1987), 671-681; moments as R. J. Marshall, Applied
    Statistics 40 (1991), 283-294; intervals of ranks as H. Goldstein and D. J. Spiegelhalter,
    Journal of the Royal Statistical Society A 159 (1996), 385-443. That the distribution itself is
    estimated is not counted in, which matters with few units.
    """
    seen, over = counts_of(events, name="events"), counts_of(exposure, name="exposures")
    some(seen, name="units")
    same_length(seen, over, names="The events and exposures of units")
    _enough(seen, over, k=k)
    drawn = _draws(draws, len(seen))
    spread = fitted(seen, over, fit=fit)
    bare = poisson_rate(seen, over).value
    if math.isinf(spread.shape):
        return _alike(seen, over, bare, k=k, draws=drawn, confidence=confidence)
    shape, scale = spread.shape + seen, 1 / (spread.shape / spread.mean + over)
    ranks, top = _ranks(shape, scale, k=k, draws=drawn, seed=seed)
    tail = (1 - confidence) / 2
    best, worst = np.quantile(ranks, [tail, 1 - tail], axis=0, method="inverted_cdf")
    return Ranking(
        spread,
        bare,
        shape * scale,
        special.gammaincinv(shape, tail) * scale,
        special.gammainccinv(shape, tail) * scale,
        over * scale,
        ranks.mean(axis=0),
        best.astype(np.int64),
        worst.astype(np.int64),
        top,
        k,
        drawn,
    )


def fitted(events: Floats, exposure: Floats, *, fit: Fit = Fit.LIKELIHOOD) -> Spread:
    """Find the gamma distribution of the units' true rates.

    Parameters
    ----------
    events, exposure
        Shape (n,), at least one event.
    fit
        By likelihood or by moments.
    """
    known = exposure > 0
    seen, over = events[known], exposure[known]
    mean = float(seen.sum() / over.sum())
    between = float((over * (seen / over - mean) ** 2).sum() / over.sum() - mean / over.mean())
    if fit is Fit.MOMENTS:
        return Spread(mean, mean**2 / between if between > 0 else math.inf)
    if ((seen - mean * over) ** 2 - seen).sum() <= 0:
        # Where counts vary no more than chance has it, the likelihood rises towards no spread.
        return Spread(mean, math.inf)
    shape = mean**2 / between if between > 0 else 10.0
    return _likeliest(seen, over / over.mean(), start=shape, unit=float(over.mean()))


def _likeliest(events: Floats, exposure: Floats, *, start: float, unit: float) -> Spread:
    """Climb to the likeliest shape and rate of the negative binomial distribution."""

    def surprise(logs: Floats) -> tuple[float, Floats]:
        shape, rate = np.exp(logs)
        total = rate + exposure
        likely = special.gammaln(shape + events) - special.gammaln(shape)
        likely += shape * (logs[1] - np.log(total)) - events * np.log(total)
        by_shape = special.digamma(shape + events) - special.digamma(shape)
        by_shape += logs[1] - np.log(total)
        by_rate = shape / rate - (shape + events) / total
        return -likely.sum(), -np.array([by_shape.sum() * shape, by_rate.sum() * rate])

    mean = events.sum() / exposure.sum()
    first = np.clip(math.log(start), WIDEST + 1, NARROWEST - 1)
    found = optimize.minimize(
        surprise,
        np.array([first, first - math.log(mean)]),
        jac=True,
        method="L-BFGS-B",
        bounds=[(WIDEST, NARROWEST), (None, None)],
        options={"ftol": 1e-13, "gtol": 1e-8, "maxiter": 500},
    )
    shape, rate = np.exp(found.x)
    lost = found.x[0] > NARROWEST - 1e-6
    return Spread(float(shape / rate / unit), math.inf if lost else float(shape))


def _ranks(
    shape: Floats, scale: Floats, *, k: int, draws: int, seed: int
) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.int32]], Floats]:
    """Draw the true rates anew and anew; return their ranks, and how often each is in the top."""
    dice = np.random.default_rng(seed)
    units = len(shape)
    ranks = np.empty((draws, units), dtype=np.int32)
    places = np.arange(1, units + 1, dtype=np.int32)
    for row in range(draws):
        order = np.argsort(-dice.standard_gamma(shape) * scale)
        ranks[row, order] = places
    return ranks, (ranks <= k).mean(axis=0)


def _alike(
    events: Floats, exposure: Floats, bare: Floats, *, k: int, draws: int, confidence: float
) -> Ranking:
    """Tell of units whose differences chance explains: all have one rate, and any rank."""
    units, tail = len(events), (1 - confidence) / 2
    one = poisson_rate(events.sum(), exposure.sum(), confidence=confidence)
    every = np.ones(units)
    return Ranking(
        Spread(float(one.value), math.inf),
        bare,
        every * one.value,
        every * one.lower,
        every * one.upper,
        every * 0.0,
        every * (units + 1) / 2,
        np.full(units, max(1, math.ceil(tail * units))),
        np.full(units, math.ceil((1 - tail) * units)),
        every * min(1.0, k / units),
        k,
        draws,
    )


def _enough(events: Floats, exposure: Floats, *, k: int) -> None:
    if k < 1:
        msg = f"A list of {k} is none; give 1 or more."
        raise ReportError(msg)
    known = int((exposure > 0).sum())
    if known < LEAST_UNITS:
        msg = (
            f"Ranks need at least {LEAST_UNITS} units that could have had an event; {known} could."
        )
        raise TooLittleToSayError(msg)
    if not events.any():
        msg = f"None of the {len(events)} units had an event, so none ranks before another."
        raise TooLittleToSayError(msg)


def _draws(draws: int, units: int) -> int:
    if draws < LEAST_DRAWS:
        msg = f"{draws} draws are too few to tell ranks by; give at least {LEAST_DRAWS}."
        raise ReportError(msg)
    possible = MOST_RANKS // units
    if possible < LEAST_DRAWS:
        msg = (
            f"{units:,} units are too many to rank; ask for {MOST_RANKS // LEAST_DRAWS:,} or fewer."
        )
        raise TooMuchError(msg)
    return min(draws, possible)

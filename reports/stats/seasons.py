"""Tell the seasons of monthly counts, forecast the year to come, and say how far to trust that."""

import dataclasses
import math

import numpy as np

from reports.errors import ReportError, TooLittleToSayError
from reports.stats.arrays import Floats, Marks, Whole, normal_quantile, some
from reports.stats.drift import HIGHEST, YEAR, Drift

LEAST_MONTHS = 24
MOST_MONTHS = 96
"""Older months say nothing of the next year that eight years do not say better."""
FILLING = 0.25
"""A first month with less than this of what the same month had later is of records filling up."""
DRAWS = 4000


@dataclasses.dataclass(frozen=True, slots=True)
class Seasons:
    """How the months of the year differ; arrays of shape (12,), January first.

    Parameters
    ----------
    factor, lower, upper
        What the month has in proportion to a middle month (the factors' geometric mean is 1).
    even
        How likely it is, from 0 to 1, that the months do not differ at all.
    months, left_out
        How many months were counted, and how many at the beginning left out because the town's
        records were only filling up.
    """

    factor: Floats
    lower: Floats
    upper: Floats
    even: float
    months: int
    left_out: int


@dataclasses.dataclass(frozen=True, slots=True)
class Forecast:
    """What the months to come are expected to bring; arrays of shape (months ahead,).

    Parameters
    ----------
    month
        Which month of the year, 1 to 12.
    value, lower, upper
        As likely more as fewer, and the limits between which a month's count will lie.
    total, total_lower, total_upper
        The same of all the months together.
    confidence
        Of the limits, each by itself.
    """

    month: Whole
    value: Floats
    lower: Floats
    upper: Floats
    total: float
    total_lower: float
    total_upper: float
    confidence: float


@dataclasses.dataclass(frozen=True, slots=True)
class BackTest:
    """How the forecast would have done, had it been made in the past.

    Parameters
    ----------
    forecasts
        How many months were forecast, those forecast from several starts counted each time.
    error, naive_error
        The mean distance of the forecast from what came, in cases a month; and of "as many as in
        the same month of the last year known".
    held
        The share of months that fell within their limits; to be held against the confidence.
    starts
        From how many months a whole span was forecast, of which the totals are.
    total_error, naive_total_error
        The mean distance of the span's total from what came, as a share of it; NaN without starts.
    """

    forecasts: int
    error: float
    naive_error: float
    held: float
    starts: int
    total_error: float
    naive_total_error: float

    @property
    def ratio(self) -> float:
        """The error in proportion to the naive one; from 1 on the forecast is worth nothing."""
        return self.error / self.naive_error if self.naive_error else math.inf


def seasons(
    counts: Floats, *, first_month: int, confidence: float = 0.95, seed: int = 1
) -> Seasons:
    """Tell how the months of the year differ, whatever the level did meanwhile.

    Parameters
    ----------
    counts
        Shape (n,): cases of each whole month in order; NaN for a month nobody counted, which is not
        a month without cases. The month under way is no whole month.
    first_month
        Which month of the year the first is, 1 to 12.
    confidence
        Of the limits.
    seed
        Of the draws that limits are read from.

    Raises
    ------
    NothingToReportError
        When there is no month.
    TooLittleToSayError
        When fewer than 24 months were counted, a month of the year never was, or all counts are 0.
    ReportError
        When a count is infinite or below 0, or the first month is none.

    Notes
    -----
    The model is told at `reports.stats.drift`.
    """
    normal_quantile(confidence)  # refuses what is no confidence
    drift, _ = _fitted(counts, first_month)
    drawn = np.exp(drift.effects(draws=DRAWS, dice=np.random.default_rng(seed)))
    lower, factor, upper = _quantiles(drawn, confidence)
    return Seasons(factor, lower, upper, drift.even(), len(drift.at), _filling(counts))


def forecast(
    counts: Floats,
    *,
    first_month: int,
    ahead: int = YEAR,
    confidence: float = 0.9,
    seed: int = 1,
) -> Forecast:
    """Forecast the counts of the months after the last.

    From where it was of late the level goes back towards its mean, as fast as it did before; the
    months keep their seasons, and the limits widen with how far the level has been seen to wander.
    No trend is carried on: what grew does not grow for ever.

    Parameters
    ----------
    counts, first_month
        As for `seasons`.
    ahead
        How many months, 1 to 24.
    confidence
        Of the limits.
    seed
        Of the draws that limits are read from.

    Raises
    ------
    NothingToReportError, TooLittleToSayError, ReportError
        As for `seasons`.
    """
    normal_quantile(confidence)  # refuses what is no confidence
    if not 1 <= ahead <= 2 * YEAR:
        msg = f"A forecast of {ahead} months cannot be made; ask for 1 to {2 * YEAR}."
        raise ReportError(msg)
    drift, following = _fitted(counts, first_month)
    at = following + np.arange(ahead)
    month = (first_month - 1 + len(counts) + np.arange(ahead)) % YEAR
    dice = np.random.default_rng(seed)
    logs = drift.logs(at, month, draws=DRAWS, dice=dice)
    drawn = dice.poisson(np.exp(np.minimum(logs, HIGHEST))).astype(np.float64)
    lower, value, upper = _quantiles(drawn, confidence)
    total_lower, total, total_upper = _quantiles(drawn.sum(axis=1), confidence)
    return Forecast(
        month + 1,
        value,
        lower,
        upper,
        float(total),
        float(total_lower),
        float(total_upper),
        confidence,
    )


def back_test(
    counts: Floats,
    *,
    first_month: int,
    ahead: int = YEAR,
    confidence: float = 0.9,
    starts: int = 24,
    seed: int = 1,
) -> BackTest:
    """Forecast the past from before it, and tell how far off that would have been.

    Parameters
    ----------
    counts, first_month, ahead, confidence, seed
        As for `forecast`.
    starts
        From how many of the last months to forecast, at most.

    Raises
    ------
    NothingToReportError, TooLittleToSayError, ReportError
        As for `seasons`; also TooLittleToSayError when no month that was counted could have been
        forecast.
    """
    _fitted(counts, first_month)  # refuses what has no season to tell even as a whole
    last = len(counts) - 1
    tries = [
        _tried(counts, start, first_month, ahead, confidence, seed)
        for start in range(max(0, last - starts + 1), last + 1)
        if _enough(counts[:start], first_month) is None
    ]
    if not sum(len(one.came) for one in tries):
        msg = (
            "Nothing counted could have been forecast from before it: "
            f"that takes {LEAST_MONTHS} months and one more."
        )
        raise TooLittleToSayError(msg)
    came, told, naive, held = (
        np.concatenate([getattr(one, part) for one in tries])
        for part in ("came", "told", "naive", "held")
    )
    whole = np.array([one.totals for one in tries if one.totals]).reshape(-1, 3)
    off = np.abs(whole[:, 1:] - whole[:, :1]) / np.maximum(whole[:, :1], 1)
    total, naive_total = off.mean(axis=0) if len(off) else (math.nan, math.nan)
    return BackTest(
        len(came),
        float(np.abs(told - came).mean()),
        float(np.abs(naive - came).mean()),
        float(held.mean()),
        len(whole),
        float(total),
        float(naive_total),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Try:
    """One forecast of the past: what came, was told, was a year before, and was within limits."""

    came: Floats
    told: Floats
    naive: Floats
    held: Marks
    totals: tuple[float, float, float] | None


def _tried(
    counts: Floats, start: int, first_month: int, ahead: int, confidence: float, seed: int
) -> _Try:
    made = forecast(
        counts[:start], first_month=first_month, ahead=ahead, confidence=confidence, seed=seed
    )
    came = np.full(ahead, np.nan)
    seen = counts[start : start + ahead]
    came[: len(seen)] = seen
    years = np.arange(ahead) // YEAR + 1
    naive = counts[start + np.arange(ahead) - years * YEAR]
    known = np.isfinite(came) & np.isfinite(naive)
    totals = (float(came.sum()), made.total, float(naive.sum())) if known.all() else None
    within = (made.lower <= came) & (came <= made.upper)
    return _Try(came[known], made.value[known], naive[known], within[known], totals)


def _fitted(counts: Floats, first_month: int) -> tuple[Drift, int]:
    """Fit the last eight years; return the fit and the number of the month that follows."""
    some(counts, name="months")
    if not 1 <= first_month <= YEAR:
        msg = f"There is no month {first_month}; a year has 1 to {YEAR}."
        raise ReportError(msg)
    if np.isinf(counts).any() or (counts < 0).any():
        msg = "A month's count is below 0 or infinite; give NaN for a month nobody counted."
        raise ReportError(msg)
    if lacking := _enough(counts, first_month):
        raise TooLittleToSayError(lacking)
    recent = _recent(counts)
    at = np.flatnonzero(np.isfinite(recent))
    month = (first_month - 1 + len(counts) - len(recent) + at) % YEAR
    return Drift.fitted(recent[at], at=at, month=month), len(recent)


def _enough(counts: Floats, first_month: int) -> str | None:
    """Say what is lacking for seasons to be told from the level, if anything."""
    recent = _recent(counts)
    at = np.flatnonzero(np.isfinite(recent))
    if len(at) < LEAST_MONTHS:
        return (
            f"Seasons cannot be told from {len(at)} months: "
            f"at least {LEAST_MONTHS} whole ones have to be counted."
        )
    unseen = YEAR - len(np.unique((first_month + at) % YEAR))
    if unseen:
        return f"{unseen} months of the year were never counted, so their season is not known."
    if not recent[at].any():
        return f"There was no case in any of {len(at)} months, so there is no season to tell."
    return None


def _recent(counts: Floats) -> Floats:
    return counts[_filling(counts) :][-MOST_MONTHS:]


def _filling(counts: Floats) -> int:
    """Return for how many months at the beginning the town's records were only filling up."""
    for start, count in enumerate(counts):
        later = counts[start + YEAR :: YEAR]
        known = later[np.isfinite(later)]
        if not len(known) or not count < FILLING * np.median(known):
            return start
    return 0


def _quantiles(drawn: Floats, confidence: float) -> tuple[Floats, Floats, Floats]:
    tail = (1 - confidence) / 2
    lower, middle, upper = np.quantile(drawn, [tail, 0.5, 1 - tail], axis=0, method="inverted_cdf")
    return lower, middle, upper

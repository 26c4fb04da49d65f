"""Tell in what share of cases a step comes when other endings may come before it."""

import dataclasses

import numpy as np

from reports.errors import ReportError
from reports.stats.arrays import Floats, Whole, normal_quantile
from reports.stats.survival import checked_durations, log_log_limits, waiting

WAITS = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Incidence:
    """The share of all cases that have ended in one way, by time.

    Parameters
    ----------
    ending
        The number of the ending.
    times
        Shape (k,): the distinct times at which any case ended in any way, rising; the same for all
        endings.
    events
        Shape (k,): cases that ended in this way then.
    share
        Shape (k,): the share of cases that have ended so by then.
    variance
        Shape (k,): of the share.
    lower, upper
        Shape (k,): its log-log limits, each time by itself.
    """

    ending: int
    times: Floats
    events: Whole
    share: Floats
    variance: Floats
    lower: Floats
    upper: Floats

    def at(self, times: Floats) -> Floats:
        """Read the share at times."""
        shares = np.concatenate([[0.0], self.share])
        return np.asarray(shares[np.searchsorted(self.times, times, side="right")])


def cumulative_incidence(
    durations: Floats, endings: Whole, *, confidence: float = 0.95
) -> tuple[Incidence, ...]:
    """Estimate for each way in which cases end what share has ended so, by time.

    When to use which. "What share of complaints gets a notice within 30 days?", where some are
    closed as unfounded and never get one, is asked here: the shares of all endings and of those who
    still wait add up to 1. `reports.stats.survival` would take the unfounded for cases that merely
    went out of sight, and tell what would happen if no complaint were ever unfounded: always more.
    That is the right question where nothing else can end the wait, and for how quickly the office
    works off those that do need a notice, if those are all it is asked of.

    Parameters
    ----------
    durations
        Shape (n,): how long each case was seen, until it ended or until today; none below 0.
    endings
        Shape (n,): 0 for a case that still waits, else the number of its ending, from 1.
    confidence
        Of the limits.

    Returns
    -------
    tuple of Incidence
        One for each ending that there is, by its number; none where every case still waits.

    Raises
    ------
    NothingToReportError
        When there is no case.
    ReportError
        When a duration is missing, infinite or below 0, or an ending below 0, or they do not fit.

    Notes
    -----
    O. O. Aalen and S. Johansen, "An empirical transition matrix for non-homogeneous Markov chains",
    Scandinavian Journal of Statistics 5 (1978), 141-150; the variance by the delta method as in
    E. Marubini and M. G. Valsecchi, "Analysing Survival Data from Clinical Trials" (1995), chapter
    10; it is Greenwood's where there is one ending, and that of a plain share where all have ended.
    """
    z = normal_quantile(confidence)
    seen = checked_durations(durations, endings)
    if endings.min() < WAITS:
        msg = f"An ending is numbered {endings.min()}; numbers are 0 for waiting, else 1 and more."
        raise ReportError(msg)
    times, events = np.unique(seen[endings > WAITS], return_counts=True)
    table = _Table(times, waiting(seen, times), events)
    kinds = np.unique(endings[endings > WAITS])
    return tuple(_one(table, int(kind), seen[endings == kind], z) for kind in kinds)


@dataclasses.dataclass(frozen=True, slots=True)
class _Table:
    times: Floats
    at_risk: Whole
    events: Whole

    def before(self) -> Floats:
        """Return the share that waits just before each time."""
        left = np.cumprod(1 - self.events / self.at_risk)
        return np.concatenate([[1.0], left[:-1]])

    def hazards(self) -> Floats:
        left = self.at_risk * (self.at_risk - self.events)
        return np.divide(self.events, left, out=np.zeros(len(left)), where=left > 0)


def _one(table: _Table, ending: int, durations: Floats, z: float) -> Incidence:
    found = np.searchsorted(table.times, durations)
    events = np.bincount(found, minlength=len(table.times)).astype(np.int64)
    share = np.cumsum(table.before() * events / table.at_risk)
    variance = _variance(table, events, share)
    lower, upper = log_log_limits(share, np.sqrt(variance), z=z)
    return Incidence(ending, table.times, events, share, variance, lower, upper)


def _variance(table: _Table, events: Whole, share: Floats) -> Floats:
    at_risk, before, any_ = table.at_risk, table.before(), table.hazards()
    own = before**2 * (at_risk - events) * events / at_risk.astype(np.float64) ** 3
    both = before * events / at_risk.astype(np.float64) ** 2
    # Over earlier times j the sum of (share - share_j)^2 any_j + own_j - 2 (share - share_j) both_j
    squares = share**2 * np.cumsum(any_) - 2 * share * np.cumsum(share * any_)
    squares += np.cumsum(share**2 * any_)
    crossed = share * np.cumsum(both) - np.cumsum(share * both)
    return np.maximum(squares + np.cumsum(own) - 2 * crossed, 0)

"""Tell how long steps take where some cases still wait: Kaplan and Meier's estimate."""

import dataclasses

import numpy as np

from reports.errors import ReportError
from reports.stats.arrays import (
    Floats,
    Marks,
    Whole,
    counts_of,
    finite,
    normal_quantile,
    same_length,
    some,
)

CLOSE = 1e-12


@dataclasses.dataclass(frozen=True, slots=True)
class Between:
    """A figure with the limits of its interval; None where the data do not reach.

    Parameters
    ----------
    value, lower, upper
        In the unit of the times.
    """

    value: float | None
    lower: float | None
    upper: float | None


@dataclasses.dataclass(frozen=True, slots=True)
class Survival:
    """The share of cases that still wait, by time.

    Parameters
    ----------
    times
        Shape (k,): the distinct times at which the step happened, rising. All that follow are as of
        just after each. Before the first the share is 1.
    at_risk, events
        Shape (k,): cases that still waited just before, and of these those whose step happened.
    share
        Shape (k,): the estimated share that waits longer.
    variance
        Shape (k,): Greenwood's, of the share.
    lower, upper
        Shape (k,): log-log limits of the share, each time by itself.
    cases
        How many cases, those without the step among them.
    longest
        The longest time seen of any; beyond it the data say nothing, unless nobody waits any more.
    confidence
        Of the limits.
    """

    times: Floats
    at_risk: Whole
    events: Whole
    share: Floats
    variance: Floats
    lower: Floats
    upper: Floats
    cases: int
    longest: float
    confidence: float

    def at(self, times: Floats) -> Floats:
        """Read the share at times; NaN beyond what was seen."""
        asked = finite(times, name="times asked for")
        shares = np.concatenate([[1.0], self.share])
        read = shares[np.searchsorted(self.times, asked, side="right")]
        return np.where((asked > self.longest) & (read > 0), np.nan, read)

    def quantile(self, done: float) -> Between:
        """Tell by what time the step has happened in a share of the cases, 0.5 for the median.

        Parameters
        ----------
        done
            Between 0 and 1.

        Returns
        -------
        Between
            The first time at which at most ``1 - done`` wait; the limits are where those of the
            share cross it.

        Raises
        ------
        ReportError
            When `done` is not between 0 and 1.

        Notes
        -----
        R. Brookmeyer and J. Crowley, "A confidence interval for the median survival time",
        Biometrics 38 (1982), 29-41, with the log-log limits.
        """
        if not 0 < done < 1:
            msg = f"A share of {done:g} has no time of its own; give one between 0 and 1, as 0.5."
            raise ReportError(msg)
        return Between(
            *(self._first(curve, done) for curve in (self.share, self.lower, self.upper))
        )

    def restricted_mean(self, until: float) -> Between:
        """Tell the mean time a case waits, of each case at most `until`.

        Unlike the plain mean of finished cases it leaves nobody out, and unlike the mean of all it
        does not hang on a few that wait for ever.

        Parameters
        ----------
        until
            Above 0, at most the longest time seen unless nobody waits any more.

        Raises
        ------
        ReportError
            When `until` is not so.

        Notes
        -----
        The area under the curve; J. P. Klein and M. L. Moeschberger, "Survival Analysis" (2nd ed.
        2003), section 4.5, without the correction for few cases.
        """
        over = not len(self.share) or self.share[-1] > 0
        if until <= 0 or (over and until > self.longest):
            msg = (
                f"A mean up to {until:g} cannot be told; give a time above 0 "
                f"and at most {self.longest:g}, the longest that was seen."
            )
            raise ReportError(msg)
        before = self.times < until
        edges = np.concatenate([[0.0], self.times[before], [until]])
        areas = np.diff(edges) * np.concatenate([[1.0], self.share[before]])
        left = areas[::-1].cumsum()[::-1][1:]
        spread = (left**2 * _hazards(self.at_risk, self.events)[before]).sum()
        half = normal_quantile(self.confidence) * float(np.sqrt(spread))
        mean = float(areas.sum())
        return Between(mean, max(0.0, mean - half), min(until, mean + half))

    def _first(self, curve: Floats, done: float) -> float | None:
        reached = np.flatnonzero(curve <= 1 - done + CLOSE)
        return float(self.times[reached[0]]) if len(reached) else None


def survival(durations: Floats, happened: Marks, *, confidence: float = 0.95) -> Survival:
    """Estimate the share of cases that still wait for a step, by time.

    A case that still waits, or that left for a reason that has nothing to do with how soon the step
    would have come, counts for as long as it was seen. A case that ended in another way, after
    which the step can no longer come, is not such a case: see `reports.stats.incidence`.

    Parameters
    ----------
    durations
        Shape (n,): how long each case was seen, until the step or until today; none below 0.
    happened
        Shape (n,): whether it ended with the step.
    confidence
        Of the limits.

    Returns
    -------
    Survival
        Without times where no step happened at all: everyone seen waits.

    Raises
    ------
    NothingToReportError
        When there is no case.
    ReportError
        When a duration is missing, infinite or below 0, or the lengths differ.

    Notes
    -----
    E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations", Journal of
    the American Statistical Association 53 (1958), 457-481; limits by J. D. Kalbfleisch and
    R. L. Prentice, "The Statistical Analysis of Failure Time Data" (1980), section 1.4. At a share
    of 0 there is no limit to compute: the lower is 0 and the upper stays what it was before.
    """
    z = normal_quantile(confidence)
    seen = checked_durations(durations, happened)
    times, events = np.unique(seen[happened], return_counts=True)
    at_risk = waiting(seen, times)
    share = np.cumprod(1 - events / at_risk)
    spread = np.cumsum(_hazards(at_risk, events))
    lower, upper = log_log_limits(share, np.sqrt(spread) * share, z=z)
    if len(share) and share[-1] == 0:
        lower[-1], upper[-1] = 0.0, upper[-2] if len(share) > 1 else 1.0
    return Survival(
        times,
        at_risk,
        events.astype(np.int64),
        share,
        share**2 * spread,
        lower,
        upper,
        len(seen),
        float(seen.max()),
        confidence,
    )


def log_log_limits(share: Floats, deviation: Floats, *, z: float) -> tuple[Floats, Floats]:
    """Return the limits of a share between 0 and 1 that are even on the scale log(-log share).

    Parameters
    ----------
    share, deviation
        Of the same shape: shares and their standard deviations.
    z
        How many standard deviations.

    Returns
    -------
    tuple of ndarray of float64
        Lower and upper; the share itself where it is 0 or 1, but for rounding.
    """
    within = (share > CLOSE) & (share < 1 - CLOSE)
    inner = share[within]
    wider = np.exp(z * deviation[within] / (inner * -np.log(inner)))
    lower, upper = share.copy(), share.copy()
    lower[within], upper[within] = inner**wider, inner ** (1 / wider)
    return lower, upper


def checked_durations(durations: Floats, endings: Marks | Whole) -> Floats:
    """Return durations that one can compute with.

    Raises
    ------
    NothingToReportError
        When there is none.
    ReportError
        When one is missing, infinite or below 0, or there are not as many as endings.
    """
    some(durations, name="cases")
    same_length(durations, endings, names="The durations and endings of cases")
    return counts_of(durations, name="durations")


def waiting(durations: Floats, times: Floats) -> Whole:
    """Return how many cases were still seen just before each time."""
    ended = np.searchsorted(np.sort(durations), times, side="left")
    return np.asarray(len(durations) - ended, dtype=np.int64)


def _hazards(at_risk: Whole, events: Whole) -> Floats:
    """Return what each time adds to Greenwood's sum; 0 where nobody is left."""
    left = at_risk * (at_risk - events)
    return np.divide(events, left, out=np.zeros(len(left)), where=left > 0)

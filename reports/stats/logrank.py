"""Test whether groups of cases wait equally long: the log-rank test."""

import dataclasses

import numpy as np
from scipy import special

from reports.errors import TooLittleToSayError
from reports.stats.arrays import Floats, Marks, Whole, same_length
from reports.stats.survival import checked_durations, waiting


@dataclasses.dataclass(frozen=True, slots=True)
class LogRank:
    """What the test says.

    Parameters
    ----------
    groups
        Shape (g,): the groups' numbers as given, rising.
    observed, expected
        Shape (g,): steps that happened in each, and that would have happened if all groups were as
        quick as each other. More than expected is quicker.
    chi2, freedom, p
        The statistic, its degrees of freedom and how often chance alone brings as much.
    """

    groups: Whole
    observed: Floats
    expected: Floats
    chi2: float
    freedom: int
    p: float


def log_rank(durations: Floats, happened: Marks, groups: Whole) -> LogRank:
    """Test whether the step comes as soon in one group as in another.

    Parameters
    ----------
    durations, happened
        Shape (n,), as for `reports.stats.survival.survival`.
    groups
        Shape (n,): the number of each case's group.

    Raises
    ------
    NothingToReportError
        When there is no case.
    TooLittleToSayError
        When there is one group only, or the step never happened while cases of two groups waited.
    ReportError
        When the numbers do not fit.

    Notes
    -----
    N. Mantel, "Evaluation of survival data and two new rank order statistics", Cancer Chemotherapy
    Reports 50 (1966), 163-170; with the hypergeometric variance, for any number of groups. It says
    that groups differ, not why: cases that differ from the start belong into strata first.
    """
    seen = checked_durations(durations, happened)
    same_length(seen, groups, names="The durations and groups of cases")
    kinds, of = np.unique(groups, return_inverse=True)
    if len(kinds) < 2:  # noqa: PLR2004 - two are a comparison
        msg = "All cases are of one group, so there is nothing to compare."
        raise TooLittleToSayError(msg)
    times = np.unique(seen[happened])
    parts = [seen[of == kind] for kind in range(len(kinds))]
    at_risk = np.array([waiting(part, times) for part in parts], dtype=np.float64)
    events = np.array([_events(seen[happened & (of == kind)], times) for kind in range(len(kinds))])
    share, steps = at_risk / at_risk.sum(axis=0), events.sum(axis=0)
    expected = (share * steps).sum(axis=1)
    apart = events.sum(axis=1) - expected
    chi2, freedom = _statistic(apart, _covariance(share, steps, at_risk.sum(axis=0)))
    p = float(special.chdtrc(freedom, chi2))
    return LogRank(kinds, events.sum(axis=1), expected, chi2, freedom, p)


def _covariance(share: Floats, steps: Floats, at_risk: Floats) -> Floats:
    """Return the covariance of the groups' steps, summed over the times."""
    left = np.maximum(at_risk - 1, 1)
    scale = steps * (at_risk - steps) / left
    return np.asarray(np.diag((share * scale).sum(axis=1)) - (share * scale) @ share.T)


def _statistic(apart: Floats, covariance: Floats) -> tuple[float, int]:
    freedom = int(np.linalg.matrix_rank(covariance, hermitian=True))
    if not freedom:
        msg = "The step never happened while cases of two groups waited for it."
        raise TooLittleToSayError(msg)
    chi2 = apart @ np.linalg.pinv(covariance, hermitian=True) @ apart
    return float(chi2), freedom


def _events(durations: Floats, times: Floats) -> Floats:
    found = np.searchsorted(times, durations)
    return np.bincount(found, minlength=len(times)).astype(np.float64)

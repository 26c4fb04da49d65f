"""Compare units whose cases differ, each with what would be expected of just its cases."""

import dataclasses
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from reports.errors import ReportError, TooLittleToSayError
from reports.stats.arrays import (
    Floats,
    Marks,
    Whole,
    counts_of,
    normal_quantile,
    same_length,
    some,
)
from reports.stats.discovery import adjusted
from reports.stats.intervals import poisson_rate

LEAST_UNITS = 2
NO_VARIANCE = 1e-12

type Keys = NDArray[Any]
"""Numbers or names, whichever can be sorted."""


@dataclasses.dataclass(frozen=True, slots=True)
class Standardised:
    """Each unit beside what all together would have had with its cases; arrays of shape (units,).

    Parameters
    ----------
    units
        As given, each once, in order.
    observed, expected
        What the unit had, and what it would have had at each stratum's overall share or rate.
    ratio, lower, upper
        Observed to expected with its limits; NaN, 0 and infinity where nothing was expected.
    z, p, q
        How far the unit is from all others in standard deviations, how often chance alone brings as
        much, and the least false-discovery rate over all units at which it counts.
    comparable
        The share of the unit's cases that lie in strata in which others have any; where it is low
        the unit is compared with little but itself.
    """

    units: Keys
    observed: Floats
    expected: Floats
    ratio: Floats
    lower: Floats
    upper: Floats
    z: Floats
    p: Floats
    q: Floats
    comparable: Floats


@dataclasses.dataclass(frozen=True, slots=True)
class Direct:
    """Each unit's rate as it would be with everyone's mix of strata; arrays of shape (units,).

    Parameters
    ----------
    units
        As given, each once, in order.
    crude, rate, lower, upper
        The plain rate, and the standardised one with its limits; NaN, 0 and infinity where a unit
        has no exposure in a stratum that counts.
    lacking
        In how many strata that count the unit has no exposure.
    """

    units: Keys
    crude: Floats
    rate: Floats
    lower: Floats
    upper: Floats
    lacking: Whole


def indirect_shares(
    happened: Marks, units: Keys, strata: Keys, *, confidence: float = 0.95
) -> Standardised:
    """Compare in how many of its cases each unit had something, given what kinds of cases it had.

    For officers: `happened` says whether a case was brought into compliance in time, a stratum is a
    kind of case at a kind of property in a zone. A ratio of 0.9 is "a tenth fewer than all officers
    together with the same cases", which is no judgment of the officer: what is in no stratum, such
    as who was given the hopeless ones, is in the ratio.

    Parameters
    ----------
    happened, units, strata
        Shape (n,): for each case whether it did, whose it was, and of what kind.
    confidence
        Of the limits.

    Raises
    ------
    NothingToReportError
        When there is no case.
    TooLittleToSayError
        When there is one unit only.
    ReportError
        When the lengths differ.

    Notes
    -----
    The limits are those at which the squared distance from observed to ratio times expected is z^2
    times its binomial variance, the chances in all strata being multiplied by the ratio: Wilson's
    where there is one stratum. They take what is expected for known. `z` is the test of N. Mantel
    and W. Haenszel, Journal of the National Cancer Institute 22 (1959), 719-748, of the unit
    against all others within strata, without correction for continuity.
    """
    table = _table(happened.astype(np.float64), np.ones(len(happened)), units, strata)
    cases, all_cases, all_events = (
        table.exposure,
        table.exposure.sum(axis=0),
        table.events.sum(axis=0),
    )
    chance = all_events / all_cases
    expected, squares = cases @ chance, cases @ chance**2
    lower, upper = _wilson(
        table.events.sum(axis=1), expected, squares, z=normal_quantile(confidence)
    )
    left = np.maximum(all_cases - 1, 1)
    variance = (cases * (all_cases - cases)) @ (chance * (1 - chance) / left)
    return _standardised(table, expected, lower, upper, variance)


def indirect_rates(
    events: Floats, exposure: Floats, units: Keys, strata: Keys, *, confidence: float = 0.95
) -> Standardised:
    """Compare how many events each unit had, given how much exposure it had in each stratum.

    Parameters
    ----------
    events, exposure, units, strata
        Shape (n,): rows of counts and of what they are of, as hours or parcels, with their unit and
        stratum; rows of one unit and stratum are added up.
    confidence
        Of the limits.

    Raises
    ------
    NothingToReportError
        When there is no row.
    TooLittleToSayError
        When there is one unit only.
    ReportError
        When the numbers do not fit, or a stratum has events and no exposure.

    Notes
    -----
    Indirect standardisation (N. E. Breslow and N. E. Day, "Statistical Methods in Cancer Research"
    II (1987), chapter 2), with the mid-P limits of `reports.stats.intervals.poisson_rate`. `z` is
    of the unit's events given all events of each stratum.
    """
    table = _table(events, exposure, units, strata)
    total, steps = table.exposure.sum(axis=0), table.events.sum(axis=0)
    if ((steps > 0) & (total == 0)).any():
        msg = "A stratum has events where there was no exposure, and so no rate."
        raise ReportError(msg)
    part = np.divide(table.exposure, total, out=np.zeros_like(table.exposure), where=total > 0)
    expected = part @ steps
    known = np.where(expected > 0, table.events.sum(axis=1), 0.0)
    limits = poisson_rate(known, expected, confidence=confidence)
    return _standardised(table, expected, limits.lower, limits.upper, (part * (1 - part)) @ steps)


def direct_rates(
    events: Floats,
    exposure: Floats,
    units: Keys,
    strata: Keys,
    *,
    standard: Floats | None = None,
    confidence: float = 0.95,
) -> Direct:
    """Give each unit the rate it would have if its mix of strata were everyone's.

    For areas that are each large enough to have exposure in every stratum; the rates may then be
    compared with each other. Where strata are thin use `indirect_rates`, whose ratios may strictly
    be compared with 1 alone.

    Parameters
    ----------
    events, exposure, units, strata
        As for `indirect_rates`.
    standard
        Weight of each stratum in the order of the sorted strata; the exposure of all units when not
        given.
    confidence
        Of the limits.

    Raises
    ------
    NothingToReportError
        When there is no row.
    ReportError
        When the numbers do not fit, a row has events and no exposure, or the weights are not as
        many as the strata or all 0.

    Notes
    -----
    Limits by M. P. Fay and E. J. Feuer, "Confidence intervals for directly standardized rates: a
    method based on the gamma distribution", Statistics in Medicine 16 (1997), 791-801.
    """
    normal_quantile(confidence)  # refuses what is no confidence
    table = _table(events, exposure, units, strata, least=1)
    if ((table.events > 0) & (table.exposure == 0)).any():
        msg = "There are events where there was no exposure, and so no rate."
        raise ReportError(msg)
    weights = _weights(table, standard)
    lacks = (table.exposure == 0) & (weights > 0)
    each = np.divide(
        weights, table.exposure, out=np.zeros_like(table.exposure), where=~lacks & (weights > 0)
    )
    rate = (each * table.events).sum(axis=1)
    lower, upper = _gamma(rate, (each**2 * table.events).sum(axis=1), each.max(axis=1), confidence)
    unknown = lacks.any(axis=1)
    crude = poisson_rate(table.events.sum(axis=1), table.exposure.sum(axis=1)).value
    return Direct(
        table.units,
        crude,
        np.where(unknown, np.nan, rate),
        np.where(unknown, 0.0, lower),
        np.where(unknown, np.inf, upper),
        lacks.sum(axis=1),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Table:
    """Events and exposure by unit (rows) and stratum (columns)."""

    units: Keys
    events: Floats
    exposure: Floats


def _table(
    events: Floats, exposure: Floats, units: Keys, strata: Keys, *, least: int = LEAST_UNITS
) -> _Table:
    some(events, name="cases")
    same_length(events, exposure, units, strata, names="The events, exposures, units and strata")
    names, unit = np.unique(units, return_inverse=True)
    kinds, stratum = np.unique(strata, return_inverse=True)
    if len(names) < least:
        msg = "All cases are of one unit, so there is nothing to compare it with."
        raise TooLittleToSayError(msg)
    cell, shape = unit * len(kinds) + stratum, (len(names), len(kinds))

    def added(values: Floats, name: str) -> Floats:
        sums = np.bincount(cell, counts_of(values, name=name), minlength=shape[0] * shape[1])
        return np.asarray(sums.reshape(shape))

    return _Table(names, added(events, "events"), added(exposure, "exposures"))


def _standardised(
    table: _Table, expected: Floats, lower: Floats, upper: Floats, variance: Floats
) -> Standardised:
    observed, own = table.events.sum(axis=1), table.exposure.sum(axis=1)
    apart = observed - expected
    z = np.divide(apart, np.sqrt(variance), out=np.zeros_like(apart), where=variance > NO_VARIANCE)
    p = 2 * special.ndtr(-np.abs(z))
    shared = (table.exposure > 0).sum(axis=0) > 1
    among = table.exposure[:, shared].sum(axis=1)
    none = expected <= 0
    return Standardised(
        table.units,
        observed,
        expected,
        np.divide(observed, expected, out=np.full(len(own), np.nan), where=~none),
        np.where(none, 0.0, lower),
        np.where(none, np.inf, upper),
        z,
        p,
        adjusted(p),
        np.divide(among, own, out=np.zeros(len(own)), where=own > 0),
    )


def _wilson(
    observed: Floats, expected: Floats, squares: Floats, *, z: float
) -> tuple[Floats, Floats]:
    """Solve (observed - r expected)^2 = z^2 (r expected - r^2 squares) for the ratio r."""
    known = np.where(expected > 0, expected, 1.0)
    first = known**2 + z**2 * squares
    half = observed * known + z**2 * known / 2
    root = np.sqrt(np.maximum(half**2 - first * observed**2, 0))
    return np.where(observed > 0, (half - root) / first, 0.0), (half + root) / first


def _weights(table: _Table, standard: Floats | None) -> Floats:
    given = table.exposure.sum(axis=0) if standard is None else counts_of(standard, name="weights")
    if len(given) != table.events.shape[1] or not given.sum() > 0:
        msg = f"There are {table.events.shape[1]} strata and {len(given)} weights, not all 0."
        raise ReportError(msg)
    return np.asarray(given / given.sum())


def _gamma(
    rate: Floats, variance: Floats, largest: Floats, confidence: float
) -> tuple[Floats, Floats]:
    tail = (1 - confidence) / 2
    seen = rate > 0
    shape = np.divide(rate**2, variance, out=np.ones_like(rate), where=seen)
    scale = np.divide(variance, rate, out=np.ones_like(rate), where=seen)
    lower = np.where(seen, special.gammaincinv(shape, tail) * scale, 0.0)
    more, wider = rate + largest, variance + largest**2
    return lower, special.gammainccinv(more**2 / wider, tail) * wider / more

"""Test whether cases near each other in space follow each other in time: Knox's test."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reports.errors import ReportError, TooLittleToSayError
from reports.stats.arrays import Floats, Whole, finite, same_length, some
from reports.stats.near_pairs import Days, NearPairs

LEAST_PERMUTATIONS = 19
AT_ONCE = 256
"""Permutations counted side by side, each a column."""

type Told = Callable[[float], None]


@dataclasses.dataclass(frozen=True, slots=True)
class Knox:
    """Pairs of cases by how far apart they are and how many days lie between them.

    All arrays have the shape (bands of distance, bands of days). Row 0 is of pairs at the very same
    place; row k of pairs farther apart than `distances[k - 2]` (0 for k = 1) and at most
    `distances[k - 1]`. Column 0 is of pairs at most `spans[0]` days apart, column k of pairs more
    than `spans[k - 1]` and at most `spans[k]` apart.

    Parameters
    ----------
    distances, spans
        The far edges of the bands, in metres and in days.
    observed
        How many pairs there are.
    expected
        How many there would be if days fell on cases by lot: pairs so near times pairs so soon
        over all pairs.
    ratio
        Observed to expected; NaN where none is expected. 1.4 is to be read as "40 % more often".
    simulated
        The mean over the permutations, to be held against `expected`.
    p
        How often, the observed order counted in, the lot brought as many pairs or more. With many
        bands some are below 0.05 by chance.
    permutations
        How many.
    """

    distances: tuple[float, ...]
    spans: tuple[int, ...]
    observed: Whole
    expected: Floats
    ratio: Floats
    simulated: Floats
    p: Floats
    permutations: int


def knox(
    points: Floats,
    days: Whole,
    *,
    distances: Sequence[float] = (50.0, 100.0, 200.0),
    spans: Sequence[int] = (7, 14, 30, 60, 90),
    permutations: int = 999,
    seed: int = 1,
    told: Told | None = None,
) -> Knox:
    """Count the pairs of cases near in space and time, and what chance alone would bring.

    Give each case once: the violations of one inspection are of one place and day, and would be
    found to repeat each other.

    Parameters
    ----------
    points
        Shape (n, 2), metres; cases of one parcel at the very same point.
    days
        Shape (n,): the day of each as a whole number.
    distances
        Far edges of the bands of distance in metres, rising, above 0; the same place is a band of
        its own before them.
    spans
        Far edges of the bands of days, rising, from 0.
    permutations
        How often the days are dealt out anew, at least 19.
    seed
        Of the lot; the same seed gives the same answer.
    told
        Called with the share that is done, now and then.

    Raises
    ------
    NothingToReportError
        When there is no case.
    TooLittleToSayError
        When there is one case only, or all are of one place or of one day.
    ReportError
        When the bands do not rise, the numbers do not fit, or the distances take in too many pairs.

    Notes
    -----
    E. G. Knox, "The detection of space-time interactions", Applied Statistics 13 (1964), 25-29; by
    permutation of the dates as N. Mantel, Cancer Research 27 (1967), 209-220, proposed; p-values as
    A. C. A. Hope, Journal of the Royal Statistical Society B 30 (1968), 582-598. Used for near
    repeats since S. D. Johnson and others, "Space-time patterns of risk", Journal of Quantitative
    Criminology 23 (2007), 201-219. A town whose cases move from one side to the other over the
    years shows pairs beyond chance in all near bands, without any case leading to another.
    """
    places, day = _checked(points, days)
    edges, limits = (
        _rising(distances, above=0, name="distances"),
        _rising(spans, above=-1, name="spans"),
    )
    if permutations < LEAST_PERMUTATIONS:
        msg = f"{permutations} permutations tell nothing; give at least {LEAST_PERMUTATIONS}."
        raise ReportError(msg)
    pairs = NearPairs(places, edges=edges)
    order = day[pairs.order]
    observed = pairs.counts(order[:, None], limits)[..., 0]
    sums, at_least = np.zeros(observed.shape), np.zeros(observed.shape, dtype=np.int64)
    for done, dealt in _dealt(order, permutations, seed):
        counts = pairs.counts(dealt, limits)
        sums += counts.sum(axis=-1)
        at_least += (counts >= observed[..., None]).sum(axis=-1)
        if told:
            told(done / permutations)
    expected = expected_pairs(pairs.near(), _soon(day, limits), cases=len(day))
    return Knox(
        tuple(edges.tolist()),
        tuple(limits.tolist()),
        observed,
        expected,
        np.divide(observed, expected, out=np.full(expected.shape, np.nan), where=expected > 0),
        sums / permutations,
        (at_least + 1) / (permutations + 1),
        permutations,
    )


def expected_pairs(near: Whole, soon: Whole, *, cases: int) -> Floats:
    """Return how many pairs are both near and soon if days fall on cases by lot.

    Parameters
    ----------
    near
        Shape (bands of distance,): pairs so far apart, whatever their days.
    soon
        Shape (bands of days,): pairs so many days apart, wherever they lie.
    cases
        How many cases the pairs are of.

    Returns
    -------
    ndarray of float64, shape (bands of distance, bands of days)
        Exactly the mean over all permutations.
    """
    return np.outer(near, soon) * 2.0 / (cases * (cases - 1))


def _dealt(days: Days, permutations: int, seed: int) -> Iterator[tuple[int, Days]]:
    """Deal the days out anew, a column a permutation; the order depends on the seed alone."""
    dice = np.random.default_rng(seed)
    for done in range(0, permutations, AT_ONCE):
        columns = min(AT_ONCE, permutations - done)
        dealt = np.empty((len(days), columns), dtype=days.dtype)
        for column in range(columns):
            dealt[:, column] = dice.permutation(days)
        yield done + columns, dealt


def _soon(days: Days, limits: Whole) -> Whole:
    """Return how many pairs of all cases lie in each band of days."""
    sorted_ = np.sort(days).astype(np.int64)
    later = [np.searchsorted(sorted_, sorted_ + limit, side="right") for limit in limits]
    within = [(ends - np.arange(1, len(days) + 1)).sum() for ends in later]
    return np.asarray(np.diff(np.array(within), prepend=0), dtype=np.int64)


def _checked(points: Floats, days: Whole) -> tuple[Floats, Days]:
    """Return the points, and the days counted from the first in as few bytes as hold them."""
    some(points, name="cases")
    same_length(points, days, names="The points and the days of cases")
    places = finite(points, name="points' coordinates")
    if len(places) == 1:
        msg = "There is one case only, and a repeat takes two."
        raise TooLittleToSayError(msg)
    since = days - days.min()
    if not since.any():
        msg = f"All {len(days)} cases are of one day, so none follows another."
        raise TooLittleToSayError(msg)
    if since.max() <= np.iinfo(np.int16).max:
        return places, since.astype(np.int16)
    return places, since.astype(np.int64)


def _rising[Number: (int, float)](
    edges: Sequence[Number], *, above: int, name: str
) -> NDArray[Any]:
    found = np.asarray(edges)
    if not len(found) or found[0] <= above or (np.diff(found) <= 0).any():
        msg = f"The {name} {list(edges)} must rise, each above the last, the first above {above}."
        raise ReportError(msg)
    return found

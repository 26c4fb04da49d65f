"""Count the pairs of cases that are near in space by how near they are in time, many times over."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from reports.errors import ReportError, TooLittleToSayError
from reports.stats.arrays import Floats, Whole

A_BYTE = 255
"""So many marks add up within a byte."""
PAIRS_AT_ONCE = A_BYTE * 4
"""What is held of them, in some hundreds of columns, stays within half a megabyte."""
MOST_PAIRS = 50_000_000

type Days = NDArray[np.int16] | NDArray[np.int64]
type Numbers = NDArray[np.intp]


class Runs(NamedTuple):
    """Pairs in runs: each case with the cases from `first` on, `many` of them."""

    case: Numbers
    first: Numbers
    many: Numbers


class NearPairs:
    """All pairs of cases by distance, held as pairs of places so that memory does not grow.

    Parameters
    ----------
    points
        Shape (n, 2), metres.
    edges
        Far edges of the bands of distance in metres, rising.

    Raises
    ------
    TooLittleToSayError
        When all cases are of one place.
    ReportError
        When more pairs lie within the last edge than can be counted in minutes.
    """

    def __init__(self, points: Floats, *, edges: Floats) -> None:
        places, of, sizes = np.unique(points, axis=0, return_inverse=True, return_counts=True)
        self.order = np.argsort(of.ravel(), kind="stable")
        self._sizes, self._starts = sizes, np.cumsum(sizes) - sizes
        if len(places) == 1:
            msg = f"All {len(points)} cases are of one place, so none is nearer than another."
            raise TooLittleToSayError(msg)
        tree = cKDTree(places)
        reach = edges[-1] * (1 + 1e-12)
        found = int(tree.count_neighbors(tree, reach, weights=(sizes, sizes)))
        if found > 2 * MOST_PAIRS:
            msg = (
                f"{found // 2:,} pairs of cases lie within {edges[-1]:g} m of each other, more "
                f"than {MOST_PAIRS:,}: give shorter distances or a shorter time."
            )
            raise ReportError(msg)
        pairs = tree.query_pairs(reach, output_type="ndarray")
        apart = np.hypot(*(places[pairs[:, 0]] - places[pairs[:, 1]]).T)
        band = np.searchsorted(edges, apart, side="left")
        self._by_band = [pairs[band == at] for at in range(len(edges))]

    def near(self) -> Whole:
        """Return how many pairs each band of distance has, those of one place first."""
        alike = (self._sizes * (self._sizes - 1)).sum() // 2
        apart = [self._sizes[pairs].prod(axis=1).sum() for pairs in self._by_band]
        return np.array([alike, *apart], dtype=np.int64)

    def counts(self, days: Days, limits: Whole) -> Whole:
        """Count the pairs that are near in time, too.

        Parameters
        ----------
        days
            Shape (n, columns): in each column the day of each case, the cases in `order`.
        limits
            Far edges of the bands of days, rising.

        Returns
        -------
        ndarray of int64, shape (bands of distance, bands of days, columns)
        """
        bands = [self._alike(), *(self._across(pairs) for pairs in self._by_band)]
        within = [_within(band, days, limits) for band in bands]
        return np.asarray(np.diff(np.stack(within), axis=1, prepend=0), dtype=np.int64)

    def _alike(self) -> Runs:
        """Pair each case with those after it at its own place."""
        case = np.arange(self._sizes.sum())
        after = np.repeat(self._starts + self._sizes, self._sizes) - case - 1
        return Runs(case, case + 1, after)

    def _across(self, pairs: Numbers) -> Runs:
        """Pair each case of a place with all cases of the other."""
        # From the place with fewer cases, so that there are fewer and longer runs.
        few, many = np.take_along_axis(pairs, np.argsort(self._sizes[pairs], axis=1), axis=1).T
        case = _spread(self._starts[few], self._sizes[few])
        first = np.repeat(self._starts[many], self._sizes[few])
        return Runs(case, first, np.repeat(self._sizes[many], self._sizes[few]))


def _within(band: Runs, days: Days, limits: Whole) -> Whole:
    """Return how many pairs are at most so many days apart, by limit and column."""
    total = np.zeros((len(limits), days.shape[1]), dtype=np.int64)
    # Written into again and again: to ask for new memory took longer than the counting.
    one, two = (np.empty((PAIRS_AT_ONCE, days.shape[1]), dtype=days.dtype) for _ in range(2))
    marks = np.empty(one.shape, dtype=np.bool_)
    for case, other in _blocks(band):
        apart, later, near = one[: len(case)], two[: len(case)], marks[: len(case)]
        np.take(days, case, axis=0, out=apart, mode="clip")
        np.take(days, other, axis=0, out=later, mode="clip")
        np.abs(np.subtract(apart, later, out=apart), out=apart)
        for at, limit in enumerate(limits.tolist()):  # an int64 would make each number wide
            total[at] += _marks(np.less_equal(apart, limit, out=near))
    return total


def _blocks(band: Runs) -> Iterator[tuple[Numbers, Numbers]]:
    """Write the runs out as pairs, so many at a time."""
    ends = np.cumsum(band.many)
    cuts = np.searchsorted(ends, np.arange(0, ends[-1] if len(ends) else 0, PAIRS_AT_ONCE * 64))
    for start, stop in pairwise([*cuts, len(ends)]):
        many = band.many[start:stop]
        case = np.repeat(band.case[start:stop], many)
        other = _spread(band.first[start:stop], many)
        for at in range(0, len(case), PAIRS_AT_ONCE):
            yield case[at : at + PAIRS_AT_ONCE], other[at : at + PAIRS_AT_ONCE]


def _marks(marks: NDArray[np.bool_]) -> Whole:
    """Count the marks in each column; in bytes first, which is several times as fast."""
    whole = len(marks) // A_BYTE * A_BYTE
    shape = (-1, A_BYTE, marks.shape[1])
    added = np.add.reduce(marks[:whole].view(np.uint8).reshape(shape), axis=1, dtype=np.uint8)
    left = marks[whole:].sum(axis=0, dtype=np.int64)
    return np.asarray(added.sum(axis=0, dtype=np.int64) + left)


def _spread(first: Numbers, many: Numbers) -> Numbers:
    """Write out runs of numbers: from each first, so many."""
    ends = np.cumsum(many)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - ends + many, many)

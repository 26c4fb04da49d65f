"""Find the rate of many fines on any day, and what it added up to, without a step per day.

A fine's rate is a staircase. What it adds up to by a day is the sum before the stair in force and
the days since that began. Fine and day are packed into one rising integer, so that one search
serves all fines at once.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from cases.fines.columns import Cents, RateColumns, Whole, numbers, owners

_DAY_BITS = 22
"""2^22 days are 11,000 years."""
_ZERO = 719_163
"""1970-01-01 counted from the day before 0001-01-01, so that no day packs below its fine."""
FOREVER = (1 << _DAY_BITS) - 1 - _ZERO
"""A day, counted from 1970-01-01, after all others."""


def packed(fine: Whole, day: Whole) -> Whole:
    """Put the row of a fine and a day, counted from 1970-01-01, into one integer."""
    return (fine << _DAY_BITS) + (day + _ZERO)


def unpacked(key: Whole) -> tuple[Whole, Whole]:
    """Take the row of a fine and its day apart again."""
    return key >> _DAY_BITS, (key & ((1 << _DAY_BITS) - 1)) - _ZERO


def sums_before(cents: Cents, at: Whole) -> Cents:
    """Add up, for each row of a flat array, the rows before it that belong to the same fine."""
    # Sums over a million fines may pass 2^63; they wrap, and so do their differences, back.
    until = np.zeros(len(cents) + 1, dtype=np.int64)
    np.cumsum(cents, out=until[1:])
    return until[:-1] - np.repeat(until[at[:-1]], np.diff(at))


@dataclass(frozen=True, slots=True)
class Stairs:
    """The rates of n fines.

    Attributes
    ----------
    key
        Shape (m,), int64: fine and day a rate holds from, rising.
    cents
        Shape (m,), int64: cents a day, cut to the day's cap.
    day
        Shape (m,), int64: the first day counted at it, never before the fine's own first.
    before
        Shape (m,), int64: cents the fine's earlier rates added up to.
    ordered
        Shape (m,), int64: the day it was ordered; below all days where the order itself set it.
    """

    key: Whole
    cents: Cents
    day: Whole
    before: Cents
    ordered: Whole

    @classmethod
    def of(cls, rates: RateColumns, *, cap: Cents, first: Whole) -> Self:
        """Build the stairs, none above its fine's cap for a day (s. 162.09(2)(a) and (d))."""
        owner, began = owners(rates.at), numbers(rates.from_day)
        cents = np.minimum(rates.cents, cap[owner])
        day = np.maximum(began, first[owner])
        before = sums_before(cents * np.diff(day, append=0), rates.at)
        return cls(packed(owner, began), cents, day, before, numbers(rates.ordered_on))

    def through(self, fine: Whole, day: Whole) -> Cents:
        """Return what fines add up to by the end of a day on which they run, pauses aside."""
        row = self._row(fine, day)
        return self.before[row] + self.cents[row] * (day - self.day[row] + 1)

    def after(self, fine: Whole, day: int) -> Cents:
        """Return the rate of the next day, as far as a day on the eve of a fine or later knows."""
        tomorrow = np.full(len(fine), day + 1)
        row = self._row(fine, tomorrow)
        row -= self.ordered[row] > day
        return self.cents[row]

    def _row(self, fine: Whole, day: Whole) -> Whole:
        return np.searchsorted(self.key, packed(fine, day), side="right") - 1

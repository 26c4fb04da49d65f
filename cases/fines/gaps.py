"""Find on which days many fines are paused."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from cases.fines.columns import Flags, PauseColumns, Whole, numbers, owners
from cases.fines.stairs import FOREVER, packed


@dataclass(frozen=True, slots=True)
class Gaps:
    """The paused days of n fines, parted so that no day is in two gaps.

    Attributes
    ----------
    at
        Shape (n + 1,), int64: the gaps of fine i are rows at[i] to at[i + 1].
    first, last
        Shape (m,), int64: fine and day packed, both days included, rising.
    """

    at: Whole
    first: Whole
    last: Whole

    @classmethod
    def of(cls, pauses: PauseColumns, *, as_of: int) -> Self:
        """Unite the pauses ordered by a day; a day under two of them is in one gap."""
        known = numbers(pauses.ordered_on) <= as_of
        owner = owners(pauses.at)[known]
        ends = np.where(np.isnat(pauses.last_day), FOREVER, numbers(pauses.last_day))
        first = packed(owner, numbers(pauses.first_day)[known])
        last = packed(owner, ends[known])
        reached = np.maximum.accumulate(last)
        first[1:] = np.maximum(first[1:], reached[:-1] + 1)
        own = first <= last
        counts = np.bincount(owner[own], minlength=len(pauses.at) - 1)
        return cls(np.concatenate([[0], np.cumsum(counts)]), first[own], last[own])

    def find(self, fine: Whole, day: Whole) -> tuple[Whole, Flags, Flags]:
        """Return the last gap begun by a day, whether there is one, and whether it lasts then."""
        key = packed(fine, day)
        row = np.searchsorted(self.first, key, side="right") - 1
        begun = row >= self.at[fine]
        return row, begun, begun & (self.last[row] >= key)

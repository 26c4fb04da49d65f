"""Add up what many fines accrue through any day: their stairs, less their gaps, under their cap."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from cases.fines.columns import Cents, FineColumns, Flags, Whole, first_days, numbers, of_kind
from cases.fines.gaps import Gaps
from cases.fines.rules import FineKind, FineRules
from cases.fines.stairs import Stairs, sums_before, unpacked

NO_CAP = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Accrual:
    """What n fines accrue, as a day knows them.

    Attributes
    ----------
    first, last
        Shape (n,), int64: first and last day fined; the last is before the first where none is.
    ended
        Shape (n,), bool: whether the fine is known to have ended.
    cap
        Shape (n,), int64: the order's total cap in cents.
    stairs, gaps
        Rates and pauses.
    spared, spared_before
        Shape (m,), int64: cents that a gap, and the fine's gaps before it, took out.
    """

    first: Whole
    last: Whole
    ended: Flags
    cap: Cents
    stairs: Stairs
    gaps: Gaps
    spared: Cents
    spared_before: Cents

    @classmethod
    def of(cls, columns: FineColumns, rules: FineRules, *, as_of: int) -> Self:
        """Take from the columns what a day, counted from 1970-01-01, knows."""
        first = numbers(first_days(columns))
        ended, last = _ends(columns, rules, first=first, as_of=as_of)
        stairs = Stairs.of(columns.rates, cap=_day_caps(columns, rules), first=first)
        gaps = Gaps.of(columns.pauses, as_of=as_of)
        cap = np.where(columns.total_cap_cents > 0, columns.total_cap_cents, NO_CAP)
        none = np.zeros(len(gaps.first), dtype=np.int64)
        whole = cls(first, last, ended, cap, stairs, gaps, none, none)
        spared = whole._sparing()
        return cls(first, last, ended, cap, stairs, gaps, spared, sums_before(spared, gaps.at))

    def through(self, fine: Whole, day: Whole) -> Cents:
        """Return what fines accrued by the end of a day each: rows and days of one shape."""
        if len(self.gaps.first) == 0:
            return np.minimum(self._running(fine, day), self.cap[fine])
        row, begun, within = self.gaps.find(fine, day)
        # Within a gap nothing has moved since its eve.
        day = np.where(within, unpacked(self.gaps.first[row])[1] - 1, day)
        spared = self.spared_before[row] + np.where(within, 0, self.spared[row])
        accrued = self._running(fine, day) - np.where(begun, spared, 0)
        return np.minimum(accrued, self.cap[fine])

    def paused(self, fine: Whole, day: Whole) -> Flags:
        """Say of each fine whether it is paused on a day."""
        if len(self.gaps.first) == 0:
            return np.zeros(len(fine), dtype=np.bool_)
        return self.gaps.find(fine, day)[2]

    def _running(self, fine: Whole, day: Whole) -> Cents:
        first = self.first[fine]
        until = np.minimum(day, self.last[fine])
        runs = until >= first
        return np.where(runs, self.stairs.through(fine, np.maximum(until, first)), 0)

    def _sparing(self) -> Cents:
        fine, begins = unpacked(self.gaps.first)
        ends = unpacked(self.gaps.last)[1]
        return self._running(fine, ends) - self._running(fine, begins - 1)


def _ends(
    columns: FineColumns, rules: FineRules, *, first: Whole, as_of: int
) -> tuple[Flags, Whole]:
    """Find the last day fined: "until" compliance or judgment, as s. 162.09(3) has it."""
    ended = columns.end_recorded_on <= np.datetime64(as_of, "D")
    judged, complied = int(rules.count_judgment_day), int(rules.count_compliance_day)
    counted = np.where(columns.end_is_judgment, judged, complied)
    last = np.where(ended, numbers(columns.end_on) - 1 + counted, as_of)
    once = of_kind(columns, FineKind.IRREPARABLE)
    return ended | once, np.where(once, np.minimum(first, as_of), last)


def _day_caps(columns: FineColumns, rules: FineRules) -> Cents:
    """Give each fine its cap a day; an irreparable violation's fine is one day long."""
    return np.array([rules.cap(kind).cents for kind in FineKind], dtype=np.int64)[columns.kind]

"""Count a million fines at a date at once, to the cent as each would be counted alone."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from cases.fines.accrual import Accrual
from cases.fines.column_checks import check_columns
from cases.fines.columns import Cents, FineColumns, Flags, ReductionColumns, Whole, numbers, owners
from cases.fines.rules import FineRules


@dataclass(frozen=True, slots=True)
class ManyFines:
    """What n fines are on a day, in the order of their columns.

    Attributes
    ----------
    total_cents
        Shape (n,), int64.
    per_diem_cents
        Shape (n,), int64: what the next day will add, as far as the day knows.
    certified
        Shape (n,), bool: imposed by then, not potential only.
    """

    total_cents: Cents
    per_diem_cents: Cents
    certified: Flags


def many(columns: FineColumns, rules: FineRules, *, as_of: date) -> ManyFines:
    """Count all fines of one law pack at a date.

    Every rule is that of `cases.fines.clock.fine`, with the same cents as its answer. Cases
    pinned to other packs are counted in a call of their own.

    Parameters
    ----------
    columns
        The terms of n fines.
    rules
        The law pack's.
    as_of
        The day asked about; it counts as accrued.

    Raises
    ------
    FineTermsError
        When the columns hold a fine that nothing could be counted by.
    """
    check_columns(columns)
    day = np.datetime64(as_of, "D")
    today = int(day.astype(np.int64))
    accrual = Accrual.of(columns, rules, as_of=today)
    every = np.arange(len(columns))
    accrued = accrual.through(every, np.full(len(columns), today))
    return ManyFines(
        total_cents=_reduced(columns.reductions, accrual, accrued, as_of=today),
        per_diem_cents=_per_diem(accrual, accrued, as_of=today),
        certified=columns.certified_on <= day,
    )


def _per_diem(accrual: Accrual, accrued: Cents, *, as_of: int) -> Cents:
    runs = np.flatnonzero(~accrual.ended & (accrual.first <= as_of + 1))
    runs = runs[~accrual.paused(runs, np.full(len(runs), as_of + 1))]
    per_diem = np.zeros(len(accrued), dtype=np.int64)
    room = accrual.cap[runs] - accrued[runs]
    per_diem[runs] = np.minimum(accrual.stairs.after(runs, as_of), room)
    return per_diem


def _reduced(cuts: ReductionColumns, accrual: Accrual, accrued: Cents, *, as_of: int) -> Cents:
    """Take off what was ordered (s. 162.09(2)(c)): every fine's first order, every second, ...

    The loop is as long as the most reductions one fine has, however many fines there are.
    """
    rows = np.flatnonzero(_standing(cuts, as_of=as_of))
    owner = owners(cuts.at)[rows]
    then = accrual.through(owner, numbers(cuts.ordered_on)[rows])
    off = np.zeros(len(accrued), dtype=np.int64)
    turn = _turns(owner)
    for nth in range(int(turn.max(initial=-1)) + 1):
        now = np.flatnonzero(turn == nth)
        fine, row = owner[now], rows[now]
        left = then[now] - off[fine]
        to = np.where(cuts.to_cents[row] >= 0, cuts.to_cents[row], left - cuts.by_cents[row])
        off[fine] += left - np.clip(to, 0, left)
    return accrued - off


def _standing(cuts: ReductionColumns, *, as_of: int) -> Flags:
    day = np.datetime64(as_of, "D")
    return (cuts.ordered_on <= day) & ~(cuts.lapsed_on <= day)


def _turns(owner: Whole) -> Whole:
    """Count each row from 0 among the rows of its owner, which stand together."""
    begins = np.flatnonzero(np.diff(owner, prepend=-1))
    return np.arange(len(owner)) - np.repeat(begins, np.diff(begins, append=len(owner)))

"""Hold a million fines as columns: one array a field, and flat arrays with offsets for lists."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cases.fines.rules import FineKind

type Days = NDArray[np.datetime64]
"""Calendar days of the town, dtype datetime64[D]; NaT where there is none."""
type Cents = NDArray[np.int64]
type Whole = NDArray[np.int64]
type Flags = NDArray[np.bool_]

KINDS = tuple(FineKind)
"""A kind's code in the columns is its place here: 0 first, 1 repeat, 2 irreparable."""
AS_BY = -1
"""`to_cents` of a reduction that says by how much."""


@dataclass(frozen=True, slots=True)
class RateColumns:
    """The m rates of n fines, those of a fine together and by day.

    Attributes
    ----------
    at
        Shape (n + 1,), int64: the rates of fine i are rows at[i] to at[i + 1]. Every fine has one
        or more; an irreparable violation's only rate is its one-time amount, from the day found.
    from_day
        Shape (m,), datetime64[D].
    cents
        Shape (m,), int64: cents a day.
    ordered_on
        Shape (m,), datetime64[D]: the amending order's day, NaT for the first order's own.
    """

    at: Whole
    from_day: Days
    cents: Cents
    ordered_on: Days


@dataclass(frozen=True, slots=True)
class PauseColumns:
    """The m pauses of n fines, those of a fine together and by first day; they may overlap.

    Attributes
    ----------
    at
        Shape (n + 1,), int64 offsets, as for rates; a fine may have none.
    first_day, last_day
        Shape (m,), datetime64[D], both included; `last_day` NaT while the pause lasts.
    ordered_on
        Shape (m,), datetime64[D].
    """

    at: Whole
    first_day: Days
    last_day: Days
    ordered_on: Days


@dataclass(frozen=True, slots=True)
class ReductionColumns:
    """The m reductions of n fines, those of a fine together and by day.

    Attributes
    ----------
    at
        Shape (n + 1,), int64 offsets, as for rates; a fine may have none.
    ordered_on, lapsed_on
        Shape (m,), datetime64[D]; `lapsed_on` NaT while it stands.
    to_cents
        Shape (m,), int64: what is left, in cents; -1 where the order says by how much.
    by_cents
        Shape (m,), int64: what comes off, in cents; 0 where the order says what is left.
    """

    at: Whole
    ordered_on: Days
    lapsed_on: Days
    to_cents: Cents
    by_cents: Cents


@dataclass(frozen=True, slots=True)
class FineColumns:
    """The terms of n fines, field by field as `FineTerms` has them.

    Attributes
    ----------
    kind
        Shape (n,), int8: 0 first, 1 repeat, 2 irreparable.
    comply_by, found_on
        Shape (n,), datetime64[D].
    total_cap_cents
        Shape (n,), int64: cents, 0 for no cap.
    end_on, end_recorded_on
        Shape (n,), datetime64[D]: both NaT while the fine runs, both given once it ended.
    end_is_judgment
        Shape (n,), bool: false for compliance.
    certified_on
        Shape (n,), datetime64[D].
    rates, pauses, reductions
        Their lists.
    """

    kind: NDArray[np.int8]
    comply_by: Days
    found_on: Days
    total_cap_cents: Cents
    end_on: Days
    end_recorded_on: Days
    end_is_judgment: Flags
    certified_on: Days
    rates: RateColumns
    pauses: PauseColumns
    reductions: ReductionColumns

    def __len__(self) -> int:
        """Return n, the number of fines."""
        return len(self.kind)


def numbers(days: Days) -> Whole:
    """Return days as int64 counted from 1970-01-01; NaT is below every day."""
    return days.astype("datetime64[D]", copy=False).view(np.int64)


def owners(at: Whole) -> Whole:
    """Return, for each row of a flat array, the fine it belongs to."""
    return np.repeat(np.arange(len(at) - 1), np.diff(at))


def of_kind(columns: FineColumns, kind: FineKind) -> Flags:
    """Say which fines are of a kind."""
    return np.equal(columns.kind, KINDS.index(kind))


def first_days(columns: FineColumns) -> Days:
    """Return each fine's first day: past the date set, or the day found (s. 162.09(1))."""
    first = of_kind(columns, FineKind.FIRST)
    return np.where(first, columns.comply_by + np.timedelta64(1, "D"), columns.found_on)

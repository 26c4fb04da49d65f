"""Refuse columns of fines that one fine's terms would refuse, and name the first fine at fault."""

from dataclasses import fields

import numpy as np

from cases.errors import FineTermsError
from cases.fines.columns import (
    AS_BY,
    KINDS,
    Days,
    FineColumns,
    Flags,
    PauseColumns,
    RateColumns,
    ReductionColumns,
    Whole,
    first_days,
    of_kind,
    owners,
)
from cases.fines.rules import FineKind
from cases.money import MOST_CENTS

_DAYS = np.dtype("datetime64[D]")
_EARLIEST, _LATEST = np.datetime64("0001-01-01"), np.datetime64("9998-12-31")

type Lists = RateColumns | PauseColumns | ReductionColumns


def check_columns(columns: FineColumns) -> None:
    """Refuse columns nothing could be counted by.

    Raises
    ------
    FineTermsError
        Naming the first fine at fault by its row, and what is the matter with it.
    """
    _check_shapes(columns)
    _check_days(columns)
    first = first_days(columns)
    _check_fines(columns, first)
    _check_rates(columns, first)
    _check_pauses(columns)
    _check_reductions(columns, first)


def _check_shapes(columns: FineColumns) -> None:
    for field in fields(columns):
        part = getattr(columns, field.name)
        if isinstance(part, RateColumns | PauseColumns | ReductionColumns):
            _check_offsets(part, len(columns), of=field.name)
        elif part.shape != (len(columns),):
            msg = (
                f"Column {field.name} has shape {part.shape}; give {(len(columns),)}, as kind has."
            )
            raise FineTermsError(msg)


def _check_offsets(part: Lists, fines: int, *, of: str) -> None:
    shapes = {getattr(part, field.name).shape for field in fields(part) if field.name != "at"}
    rising = (
        part.at.shape == (fines + 1,) and part.at[0] == 0 and bool((np.diff(part.at) >= 0).all())
    )
    if not rising or shapes != {(int(part.at[-1]),)}:
        msg = (
            f"The offsets of {of} do not part its rows: give {fines + 1} numbers for {fines} "
            f"fines, rising from 0 to the one length of its columns, which have {sorted(shapes)}."
        )
        raise FineTermsError(msg)


def _check_days(columns: FineColumns) -> None:
    _check_days_of(columns)
    for part in (columns.rates, columns.pauses, columns.reductions):
        _check_days_of(part, owners(part.at))


def _check_days_of(part: FineColumns | Lists, owner: Whole | None = None) -> None:
    for field in fields(part):
        days = getattr(part, field.name)
        if isinstance(days, np.ndarray) and days.dtype.kind == "M":
            if days.dtype != _DAYS:
                msg = f"Column {field.name} is of {days.dtype}; give whole days, {_DAYS}."
                raise FineTermsError(msg)
            strange = (days < _EARLIEST) | (days > _LATEST)
            _refuse(strange, f"has {field.name} outside the years 1 to 9998", owner)


def _check_fines(columns: FineColumns, first: Days) -> None:
    known = (columns.kind >= 0) & (columns.kind < len(KINDS))
    _refuse(~known, f"has a kind that is none of 0 to {len(KINDS) - 1}")
    _refuse(np.isnat(first), "lacks the date set for compliance, or for its kind the day found")
    _refuse(columns.certified_on < first, "is certified before its first day")
    cap = columns.total_cap_cents
    _refuse((cap < 0) | (cap >= MOST_CENTS), "has a total cap that is no amount; 0 is none")
    _refuse((cap > 0) & of_kind(columns, FineKind.IRREPARABLE), "is irreparable, yet has a cap")
    on, recorded = columns.end_on, columns.end_recorded_on
    _refuse(np.isnat(on) != np.isnat(recorded), "has an end without its day of record, or none")
    _refuse(recorded < on, "has an end on record before it came")
    met = of_kind(columns, FineKind.FIRST) & ~columns.end_is_judgment
    _refuse((on < first) & ~met, "ends before its first day")


def _check_rates(columns: FineColumns, first: Days) -> None:
    rates = columns.rates
    count, owner = np.diff(rates.at), owners(rates.at)
    _refuse(count == 0, "has no rate")
    once = of_kind(columns, FineKind.IRREPARABLE)
    _refuse(once & (count > 1), "is irreparable and fined once, yet has several rates")
    begins = rates.at[:-1]
    late = ~(rates.from_day[begins] <= first) | ~np.isnat(rates.ordered_on[begins])
    _refuse(late, "has no rate of the order's own from its first day on")
    _refuse(once & (rates.from_day[begins] != first), "is irreparable, its amount not of its day")
    _refuse((rates.cents <= 0) | (rates.cents >= MOST_CENTS), "has a rate that is no amount", owner)
    _refuse(rates.ordered_on > rates.from_day, "has a rate from before its order", owner)
    _refuse(_not_rising(rates.from_day, owner), "has rates not rising by day", owner)


def _check_pauses(columns: FineColumns) -> None:
    pauses = columns.pauses
    owner = owners(pauses.at)
    unsaid = np.isnat(pauses.first_day) | np.isnat(pauses.ordered_on)
    _refuse(unsaid, "has a pause without its first day or its order's day", owner)
    _refuse(pauses.last_day < pauses.first_day, "has a pause that ends before it begins", owner)
    _refuse(of_kind(columns, FineKind.IRREPARABLE)[owner], "is irreparable, yet paused", owner)
    falls = (pauses.first_day[1:] < pauses.first_day[:-1]) & (owner[1:] == owner[:-1])
    _refuse(falls, "has pauses not rising by day", owner[1:])


def _check_reductions(columns: FineColumns, first: Days) -> None:
    cuts = columns.reductions
    owner = owners(cuts.at)
    _refuse(~(cuts.ordered_on >= first[owner]), "has a reduction before its first day", owner)
    _refuse(cuts.lapsed_on <= cuts.ordered_on, "has a reduction that never counted", owner)
    to = (cuts.to_cents >= 0) & (cuts.by_cents == 0)
    by = (cuts.to_cents == AS_BY) & (cuts.by_cents > 0)
    most = np.maximum(cuts.to_cents, cuts.by_cents) >= MOST_CENTS
    _refuse(~(to | by) | most, "has a reduction that is not either to or by an amount", owner)
    _refuse(_not_rising(cuts.ordered_on, owner), "has reductions not rising by day", owner)
    judged = columns.end_is_judgment[owner] & (cuts.ordered_on > columns.end_on[owner])
    _refuse(judged, "has a reduction after its judgment", owner)


def _not_rising(days: Days, owner: Whole) -> Flags:
    bad = np.zeros(len(days), dtype=np.bool_)
    bad[1:] = ~(days[1:] > days[:-1]) & (owner[1:] == owner[:-1])
    return bad


def _refuse(bad: Flags, what: str, owner: Whole | None = None) -> None:
    if bad.any():
        row = int(bad.argmax())
        fine = row if owner is None else int(owner[row])
        msg = (
            f"Fine {fine} of the columns, counted from 0, {what}. Read its order again, put it "
            "right and count anew; the same order's terms tell the figures."
        )
        raise FineTermsError(msg)

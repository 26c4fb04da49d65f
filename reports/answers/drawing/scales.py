"""Bring values to places along an axis, with ticks at round ones."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from reports.answers.answer import Cell, Kind
from reports.answers.cells import ENGLISH, Manner, decimals_for, write_bare

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_FROM_ZERO = 0.7
"""An axis begins at nothing unless even its lowest value is above this share of the highest."""
_DAYS, _MONTHS = (1, 2, 7, 14), (1, 2, 3, 6, 12, 24, 60, 120)
_MONTH_DAYS = 30.44
_DOLLAR = 100


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis.

    Parameters
    ----------
    low, high
        The values at its ends.
    start, end
        Their places in the picture.
    ticks
        Values that are marked, and the words there.
    """

    low: float
    high: float
    start: float
    end: float
    ticks: Sequence[tuple[float, str]] = field(default=())

    def place(self, value: float) -> float:
        """Return where a value is."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def number_scale(
    values: Iterable[float], kind: Kind, *, span: tuple[float, float], most: int,
    from_zero: bool = True, tight: bool = False, manner: Manner = ENGLISH,
) -> Scale:  # fmt: skip
    """Return an axis of numbers.

    Parameters
    ----------
    span
        Where it begins and ends in the picture.
    most
        How many ticks it has at the most.
    from_zero
        Whether it always begins at nothing, as bars do; else only where that wastes little.
    tight
        Whether it ends at the last value instead of a round one.
    """
    known = [each for each in values if math.isfinite(each)]
    low, high = min(known, default=0.0), max(known, default=1.0)
    if from_zero or 0 <= low <= _FROM_ZERO * high or _FROM_ZERO * low <= high <= 0:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (low, low + 1) if low >= 0 else (low, 0.0)
    ticks = round_ticks(low, high, most=most, whole=kind is Kind.COUNT, cents=kind is Kind.CENTS)
    if not tight:
        low, high = ticks[0], ticks[-1]
    within = [each for each in ticks if low <= each <= high]
    return Scale(low, high, *span, [(each, tick_words(each, within, kind, manner))
                                    for each in within])  # fmt: skip


def round_ticks(
    low: float, high: float, *, most: int, whole: bool = False, cents: bool = False
) -> list[float]:
    """Return round values a step apart, the first no higher than `low`, the last no lower than it.

    Parameters
    ----------
    most
        How many at the most; two at the least.
    whole
        Whether a part of one means nothing.
    cents
        Whether they are money, round in dollars.
    """
    rough = (high - low) / max(most - 1, 1)
    unit = _DOLLAR if cents else 1
    size = 10.0 ** math.floor(math.log10(rough / unit)) * unit
    choices = [size * each for each in _STEPS] + [size * 20]
    for step in choices:
        if whole and step != round(step):
            continue
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first < most or step == choices[-1]:
            return [round(step * at, 12) for at in range(first, last + 1)]
    return [low, high]


def tick_words(value: float, ticks: Sequence[float], kind: Kind, manner: Manner) -> str:
    """Write a tick, as short as the others of its axis let it be."""
    if kind is Kind.CENTS:
        whole = all(each % _DOLLAR == 0 for each in ticks)
        return manner.dollars(round(value / _DOLLAR)) if whole else manner.cents(round(value))
    plain = Kind.NUMBER if kind is Kind.CHANCE else kind
    return write_bare(value, plain, manner=manner, decimals=decimals_for(ticks, plain))


def day_scale(
    days: Iterable[date], *, span: tuple[float, float], most: int, manner: Manner = ENGLISH
) -> Scale:
    """Return an axis of days, by their ordinals."""
    known = list(days)
    first, last = min(known), max(known)
    ticks, written = day_ticks(first, last, most=most, manner=manner)
    said = [(float(each.toordinal()), written(each)) for each in ticks]
    low, high = float(first.toordinal()), float(last.toordinal())
    return Scale(low, high if high > low else low + 1, *span, said)


def day_ticks(
    first: date, last: date, *, most: int, manner: Manner = ENGLISH
) -> tuple[list[date], Callable[[date], str]]:
    """Return days that calendars know, first days of months and years where they are many."""
    length = (last - first).days
    for step in _DAYS:
        if length / step < most:
            ordinals = range(first.toordinal(), last.toordinal() + 1, step)
            return [date.fromordinal(each) for each in ordinals], manner.day
    for step in _MONTHS:
        if length / (_MONTH_DAYS * step) < most or step == _MONTHS[-1]:
            break
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    starts = [date(each // 12, each % 12 + 1, 1) for each in months if each % step == 0]
    is_years = step % 12 == 0
    written = (lambda day: f"{day.year}") if is_years else manner.month
    return [each for each in starts if first <= each <= last], written


def axis_words(value: Cell, kind: Kind, all_of: Sequence[Cell], manner: Manner) -> str:
    """Write a value of an axis of names: a day that stands for its month or its year as that."""
    if isinstance(value, date):
        days = [each for each in all_of if isinstance(each, date)]
        if len(days) > 1 and all(each.day == 1 for each in days):
            is_years = all(each.month == 1 for each in days)
            return f"{value.year}" if is_years else manner.month(value)
    return write_bare(value, kind, manner=manner, decimals=decimals_for(all_of, kind))

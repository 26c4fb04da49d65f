"""Draw up a fine line by line, so that every day of it is explained and the lines are the sum."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.fines import words
from cases.fines.known import DAY, Known
from cases.fines.orders import EndReason, Reduction
from cases.fines.rules import FineKind

NO_CAP = sys.maxsize


class LineRule(StrEnum):
    """Which rule made a line of a fine what it is."""

    PAST_DATE_SET = "past_date_set"
    REPEAT_FOUND = "repeat_found"
    IRREPARABLE = "irreparable"
    DAY_CAP = "day_cap"
    TOTAL_CAP = "total_cap"
    PAUSED = "paused"
    COMPLIED = "complied"
    JUDGED = "judged"
    MET_IN_TIME = "met_in_time"
    REDUCED = "reduced"


@dataclass(frozen=True, slots=True)
class FineLine:
    """One line of a fine's reckoning.

    Attributes
    ----------
    first_day, last_day
        The days it is about, both included.
    days
        How many of the fine's days it accounts for; 0 for what is not a day, such as a reduction.
    rate_cents
        Cents a day; 0 where nothing accrues by the day.
    amount_cents
        What it adds to the total; below zero for a reduction.
    rule
        The rule, for programs.
    explanation
        The rule, for people: order, rate, dates and statute.
    """

    first_day: date
    last_day: date
    days: int
    rate_cents: int
    amount_cents: int
    rule: LineRule
    explanation: str


def lines(known: Known) -> Iterator[FineLine]:
    """Draw up all lines of a fine by the day it is known on, in the order of their days."""
    return _with_reductions(_by_the_day(known), known)


def _by_the_day(known: Known) -> Iterator[FineLine]:
    gross = 0
    for first, last in _stretches(known):
        for line in _stretch(known, first, last, gross=gross):
            gross += line.amount_cents
            yield line
    yield from _closing(known)


def _stretches(known: Known) -> Iterator[tuple[date, date]]:
    """Part the days fined wherever a rate, a pause or the standing total changes."""
    first, last = known.terms.first_day, known.last_day
    days = {first}
    days.update(rate.from_day for rate in known.rates)
    days.update(pause.first_day for pause in known.pauses)
    days.update(pause.last_day + DAY for pause in known.pauses if pause.last_day)
    days.update(reduction.ordered_on + DAY for reduction in known.reductions)
    begins = sorted(day for day in days if first <= day <= last)
    ends = [day - DAY for day in begins[1:]] + [last]
    return zip(begins, ends, strict=False)


def _stretch(known: Known, first: date, last: date, *, gross: int) -> Iterator[FineLine]:
    if known.terms.kind is FineKind.IRREPARABLE:
        cents = min(known.terms.one_time_cents or 0, known.rules.irreparable.cents)
        text = words.fined_once(known)
        yield FineLine(first, last, 1, cents, cents, LineRule.IRREPARABLE, text)
    elif pauses := known.pauses_on(first):
        text = words.paused(pauses, first, last)
        yield FineLine(first, last, _count(first, last), 0, 0, LineRule.PAUSED, text)
    else:
        yield from _fined(known, first, last, gross=gross)


def _fined(known: Known, first: date, last: date, *, gross: int) -> Iterator[FineLine]:
    """Fine the days in full while the total cap leaves room, then what is left, then nothing."""
    cents, days = known.cents_on(first), _count(first, last)
    room = (known.terms.total_cap_cents or NO_CAP) - gross
    full = min(days, room // cents)
    if full:
        until = first + (full - 1) * DAY
        text = words.fined(known, first, until)
        yield FineLine(first, until, full, cents, full * cents, _rule(known, first), text)
    rest, day = room - full * cents, first + full * DAY
    if day <= last and rest:
        yield _capped(known, day, day, cents=rest)
        day += DAY
    if day <= last:
        yield _capped(known, day, last, cents=0)


def _capped(known: Known, first: date, last: date, *, cents: int) -> FineLine:
    rate = known.cents_on(first) if cents else 0
    text = words.capped(known, first, last, cents=cents)
    return FineLine(first, last, _count(first, last), rate, cents, LineRule.TOTAL_CAP, text)


def _rule(known: Known, day: date) -> LineRule:
    if known.cents_on(day) < known.rate_on(day).cents:
        return LineRule.DAY_CAP
    repeat = known.terms.kind is FineKind.REPEAT
    return LineRule.REPEAT_FOUND if repeat else LineRule.PAST_DATE_SET


def _closing(known: Known) -> Iterator[FineLine]:
    """Account for the day of the end where it is not fined, as s. 162.09(3) leaves open."""
    end, kind = known.end, known.terms.kind
    if end is None or kind is FineKind.IRREPARABLE:
        return
    if end.on < known.terms.first_day:
        text = words.met(known, end.on)
        yield FineLine(end.on, end.on, 0, 0, 0, LineRule.MET_IN_TIME, text)
    elif not known.counts_end:
        judged = end.why is EndReason.JUDGMENT
        rule = LineRule.JUDGED if judged else LineRule.COMPLIED
        yield FineLine(end.on, end.on, 1, 0, 0, rule, words.ended(known, end.on))


def _with_reductions(by_the_day: Iterable[FineLine], known: Known) -> Iterator[FineLine]:
    """Put each reduction after the days it reduces, as s. 162.09(2)(c) has it."""
    total, waiting = 0, list(known.reductions)
    for line in by_the_day:
        while waiting and waiting[0].ordered_on < line.first_day:
            yield (cut := _reduced(waiting.pop(0), total, known))
            total += cut.amount_cents
        yield line
        total += line.amount_cents
    for reduction in waiting:
        yield (cut := _reduced(reduction, total, known))
        total += cut.amount_cents


def _reduced(reduction: Reduction, total: int, known: Known) -> FineLine:
    day, to = reduction.ordered_on, reduction.to_cents
    left = min(total, to) if to is not None else max(total - (reduction.by_cents or 0), 0)
    statute = known.rules.statutes.reduces
    text = words.reduced(reduction, before=total, after=left, statute=statute)
    return FineLine(day, day, 0, 0, left - total, LineRule.REDUCED, text)


def _count(first: date, last: date) -> int:
    return (last - first).days + 1

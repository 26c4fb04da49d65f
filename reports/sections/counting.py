"""Count violations by section or category: how many, how often they come back, how they go."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from cases.spans import months_after
from cases.workflow.violation import ViolationStatus
from reports.answers.answer import Cases
from reports.courses.proportions import Ratio, share_of
from reports.sections.reading import Cited
from reports.stats.discovery import adjusted
from reports.stats.trend import LEAST_STEPS, mann_kendall

SPAN_MONTHS = 3
LEAST_FOR_TREND = 8
"""Fewer cases than that are told no trend."""
SURE = 0.05


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of violation in one case: on which parcel, and the day it was found first."""

    case_id: int
    parcel_id: int | None
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Whether cases of a kind rise or fall from span to span.

    Parameters
    ----------
    tau
        Kendall's tau-b, from -1 (always falling) to 1.
    slope
        Sen's slope, cases a span more than in the one before.
    chance
        Two-sided, adjusted for how many kinds were tested (false-discovery rate).
    """

    tau: float
    slope: float
    chance: float

    @property
    def is_sure(self) -> bool:
        """Whether chance alone would hardly make it."""
        return self.chance <= SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was counted of a kind of violation: a section, or a category.

    Parameters
    ----------
    violations
        How many stood; of them ``open``, those still open, ``here``, those that were found here and
        came by no file, and ``complied``, those of the last whose correction is on record.
    cases
        In which they are.
    parcels
        On how many.
    followed
        Cases on a parcel after which all months of the question have gone by.
    again
        Those of them after which the same kind was found on the same parcel in another case within
        these months.
    confirmed, waiting
        Cases with a repeat violation in the law's sense: that a person confirmed, or that waits.
    spans
        Cases by the span of three months in which it was found in them, the earliest first.
    """

    key: str
    words: str
    violations: int
    open: int
    here: int
    complied: int
    cases: Cases
    parcels: int
    followed: Cases
    again: Cases
    confirmed: Cases
    waiting: Cases
    spans: Sequence[int]
    trend: Trend | None = None

    @property
    def share_again(self) -> Ratio:
        """The share that came back, with Wilson's 95 % interval."""
        return share_of(len(self.again), len(self.followed))

    @property
    def share_ended(self) -> Ratio:
        """The share of its violations that is open no more."""
        return share_of(self.violations - self.open, self.violations)

    @property
    def share_complied(self) -> Ratio:
        """The share of those found here whose correction is on record."""
        return share_of(self.complied, self.here)


def spans_of(cited: Cited) -> list[date]:
    """Return the last days of the spans of three months that end on the day asked of."""
    found = [cited.on]
    while (before := months_after(cited.on, -SPAN_MONTHS * len(found))) > cited.after:
        found.append(before)
    return found[::-1]


def count(cited: Cited, by: Callable[[Any], tuple[str, str]], *, months: int) -> list[Kept]:
    """Count the violations of each kind, the most first.

    Parameters
    ----------
    by
        Says of which kind a row is: a key, and its words.
    months
        Within how many months the same kind on the same parcel is the same again.
    """
    kinds: dict[str, tuple[str, list[Any]]] = {}
    for row in cited.rows:
        key, words = by(row)
        kinds.setdefault(key, (words, []))[1].append(row)
    ends = spans_of(cited)
    lawful = {each.violation_id: each.confirmed for each in cited.lawful}
    kept = [
        _kept(key, words, rows, ends=ends, lawful=lawful, months=months, on=cited.on)
        for key, (words, rows) in kinds.items()
    ]
    return sorted(_with_trends(kept), key=lambda each: (-each.violations, each.words))


def events_of(rows: Iterable[Any]) -> list[Event]:
    """Return the cases of some rows, a kind once a case, by the day it was found first."""
    found: dict[int, Event] = {}
    for row in rows:
        before = found.get(row.case_id)
        if before is None or row.day < before.day:
            found[row.case_id] = Event(row.case_id, row.parcel_id, row.day)
    return sorted(found.values(), key=lambda each: (each.day, each.case_id))


def came_again(
    events: Sequence[Event], *, months: int, on: date
) -> tuple[list[Event], list[Event]]:
    """Return the events that were followed long enough, and those of them that came again.

    An event comes again where the next later day on its parcel is at most `months` after it. One
    that has not been followed so long by the last day is left out, come again or not: else those
    that came again at once would count for more.
    """
    days: dict[int, list[date]] = {}
    for each in events:
        if each.parcel_id is not None:
            days.setdefault(each.parcel_id, []).append(each.day)
    followed, again = [], []
    for each in events:
        if each.parcel_id is None or (until := months_after(each.day, months)) > on:
            continue
        followed.append(each)
        of = days[each.parcel_id]
        later = bisect_right(of, each.day)
        if later < len(of) and of[later] <= until:
            again.append(each)
    return followed, again


def _kept(
    key: str, words: str, rows: Sequence[Any], *, ends: Sequence[date],
    lawful: dict[int, bool], months: int, on: date,
) -> Kept:  # fmt: skip
    events = events_of(rows)
    followed, again = came_again(events, months=months, on=on)
    here = [row for row in rows if not row.imported]
    confirmed = {row.case_id for row in rows if lawful.get(row.id) is True}
    waiting = {row.case_id for row in rows if lawful.get(row.id) is False}
    spans = [0] * len(ends)
    for each in events:
        spans[bisect_left(ends, each.day)] += 1
    return Kept(
        key=key, words=words, violations=len(rows),
        open=sum(row.status == ViolationStatus.OPEN for row in rows), here=len(here),
        complied=sum(row.status == ViolationStatus.CORRECTED for row in here),
        cases=_ids(events), parcels=len({each.parcel_id for each in events} - {None}),
        followed=_ids(followed), again=_ids(again), confirmed=Cases(sorted(confirmed)),
        waiting=Cases(sorted(waiting)), spans=spans,
    )  # fmt: skip


def _ids(events: Iterable[Event]) -> Cases:
    return Cases(sorted(each.case_id for each in events))


def _with_trends(kept: Sequence[Kept]) -> list[Kept]:
    """Test each kind of which there is enough, all of them together."""
    tested = [each for each in kept if len(each.cases) >= LEAST_FOR_TREND]
    if not tested or len(tested[0].spans) < LEAST_STEPS:
        return [*kept]
    found = mann_kendall(np.array([each.spans for each in tested], dtype=np.float64).T)
    chances = adjusted(found.p)
    trends = {
        each.key: Trend(tau=float(found.tau[at]), slope=float(found.slope[at]),
                        chance=float(chances[at]))
        for at, each in enumerate(tested)
    }  # fmt: skip
    return [replace(each, trend=trends.get(each.key)) for each in kept]

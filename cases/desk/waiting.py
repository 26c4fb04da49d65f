"""Say which days a case waits for: a hearing's, and the deadlines that run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from cases.desk.book import Book, Row
from cases.desk.subjects import subject
from cases.workflow.citation import CitationStatus
from cases.workflow.hearing import HearingStatus
from cases.workflow.inspection import PLANNED
from cases.workflow.order import OrderStatus
from cases.workflow.violation import ViolationStatus

_DAYS = (
    ("violation", (ViolationStatus.OPEN,), "comply_by", "is to be corrected by"),
    ("inspection", PLANNED, "booked_at", "is planned for"),
    ("citation", (CitationStatus.SERVED,), "answer_by", "may be answered until"),
    ("hearing", (HearingStatus.DOCKETED,), "held_on", "is held on"),
    ("hearing", (HearingStatus.AGREED,), "keep_by", "ended in an agreement to be kept by"),
    ("order", (OrderStatus.ENTERED, OrderStatus.SERVED), "comply_by", "is to be met by"),
    ("order", (OrderStatus.NONCOMPLIANT,), "contest_by",
     "is said not to be met, which may be contested until"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A day that something waits for.

    Parameters
    ----------
    what, words
        What waits, and what becomes of it on the day.
    at
        The hour on a clock in the town; None where only the day is known.
    """

    what: str
    words: str
    on: date
    at: time | None


def waits(book: Book, *, on: date) -> list[Wait]:
    """Return the days to come that a case waits for, the next first."""
    return sorted(_waits(book, on=on), key=lambda each: each.on)


def _waits(book: Book, *, on: date) -> Iterator[Wait]:
    for section, statuses, column, words in _DAYS:
        for row in book.parts[section]:
            value = getattr(row, column)
            if row.status not in statuses or value is None:
                continue
            day = value.date() if isinstance(value, datetime) else value
            if day >= on:
                what = subject(book, section, row) or "The visit"
                yield Wait(what=what, words=words, on=day, at=_hour(row, column))


def _hour(row: Row, column: str) -> time | None:
    """Return the hour that goes with a day: a visit's own, a hearing's that of its sitting."""
    at = {"booked_at": "booked_at", "held_on": "begins_at"}.get(column)
    hour = getattr(row, at) if at else None
    return hour.time() if isinstance(hour, datetime) else hour

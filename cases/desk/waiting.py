"""Say which days a case waits for: a hearing's, and the deadlines that run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from cases.desk.book import Book
from cases.desk.subjects import subject
from cases.workflow.citation import CitationStatus
from cases.workflow.hearing import HearingStatus
from cases.workflow.inspection import PLANNED
from cases.workflow.order import OrderStatus
from cases.workflow.violation import ViolationStatus

_DAYS = (
    ("violation", (ViolationStatus.OPEN,), "comply_by", None, "is to be corrected by"),
    ("inspection", PLANNED, "booked_on", "begins_at", "is planned for"),
    ("citation", (CitationStatus.SERVED,), "answer_by", None, "may be answered until"),
    ("hearing", (HearingStatus.DOCKETED,), "held_on", "begins_at", "is held on"),
    ("hearing", (HearingStatus.AGREED,), "keep_by", None, "ended in an agreement to be kept by"),
    ("order", (OrderStatus.ENTERED, OrderStatus.SERVED), "comply_by", None, "is to be met by"),
    ("order", (OrderStatus.NONCOMPLIANT,), "contest_by", None,
     "is said not to be met, which may be contested until"),
)  # fmt: skip
"""Of each part, in some statuses: the column of its day and of its hour, and what happens then."""


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
    for section, statuses, day, hour, words in _DAYS:
        for row in book.parts[section]:
            comes = getattr(row, day)
            if row.status in statuses and comes is not None and comes >= on:
                what = subject(book, section, row) or "The visit"
                at = getattr(row, hour) if hour else None
                yield Wait(what=what, words=words, on=comes, at=at)

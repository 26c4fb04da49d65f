"""Say which days a case waits for: a hearing's, and the deadlines that run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cases.desk.book import Book
from cases.desk.subjects import subject
from cases.workflow.citation import CitationStatus
from cases.workflow.hearing import HearingStatus
from cases.workflow.inspection import InspectionStatus
from cases.workflow.order import OrderStatus
from cases.workflow.violation import ViolationStatus

_DAYS = (
    ("violation", (ViolationStatus.OPEN,), "comply_by", "is to be corrected by"),
    ("inspection", (InspectionStatus.BOOKED, InspectionStatus.CONFIRMED), "booked_for",
     "is planned for"),
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
    """

    what: str
    words: str
    on: date


def waits(book: Book, *, on: date) -> list[Wait]:
    """Return the days to come that a case waits for, the next first."""
    return sorted(_waits(book, on=on), key=lambda each: each.on)


def _waits(book: Book, *, on: date) -> Iterator[Wait]:
    for section, statuses, column, words in _DAYS:
        for row in book.parts[section]:
            value = getattr(row, column)
            if row.status not in statuses or value is None:
                continue
            day = value.date() if section == "inspection" else value
            if day >= on:
                yield Wait(what=subject(book, section, row) or "The visit", words=words, on=day)

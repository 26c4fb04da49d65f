"""Say whether a violation may be cited, and what allows or keeps it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.desk.book import Book, Row
from cases.notice_words import NoticeKind
from cases.workflow.citation import RUNNING, CitationAction
from cases.workflow.notice import NoticeStatus
from cases.workflow.order import OrderStatus
from cases.workflow.violation import ViolationStatus


class Citable(StrEnum):
    """Why a violation may be cited or may not; one not warned of, or in time, wants an excuse."""

    CITED = "cited"
    REPEAT = "repeat"
    OVER = "over"
    UNWARNED = "unwarned"
    RUNS = "runs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """How it stands with citing a violation.

    Attributes
    ----------
    number
        Of the citation that it is under already.
    comply_by
        The last day to correct it.
    """

    why: Citable
    number: str | None = None
    comply_by: date | None = None


def running_citation(book: Book, violation: Row) -> Row | None:
    """Return the citation for a violation that has not come to its end; None without one."""
    found = (each for each in book.parts["citation"] if each.violation_id == violation.id)
    return next((each for each in found if each.status in RUNNING), None)


def is_ordered(book: Book, violation_id: int) -> bool:
    """Tell whether an order is about a violation, whose day to comply counts then, or counted."""
    return any(
        row.violation_id == violation_id and row.status != OrderStatus.VACATED
        for row in book.parts["order"]
    )


def citing_of(book: Book, violation: Row, *, on: date) -> Citing | None:
    """Say how it stands with citing a violation; the guards of the step decide, in `cases.citing`.

    None where it is not open, an order is about it, or the town cites none.
    """
    if book.law is None or CitationAction.ISSUE in book.without:
        return None
    if violation.status != ViolationStatus.OPEN or not book.is_open:
        return None
    running = running_citation(book, violation)
    if running is not None:
        return Citing(why=Citable.CITED, number=running.number)
    return None if is_ordered(book, violation.id) else _uncited(book, violation, on=on)


def _uncited(book: Book, violation: Row, *, on: date) -> Citing:
    if violation.repeat_confirmed_on is not None:
        return Citing(why=Citable.REPEAT)
    comply_by = violation.comply_by
    if comply_by is None or not _is_warned(book, violation):
        return Citing(why=Citable.UNWARNED)
    return Citing(why=Citable.OVER if comply_by < on else Citable.RUNS, comply_by=comply_by)


def _is_warned(book: Book, violation: Row) -> bool:
    return any(
        each.kind == NoticeKind.WARNING
        and each.status == NoticeStatus.SERVED
        and violation.id in book.violations_of_notice.get(each.id, ())
        for each in book.parts["notice"]
    )

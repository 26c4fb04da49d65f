"""Say why more time or a hearing cannot be asked for now, each reason in one line."""

from collections.abc import Iterator

from flask_babel import gettext as _

from cases.desk.book import Book, Row
from cases.workflow.citation import CitationAction, CitationStatus
from cases.workflow.extension import ExtensionAction, ExtensionStatus
from cases.workflow.order import OrderAction, OrderStatus
from cases.workflow.violation import ViolationStatus
from webmap.interpreting import say
from webmap.respondent.frame import Room
from webmap.respondent.ways import affidavits, citations, extendable, is_theirs, may_wait
from webmap.words import day

_LATE = (CitationStatus.SERVED, CitationStatus.ADMITTED)


def not_now(room: Room, book: Book) -> list[str]:
    """Return why more time, and why a hearing, is not among what may be asked for."""
    return [*why_no_time(room, book), *why_no_hearing(room, book)]


def why_no_time(room: Room, book: Book) -> list[str]:
    """Return why no more time may be asked for; nothing where it may, or nothing is left to do."""
    left = [row for row in book.parts["violation"] if row.status == ViolationStatus.OPEN]
    if not (book.is_open and left) or extendable(room, book):
        return []
    if room.holder.has_left(room.today):
        return [_("More time cannot be asked for: the place is no longer yours to answer for.")]
    if ExtensionAction.REQUEST in book.without:
        return [_("More time cannot be asked for: the town's law gives none.")]
    return list(dict.fromkeys(_no_time(book, row) for row in left))


def why_no_hearing(room: Room, book: Book) -> list[str]:
    """Return why no hearing may be asked for; nothing where one may, or one is under way."""
    if not book.is_open or citations(room, book) or affidavits(room, book):
        return []
    if {CitationAction.REQUEST_HEARING, OrderAction.CONTEST} <= set(book.without):
        return [_("A hearing cannot be asked for: the town's law gives none upon a request.")]
    found = [*_of_citations(room, book), *_of_orders(room, book)]
    asked = any(row.status == CitationStatus.CONTESTED for row in book.parts["citation"])
    contested = any(row.status == OrderStatus.CONTESTED for row in book.parts["order"])
    if found or asked or contested:
        return found
    return [_(
        "A hearing cannot be asked for now: it is for a citation, or for an officer's word that an "
        "order is not met, and there is none that waits for your answer."
    )]  # fmt: skip


def _no_time(book: Book, row: Row) -> str:
    waits = any(
        each.violation_id == row.id and each.status == ExtensionStatus.REQUESTED
        for each in book.parts["extension"]
    )
    if waits:
        return str(_("More time cannot be asked for again before the request is decided."))
    what = say(row.title)
    if not may_wait(book, row):
        return str(_(
            "More time for “%(what)s” cannot be asked for: the law gives none.", what=what
        ))  # fmt: skip
    if row.comply_by is None:
        return str(_(
            "More time for “%(what)s” cannot be asked for yet: no day to fix it is set.", what=what
        ))  # fmt: skip
    return str(_(
        "More time for “%(what)s” cannot be asked for: the day to ask for it passed on %(day)s.",
        what=what, day=day(row.comply_by),
    ))  # fmt: skip


def _of_citations(room: Room, book: Book) -> Iterator[str]:
    if CitationAction.REQUEST_HEARING in book.without:
        return
    for row in book.parts["citation"]:
        if not is_theirs(room, book, row):
            continue
        if row.status == CitationStatus.ISSUED:
            yield _(
                "A hearing about citation %(number)s can be asked for here once it is on record "
                "that it was served. To ask before that, write to the officer.", number=row.number,
            )  # fmt: skip
        elif row.status in _LATE and row.answer_by is not None:
            yield _(
                "A hearing about citation %(number)s cannot be asked for: the day for it passed "
                "on %(day)s. If you were late for a good reason, write to the officer at once.",
                number=row.number, day=day(row.answer_by),
            )  # fmt: skip


def _of_orders(room: Room, book: Book) -> Iterator[str]:
    if OrderAction.CONTEST in book.without:
        return
    for row in book.parts["order"]:
        is_late = row.status == OrderStatus.NONCOMPLIANT and row.contest_by is not None
        if is_late and is_theirs(room, book, row):
            yield _(
                "A hearing about order %(number)s cannot be asked for: the day for it passed on "
                "%(day)s. If you were late for a good reason, write to the officer at once.",
                number=row.number, day=day(row.contest_by),
            )  # fmt: skip

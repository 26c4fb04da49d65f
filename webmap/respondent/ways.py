"""Say what a respondent may ask for now, and by when; each opens the form for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from cases.adopted import provision
from cases.desk.book import Book, Row
from cases.workflow.citation import CitationAction, CitationStatus
from cases.workflow.extension import ExtensionAction, ExtensionStatus
from cases.workflow.inspection import InspectionAction
from cases.workflow.order import OrderAction, OrderStatus
from cases.workflow.violation import ViolationStatus
from webmap.respondent.frame import Room
from webmap.respondent.money import Money
from webmap.words import day


@dataclass(frozen=True, slots=True)
class Way:
    """Something that may be done now."""

    href: str
    words: str
    why: str


def ways(room: Room, book: Book, money: Money) -> Iterator[Way]:
    """Yield what may be done now, in the order in which it is mostly done."""
    if not room.holder.acts:
        return
    if book.is_open:
        yield _way("proof", _("Send photographs"), _("of what you have done, or papers"))
    if may_be_ready(room, book):
        yield _way("ready", _("Ready for a visit"), _("choose the hour at which an officer comes"))
    if found := extendable(room, book):
        last = min(each.comply_by for each in found)
        until = _("ask by %(day)s", day=day(last))
        yield _way("ask_time", _("Ask for more time"), until)
    if contestable := [*citations(room, book), *affidavits(room, book)]:
        days = [getattr(each, "answer_by", None) or each.contest_by for each in contestable]
        until = _("ask by %(day)s", day=day(min(days)))
        yield _way("ask_hearing", _("Ask for a hearing"), until)
    yield _way("write", _("Write to the officer"), _("the answer comes here or by letter"))
    if not money.is_none:
        yield _way("paying", _("How to pay"), _("and what pays the case off"))


def extendable(room: Room, book: Book) -> list[Row]:
    """Return the violations for which more time may be asked, by whoever answers for the place."""
    if ExtensionAction.REQUEST in book.without or not _answers(room, book):
        return []
    waiting = {
        each.violation_id
        for each in book.parts["extension"]
        if each.status == ExtensionStatus.REQUESTED
    }
    return [
        row
        for row in book.parts["violation"]
        if row.status == ViolationStatus.OPEN
        and row.id not in waiting
        and row.comply_by is not None
        and row.comply_by >= room.today
        and may_wait(book, row)
    ]


def citations(room: Room, book: Book) -> list[Row]:
    """Return the citations of this respondent against which a hearing may be asked for."""
    if CitationAction.REQUEST_HEARING in book.without or not book.is_open:
        return []
    return [
        row
        for row in book.parts["citation"]
        if row.status == CitationStatus.SERVED and is_theirs(room, book, row)
        and row.answer_by is not None and row.answer_by >= room.today
    ]  # fmt: skip


def affidavits(room: Room, book: Book) -> list[Row]:
    """Return the orders of this respondent said not to be met, which may be contested."""
    if OrderAction.CONTEST in book.without or not book.is_open:
        return []
    return [
        row
        for row in book.parts["order"]
        if row.status == OrderStatus.NONCOMPLIANT and is_theirs(room, book, row)
        and row.contest_by is not None and row.contest_by >= room.today
    ]  # fmt: skip


def may_be_ready(room: Room, book: Book) -> bool:
    """Tell whether there is something that an officer would come to see corrected for them."""
    is_left = any(row.status == ViolationStatus.OPEN for row in book.parts["violation"])
    return _answers(room, book) and is_left and InspectionAction.BOOK not in book.without


def _answers(room: Room, book: Book) -> bool:
    """Tell whether the case is open, and the place still theirs to answer for."""
    return book.is_open and not room.holder.has_left(room.today)


def is_theirs(room: Room, book: Book, row: Row) -> bool:
    """Tell whether what a citation or an order is brought by was addressed to them."""
    notice = book.part("notice", row.notice_id or 0)
    return notice is None or notice.respondent_id == room.holder.respondent_id


def may_wait(book: Book, row: Row) -> bool:
    """Tell whether the law lets more time be given for a violation."""
    if book.law is None or row.section is None or row.found_on is None:
        return False
    return provision(book.law, row.section, on=row.found_on).extendable


def _way(endpoint: str, words: Any, why: Any) -> Way:
    return Way(url_for(f"respondent.{endpoint}"), str(words), str(why))

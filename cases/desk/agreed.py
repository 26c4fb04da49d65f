"""Tell from an open book whether what was agreed at a hearing is kept, as far as it is known."""

from datetime import date

from cases.desk.book import Book, Row
from cases.desk.matters import last_look
from cases.heard import BEFORE_THE_ORDER
from cases.workflow.hearing import HearingStatus
from cases.workflow.violation import ViolationStatus


def is_to_be_seen(book: Book, row: Row, _on: date) -> bool:
    """Tell whether a violation was looked at after the day agreed for its correction."""
    return any(row.id in _open_of(book, each) for each in _over(book))


def is_broken(book: Book, _row: Row, _on: date) -> bool:
    """Tell whether what was agreed was seen not to be kept, and no hearing is to come of it."""
    return any(_open_of(book, each) for each in _over(book))


def _over(book: Book) -> list[Row]:
    """Return the agreements whose day was over when somebody looked, and that none heard since."""
    looked = last_look(book)
    rows = book.parts["hearing"]
    ended = (HearingStatus.AGREED, HearingStatus.CANCELLED)
    later = max((each.id for each in rows if each.status not in ended), default=0)
    return [
        each
        for each in rows
        if each.keep_by and looked and looked > each.keep_by and each.id > later
        and each.about in BEFORE_THE_ORDER
    ]  # fmt: skip


def _open_of(book: Book, hearing: Row) -> set[int]:
    """Return which violations are open of those that were to be heard."""
    cited = {each.violation_id for each in book.parts["citation"] if each.id == hearing.citation_id}
    standing = {each.id for each in book.parts["violation"] if each.status == ViolationStatus.OPEN}
    return standing & cited if hearing.citation_id else standing

"""Give an issued notice as the PDF that is kept of it, set when it is first asked for."""

from flask import current_app

from cases.desk.book import Book, Row
from cases.letters.keeping import keep, kept
from webmap.auth.desk import Acting
from webmap.office.paper import set_notice, site_of


def is_ours(notice: Row) -> bool:
    """Tell whether a notice was issued here, in our own words."""
    return notice.issued_on is not None and not notice.content.get("moved_in")


def notice_name(book: Book, notice: Row, language: str) -> str:
    """Return what the file of a notice is called."""
    return f"{book.case.number} {notice.kind} {notice.id} {language}.pdf"


def kept_notice(desk: Acting, book: Book, notice: Row, *, language: str) -> str:
    """Return the SHA-256 of the PDF of an issued notice; the same bytes ever after."""
    found = kept(desk.connection, notice_id=notice.id, language=language)
    if found is not None:
        return found
    paper = set_notice(desk.connection, book, notice, site=site_of(desk.town), language=language)
    return keep(
        desk.connection, current_app.extensions["lotline_documents"], paper.pdf,
        notice_id=notice.id, language=language, name=notice_name(book, notice, language),
        **desk.who,
    )  # fmt: skip

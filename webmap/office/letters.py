"""Show a notice as the letter it is, in its frozen words: to be read, printed, or sent as PDF."""

from flask import Response, abort, current_app, request
from markupsafe import Markup

from cases.desk.letters import letter_of
from cases.permissions import Right
from webmap.auth.desk import reading, writing
from webmap.auth.gate import needs
from webmap.languages import LANGUAGES
from webmap.office.book import book_of
from webmap.office.casework import head
from webmap.office.files import pdf_answer
from webmap.office.frame import blueprint
from webmap.office.kept import is_ours, kept_notice, notice_name
from webmap.office.paper import LANGUAGE, book_on, site_of, written


@blueprint.get("/case/<path:number>/notice/<int:notice_id>")
@needs(Right.READ_CASE)
def notice(number: str, notice_id: int) -> str:
    """Show what a notice says, or would say while it is a draft."""
    with reading() as desk:
        book = book_of(desk, number)
        row = book.part("notice", notice_id) or abort(404)
        then = book_on(desk.connection, book, on=row.issued_on or desk.today)
        said = written(then, letter_of(desk.connection, book, row), site=site_of(desk.town))
        return desk.page(
            "office/notice.html", notice=row, spoken=LANGUAGES, **head(desk, book),
            letter=Markup(said),  # noqa: S704 - its template escaped what it was given
        )  # fmt: skip


@blueprint.get("/case/<path:number>/notice/<int:notice_id>/letter.pdf")
@needs(Right.READ_CASE)
def notice_pdf(number: str, notice_id: int) -> Response:
    """Give an issued notice as PDF: set when it is first asked for, the same bytes ever after."""
    language = request.args.get("language", LANGUAGE)
    store = current_app.extensions["lotline_documents"]
    with writing() as desk:
        book = book_of(desk, number)
        row = book.part("notice", notice_id)
        if row is None or not is_ours(row) or language not in LANGUAGES:
            abort(404)
        sha256 = kept_notice(desk, book, row, language=language)
        name = notice_name(book, row, language)
    return pdf_answer(store.get(sha256), sha256=sha256, name=name)

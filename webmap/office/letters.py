"""Show a notice as the letter it is, in its frozen words, to be read and printed."""

from flask import abort, render_template
from flask_babel import force_locale
from markupsafe import Markup

from cases.desk.book import Book
from cases.desk.letters import Letter, letter_of
from cases.permissions import Right
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.languages import LOCALES
from webmap.office.book import book_of
from webmap.office.casework import head
from webmap.office.deeds.telling import stakes
from webmap.office.frame import blueprint

LANGUAGE = "en"
"""What a notice is frozen in: the law's own words, whoever reads the page around it."""


@blueprint.get("/case/<path:number>/notice/<int:notice_id>")
@needs(Right.READ_CASE)
def notice(number: str, notice_id: int) -> str:
    """Show what a notice says, or would say while it is a draft."""
    with reading() as desk:
        book = book_of(desk, number)
        row = book.part("notice", notice_id) or abort(404)
        letter = letter_of(desk.connection, book, row)
        return desk.page(
            "office/notice.html", notice=row, letter=written(desk, book, letter), **head(desk, book)
        )


def written(desk: Desk, book: Book, letter: Letter) -> Markup:
    """Write a letter out, whole and in its own language, as it stands on paper."""
    named = {each["violation"] for each in letter.content.get("violations", ())}
    told = [row for row in book.parts["violation"] if row.id in named]
    with force_locale(LOCALES[LANGUAGE]):
        facts = []
        if book.law is not None:
            facts = list(stakes(book.law, letter.kind, letter.content, told, on=None))
        page = render_template(
            "letters/notice.html", letter=letter, facts=facts, case=book.case, language=LANGUAGE,
            town_name=desk.town.name if desk.town else "",
        )  # fmt: skip
    return Markup(page)  # noqa: S704 - our own template, which escaped what it was given

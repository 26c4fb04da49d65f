"""Set the page that goes behind a letter: where its recipient answers, and by which code."""

from flask import current_app
from flask_babel import force_locale, gettext

from cases.codes.giving import Scope, give
from cases.codes.spelling import grouped
from cases.desk.book import Book, Row
from cases.letters.binding import Letter, bind_letters
from cases.letters.mailing import Posted
from cases.letters.qr import qr_svg
from cases.letters.templates import STYLE, Paper, write
from webmap.auth.desk import Desk
from webmap.languages import LOCALES
from webmap.office.book import book_of
from webmap.office.paper import WRITTEN, site_of

TEMPLATE = "answer"
PICTURE = "code.svg"


def answer_page(desk: Desk, book: Book, respondent: Row, *, scope: Scope, language: str) -> Paper:
    """Set the page with a respondent's code, which is made where there is none in force.

    Nothing keeps it: a code is printed anew from the server's key whenever it is asked for.

    Raises
    ------
    CaseError
        The code cannot be made, or the town's own template cannot be written.
    """
    from cases.letters.pdf import set_pdf  # noqa: PLC0415 - seconds of imports

    keys = current_app.extensions["lotline_codes"]
    code = grouped(
        give(desk.connection, keys, respondent_id=respondent.id, scope=scope, **desk.who)
    )
    site = site_of(desk.town)
    where = f"{current_app.config['URL']}/notice"
    said = write(
        site, TEMPLATE, language=language, filters=WRITTEN, case=book.case, whose=respondent.name,
        place=book.case.situs_address or book.case.stated_address or "", code=code,
        where=where.partition("://")[2], acts=scope is Scope.ACTS,
    )  # fmt: skip
    with force_locale(LOCALES[language]):
        called = _called(scope)
    return set_pdf(
        said, title=f"{called} · {book.case.number}", language=language, author=site.name,
        style=site.style(STYLE) + site.style("answer.css"),
        pictures={PICTURE: qr_svg(f"{where}#{code}")},
    )  # fmt: skip


def with_answer_page(
    letter: bytes, answer: Paper, *, title: str, scope: Scope, language: str
) -> bytes:
    """Bind the page behind its letter, which itself stays as it was issued."""
    with force_locale(LOCALES[language]):
        parts = [Letter(title, letter), Letter(_called(scope), answer.pdf)]
    return bind_letters(parts, title=title, language=language)[0]


def page_behind(desk: Desk, letter: Posted, *, language: str) -> Letter | None:
    """Return the page that goes behind a letter of the mail; none to whom no case names."""
    if letter.respondent_id is None:
        return None
    book = book_of(desk, letter.number)
    to = next(each for each in book.respondents if each.id == letter.respondent_id)
    page = answer_page(desk, book, to, scope=Scope.ACTS, language=language)
    with force_locale(LOCALES[language]):
        return Letter(_called(Scope.ACTS), page.pdf)


def _called(scope: Scope) -> str:
    acts = scope is Scope.ACTS
    return str(gettext("How to answer") if acts else gettext("Look at this case"))

"""Print the codes of respondents with their letters or by themselves, and take them back."""

from flask import Response, abort, current_app, request, url_for
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as Redirect

from cases.codes.giving import Scope, codes_of, revoke
from cases.desk.book import Book, Row
from cases.permissions import Right
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import NOT_KEPT, needs
from webmap.forms import Form
from webmap.languages import LANGUAGES
from webmap.office.answering import answer_page, with_answer_page
from webmap.office.book import book_of
from webmap.office.deeds.fields import words_field
from webmap.office.frame import blueprint
from webmap.office.kept import is_ours, kept_notice
from webmap.office.paper import LANGUAGE
from webmap.office.simple import deed_page
from webmap.words import plain


class Revoked(Form):
    """Why a code is taken back."""

    because = words_field(_("Why it is taken back"))


@blueprint.get("/case/<path:number>/notice/<int:notice_id>/copy.pdf")
@needs(Right.NOTE_CONTACT)
def notice_copy(number: str, notice_id: int) -> Response:
    """Give an issued notice with the page behind it: to be mailed, or to be posted."""
    scope, language = _asked()
    store = current_app.extensions["lotline_documents"]
    with writing() as desk:
        book = book_of(desk, number)
        row = book.part("notice", notice_id)
        if row is None or not is_ours(row):
            abort(404)
        letter = store.get(kept_notice(desk, book, row, language=language))
        page = answer_page(
            desk, book, _respondent(book, row.respondent_id), scope=scope, language=language
        )
    title = f"{plain(row.kind)} · {number}"
    pdf = with_answer_page(letter, page, title=title, scope=scope, language=language)
    return _secret(pdf, name=f"{number} {row.kind} {notice_id} {scope} {language}.pdf")


@blueprint.get("/case/<path:number>/respondent/<int:respondent_id>/code.pdf")
@needs(Right.NOTE_CONTACT)
def code_page(number: str, respondent_id: int) -> Response:
    """Give the page with a respondent's code alone, for who lost the letter."""
    scope, language = _asked()
    with writing() as desk:
        book = book_of(desk, number)
        row = _respondent(book, respondent_id)
        page = answer_page(desk, book, row, scope=scope, language=language)
    return _secret(page.pdf, name=f"{number} {respondent_id} {scope} {language}.pdf")


@blueprint.route("/case/<path:number>/code/<int:code_id>/revoke", methods=["GET", "POST"])
@needs(Right.NOTE_CONTACT)
def revoke_code(number: str, code_id: int) -> str | Redirect:
    """Take a code back; the next letter carries another."""
    form = Revoked()
    with reading() as desk:
        book = book_of(desk, number)
        mine = (each for each in desk.rows(codes_of(book.case.id)) if each.id == code_id)
        row = next(mine, None) or abort(404)

    def keep(desk: Desk) -> None:
        revoke(desk.connection, code_id=code_id, because=form.because.data or "", **desk.who)

    return deed_page(
        form, keep, title=_("Take back the code of %(name)s", name=row.name),
        back=url_for("office.case", number=number), back_words=number,
        lead=_("It opens nothing more. Letters printed from then on carry a new one."),
    )  # fmt: skip


def codes_in_force(desk: Desk, book: Book) -> dict[int, list[Row]]:
    """Return the codes in force of a case by their respondent."""
    found: dict[int, list[Row]] = {}
    for each in desk.rows(codes_of(book.case.id)):
        if each.revoked_at is None:
            found.setdefault(each.respondent_id, []).append(each)
    return found


def _asked() -> tuple[Scope, str]:
    """Return which code is asked for, in which language."""
    scope = request.args.get("scope", Scope.ACTS)
    language = request.args.get("language", LANGUAGE)
    if scope not in set(Scope) or language not in LANGUAGES:
        abort(404)
    return Scope(scope), language


def _respondent(book: Book, respondent_id: int) -> Row:
    found = next((each for each in book.respondents if each.id == respondent_id), None)
    if found is None:
        abort(404)
    return found


def _secret(pdf: bytes, *, name: str) -> Response:
    """Return a PDF that says a code, which nothing on the way may keep."""
    answer = Response(pdf, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=name)
    answer.headers["Cache-Control"] = NOT_KEPT
    return answer

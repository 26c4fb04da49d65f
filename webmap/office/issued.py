"""Issue the letters of a case, give them, and take in when they were sent and came back."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Response, abort, current_app, flash, redirect, request, url_for
from flask_babel import force_locale, lazy_gettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect
from wtforms import DateField

from cases.desk.book import Book, Row
from cases.letters import issuing
from cases.letters.issuing import Addressed, letters_of
from cases.letters.kinds import LetterKind
from cases.permissions import Right
from cases.story import events_of
from cases.wording import tidy
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import GIVEN, Form
from webmap.languages import LANGUAGES, LOCALES
from webmap.office.book import book_of
from webmap.office.case_letters import CALLED, Recipient, part_of, recipients_of, set_letter
from webmap.office.deeds.fields import words_field
from webmap.office.files import pdf_answer
from webmap.office.frame import blueprint
from webmap.office.letter_ways import LONGEST, event_told
from webmap.office.simple import deed_page
from webmap.office.statements import Through


class Sent(Form):
    """The day it went into the mail."""

    sent_on = DateField(lazy_gettext("Sent on"), [GIVEN])


class Returned(Form):
    """The day it came back, and why."""

    returned_on = DateField(lazy_gettext("Returned on"), [GIVEN])
    because = words_field(lazy_gettext("What the post wrote on it"))


@blueprint.post("/case/<path:number>/letter/<kind>/<int:part_id>")
@needs(Right.NOTE_CONTACT)
def issue_letter(number: str, kind: str, part_id: int) -> Redirect:
    """Issue a letter, or go to the one that was issued of the same before.

    A payoff through no day that can be read is asked for again, where its field is.
    """
    language = request.form.get("language", "")
    with writing() as desk:
        book = book_of(desk, number)
        known = LetterKind(kind) if kind in set(LetterKind) else abort(404)
        row = part_of(book, known, part_id) or abort(404)
        if language not in LANGUAGES:
            abort(400)
        through = _through() if known is LetterKind.PAYOFF else desk.today
        if through is None:
            asked = request.form.get("through", "")
            return redirect(url_for("office.payoff", number=number, through=asked), code=303)
        with force_locale(LOCALES[language]):
            to = _to(book, known, row)
        if to is None:
            flash(_("Give the address to send it to: the letter before came back from there."))
            return redirect(url_for("office.case", number=number), code=303)
        letter_id = _issued(desk, book, known, row, to=to, language=language, through=through)
    return redirect(
        url_for("office.letter_pdf", number=number, letter_id=letter_id), code=303
    )  # fmt: skip


@blueprint.get("/case/<path:number>/letter/<int:letter_id>.pdf")
@needs(Right.READ_CASE)
def letter_pdf(number: str, letter_id: int) -> Response:
    """Give a letter as it was issued."""
    with reading() as desk:
        row = _letter(desk, book_of(desk, number), letter_id)
    pdf = current_app.extensions["lotline_documents"].get(row.sha256)
    name = _name(number, row.kind, row.part_id, row.language)
    return pdf_answer(pdf, sha256=row.sha256, name=name)


@blueprint.route("/case/<path:number>/letter/<int:letter_id>/sent", methods=["GET", "POST"])
@needs(Right.NOTE_CONTACT)
def letter_sent(number: str, letter_id: int) -> str | Redirect:
    """Take in that a letter went into the mail."""
    form = Sent()

    def keep(desk: Desk) -> None:
        issuing.send(
            desk.connection, letter_id=letter_id, sent_on=form.sent_on.data or desk.today,
            **desk.who,
        )  # fmt: skip

    return _asked(number, letter_id, form, keep, title=_("Record that it was mailed"))


@blueprint.route("/case/<path:number>/letter/<int:letter_id>/returned", methods=["GET", "POST"])
@needs(Right.NOTE_CONTACT)
def letter_returned(number: str, letter_id: int) -> str | Redirect:
    """Take in that a letter came back."""
    form = Returned()

    def keep(desk: Desk) -> None:
        issuing.take_back(
            desk.connection, letter_id=letter_id, returned_on=form.returned_on.data or desk.today,
            because=form.because.data or "", **desk.who,
        )  # fmt: skip

    return _asked(number, letter_id, form, keep, title=_("Record that it came back"))


def _asked(number: str, letter_id: int, form: Form, keep: Any, *, title: str) -> str | Redirect:
    """Ask for a day on a page of its own."""
    with reading() as desk:
        row = _letter(desk, book_of(desk, number), letter_id)
        first = next(field for field in form if isinstance(field, DateField))
        if request.method == "GET":
            first.process(request.args, desk.today)
    back = url_for("office.case", number=number)
    called = f"{CALLED[LetterKind(row.kind)]}, {LANGUAGES[row.language]}, {row.recipient}"
    return deed_page(form, keep, title=f"{title}: {called}", back=back, back_words=number)


def _to(book: Book, kind: LetterKind, row: Row) -> Recipient | None:
    """Return to whom a letter was asked for, at another address where one was given.

    None where the page asked for an address and none was given.
    """
    asked, address = request.form.get("to", ""), tidy(request.form.get("address"))
    named = {str(each.respondent_id or ""): each for each in recipients_of(book, kind, row)}
    if asked not in named or len(address or "") > LONGEST:
        abort(400)
    if not address:
        return None if "address" in request.form else named[asked]
    return replace(named[asked], address=address)


def _issued(
    desk: Desk, book: Book, kind: LetterKind, row: Row, *, to: Recipient, language: str,
    through: date,
) -> int:  # fmt: skip
    of_event = event_told(kind, row, desk.rows(events_of(book.case.id)))
    addressed = Addressed(
        case_id=book.case.id, kind=kind, part_id=row.id, language=language,
        respondent_id=to.respondent_id, recipient=to.name, address=to.address, of_event=of_event,
    )  # fmt: skip
    known = issuing.issued(desk.connection, addressed)
    if known is not None:
        return known
    if request.form.get("address") and not issuing.came_back(desk.connection, addressed):
        abort(400)  # no page asks for another address before
    paper = set_letter(desk, book, kind, row, language=language, through=through, to=to)
    return issuing.issue(
        desk.connection, current_app.extensions["lotline_documents"], paper, addressed=addressed,
        name=_name(book.case.number, kind, row.id, language), **desk.who,
    )  # fmt: skip


def _through() -> date | None:
    """Return the day a payoff is to hold through; None where none can be read."""
    form = Through(request.form)
    return form.through.data if form.validate() else None


def _letter(desk: Desk, book: Book, letter_id: int) -> Row:
    mine = (each for each in desk.rows(letters_of(book.case.id)) if each.id == letter_id)
    return next(mine, None) or abort(404)


def _name(number: str, kind: str, part_id: int, language: str) -> str:
    return f"{number} {kind} {part_id} {language}.pdf"

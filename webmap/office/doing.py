"""Take the deeds done in a case, each with its consequence told before it is done."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cases.desk import foretelling
from cases.desk.book import Book
from cases.desk.foretelling import Foretold
from cases.desk.offers import Offer, offer
from cases.documents.intake import MOST_BYTES
from cases.errors import CaseError
from cases.ledger.reading import is_posted
from cases.permissions import Right
from cases.stages import stage
from cases.story import Line
from cases.workflow.hearing import HearingAction
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.interpreting import say_line
from webmap.office.book import book_of
from webmap.office.casework import button, head
from webmap.office.deeds.deed import DEEDS, DeedForm
from webmap.office.deeds.money import MoneyForm
from webmap.office.frame import blueprint
from webmap.office.hearing_day import THERE, Asked, hearing_page
from webmap.office.origins import HEARING, origin

FORM_BYTES = 1_000_000
"""What the words of a form may take beside the file it brings."""


class UnseenFiguresError(CaseError):
    """A deed changed what is owed by an amount that nobody was shown; it is taken back."""


LETTER = "letter"
"""What is flashed under this name is where the paper that was issued can be read."""
_ONLY_SHOWN = {"more", "again"}
"""Buttons that only show the form once more: with further lines, or with what came meanwhile."""


@blueprint.url_value_preprocessor
def _allow_a_file(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let a deed bring a file, before the guard against forgery reads what was sent."""
    if endpoint == "office.do":
        request.max_content_length = MOST_BYTES + FORM_BYTES


@blueprint.route("/case/<path:number>/do/<action>/<int:row_id>", methods=["GET", "POST"])
@needs(Right.READ_CASE)
def do(number: str, action: str, row_id: int) -> str | Response:
    """Ask what a deed needs, tell what it will do, and do it."""
    with reading() as desk:
        book = book_of(desk, number)
        found = offer(
            book, action, row_id=row_id, role=desk.member.role, origin=request.args.get("on")
        )
        form = DEEDS[action].form() if action in DEEDS else None
        if found is None or form is None:
            return _too_late(desk, book, form)
        form.prepare(desk, book, found)
        if not form.is_submitted():
            form.take_from(request.args)
    foretold = None
    if request.form.keys() & _ONLY_SHOWN:
        if "more" in request.form:
            form.ask_for_more()
    elif form.is_submitted():
        done, foretold = _sent(form, number, found)
        if done:
            return redirect(form.onward(book) or _back(book, found))
    elif _asks_nothing(form):
        foretold = _tried(form, number, found)
    return _asked(form, number, found, foretold)


def seen(foretold: Foretold) -> str:
    """Return what the page that shows a deed's figures sends back, to tell which it showed."""
    return "/".join(map(str, foretold.after.figures))


def _back(book: Book, found: Offer) -> str:
    """Return where a deed leads back to: of a hearing put off, to the docket it left."""
    begun_on = origin(book, found.row)
    if begun_on.kind == HEARING and found.action == HearingAction.CONTINUE and found.row.session_id:
        return url_for("office.sitting", sitting_id=found.row.session_id)
    return begun_on.href


def _asked(form: DeedForm, number: str, found: Offer, foretold: Foretold | None) -> str:
    """Show the page of a deed, with whatever was typed."""
    with reading() as desk:
        book = book_of(desk, number)
        back = origin(book)
        after = foretold.after if foretold else None
        then = stage(after.phase, after.next_due, on=desk.today) if after else None
        asked = Asked(
            button(desk, book, found), form, foretold, then, seen(foretold) if foretold else None
        )
        if back.kind == HEARING and found.action in THERE:
            return hearing_page(desk, book, found.row.id, asked=asked)
        return desk.page("office/do.html", asked=asked, back=back, **head(desk, book))


def _sent(form: DeedForm, number: str, found: Offer) -> tuple[bool, Foretold | None]:
    """Do what was sent, or only try it; tell whether it was done."""
    if not form.validate():
        return False, None
    if "foretell" in request.form:
        return False, _tried(form, number, found)
    try:
        lines = _done(form, number, found)
    except UnseenFiguresError:
        return False, _tried(form, number, found)
    except CaseError as error:
        form.refuse(error)
        return False, None
    for said in map(say_line, lines) if lines else [form.answer or _("It is on record.")]:
        flash(said)
    if form.issued is not None:
        way = url_for("office.notice", number=number, notice_id=form.issued)
        flash(way, LETTER)
    return True, None


def _done(form: DeedForm, number: str, found: Offer) -> Sequence[Line]:
    """Do a deed on the case as it is now, and return what it added to the story.

    Raises
    ------
    UnseenFiguresError
        It changes what is owed, and the page it was sent from did not show to what.
    """
    with writing() as desk:
        book = book_of(desk, number)
        did = foretelling.done_in_case(
            desk.connection, book.case.id, lambda: form.do(desk, book, found), on=desk.today,
            zone=desk.zone,
        )  # fmt: skip
        moves = did.before.figures != did.after.figures
        if moves and not form.says_figures and request.form.get("seen") != seen(did):
            msg = "What would be owed was not shown: look at it, then do it."
            raise UnseenFiguresError(msg)
        return did.lines


def _tried(form: DeedForm, number: str, found: Offer) -> Foretold | None:
    with reading() as desk:
        book = book_of(desk, number)
        try:
            return foretelling.foretell_of_case(
                desk.connection, book.case.id, lambda: form.do(desk, book, found), on=desk.today,
                zone=desk.zone,
            )  # fmt: skip
        except CaseError as error:
            form.refuse(error)
            return None


def _too_late(desk: Desk, book: Book, form: DeedForm | None) -> Response:
    """Go back to the case; whoever sends money's form twice is told that it is done."""
    if isinstance(form, MoneyForm) and _was_posted(desk, book, form):
        flash(_("It is on record."))
    else:
        flash(_("That cannot be done any more: see how the case stands now."), "error")
    return redirect(origin(book).href)


def _was_posted(desk: Desk, book: Book, form: MoneyForm) -> bool:
    return form.is_submitted() and form.has_key() and is_posted(
        desk.connection, book.case.id, key=form.once
    )  # fmt: skip


def _asks_nothing(form: DeedForm) -> bool:
    return all(field.type in {"CSRFTokenField", "HiddenField"} for field in form)

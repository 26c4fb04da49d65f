"""Show a case whole, and take the deeds done in it, each with its consequence told before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cases import queries
from cases.desk.book import Book, open_book
from cases.desk.consequences import Consequence, consequence
from cases.desk.foretelling import done, foretell
from cases.desk.offers import Offer, offer, offers
from cases.errors import CaseError
from cases.permissions import Right
from cases.phases import Phase
from cases.stages import stage
from cases.story import Line, events_of, told
from geo import places
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.office.deeds.deed import DEEDS, Deed, DeedForm
from webmap.office.frame import blueprint
from webmap.office.money import money_of

MOST_BYTES = 33_000_000


@dataclass(frozen=True, slots=True)
class Button:
    """A deed that may be done now, and what its button says."""

    offer: Offer
    deed: Deed
    consequence: Consequence


@blueprint.get("/case/<path:number>")
@needs(Right.READ_CASE)
def case(number: str) -> str:
    """Show a case: what is wrong, where it stands, what may be done, the money, all that was."""
    with reading() as desk:
        book = _book(desk, number)
        return desk.page("office/case.html", **_shown(desk, book))


@blueprint.route("/case/<path:number>/do/<action>/<int:row_id>", methods=["GET", "POST"])
@needs(Right.READ_CASE)
def do(number: str, action: str, row_id: int) -> str | Response:
    """Ask what a deed needs, tell what it will do, and do it."""
    request.max_content_length = MOST_BYTES  # a form may bring a photograph
    with reading() as desk:
        book = _book(desk, number)
        found = offer(book, action, row_id=row_id, role=desk.member.role)
        if found is None or action not in DEEDS:
            flash(_("That cannot be done any more: see how the case stands now."), "error")
            return redirect(url_for("office.case", number=number))
        form = DEEDS[action].form()
        form.prepare(book, found)
    lines: Sequence[Line] | None = None
    if form.validate_on_submit():
        try:
            if "foretell" not in request.form:
                lines = _done(form, number, found)
                flash(" ".join(line.text for line in lines))
                return redirect(url_for("office.case", number=number))
            lines = _foretold(form, book, found)
        except CaseError as error:
            form.form_errors.append(str(error))
    elif not form.is_submitted() and _asks_nothing(form):
        try:
            lines = _foretold(form, book, found)
        except CaseError as error:
            form.form_errors.append(str(error))
    with reading() as desk:
        return desk.page(
            "office/do.html", form=form, button=_button(book, found, on=desk.today), book=book,
            lines=lines, **_head(desk, book),
        )  # fmt: skip


def _book(desk: Desk, number: str) -> Book:
    book = open_book(desk.connection, number)
    return book or abort(404)


def _done(form: DeedForm, number: str, found: Offer) -> Sequence[Line]:
    """Do a deed on the case as it is now, and return what it added to the story."""
    with writing() as desk:
        book = _book(desk, number)
        return done(
            desk.connection, book.case.id, lambda: form.do(desk, book, found), zone=desk.zone
        )


def _foretold(form: DeedForm, book: Book, found: Offer) -> Sequence[Line]:
    with reading() as desk:
        return foretell(
            desk.connection, book.case.id, lambda: form.do(desk, book, found), zone=desk.zone
        )


def _asks_nothing(form: DeedForm) -> bool:
    return all(field.type == "CSRFTokenField" for field in form)


def _button(book: Book, each: Offer, *, on: date) -> Button:
    follows = consequence(each.action, law=book.law, on=on)
    return Button(each, DEEDS[each.action], follows)


def _head(desk: Desk, book: Book) -> dict[str, Any]:
    case = book.case
    place = desk.first(places.parcel_by_id(case.parcel_id)) if case.parcel_id else None
    return {
        "place": place,
        "stage": stage(Phase(case.phase), case.next_due, on=desk.today),
        "title": case.situs_address or case.parcel_no or case.number,
    }


def _shown(desk: Desk, book: Book) -> dict[str, Any]:
    buttons: dict[tuple[str, int], list[Button]] = defaultdict(list)
    for each in offers(book, role=desk.member.role):
        if each.action in DEEDS:
            buttons[each.on, each.row.id].append(_button(book, each, on=desk.today))
    events = desk.rows(events_of(book.case.id))
    others = queries.cases_of_parcel(book.case.parcel_id, on=desk.today)
    return {
        "book": book,
        "buttons": buttons,
        "story": list(told(events, zone=desk.zone)),
        "others": [
            each for each in (desk.rows(others) if book.case.parcel_id else [])
            if each.id != book.case.id
        ],
        "money": money_of(desk, book),
        **_head(desk, book),
    }  # fmt: skip

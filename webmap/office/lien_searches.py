"""Take in what title companies ask of a parcel, and hand out the answer as a letter."""

import json
from datetime import timedelta
from typing import Any

from flask import abort, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response
from wtforms import DateField, EmailField
from wtforms.validators import Length, Optional

from cases import lien_searches as searching
from cases.desk import requests
from cases.errors import CaseError
from cases.permissions import Right
from geo import places
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import clock_now, needs
from webmap.forms import GIVEN, Form, KeyedForm
from webmap.interpreting import say
from webmap.office.deeds.fields import day_of, text_field, today_field, words_field
from webmap.office.frame import blueprint
from webmap.office.paging import page_of
from webmap.office.simple import deed_page

USUAL = timedelta(days=14)
NEAR = 6
"""How many parcels are shown that may be meant."""


class SearchForm(KeyedForm):
    """Who asks about which parcel, since when."""

    parcel = words_field(_("Parcel number or address"), most=200)
    requester = words_field(_("Who asks"), most=200)
    company = words_field(_("Company"), most=200, needed=False)
    email = EmailField(_("E-mail"), [Optional(), Length(max=200)])
    file_no = words_field(_("Their file number"), most=100, needed=False)
    received_on = today_field(_("Received on"))


class FeeForm(Form):
    """That the fee is paid."""

    receipt_no = words_field(
        _("Number of the town's receipt"), most=60,
        description=_("The fee belongs to no case, so it is in the town's own cash book."),
    )  # fmt: skip
    paid_on = today_field(_("Paid on"))


class AnswerForm(Form):
    """How long the sums are to hold."""

    good_through = DateField(
        _("Good through"), [GIVEN], default=lambda: clock_now().date() + USUAL,
        description=_("Such as the day of the closing: the sums hold to its end."),
    )  # fmt: skip


class WithdrawForm(Form):
    """Why there is no answer."""

    reason = text_field(_("Why it is not answered"), rows=2)


@blueprint.get("/lien-searches")
@needs(Right.SEARCH_LIENS)
def lien_searches() -> str:
    """Show what waits, by its last day, and what was answered lately."""
    with reading() as desk:
        page = page_of(desk, requests.lien_searches, requests.count)
        return desk.page("office/lien_searches.html", page=page)


@blueprint.route("/lien-searches/new", methods=["GET", "POST"])
@needs(Right.SEARCH_LIENS)
def new_lien_search() -> str | Response:
    """Take a request in."""
    form = SearchForm()
    near: list[Any] = []
    if not form.is_submitted():
        form.parcel.data = request.args.get("parcel", "")[:200]
    elif "meant" in request.form:
        form.parcel.data = request.form["meant"][:200]

    def keep(desk: Desk) -> str:
        asked = searching.Asked(
            parcel=form.parcel.data or "", requester=form.requester.data or "",
            company=form.company.data, email=form.email.data, file_no=form.file_no.data,
            received_on=day_of(form.received_on),
        )  # fmt: skip
        try:
            made = searching.take_in(desk.connection, asked, form_key=form.form_key, **desk.who)
        except searching.UnmeantParcelError:
            near.extend(
                desk.rows(
                    places.search(asked.parcel, most=NEAR, kinds=("address", "parcel"), staff=True)
                )
            )
            raise
        return url_for("office.lien_search", search_id=made)

    return deed_page(
        form, keep, title=_("A new lien search"), back=url_for("office.lien_searches"),
        back_words=_("Lien searches"), button=_("Take it in"), near=near,
        template="office/lien_search_new.html",
    )  # fmt: skip


@blueprint.get("/lien-searches/<int:search_id>")
@needs(Right.SEARCH_LIENS)
def lien_search(search_id: int) -> str:
    """Show a request, its fee and what became of it."""
    with reading() as desk:
        return desk.page("office/lien_search.html", search=_found(desk, search_id))


@blueprint.route("/lien-searches/<int:search_id>/fee", methods=["GET", "POST"])
@needs(Right.SEARCH_LIENS)
def lien_search_fee(search_id: int) -> str | Response:
    """Note that the fee is paid."""
    form = FeeForm()

    def keep(desk: Desk) -> None:
        searching.note_fee(
            desk.connection, search_id=search_id, receipt_no=form.receipt_no.data or "",
            paid_on=day_of(form.paid_on), **desk.who,
        )  # fmt: skip

    return _of_one(search_id, form, keep, title=_("The fee is paid"))


@blueprint.route("/lien-searches/<int:search_id>/withdraw", methods=["GET", "POST"])
@needs(Right.SEARCH_LIENS)
def withdraw_lien_search(search_id: int) -> str | Response:
    """End a request without an answer."""
    form = WithdrawForm()

    def keep(desk: Desk) -> None:
        why = form.reason.data or ""
        searching.withdraw(desk.connection, search_id=search_id, reason=why, **desk.who)

    return _of_one(search_id, form, keep, title=_("Withdraw the request"))


@blueprint.route("/lien-searches/<int:search_id>/answer", methods=["GET", "POST"])
@needs(Right.SEARCH_LIENS)
def answer_lien_search(search_id: int) -> str | Response:
    """Show what the answer would say, and issue it."""
    form = AnswerForm()
    shows = "show" in request.form or not form.is_submitted()
    facts = None
    with reading() as desk:
        _found(desk, search_id)
        if shows and (not form.is_submitted() or form.validate()):
            try:
                facts = searching.preview(
                    desk.connection, search_id=search_id,
                    good_through=day_of(form.good_through), on=desk.today,
                )  # fmt: skip
            except CaseError as error:
                form.form_errors.append(say(error))

    def keep(desk: Desk) -> str:
        through = day_of(form.good_through)
        searching.answer(desk.connection, search_id=search_id, good_through=through, **desk.who)
        return url_for("office.lien_search_letter", search_id=search_id)

    return _of_one(
        search_id, form, keep, title=_("Answer it"), template="office/lien_search_answer.html",
        facts=facts, only_shows=shows,
    )  # fmt: skip


@blueprint.get("/lien-searches/<int:search_id>/letter")
@needs(Right.SEARCH_LIENS)
def lien_search_letter(search_id: int) -> str:
    """Show the answer as it was frozen, to be printed."""
    with reading() as desk:
        found = _found(desk, search_id)
        facts = json.loads(found.content) if found.content else None
        return desk.page(
            "office/lien_search_letter.html", search=found, facts=facts,
            sha256=found.sha256.hex() if found.sha256 else "",
        )  # fmt: skip


def _of_one(
    search_id: int, form: Form, keep: Any, *, title: Any, only_shows: bool = False, **said: Any
) -> str | Response:
    with reading() as desk:
        number = _found(desk, search_id).number
    there = url_for("office.lien_search", search_id=search_id)
    return deed_page(
        form, keep, title=title, back=there, back_words=gettext("Lien search") + f" {number}",
        only_shows=only_shows, **said,
    )  # fmt: skip


def _found(desk: Desk, search_id: int) -> Any:
    return desk.first(requests.lien_search(search_id)) or abort(404)

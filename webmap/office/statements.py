"""Draw up what a clerk hands over on paper: what pays a case off by a day, and receipts."""

from datetime import date, timedelta
from typing import Any

from flask import abort, request
from flask_babel import lazy_gettext as _
from wtforms import DateField, Form

from cases.cashier import may_void
from cases.desk.book import Book, Row
from cases.desk.disputed import disputed
from cases.desk.offers import offer
from cases.desk.reckoning import reckon
from cases.errors import CaseError
from cases.ledger.accounts import Component, Kind
from cases.payoff import Payoff
from cases.permissions import Right
from cases.statements import payoff_of_case, payoff_of_lien
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.forms import GIVEN
from webmap.interpreting import say
from webmap.office.book import book_of
from webmap.office.casework import head
from webmap.office.frame import blueprint
from webmap.office.letter_ways import letters_shown

USUAL = timedelta(days=14)


class Through(Form):
    """The last day on which the sum holds."""

    through = DateField(_("Good through"), [GIVEN])


@blueprint.get("/case/<path:number>/payoff")
@needs(Right.READ_LEDGER)
def payoff(number: str) -> str:
    """Say what pays a case off by a day."""
    with reading() as desk:
        return _statement(desk, book_of(desk, number), lien=None)


@blueprint.get("/case/<path:number>/lien/<int:lien_id>/payoff")
@needs(Right.READ_LEDGER)
def lien_payoff(number: str, lien_id: int) -> str:
    """Say what pays off the case that a lien comes from."""
    with reading() as desk:
        book = book_of(desk, number)
        lien = book.part("lien", lien_id)
        return _statement(desk, book, lien=lien or abort(404))


@blueprint.get("/case/<path:number>/receipt/<int:posting_id>")
@needs(Right.READ_LEDGER)
def receipt(number: str, posting_id: int) -> str:
    """Show the receipt of a payment, with what it covered."""
    with reading() as desk:
        book = book_of(desk, number)
        paid = next(
            (row for row in book.postings if (row.id, row.kind) == (posting_id, Kind.PAID)), None
        ) or abort(404)  # fmt: skip
        undone = next((row for row in book.postings if row.reverses == posting_id), None)
        return desk.page(
            "office/receipt.html", paid=paid, undone=undone, covered=covered(paid),
            since=_taken_since(book, undone) if undone else [],
            voids=offer(book, Right.VOID_PAYMENT, row_id=book.case.id, role=desk.member.role)
            and may_void(paid.effective_on, role=desk.member.role, on=desk.today),
            **head(desk, book),
        )  # fmt: skip


def _statement(desk: Desk, book: Book, *, lien: Row | None) -> str:
    asked = request.args if "through" in request.args else None
    form = Through(asked, data={"through": desk.today + USUAL})
    error, told = None, None
    is_told = not asked or form.validate()
    through = form.through.data
    if through is None or not is_told:
        error = _("Give a day, such as the day of the closing.")
    else:
        try:
            told = _asked(desk, book, lien, through=through)
        except CaseError as refused:
            error = say(refused)
    money = reckon(book, on=desk.today)
    return desk.page(
        "office/payoff.html", form=form, payoff=told, error=error, lien=lien,
        disputes=disputed(book, money, on=desk.today), **head(desk, book),
        **letters_shown(desk, book, ()),
    )  # fmt: skip


def _asked(desk: Desk, book: Book, lien: Row | None, *, through: date) -> Payoff:
    days = {"good_through": through, "today": desk.today}
    if lien is None:
        return payoff_of_case(desk.connection, book.case.id, **days)
    return payoff_of_lien(desk.connection, lien.id, **days)


def _taken_since(book: Book, undone: Row) -> list[Row]:
    """Return the receipts of a case written after one was, that still stand."""
    taken_back = {row.reverses for row in book.postings}
    return [
        row
        for row in book.postings
        if row.kind == Kind.PAID and row.id > undone.id and row.id not in taken_back
    ]


def covered(paid: Row) -> list[tuple[str, Any]]:
    """Return what a payment took off each component, and what of it is in credit."""
    parts = [(each.words, -getattr(paid, each)) for each in Component]
    left = paid.cents - sum(cents for _name, cents in parts)
    return [(name, cents) for name, cents in (*parts, ("credit", left)) if cents]

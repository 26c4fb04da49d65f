"""Say how to pay, and lead to a hosted page where the town has one."""

from http import HTTPStatus
from uuid import uuid4

from flask import abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from cases.blocking import is_blocked
from cases.desk.unrecorded import unrecorded_payments
from cases.online import receipts_of
from cases.paying import Bill, Payments
from webmap.arguments import whole
from webmap.auth.gate import anybody
from webmap.office.statements import covered
from webmap.respondent.cited import cited
from webmap.respondent.frame import Room, blueprint, reading
from webmap.respondent.money import Money, money_of
from webmap.respondent.page import head


def payments() -> Payments:
    """Return how the town is paid."""
    found: Payments = current_app.extensions["lotline_payments"]
    return found


@blueprint.get("/my-case/pay")
@anybody
def paying() -> str:
    """Say what is to be paid, in which ways, and what was received."""
    with reading() as room:
        room.holder.require_acting()
        book = room.book()
        money = money_of(room, book)
        return room.page(
            "respondent/pay.html", money=money, is_online=_may_pay(room, money),
            ways=payments().ways, cited=cited(room, book, money),
            received=room.rows(receipts_of(room.holder.case_id)),
            told=room.rows(unrecorded_payments(case_id=room.holder.case_id)), **head(room, book),
        )  # fmt: skip


@blueprint.get("/my-case/receipt")
@anybody
def receipt() -> str:
    """Show the receipt of a payment that stands, with what it covered, to be printed."""
    asked = whole(request.args, "of")
    with reading() as room:
        room.holder.require_acting()
        book = room.book()
        stands = {each.id for each in room.rows(receipts_of(room.holder.case_id))}
        found = (row for row in book.postings if row.id == asked and row.id in stands)
        paid = next(found, None) or abort(404)
        return room.page(
            "respondent/receipt.html", paid=paid, covered=covered(paid), **head(room, book)
        )


@blueprint.get("/my-case/pay/online")
@anybody
def paying_online() -> Response:
    """Send whoever pays to the hosted page, with what is owed at this moment."""
    with reading() as room:
        room.holder.require_acting()
        money = money_of(room, room.book())
        here = url_for("respondent.paying")
        page = None
        if _may_pay(room, money):
            page = payments().page_for(Bill(
                case_id=room.holder.case_id, case=room.holder.number, cents=money.owed_cents,
                on=room.today, key=uuid4(), back=current_app.config["URL"] + here,
            ))  # fmt: skip
    return redirect(page or here, HTTPStatus.SEE_OTHER)


def _may_pay(room: Room, money: Money) -> bool:
    """Tell whether a payment may be begun: none is where a bankruptcy or a stay bars collection."""
    if not payments().is_hosted or money.owed_cents <= 0:
        return False
    return not is_blocked(room.connection, room.holder.case_id)

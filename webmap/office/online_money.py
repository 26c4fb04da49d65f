"""See to money that was taken online and could not be recorded: record it, or note its refund."""

from datetime import timedelta
from typing import Any

from flask import abort, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from cases.desk import unrecorded as listed
from cases.desk.credits import cases_in_credit
from cases.permissions import Right
from cases.unrecorded import mark_refunded, record_kept
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.forms import KeyedForm
from webmap.office.deeds.fields import day_of, text_field, today_field, words_field
from webmap.office.frame import blueprint
from webmap.office.simple import deed_page
from webmap.words import dollars

SHOWN = timedelta(days=366)
"""How long what somebody saw to stands in the list."""
MOST_IN_CREDIT = 200
"""Cases in credit that stand there; the largest sums, until they went back or cover something."""


class RecordForm(KeyedForm):
    """Into which case it goes, and why there."""

    number = words_field(
        _("Number of the case"), most=40,
        description=_(
            "The case it was paid for, or another. It covers what is owed there; the rest is kept "
            "as credit. A closed case takes no money until a manager reopens it."
        ),
    )  # fmt: skip
    reason = text_field(_("Why it is recorded there"), rows=2)


class RefundForm(KeyedForm):
    """When it went back, and why."""

    refunded_on = today_field(_("Day it went back"))
    reason = text_field(
        _("Why, and how"), rows=2,
        description=_("With the number of the refund, as the page that took the payment gives it."),
    )  # fmt: skip


@blueprint.get("/online-money")
@needs(Right.RECONCILE_DEPOSIT)
def online_money() -> str:
    """Show what was taken online and is not recorded, and what became of such money."""
    with reading() as desk:
        return desk.page(
            "office/online_money.html", waiting=desk.rows(listed.unrecorded_payments()),
            settled=desk.rows(listed.settled_payments(since=desk.today - SHOWN)),
            in_credit=desk.rows(cases_in_credit(most=MOST_IN_CREDIT)),
        )  # fmt: skip


@blueprint.route("/online-money/<int:payment_id>/record", methods=["GET", "POST"])
@needs(Right.TAKE_PAYMENT)
def record_online_money(payment_id: int) -> str | Response:
    """Record it as a payment in a case."""
    found = _found(payment_id)
    form = RecordForm(data={"number": found.case_number})

    def keep(desk: Desk) -> str:
        number = (form.number.data or "").strip().upper()
        receipt = record_kept(
            desk.connection, payment_id, number=number, reason=form.reason.data or "",
            form_key=form.form_key, **desk.who,
        )  # fmt: skip
        return url_for("office.receipt", number=number, posting_id=receipt)

    return _seen_to(found, form, keep, title=gettext("Record it in a case"))


@blueprint.route("/online-money/<int:payment_id>/refunded", methods=["GET", "POST"])
@needs(Right.REFUND)
def refunded_online_money(payment_id: int) -> str | Response:
    """Note that the page gave it back to whoever paid."""
    found, form = _found(payment_id), RefundForm()

    def keep(desk: Desk) -> None:
        mark_refunded(
            desk.connection, payment_id, refunded_on=day_of(form.refunded_on),
            reason=form.reason.data or "", form_key=form.form_key, **desk.who,
        )  # fmt: skip

    return _seen_to(found, form, keep, title=gettext("Note that it went back"))


def _found(payment_id: int) -> Any:
    with reading() as desk:
        return desk.first(listed.unrecorded_payment(payment_id)) or abort(404)


def _seen_to(found: Any, form: KeyedForm, keep: Any, *, title: str) -> str | Response:
    lead = gettext(
        "%(sum)s, paid for case %(number)s, reference %(reference)s.",
        sum=dollars(found.cents), number=found.case_number, reference=found.reference,
    )  # fmt: skip
    return deed_page(
        form, keep, title=title, lead=lead, back=url_for("office.online_money"),
        back_words=_("Money taken online that is not recorded"),
    )  # fmt: skip

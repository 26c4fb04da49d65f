"""Let the clerk count the day's receipts, close deposits, and hold the bank's word to them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as Answer
from wtforms import RadioField

from cases.deposits import Count, Side, clear_deposit, close_deposit, correct_deposit
from cases.desk.unrecorded import unrecorded_payments
from cases.errors import CaseError
from cases.ledger import deposited
from cases.ledger.accounts import Method
from cases.permissions import Right
from webmap.arguments import as_day, day_asked
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import GIVEN, Form, KeyedForm
from webmap.interpreting import say
from webmap.office.counter import WAITS
from webmap.office.deeds.fields import (
    ChecksField,
    MoneyField,
    as_choices,
    choice_of,
    day_of,
    text_field,
    today_field,
    words_field,
)
from webmap.office.frame import blueprint
from webmap.office.simple import deed_page
from webmap.office.tables import as_csv

MEANS: dict[str, Any] = {
    Method.CASH: _("Cash"), Method.CHEQUE: _("Checks"), Method.MONEY_ORDER: _("Money orders"),
    Method.CARD: _("Cards at the terminal"), Method.BANK_TRANSFER: _("Bank transfers"),
}  # fmt: skip
"""What lies in a drawer, by how it was paid."""
SIDES: dict[str, Any] = {
    Side.COUNTED: _("The count"), Side.BANK: _("The bank's amount as noted"),
}  # fmt: skip

HEADING = (
    "receipt", "day", "case", "paid_by", "number_of_check", "amount", "taken_by", "slip",
    "came_back_on", "voided_on",
)  # fmt: skip


class CountForm(Form):
    """What goes along, what was counted, and the slip that closes it."""

    receipts = ChecksField(_("Receipts that go along"), coerce=int)
    counted = MoneyField(_("What you counted"), [GIVEN])
    slip_no = words_field(_("Number of the slip, bag or batch"), most=60)
    reason = words_field(
        _("Why it differs"), needed=False,
        description=_("Only where the count is not what the ledger says. It stays on record."),
    )  # fmt: skip


class ClearForm(Form):
    """What the bank's statement says."""

    bank = MoneyField(_("Amount on the bank's statement"), [GIVEN])
    cleared_on = today_field(_("Day on the statement"))


class CorrectForm(KeyedForm):
    """What was wrong, and by how much."""

    side = RadioField(
        _("What was wrong"), [GIVEN],
        choices=choice_of(Side, words=SIDES),
    )  # fmt: skip
    way = RadioField(
        _("It should be"), [GIVEN], choices=as_choices([("more", _("more")), ("less", _("less"))])
    )
    cents = MoneyField(_("By how much"), [GIVEN])
    reason = text_field(_("Why"), rows=2)


@dataclass(frozen=True, slots=True)
class Compared:
    """What was counted beside what the ledger says of the receipts that go along."""

    ledger_cents: int
    counted_cents: int


@dataclass(frozen=True, slots=True)
class Sums:
    """What a day's receipts come to, in cents, and what of it the bank sent back."""

    taken: int
    came_back: int

    @property
    def left(self) -> int:
        """What came in and stayed."""
        return self.taken - self.came_back


@blueprint.get("/deposits")
@needs(Right.RECONCILE_DEPOSIT)
def deposits() -> str:
    """Show what waits for the bank, and what went there, of some days."""
    with reading() as desk:
        last = day_asked(request.args, "last") or desk.today
        first = day_asked(request.args, "first") or last - WAITS
        days = {"first": first, "last": last}
        return desk.page(
            "office/deposits.html", means=MEANS, **days,
            waiting=desk.rows(deposited.waiting(**days)),
            made=desk.rows(deposited.deposits(**days)),
            unrecorded=desk.rows(unrecorded_payments()),
        )  # fmt: skip


@blueprint.get("/deposits/day/<taken_on>")
@needs(Right.RECONCILE_DEPOSIT)
def deposit_day(taken_on: str) -> str:
    """Show every receipt of a day, and the deposit it went with."""
    with reading() as desk:
        day, rows = _receipts(desk, taken_on)
        return desk.page(
            "office/deposit_day.html", day=day, receipts=rows, means=MEANS, sums=_sums(rows)
        )


@blueprint.get("/deposits/day/<taken_on>.csv")
@needs(Right.RECONCILE_DEPOSIT)
def deposit_day_csv(taken_on: str) -> Response:
    """Hand out a day's receipts as a table."""
    with reading() as desk:
        day, rows = _receipts(desk, taken_on)
    lines = [
        (row.id, row.day, row.case_number, row.method, row.reference or "",
         f"{row.cents // 100}.{row.cents % 100:02d}", row.actor, row.slip_no or "",
         row.returned_on or "", row.voided_on or "")
        for row in rows
    ]  # fmt: skip
    return as_csv(HEADING, lines, name=f"receipts-{day}.csv")


@blueprint.route("/deposits/gather/<taken_on>/<method>", methods=["GET", "POST"])
@needs(Right.MAKE_DEPOSIT)
def gather_deposit(taken_on: str, method: str) -> str | Answer:
    """Count what waits of a day by one means, and close the deposit of it."""
    means = Method(method) if method in set(Method) else abort(404)
    form = CountForm()
    with reading() as desk:
        day, rows = _receipts(desk, taken_on)
    waits = [row for row in rows if row.method == means and deposited.waits(row)]
    form.receipts.choices = as_choices((row.id, row.id) for row in waits)
    if not form.is_submitted():
        form.receipts.data = [row.id for row in waits]
    told, done = _counted(form, waits, day=day, means=means)
    if done:
        return done
    with reading() as desk:
        return desk.page(
            "office/deposit_gather.html", form=form, day=day, method=means, means=MEANS,
            lines=list(zip(waits, form.receipts, strict=True)), told=told,
            sum=sum(row.cents for row in waits),
        )  # fmt: skip


@blueprint.get("/deposits/<int:deposit_id>")
@needs(Right.RECONCILE_DEPOSIT)
def deposit(deposit_id: int) -> str:
    """Show a deposit: its receipts, what was counted, what the bank said, what came back."""
    with reading() as desk:
        return desk.page(
            "office/deposit.html", deposit=_found(desk, deposit_id), means=MEANS,
            receipts=desk.rows(deposited.receipts_in(deposit_id)),
            corrections=desk.rows(deposited.corrections_of(deposit_id)),
        )  # fmt: skip


@blueprint.route("/deposits/<int:deposit_id>/clear", methods=["GET", "POST"])
@needs(Right.RECONCILE_DEPOSIT)
def deposit_clear(deposit_id: int) -> str | Answer:
    """Note what the bank's statement says of a deposit."""
    form = ClearForm()

    def keep(desk: Desk) -> None:
        clear_deposit(
            desk.connection, deposit_id=deposit_id, bank_cents=form.bank.data or 0,
            cleared_on=day_of(form.cleared_on), **desk.who,
        )  # fmt: skip

    return _put_right(deposit_id, form, keep, title=_("Note what the bank says"))


@blueprint.route("/deposits/<int:deposit_id>/correct", methods=["GET", "POST"])
@needs(Right.RECONCILE_DEPOSIT)
def deposit_correct(deposit_id: int) -> str | Answer:
    """Put a closed deposit right by an entry beside it."""
    form = CorrectForm(data={"side": Side.COUNTED})

    def keep(desk: Desk) -> None:
        cents = form.cents.data or 0
        correct_deposit(
            desk.connection, deposit_id=deposit_id, side=Side(form.side.data),
            cents=cents if form.way.data == "more" else -cents, reason=form.reason.data or "",
            form_key=form.form_key, **desk.who,
        )  # fmt: skip

    return _put_right(deposit_id, form, keep, title=_("Put it right by an entry"))


def _counted(
    form: CountForm, waits: list[Any], *, day: date, means: Method
) -> tuple[Compared | None, Answer | None]:
    """Compare what was counted, or close the deposit: what to tell, or where to go on."""
    compares = "compare" in request.form
    if compares:  # before there is a slip
        form.slip_no.validators = ()
    if not form.validate_on_submit():
        return None, None
    going = set(form.receipts.data or ())
    told = Compared(sum(row.cents for row in waits if row.id in going), form.counted.data or 0)
    if compares:
        return told, None
    count = Count(
        taken_on=day, method=means, receipts=sorted(going), counted_cents=told.counted_cents,
        slip_no=form.slip_no.data or "", reason=form.reason.data,
    )  # fmt: skip
    try:
        with writing() as desk:
            made = close_deposit(desk.connection, count, **desk.who)
    except CaseError as error:
        form.form_errors.append(say(error))
        return told, None
    flash(gettext("The deposit is closed."))
    return None, redirect(url_for("office.deposit", deposit_id=made))


def _put_right(
    deposit_id: int, form: Form, keep: Callable[[Desk], None], *, title: Any
) -> str | Answer:
    there = url_for("office.deposit", deposit_id=deposit_id)
    with reading() as desk:
        slip = _found(desk, deposit_id).slip_no
    return deed_page(
        form, keep, title=title, back=there, back_words=gettext("Deposit %(slip)s", slip=slip)
    )


def _sums(rows: list[Any]) -> Sums:
    """Tell apart what came in from what of it came back; a voided receipt never came in."""
    stand = [row for row in rows if row.voided_on is None]
    back = sum(row.cents for row in stand if row.returned_on is not None)
    return Sums(sum(row.cents for row in stand), back)


def _found(desk: Desk, deposit_id: int) -> Any:
    return desk.first(deposited.deposit(deposit_id)) or abort(404)


def _receipts(desk: Desk, taken_on: str) -> tuple[date, list[Any]]:
    day = as_day(taken_on) or abort(404)
    return day, desk.rows(deposited.receipts(first=day, last=day))

"""Ask for what is done with money; each form is made with a key, by which it is done once."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField

from cases import cashier, hardships
from cases.desk.beside import returnable, voidable
from cases.desk.book import Book, Row
from cases.desk.offers import Offer
from cases.desk.reckoning import reckon
from cases.desk.resting import resting_on
from cases.errors import CaseError
from cases.hardship import HardshipError, Showing
from cases.ledger.accounts import Component, Method
from cases.ledger.errors import KeyReusedError
from cases.ledger.reading import Posting, waived_by
from cases.money import write_cents
from cases.permissions import Right
from webmap.auth.desk import Desk
from webmap.forms import GIVEN, KeyedForm, complain
from webmap.interpreting import say
from webmap.office.deeds.deed import DeedForm, Part, ReasonForm, deed
from webmap.office.deeds.fields import (
    MoneyField,
    as_choices,
    choice_of,
    select,
    text_field,
    words_field,
)
from webmap.office.deeds.resting import resting_words
from webmap.words import day, dollars, plain

WAYS: dict[str, Any] = {Method.CHEQUE: _("Check")}


class MoneyForm(KeyedForm, DeedForm):
    """A deed with money: sent twice, it is done once."""

    says_figures = True

    def refuse(self, error: CaseError) -> None:
        """Say of a form that was sent before, and is now sent with something else, what to do."""
        if isinstance(error, KeyReusedError):
            again = _("This form was sent before, and that is on record. Open it anew for another.")
            self.form_errors.append(str(again))
        else:
            super().refuse(error)

    @property
    def once(self) -> str:
        """The key the ledger knows it by."""
        return f"desk:{self.form_key}"


_NUMBERED = (
    Part(_("By check"), (Method.CHEQUE,), ("reference",), ("reference",)),
    Part(_("Other than by check"), tuple(set(Method) - {Method.CHEQUE}), ("slip",)),
)


@deed(Right.TAKE_PAYMENT, _("Take a payment"))
class TakePayment(MoneyForm):
    """How much, and how it was paid."""

    payer = words_field(_("Who pays"), most=200, description=_("As the receipt is to name them."))
    cents = MoneyField(_("Amount"), [GIVEN])
    method = RadioField(
        _("Paid by"), [GIVEN], choices=choice_of(Method, words=WAYS), default=Method.CHEQUE
    )
    reference = words_field(
        _("Number of the check"), most=100, needed=False,
        description=_("A check is not taken without its number."),
    )  # fmt: skip
    slip = words_field(_("Number of the slip or transfer"), most=100, needed=False)
    posting: Posting | None = None

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Suggest all that is owed."""
        self.lead("method", _NUMBERED)
        owed = reckon(book, on=desk.today).owed_cents
        self.cents.description = _("%(owed)s are owed to the end of today.", owed=dollars(owed))
        if not self.is_submitted():
            self.cents.data = owed if owed > 0 else None
            answers = [each.name for each in book.respondents if each.until is None]
            self.payer.data = answers[0] if answers else None

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Take it."""
        (number,) = self.asked
        self.posting = cashier.receive_payment(
            desk.connection, case_id=offer.row.id, cents=self.cents.data or 0,
            method=Method(self.method.data), reference=self[number].data or "",
            payer=self.payer.data or "", key=self.once, **desk.who,
        )  # fmt: skip

    def onward(self, book: Book) -> str | None:
        """Go on to the receipt."""
        if self.posting is None:
            return None
        return url_for(
            "office.receipt", number=book.case.number, posting_id=self.posting.id
        )  # fmt: skip


@deed(Right.WAIVE, _("Waive some of it"))
class Waive(MoneyForm, ReasonForm):
    """How much of what."""

    component = RadioField(_("Of the"), [GIVEN])
    cents = MoneyField(_("Amount"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Offer what is owed, and tell what the reader may still waive."""
        owed = reckon(book, on=desk.today).parts
        self.component.choices = as_choices(
            (str(each), f"{plain(each.words)}, {dollars(owed[each])}")
            for each in Component
            if each in owed
        )
        role = desk.member.role
        limit = book.law.money.waiver_limits_cents.get(role, 0) if book.law else 0
        words = role.replace("_", " ")
        used = waived_by(desk.connection, offer.row.id, authority=words)
        self.cents.description = _(
            "A %(role)s may waive %(limit)s in one case; %(left)s are left.", role=words,
            limit=write_cents(limit), left=write_cents(max(0, limit - used)),
        )  # fmt: skip
        if len(self.component.choices) == 1 and not self.is_submitted():
            self.component.data = self.component.choices[0].value

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Waive it."""
        cashier.waive(
            desk.connection, case_id=offer.row.id, component=Component(self.component.data),
            cents=self.cents.data or 0, reason=self.reason.data or "", key=self.once, **desk.who,
        )  # fmt: skip


@deed(Right.REDUCE_FOR_HARDSHIP, _("Reduce it for hardship"))
class ReduceForHardship(MoneyForm):
    """What the respondent has shown, and by how much."""

    effort = text_field(_("What was done in good faith to comply after the first violation"))
    burden = text_field(
        _("Why the full amount would be an undue financial burden"),
        description=_("Both stay on record, in your words."),
    )
    cents = MoneyField(_("Reduce the penalty by"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Say at once what keeps it from being reduced, and how much of it may be."""
        law = book.law
        assert law is not None  # noqa: S101 - it is offered under a law that has hardship
        assert law.hardship is not None  # noqa: S101
        told = Showing(effort="shown", burden="shown")
        lacks = hardships.lacking(desk.connection, offer.row, law, showing=told)
        self.form_errors.extend(map(say, lacks))
        self.effort.description = _("By %(source)s.", source=say(law.hardship.source))
        self.cents.description = _(
            "The penalty is %(penalty)s; it may be reduced by %(most)s at most.",
            penalty=dollars(offer.row.penalty_cents),
            most=dollars(hardships.most_cents(desk.connection, offer.row)),
        )  # fmt: skip

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Reduce it."""
        shown = Showing(effort=self.effort.data or "", burden=self.burden.data or "")
        hardships.reduce(
            desk.connection, citation_id=offer.row.id, cents=self.cents.data or 0, showing=shown,
            key=self.once, **desk.who,
        )  # fmt: skip

    def refuse(self, error: CaseError) -> None:
        """Say of blanks alone that nothing is shown by them, beside each."""
        blank = [each for each in (self.effort, self.burden) if not (each.data or "").strip()]
        if not isinstance(error, HardshipError) or not blank:
            super().refuse(error)
            return
        for field in blank:
            complain(self, field.name, str(GIVEN.message))


class TakeBack(MoneyForm, ReasonForm):
    """Which payment is taken back; what was ended by it is told before that."""

    says_figures = False
    payment: SelectField

    def offered(self, book: Book) -> list[Row]:
        """Return the payments that may be taken back so."""
        raise NotImplementedError

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer them, none of several chosen before; and warn of what rests on them."""
        paid = self.offered(book)
        self.payment.choices = _to_choose(paid)
        picked = [row for row in paid if str(row.id) == self.payment.data]
        self.warning = resting_words(book, resting_on(desk.connection, book, picked or paid))


@deed(Right.RETURN_PAYMENT, _("Enter a returned check"))
class ReturnPayment(TakeBack):
    """Which payment the bank sent back."""

    payment = select(_("Which payment"), [GIVEN])

    def offered(self, book: Book) -> list[Row]:
        """Return the payments that a bank may send back and did not."""
        return returnable(book)

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Take it back."""
        cashier.return_cheque(
            desk.connection, case_id=offer.row.id, payment_id=int(self.payment.data),
            reason=self.reason.data or "", key=self.once, **desk.who,
        )  # fmt: skip


@deed(Right.VOID_PAYMENT, _("Void a receipt"))
class VoidPayment(TakeBack):
    """Which receipt was made wrong."""

    payment = select(_("Which receipt"), [GIVEN])

    def offered(self, book: Book) -> list[Row]:
        """Return the receipts whose money is still in the drawer."""
        return voidable(book)

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Void it."""
        cashier.void_receipt(
            desk.connection, case_id=offer.row.id, payment_id=int(self.payment.data),
            reason=self.reason.data or "", key=self.once, **desk.who,
        )  # fmt: skip

    def onward(self, book: Book) -> str | None:
        """Go on to the receipt, which says that it is void."""
        number = book.case.number
        return url_for("office.receipt", number=number, posting_id=self.payment.data)


@deed(Right.APPLY_CREDIT, _("Apply credit"))
class ApplyCredit(MoneyForm):
    """How much."""

    cents = MoneyField(_("Amount"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Suggest as much as is owed and there."""
        most = min(book.credit_cents, reckon(book, on=desk.today).owed_cents)
        self.cents.description = _(
            "%(credit)s in credit.", credit=dollars(book.credit_cents)
        )  # fmt: skip
        if not self.is_submitted():
            self.cents.data = most

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Apply it."""
        cashier.apply_credit(
            desk.connection, case_id=offer.row.id, cents=self.cents.data or 0, key=self.once,
            **desk.who,
        )  # fmt: skip


@deed(Right.REFUND, _("Pay credit back"))
class Refund(MoneyForm, ReasonForm):
    """To whom, how much."""

    cents = MoneyField(_("Amount"), [GIVEN])
    payee = words_field(_("To"))

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Suggest all the credit."""
        self.cents.description = _("%(credit)s in credit.", credit=dollars(book.credit_cents))
        if not self.is_submitted():
            self.cents.data = book.credit_cents

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Pay it back."""
        cashier.refund(
            desk.connection, case_id=offer.row.id, cents=self.cents.data or 0,
            payee=self.payee.data or "", reason=self.reason.data or "", key=self.once, **desk.who,
        )  # fmt: skip


def _to_choose(paid: Sequence[Row]) -> Any:
    named = [
        (str(row.id), f"{row.id}: {_paid(row.effective_on, row.cents, row.method, row.reference)}")
        for row in paid
    ]
    return as_choices(named if len(named) == 1 else [("", gettext("Choose one")), *named])


def _paid(on: Any, cents: int, method: str, reference: str | None) -> str:
    said = f"{day(on)}, {dollars(cents)}, {WAYS.get(method, plain(method))}"
    return f"{said} {reference}" if reference else said

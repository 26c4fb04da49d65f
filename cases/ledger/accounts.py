"""Name what the ledger counts: its accounts, the components of a debt, the kinds of deeds."""

from dataclasses import dataclass
from enum import StrEnum


class Account(StrEnum):
    """Where cents lie. A debit is positive: assets and waivers grow by debits, the rest by credits.

    A returned cheque has no account of its own: it takes out of `CASH` just what it had put in,
    on a line of its own in the record of deposits.
    """

    CASH = "cash"
    """Taken in by the cashier, for the bank."""
    RECEIVABLE = "receivable"
    """Owed on the case, by component; never below zero."""
    REVENUE = "revenue"
    """Earned by charging, by component."""
    WAIVERS = "waivers"
    """Given up by somebody with authority, by component: it lessens revenue without hiding it."""
    UNAPPLIED_CREDIT = "unapplied_credit"
    """Paid beyond what was owed: a debt of the town to the payer; never the other way round."""
    REFUNDS_PAYABLE = "refunds_payable"
    """Credit to be paid back; the town's treasury writes the cheque, not the cashier."""
    OPENING = "opening"
    """What the books of the town's old system held when it moved in: neither earned nor taken."""


class Component(StrEnum):
    """What a debt on a case is made of."""

    PENALTY = "penalty"
    COST = "cost"
    INTEREST = "interest"
    FEE = "fee"

    @property
    def words(self) -> str:
        """What people call it: both a citation's penalty and an order's daily fine are a fine."""
        return "fine" if self is Component.PENALTY else self.value


class Side(StrEnum):
    """By what a debt grew or was lessened."""

    CHARGED = "charged"
    PAID = "paid"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what a case was ever made to owe.

    Attributes
    ----------
    authority
        By what a charge is owed; None for payments and what was given up.
    cents
        Below zero where it lessens the debt.
    """

    component: Component
    side: Side
    authority: str | None
    cents: int


class Method(StrEnum):
    """How money came in."""

    CASH = "cash"
    CHEQUE = "cheque"
    MONEY_ORDER = "money_order"
    CARD = "card"
    BANK_TRANSFER = "bank_transfer"


class Kind(StrEnum):
    """What a posting did."""

    CHARGED = "charged"
    PAID = "paid"
    PAYMENT_RETURNED = "payment_returned"
    PAYMENT_VOIDED = "payment_voided"
    WAIVED = "waived"
    REFUNDED = "refunded"
    REFUND_CANCELLED = "refund_cancelled"
    CREDIT_APPLIED = "credit_applied"
    CREDIT_TAKEN_BACK = "credit_taken_back"
    CHARGE_MOVED_IN = "charge_moved_in"
    PAYMENT_MOVED_IN = "payment_moved_in"
    WAIVER_MOVED_IN = "waiver_moved_in"


UNDOES = {
    Kind.REFUNDED: Kind.REFUND_CANCELLED,
    Kind.CREDIT_APPLIED: Kind.CREDIT_TAKEN_BACK,
}
"""By which kind of posting a use of credit is reversed, to the cent and once."""

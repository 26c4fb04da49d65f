"""Say how a case may be paid from outside, whoever takes the money.

Only a cashier's receipt is a payment (`cases.cashier`): a page that somebody else hosts takes money
for the town, and what it took is entered like any other payment, once, by its own reference.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cases.ledger.accounts import Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What somebody is about to pay.

    Parameters
    ----------
    case
        The number of the case, by which the payment is known again.
    cents
        What is owed on the day.
    on
        The day the sum is of.
    back
        Where the payer is sent once it is done.
    """

    case: str
    cents: int
    on: date
    back: str


class Payments(Protocol):
    """How a town is paid."""

    @property
    def ways(self) -> tuple[Method, ...]:
        """The ways to pay at the counter or by mail."""

    def page_for(self, bill: Bill) -> str | None:
        """Return the address of a hosted page that takes a payment; None where there is none."""


class AtTheCounter:
    """The way every town has: cash, a check, or the terminal, taken by a cashier."""

    ways: tuple[Method, ...] = (Method.CASH, Method.CHEQUE, Method.CARD)

    def page_for(self, _bill: Bill) -> str | None:
        """Return no page: nobody is paid but at the counter and by mail."""
        return None

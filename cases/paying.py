"""Say how a case may be paid from outside, whoever takes the money.

The ledger alone says what is owed, at the moment it is asked. A page that somebody else hosts takes
money for the town; what it took is told by a signed notice and recorded like any other payment,
once by its own reference (`cases.online`), or kept for a person (`cases.unrecorded`).
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from cases.errors import CaseError
from cases.ledger.accounts import Method


class NotHostedError(CaseError):
    """A notice of a payment comes to a town that has no hosted page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What somebody is about to pay.

    Parameters
    ----------
    case_id, case
        The case, and its number, by which people know it.
    cents
        What is owed on the day.
    on
        The day the sum is of.
    key
        Names this start of a payment and no other.
    back
        Where the payer is sent once it is done.
    """

    case_id: int
    case: str
    cents: int
    on: date
    key: UUID
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A payment that a hosted page has taken.

    Parameters
    ----------
    reference
        The page's own, of this payment and no other.
    payer
        Who paid, where the page says so.
    doubt
        What its notice says that its bill does not, for a person to look into; None mostly.
    """

    case_id: int
    cents: int
    method: Method
    reference: str
    payer: str | None
    doubt: str | None = None


class Payments(Protocol):
    """How a town is paid."""

    @property
    def ways(self) -> tuple[Method, ...]:
        """The ways to pay at the counter or by mail."""

    @property
    def is_hosted(self) -> bool:
        """Whether there is a page that takes payments."""

    def page_for(self, bill: Bill) -> str | None:
        """Return the address of a hosted page that takes a payment; None where there is none."""

    def taken(self, notice: bytes, *, signature: str) -> Taken:
        """Return what a notice of the hosted page says was paid, once its signature is proven.

        Raises
        ------
        CaseError
            It is not signed by the page, or it says something that cannot be.
        """


class AtTheCounter:
    """The way every town has: cash, a check, or the terminal, taken by a cashier."""

    ways: tuple[Method, ...] = (Method.CASH, Method.CHEQUE, Method.CARD)
    is_hosted = False

    def page_for(self, _bill: Bill) -> str | None:
        """Return no page: nobody is paid but at the counter and by mail."""
        return None

    def taken(self, _notice: bytes, *, signature: str) -> Taken:  # noqa: ARG002 - the interface's
        """Refuse every notice: there is no page that could send one.

        Raises
        ------
        NotHostedError
            Always.
        """
        msg = "This town takes no payments online: set LOTLINE_PAY_URL where it does."
        raise NotHostedError(msg)

"""Write each deed as the lines of double entry; every set of them sums to zero."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cases.ledger.accounts import Account, Component
from cases.ledger.allocation import allocate
from cases.ledger.errors import OverBalanceError
from cases.money import write_cents


class Line(NamedTuple):
    """Cents to an account: a debit positive, a credit negative."""

    account: Account
    component: Component | None
    cents: int


type Lines = tuple[Line, ...]


def charged(component: Component, cents: int) -> Lines:
    """Write what is newly owed, and earned by it."""
    return (
        Line(Account.RECEIVABLE, component, cents),
        Line(Account.REVENUE, component, -cents),
    )


def paid(balances: Mapping[Component, int], cents: int, order: Sequence[Component]) -> Lines:
    """Write money that came in: to what is owed, in order, and what is left to credit."""
    spread = allocate(balances, cents, order)
    credit = [Line(Account.UNAPPLIED_CREDIT, None, -spread.left)] if spread.left else []
    return (Line(Account.CASH, None, cents), *_covered(spread.applied), *credit)


def waived(component: Component, cents: int) -> Lines:
    """Write what is given up."""
    return (
        Line(Account.WAIVERS, component, cents),
        Line(Account.RECEIVABLE, component, -cents),
    )


def lowered(component: Component, *, owed: int, credited: int) -> Lines:
    """Write what was charged and no longer stands: what is owed of it falls away.

    Parameters
    ----------
    owed, credited
        Cents of it that are still owed, and cents that were paid and become credit.
    """
    parts = (
        Line(Account.WAIVERS, component, owed + credited),
        Line(Account.RECEIVABLE, component, -owed),
        Line(Account.UNAPPLIED_CREDIT, None, -credited),
    )
    return tuple(line for line in parts if line.cents)


def refunded(cents: int) -> Lines:
    """Write credit that the treasury is to pay back."""
    return (
        Line(Account.UNAPPLIED_CREDIT, None, cents),
        Line(Account.REFUNDS_PAYABLE, None, -cents),
    )


def credit_applied(
    balances: Mapping[Component, int], cents: int, order: Sequence[Component]
) -> Lines:
    """Write credit that covers what is owed, in order.

    Raises
    ------
    OverBalanceError
        When less is owed.
    """
    spread = allocate(balances, cents, order)
    if spread.left:
        owed = cents - spread.left
        msg = (
            f"{write_cents(cents)} of credit were to be applied, but {write_cents(owed)} are owed: "
            f"apply at most {write_cents(owed)}, and refund the rest or let it stand."
        )
        raise OverBalanceError(msg)
    return (Line(Account.UNAPPLIED_CREDIT, None, cents), *_covered(spread.applied))


def reversed_(lines: Iterable[Line]) -> Lines:
    """Write the exact opposite of some lines."""
    return tuple(line._replace(cents=-line.cents) for line in lines)


def turnover(lines: Iterable[Line]) -> int:
    """Return the sum of the debits, which is that of the credits: the amount of a posting."""
    return sum(line.cents for line in lines if line.cents > 0)


def _covered(applied: Mapping[Component, int]) -> Iterable[Line]:
    return (Line(Account.RECEIVABLE, component, -cents) for component, cents in applied.items())

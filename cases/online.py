"""Record what a hosted page has taken for a case: one payment, however often it is told."""

import hashlib

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.cashier import brought_up
from cases.errors import CaseError
from cases.ledger import paying
from cases.ledger.accounts import Kind
from cases.ledger.queries import Rows
from cases.models import LedgerPosting
from cases.paying import Taken
from cases.workflow.roles import Role

PAGE = Actor("Online payment page", Role.RESPONDENT)
"""Who records it: nobody of the staff took this money in their hands."""


class OtherPaymentError(CaseError):
    """A reference that stands for one payment is told of another."""


def record(connection: sa.Connection, taken: Taken, *, moment: Moment) -> int:
    """Record a payment unless it is on record; gives the number of its receipt.

    It is known again by the page's reference on any later day too, and also after its receipt was
    voided or its money came back: what is told twice was paid once.

    Raises
    ------
    OtherPaymentError
        The reference stands for a payment of another case or another sum.
    ClosedCaseError
        The case was closed since: nothing is posted there.
    """
    key = f"online:{hashlib.sha256(taken.reference.encode()).hexdigest()}"
    if (before := _recorded(connection, taken, key)) is not None:
        return before
    with brought_up(connection, taken.case_id, actor=PAGE, moment=moment) as law:
        if (before := _recorded(connection, taken, key)) is not None:
            return before  # whoever told it in the same moment held the case until now
        posting = paying.pay(
            connection, case_id=taken.case_id, cents=taken.cents, method=taken.method,
            order=law.money.allocation, reference=taken.reference, payer=taken.payer,
            actor=PAGE.name, key=key, on=moment.on, now=moment.now,
        )  # fmt: skip
    return posting.id


def receipts_of(case_id: int) -> Rows:
    """Select the payments of a case that stand: ``id``, ``on``, ``cents``, ``method``."""
    undone = sa.orm.aliased(LedgerPosting)
    at = LedgerPosting
    return (
        sa.select(at.id, at.effective_on.label("on"), at.cents, at.method)
        .where(at.case_id == case_id, at.kind == Kind.PAID)
        .where(~sa.exists().where(undone.reverses == at.id))
        .order_by(at.id)
    )


def _recorded(connection: sa.Connection, taken: Taken, key: str) -> int | None:
    at = LedgerPosting
    found = connection.execute(sa.select(at.id, at.case_id, at.cents).where(at.key == key)).first()
    if found is None:
        return None
    if (found.case_id, found.cents) != (taken.case_id, taken.cents):
        msg = (
            f"The reference {taken.reference} stands for receipt {found.id} already, which is "
            "of another case or another sum: give each payment a reference of its own."
        )
        raise OtherPaymentError(msg)
    return int(found.id)

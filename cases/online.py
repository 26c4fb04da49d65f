"""Record what a hosted page has taken for a case, or keep word of it: once, however often told."""

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.cashier import brought_up
from cases.errors import CaseError
from cases.ledger import paying
from cases.ledger.accounts import Kind
from cases.ledger.queries import Rows
from cases.models import LedgerPosting
from cases.paying import Taken
from cases.unrecorded import OtherPaymentError, keep, kept_before, take_turn
from cases.workflow.roles import Role

PAGE = Actor("Online payment page", Role.RESPONDENT)
"""Who records it: nobody of the staff took this money in their hands."""


class DoubtfulPaymentError(CaseError):
    """A notice says something that a person has to look into first."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a notice.

    Attributes
    ----------
    receipt
        The number of its receipt; None while it is not recorded.
    because
        Why it waits for a person; None where it was recorded at once.
    """

    receipt: int | None
    because: str | None = None


def hear(connection: sa.Connection, taken: Taken, *, moment: Moment) -> Heard:
    """Record a payment, or keep word of it for a person where the ledger cannot take it.

    Raises
    ------
    OtherPaymentError
        Word of another payment is kept under this reference: one that stands for two payments is
        nothing that could be kept by it.
    """
    take_turn(connection, taken.reference)
    if (kept := kept_before(connection, taken)) is not None:
        return Heard(kept.posting_id, kept.because)
    try:
        with connection.begin_nested():
            receipt = record(connection, taken, moment=moment)
            for when in ("IMMEDIATE", "DEFERRED"):  # what the commit would say
                connection.exec_driver_sql(f"SET CONSTRAINTS ALL {when}")
    except CaseError as error:
        because = str(error)
    except (sa.exc.IntegrityError, sa.exc.DataError) as error:
        because = f"The database refuses it by its rule “{_rule(error)}”."
    else:
        return Heard(receipt)
    keep(connection, taken, because=because, moment=moment)
    return Heard(None, because)


def record(connection: sa.Connection, taken: Taken, *, moment: Moment) -> int:
    """Record a payment unless it is on record; gives the number of its receipt.

    It is known again by the page's reference on any later day too, and also after its receipt was
    voided or its money came back: what is told twice was paid once.

    Raises
    ------
    OtherPaymentError
        The reference stands for a payment of another case or another sum.
    DoubtfulPaymentError
        Its notice contradicts its bill.
    ClosedCaseError
        The case was closed since: nothing is posted there.
    """
    key = f"online:{hashlib.sha256(taken.reference.encode()).hexdigest()}"
    if (before := _recorded(connection, taken, key)) is not None:
        return before
    if taken.doubt is not None:
        raise DoubtfulPaymentError(taken.doubt)
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


def _rule(error: sa.exc.DBAPIError) -> str:
    diag = getattr(error.orig, "diag", None)
    return getattr(diag, "constraint_name", None) or getattr(diag, "sqlstate", None) or "unknown"

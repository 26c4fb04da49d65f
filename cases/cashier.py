"""Take and give back money by the town's law: who may, in what order, up to which limit."""

from typing import Any

import sqlalchemy as sa

from cases.accruing import bring_case_up_to
from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.advancing import lock_open_case
from cases.errors import CaseError
from cases.ledger import charging, paying, returning
from cases.ledger.accounts import Component, Kind, Method
from cases.ledger.limits import Authority
from cases.ledger.reading import Posting, owed, postings
from cases.models import LedgerPosting
from cases.money import write_cents
from cases.workflow.roles import Role

MAY = {
    Kind.PAID: ("Taking a payment", Role.CLERK),
    Kind.PAYMENT_RETURNED: ("Taking back a payment", Role.CLERK),
    Kind.CREDIT_APPLIED: ("Applying credit", Role.CLERK),
    Kind.REFUNDED: ("Paying credit back", Role.MANAGER),  # not by whoever takes money in
}
"""Who does which deed with money; who waives, and how much, the law pack says."""


class NotYoursError(CaseError):
    """A deed with money is for somebody else."""


class StillOwingError(CaseError):
    """Credit was to be paid back while the case owes."""


def receive_payment(
    connection: sa.Connection,
    *,
    case_id: int,
    cents: int,
    method: Method,
    reference: str = "",
    key: str,
    actor: Actor,
    moment: Moment,
) -> Posting:
    """Take a payment: it covers what is owed to the day, in the order of the law pack.

    Parameters
    ----------
    reference
        The number of the cheque or of the receipt.
    key
        Names the payment, so that the same one asked for twice is taken once.

    Raises
    ------
    NotYoursError
        Somebody else takes payments.
    """
    _permit(Kind.PAID, actor)
    order = _brought_up(connection, case_id, actor=actor, moment=moment)
    return paying.pay(
        connection, case_id=case_id, cents=cents, method=method, order=order,
        reference=reference, **_by(actor, moment, key),
    )  # fmt: skip


def waive(
    connection: sa.Connection,
    *,
    case_id: int,
    component: Component,
    cents: int,
    reason: str,
    key: str,
    actor: Actor,
    moment: Moment,
) -> Posting:
    """Give up some of what is owed, within what the law pack lets the actor's role waive.

    Raises
    ------
    NotYoursError
        The role may waive nothing.
    OverLimitError, OverBalanceError
        It may not waive so much on one case, or less is owed.
    """
    lock_open_case(connection, case_id, on=moment.on)
    limits = law_of_case(connection, case_id).money.waiver_limits_cents
    if actor.role not in limits:
        may = ", ".join(f"{_said(role)} {write_cents(most)}" for role, most in limits.items())
        msg = (
            f"The {_said(actor.role)} may waive nothing. On one case may waive: {may or 'nobody'}."
        )
        raise NotYoursError(msg)
    bring_case_up_to(connection, case_id, actor=actor, moment=moment)
    authority = Authority(_said(actor.role), limits[actor.role])
    return charging.waive(
        connection, case_id=case_id, component=component, cents=cents, authority=authority,
        reason=reason, **_by(actor, moment, key),
    )  # fmt: skip


def return_cheque(
    connection: sa.Connection,
    *,
    case_id: int,
    payment_id: int,
    reason: str,
    key: str,
    actor: Actor,
    moment: Moment,
) -> Posting:
    """Take back a payment that the bank sent back, with the fee the law pack sets for it.

    Raises
    ------
    NotYoursError
        Somebody else does.
    NoPaymentError, ReturnedTwiceError
        As `cases.ledger.returning.return_payment` says.
    """
    _permit(Kind.PAYMENT_RETURNED, actor)
    _brought_up(connection, case_id, actor=actor, moment=moment)
    fees = law_of_case(connection, case_id).money.returned_payment
    of_it = sa.and_(LedgerPosting.id == payment_id, LedgerPosting.case_id == case_id)
    face = sum(posting.cents for posting in postings(connection, of_it))
    return returning.return_payment(
        connection, case_id=case_id, payment_id=payment_id, reason=reason,
        fee_cents=fees.fee(face), fee_authority=fees.source, **_by(actor, moment, key),
    )  # fmt: skip


def apply_credit(
    connection: sa.Connection,
    *,
    case_id: int,
    cents: int,
    key: str,
    actor: Actor,
    moment: Moment,
) -> Posting:
    """Cover what is owed to the day out of credit, in the order of the law pack.

    Raises
    ------
    NotYoursError
        Somebody else does.
    OverCreditError, OverBalanceError
        There is less credit, or less is owed.
    """
    _permit(Kind.CREDIT_APPLIED, actor)
    order = _brought_up(connection, case_id, actor=actor, moment=moment)
    return paying.apply_credit(
        connection, case_id=case_id, cents=cents, order=order, **_by(actor, moment, key)
    )


def refund(
    connection: sa.Connection,
    *,
    case_id: int,
    cents: int,
    payee: str,
    reason: str,
    key: str,
    actor: Actor,
    moment: Moment,
) -> Posting:
    """Pay credit back to the payee, where the case owes nothing to the day.

    Raises
    ------
    NotYoursError
        Somebody else does.
    StillOwingError
        Something is owed, which the credit covers first.
    OverCreditError
        There is less credit.
    """
    _permit(Kind.REFUNDED, actor)
    _brought_up(connection, case_id, actor=actor, moment=moment)
    if owes := sum(owed(connection, case_id).values()):
        msg = f"{write_cents(owes)} are owed: apply the credit to that first, and refund the rest."
        raise StillOwingError(msg)
    return paying.refund(
        connection, case_id=case_id, cents=cents, payee=payee, reason=reason,
        **_by(actor, moment, key),
    )  # fmt: skip


def _permit(kind: Kind, actor: Actor) -> None:
    deed, role = MAY[kind]
    if actor.role is not role:
        msg = f"{deed} is for the {_said(role)}, not for the {_said(actor.role)}."
        raise NotYoursError(msg)


def _brought_up(
    connection: sa.Connection, case_id: int, *, actor: Actor, moment: Moment
) -> tuple[Component, ...]:
    """Lock an open case, charge its fines to the day, and return the order of allocation."""
    lock_open_case(connection, case_id, on=moment.on)
    order = law_of_case(connection, case_id).money.allocation
    bring_case_up_to(connection, case_id, actor=actor, moment=moment)
    return order


def _by(actor: Actor, moment: Moment, key: str) -> dict[str, Any]:
    return {"actor": actor.name, "on": moment.on, "now": moment.now, "key": key}


def _said(role: Role) -> str:
    return role.replace("_", " ")

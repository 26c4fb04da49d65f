"""Take and give back money by the town's law: who may, in what order, up to which limit."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.accruing import bring_case_up_to
from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.advancing import lock_open_case
from cases.errors import CaseError
from cases.lawpack.schema import LawPack
from cases.ledger import charging, paying, returning
from cases.ledger.accounts import Component, Kind, Method
from cases.ledger.errors import NumberMissingError
from cases.ledger.limits import Authority
from cases.ledger.reading import Posting, owed
from cases.money import write_cents
from cases.permissions import Right, may
from cases.workflow.roles import Role

MAY = {
    Kind.PAID: ("Taking a payment", Right.TAKE_PAYMENT),
    Kind.PAYMENT_RETURNED: ("Taking back a payment", Right.RETURN_PAYMENT),
    Kind.PAYMENT_VOIDED: ("Voiding a receipt", Right.VOID_PAYMENT),
    Kind.CREDIT_APPLIED: ("Applying credit", Right.APPLY_CREDIT),
    Kind.REFUNDED: ("Paying credit back", Right.REFUND),
}
"""By which right each deed with money is done; who waives, and how much, the law pack says."""


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
    payer: str | None = None,
    key: str,
    actor: Actor,
    moment: Moment,
) -> Posting:
    """Take a payment: it covers what is owed to the day, in the order of the law pack.

    Parameters
    ----------
    reference
        The number of the cheque or of the receipt.
    payer
        Who paid, as the receipt names them.
    key
        Names the payment, so that the same one asked for twice is taken once.

    Raises
    ------
    NotYoursError
        Somebody else takes payments.
    NumberMissingError
        It is a check, and its number is not given.
    """
    _permit(Kind.PAID, actor)
    if method is Method.CHEQUE and not reference.strip():
        msg = (
            "Give the number of the check: by it the bank, the payer and the deposit slip know "
            "it again."
        )
        raise NumberMissingError(msg)
    with brought_up(connection, case_id, actor=actor, moment=moment) as law:
        return paying.pay(
            connection, case_id=case_id, cents=cents, method=method, order=law.money.allocation,
            reference=reference, payer=payer, **_by(actor, moment, key),
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
    with brought_up(connection, case_id, actor=actor, moment=moment) as law:
        return charging.waive(
            connection, case_id=case_id, component=component, cents=cents,
            authority=_authority(law, actor), reason=reason, **_by(actor, moment, key),
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
    NoPaymentError, ReturnedTwiceError, CashReturnedError
        As `cases.ledger.returning.return_payment` says.
    """
    _permit(Kind.PAYMENT_RETURNED, actor)
    paid = returning.payment(connection, case_id=case_id, payment_id=payment_id)
    with brought_up(connection, case_id, actor=actor, moment=moment) as law:
        fees = law.money.returned_payment
        return returning.return_payment(
            connection, case_id=case_id, payment_id=paid.id, reason=reason,
            fee_cents=fees.fee(paid.cents), fee_authority=fees.source, **_by(actor, moment, key),
        )  # fmt: skip


def may_void(taken_on: date, *, role: Role, on: date) -> bool:
    """Tell whether somebody may void a receipt of some day, as long as it is not deposited."""
    return may(role, Right.VOID_PAYMENT) and (role is not Role.CLERK or taken_on == on)


def void_receipt(
    connection: sa.Connection,
    *,
    case_id: int,
    payment_id: int,
    reason: str,
    key: str,
    actor: Actor,
    moment: Moment,
) -> Posting:
    """Take back a payment that was entered wrong, while its money still lies in the drawer.

    Raises
    ------
    NotYoursError
        Somebody else does; a clerk only on the day it was taken.
    NoPaymentError, ReturnedTwiceError, DepositedError
        As `cases.ledger.returning.void_payment` says.
    """
    _permit(Kind.PAYMENT_VOIDED, actor)
    paid = returning.payment(connection, case_id=case_id, payment_id=payment_id)
    _require_day(paid.on, actor=actor, on=moment.on)
    with brought_up(connection, case_id, actor=actor, moment=moment):
        return returning.void_payment(
            connection, case_id=case_id, payment_id=paid.id, reason=reason,
            **_by(actor, moment, key),
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
    with brought_up(connection, case_id, actor=actor, moment=moment) as law:
        return paying.apply_credit(
            connection, case_id=case_id, cents=cents, order=law.money.allocation,
            **_by(actor, moment, key),
        )  # fmt: skip


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
    with brought_up(connection, case_id, actor=actor, moment=moment):
        if owes := sum(owed(connection, case_id).values()):
            msg = f"{write_cents(owes)} are owed: apply the credit to that, then refund the rest."
            raise StillOwingError(msg)
        return paying.refund(
            connection, case_id=case_id, cents=cents, payee=payee, reason=reason,
            **_by(actor, moment, key),
        )  # fmt: skip


def _permit(kind: Kind, actor: Actor) -> None:
    deed, right = MAY[kind]
    if not may(actor.role, right):
        theirs = " or the ".join(_said(role) for role in Role if may(role, right))
        msg = f"{deed} is for the {theirs}, not for the {_said(actor.role)}: ask them."
        raise NotYoursError(msg)


def _require_day(taken: date, *, actor: Actor, on: date) -> None:
    """Refuse a clerk to void what was taken on an earlier day."""
    if not may_void(taken, role=actor.role, on=on):
        msg = (
            f"The receipt was made on {taken}: a clerk voids a receipt on its own day; ask a "
            "manager, who may void it until it is deposited."
        )
        raise NotYoursError(msg)


def _authority(law: LawPack, actor: Actor) -> Authority:
    limits = law.money.waiver_limits_cents
    if actor.role not in limits:
        may = ", ".join(f"{_said(role)} {write_cents(most)}" for role, most in limits.items())
        whose = _said(actor.role)
        msg = f"The {whose} may waive nothing: ask. On one case may waive: {may or 'nobody'}."
        raise NotYoursError(msg)
    return Authority(_said(actor.role), limits[actor.role])


@contextmanager
def brought_up(
    connection: sa.Connection, case_id: int, *, actor: Actor, moment: Moment
) -> Iterator[LawPack]:
    """Charge an open case's fines to the day and give its law; undone if the deed is refused."""
    lock_open_case(connection, case_id, on=moment.on)
    law = law_of_case(connection, case_id)
    with connection.begin_nested():
        bring_case_up_to(connection, case_id, actor=actor, moment=moment)
        yield law


def _by(actor: Actor, moment: Moment, key: str) -> dict[str, Any]:
    return {"actor": actor.name, "on": moment.on, "now": moment.now, "key": key}


def _said(role: Role) -> str:
    return role.replace("_", " ")

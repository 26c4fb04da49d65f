"""Keep money that was taken online and could not be recorded until a person has seen to it.

A hosted page holds it already, so word of it is never turned away: it waits on the counter's list,
with why, until it is recorded in a case or went back to whoever paid.
"""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.cashier import NotYoursError, brought_up
from cases.days import require_day
from cases.desk.unrecorded import kept_as, unrecorded_payment
from cases.errors import CaseError
from cases.ledger import paying
from cases.models import Case, UnrecordedPayment, UnrecordedSettlement
from cases.once import made_before
from cases.paying import Taken
from cases.permissions import Right, may
from cases.wording import tidy


class UnrecordedError(CaseError):
    """Money that was taken online cannot be seen to so."""


class SettledError(UnrecordedError):
    """Somebody saw to it already."""


class OtherPaymentError(CaseError):
    """A reference that stands for one payment is told of another."""


class Way(StrEnum):
    """What became of it."""

    RECORDED = "recorded"
    REFUNDED = "refunded"


def take_turn(connection: sa.Connection, reference: str) -> None:
    """Hold a page's reference until the transaction ends, so that it is told once at a time."""
    lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(f"online:{reference}", 0))
    connection.execute(sa.select(lock))


def kept_before(connection: sa.Connection, taken: Taken) -> sa.Row[Any] | None:
    """Return word of a payment that is kept already, as `unrecorded_payments` does.

    Raises
    ------
    OtherPaymentError
        What is kept under its reference is of another case or another sum.
    """
    found = connection.execute(kept_as(taken.reference)).first()
    if found is not None and (found.case_id, found.cents) != (taken.case_id, taken.cents):
        msg = (
            f"The reference {taken.reference} stands for another payment already, which waits for "
            "a person: give each payment a reference of its own."
        )
        raise OtherPaymentError(msg)
    return found


def keep(connection: sa.Connection, taken: Taken, *, because: str, moment: Moment) -> int:
    """Keep word of a payment whose turn is held; gives its identity.

    Parameters
    ----------
    because
        Why the ledger could not take it, in words.
    """
    values = {
        "reference": taken.reference, "case_id": taken.case_id, "cents": taken.cents,
        "method": taken.method, "payer": taken.payer, "because": because,
        "told_on": moment.on, "told_at": moment.now,
    }  # fmt: skip
    kept = sa.insert(UnrecordedPayment).values(values).returning(UnrecordedPayment.id)
    return int(connection.execute(kept).scalar_one())


def record_kept(
    connection: sa.Connection,
    payment_id: int,
    *,
    number: str,
    reason: str,
    form_key: UUID,
    actor: Actor,
    moment: Moment,
) -> int:
    """Record it as a payment of today in a case; gives the number of its receipt.

    It covers what is owed there, and what is beyond that becomes credit.

    Parameters
    ----------
    number
        The number of the case, its own or another.
    form_key
        The form's own: sent again, it records nothing more.

    Raises
    ------
    NotYoursError
        Somebody else takes payments.
    UnusableKeyError
        The form was sent before, and said something else.
    SettledError
        Somebody saw to it already.
    ClosedCaseError
        That case is closed: nothing is posted there.
    UnrecordedError
        There is no such payment or case, or no reason is given.
    """
    _permit(Right.TAKE_PAYMENT, actor)
    why, case_id = _said(reason), _case_numbered(connection, number)
    told = {
        "payment_id": payment_id, "way": Way.RECORDED, "case_id": case_id, "reason": why
    }  # fmt: skip
    if (before := made_before(connection, UnrecordedSettlement, form_key, said=told)) is not None:
        return _receipt_of(connection, before)
    found = _held(connection, payment_id)
    with brought_up(connection, case_id, actor=actor, moment=moment) as law:
        posting = paying.pay(
            connection, case_id=case_id, cents=found.cents, method=found.method,
            order=law.money.allocation, reference=found.reference, payer=found.payer,
            memo=f"Taken online for case {found.case_number}: {why}", actor=actor.name,
            key=f"unrecorded:{payment_id}", on=moment.on, now=moment.now,
        )  # fmt: skip
        _settle(
            connection, {**told, "posting_id": posting.id}, form_key, actor=actor, moment=moment
        )
    return posting.id


def mark_refunded(
    connection: sa.Connection,
    payment_id: int,
    *,
    refunded_on: date,
    reason: str,
    form_key: UUID,
    actor: Actor,
    moment: Moment,
) -> None:
    """Note that the page gave it back to whoever paid; the ledger never had it.

    Raises
    ------
    NotYoursError
        Somebody else pays money back.
    UnusableKeyError
        The form was sent before, and said something else.
    SettledError
        Somebody saw to it already.
    DayError
        It cannot have gone back on that day.
    UnrecordedError
        There is no such payment, or no reason is given.
    """
    _permit(Right.REFUND, actor)
    told = {
        "payment_id": payment_id, "way": Way.REFUNDED, "refunded_on": refunded_on,
        "reason": _said(reason),
    }  # fmt: skip
    if made_before(connection, UnrecordedSettlement, form_key, said=told) is not None:
        return
    _held(connection, payment_id)
    require_day(refunded_on, of="refunded_on", moment=moment)
    _settle(connection, told, form_key, actor=actor, moment=moment)


def _held(connection: sa.Connection, payment_id: int) -> sa.Row[Any]:
    """Return a payment that waits, and hold it until the transaction ends."""
    query = unrecorded_payment(payment_id)
    if (found := connection.execute(query).first()) is None:
        msg = f"No payment taken online has the identity {payment_id}: open the list anew."
        raise UnrecordedError(msg)
    take_turn(connection, found.reference)
    found = connection.execute(query).one()
    if found.settled_on is not None:
        msg = (
            f"{found.settled_by} saw to this payment on {found.settled_on} already: look at the "
            "list anew."
        )
        raise SettledError(msg)
    return found


def _settle(
    connection: sa.Connection, told: dict[str, Any], form_key: UUID, *, actor: Actor, moment: Moment
) -> None:
    connection.execute(sa.insert(UnrecordedSettlement).values(
        **told, settled_on=moment.on, settled_at=moment.now, settled_by=actor.name,
        form_key=form_key,
    ))  # fmt: skip


def _receipt_of(connection: sa.Connection, settlement_id: int) -> int:
    at = UnrecordedSettlement
    found = connection.scalars(sa.select(at.posting_id).where(at.id == settlement_id)).one()
    assert found is not None  # noqa: S101 - what is recorded has its posting, by constraint
    return found


def _case_numbered(connection: sa.Connection, number: str) -> int:
    said = (tidy(number) or "").upper()
    found = connection.scalar(sa.select(Case.id).where(sa.func.upper(Case.number) == said))
    if found is None:
        msg = f"No case is numbered “{said}”: find it by its address first."
        raise UnrecordedError(msg)
    return int(found)


def _said(reason: str) -> str:
    why = tidy(reason)
    if why is None:
        msg = "Say why, for the record: whoever looks into the books asks."
        raise UnrecordedError(msg)
    return why


def _permit(right: Right, actor: Actor) -> None:
    if not may(actor.role, right):
        deed = "Recording money" if right is Right.TAKE_PAYMENT else "Noting a refund"
        msg = f"{deed} is not for the {actor.role.replace('_', ' ')}: ask them whose work it is."
        raise NotYoursError(msg)

"""Take back a payment: one that the bank sent back, or one whose receipt was made wrong."""

from collections.abc import Callable
from datetime import date, datetime

import sqlalchemy as sa

from cases.ledger import lines
from cases.ledger.accounts import UNDOES, Account, Component, Kind, Method
from cases.ledger.deposited import hold_receipts
from cases.ledger.errors import (
    CashReturnedError,
    DepositedError,
    NoPaymentError,
    ReturnedTwiceError,
)
from cases.ledger.posting import post, posted_before, write
from cases.ledger.reading import Posting, in_credit, postings
from cases.ledger.slips import Slip, given, positive
from cases.models import Deposit, DepositReceipt, LedgerPosting


def return_payment(
    connection: sa.Connection,
    *,
    case_id: int,
    payment_id: int,
    reason: str,
    fee_cents: int = 0,
    fee_authority: str = "",
    actor: str,
    key: str,
    on: date,
    now: datetime,
) -> Posting:
    """Reverse a payment exactly, and charge a fee for it where the law gives one.

    That a cheque came back is a fact nobody can refuse. Where credit of it has been used since,
    the uses of credit are undone first, each exactly and the latest first, until it is there
    again: what it covered is owed again, and a refund is cancelled, which tells the treasury to
    stop its cheque or to claim it back.

    Parameters
    ----------
    payment_id
        The posting of the payment.
    reason
        What the bank said: "insufficient funds".
    fee_cents, fee_authority
        A fee to charge, and by what law; 0 for none.

    Returns
    -------
    Posting
        The reversal.

    Raises
    ------
    NoPaymentError
        When the case has no such payment.
    ReturnedTwiceError
        When it has come back, or was voided, already.
    CashReturnedError
        When it was paid in cash, which no bank sends back.
    """
    asked: dict[str, object] = {"fee_cents": 0}
    if fee_cents != 0:
        asked = {
            "fee_cents": positive(fee_cents, what="fee"),
            "fee_authority": given(fee_authority, what="authority of the fee"),
        }
    slip = Slip(
        case_id=case_id, kind=Kind.PAYMENT_RETURNED, key=key, actor=actor, on=on, now=now,
        asked={"payment": payment_id, "reason": given(reason, what="reason of the return")} | asked,
    )  # fmt: skip
    return _taken_back(connection, slip, refuse=_refuse_cash)


def void_payment(
    connection: sa.Connection,
    *,
    case_id: int,
    payment_id: int,
    reason: str,
    actor: str,
    key: str,
    on: date,
    now: datetime,
) -> Posting:
    """Reverse exactly a payment whose receipt was made wrong, before it went to the bank.

    Uses of its credit are undone first, as where the bank sends a payment back; there is no fee.

    Parameters
    ----------
    payment_id
        The posting of the payment.
    reason
        What was wrong: "$500 typed for $50".

    Returns
    -------
    Posting
        The reversal.

    Raises
    ------
    NoPaymentError
        When the case has no such payment.
    ReturnedTwiceError
        When it has come back, or was voided, already.
    DepositedError
        When it is in a deposit.
    """
    slip = Slip(
        case_id=case_id, kind=Kind.PAYMENT_VOIDED, key=key, actor=actor, on=on, now=now,
        asked={"payment": payment_id, "reason": given(reason, what="reason of the void")},
    )  # fmt: skip
    return _taken_back(connection, slip, refuse=_refuse_deposited)


def payment(connection: sa.Connection, *, case_id: int, payment_id: int) -> Posting:
    """Return a payment on a case, whether it stands or not.

    Raises
    ------
    NoPaymentError
        When the case has no such payment.
    """
    found = postings(
        connection,
        LedgerPosting.id == payment_id,
        LedgerPosting.case_id == case_id,
        LedgerPosting.kind == Kind.PAID,
    )
    if not found:
        msg = f"Posting {payment_id} is no payment on this case: pick one from its statement."
        raise NoPaymentError(msg)
    return found[0]


def _taken_back(
    connection: sa.Connection,
    slip: Slip,
    *,
    refuse: Callable[[sa.Connection, int, str | None], None],
) -> Posting:
    """Take back the payment that a slip names, once.

    Parameters
    ----------
    refuse
        Raises what bars it, given the payment's identity and how it was paid.
    """
    if (first := posted_before(connection, slip)) is not None:
        return first
    paid = payment(connection, case_id=slip.case_id, payment_id=slip.asked["payment"])
    _refuse_twice(connection, paid.id)
    method = connection.scalar(sa.select(LedgerPosting.method).where(LedgerPosting.id == paid.id))
    refuse(connection, paid.id, method)
    with connection.begin_nested():  # several postings, all or none
        return _reverse(connection, slip, paid, method=method)


def _refuse_twice(connection: sa.Connection, payment_id: int) -> None:
    reversal = sa.select(LedgerPosting.id, LedgerPosting.kind, LedgerPosting.effective_on)
    came = connection.execute(reversal.where(LedgerPosting.reverses == payment_id)).first()
    if came is not None:
        what = "was voided" if came.kind == Kind.PAYMENT_VOIDED else "came back"
        msg = (
            f"Payment {payment_id} {what} on {came.effective_on} already (posting {came.id}): "
            "it is taken back once; one made in its place is a payment of its own."
        )
        raise ReturnedTwiceError(msg)


def _refuse_cash(_connection: sa.Connection, payment_id: int, method: str | None) -> None:
    if method == Method.CASH:
        msg = (
            f"Receipt {payment_id} was paid in cash, which no bank sends back: where it was "
            "entered wrong, void the receipt."
        )
        raise CashReturnedError(msg)


def _refuse_deposited(connection: sa.Connection, payment_id: int, _method: str | None) -> None:
    hold_receipts(connection, [payment_id])
    went = sa.select(Deposit.slip_no).join(DepositReceipt, DepositReceipt.deposit_id == Deposit.id)
    slip_no = connection.scalar(went.where(DepositReceipt.posting_id == payment_id))
    if slip_no is not None:
        msg = (
            f"Receipt {payment_id} went to the bank with deposit {slip_no}, so it cannot be "
            "voided: put that deposit right by an entry; a check, card payment or transfer that "
            "the bank sends back is entered as returned, and what was paid too much is paid back."
        )
        raise DepositedError(msg)


def _reverse(
    connection: sa.Connection, slip: Slip, paid: Posting, *, method: str | None
) -> Posting:
    undone = _free_credit(connection, slip, needed=_credit_in(paid))
    fee = slip.asked.get("fee_cents")
    posting = post(
        connection,
        slip,
        lines.reversed_(paid.lines),
        told={"undone": undone, **({"fee_charged_cents": fee} if fee else {})},
        method=method,
        memo=slip.asked["reason"],
        reverses=paid.id,
    )
    if fee:
        charged = lines.charged(Component.FEE, fee)
        by = slip.asked["fee_authority"]
        write(connection, slip, charged, key=f"{slip.key}/fee", kind=Kind.CHARGED, reference=by)
    return posting


def _free_credit(connection: sa.Connection, slip: Slip, *, needed: int) -> list[int]:
    """Undo uses of credit until the case has what is needed; return which were undone."""
    credit = in_credit(connection, slip.case_id)
    undone: list[int] = []
    uses = _uses_of_credit(connection, slip.case_id) if credit < needed else []
    for use in uses:
        if credit >= needed:
            break
        write(
            connection,
            slip,
            lines.reversed_(use.lines),
            key=f"{slip.key}/undo-{use.id}",
            kind=UNDOES[use.kind],
            reverses=use.id,
        )
        credit += use.cents
        undone.append(use.id)
    return undone


def _uses_of_credit(connection: sa.Connection, case_id: int) -> list[Posting]:
    undone = sa.select(LedgerPosting.reverses).where(
        LedgerPosting.case_id == case_id, LedgerPosting.reverses.is_not(None)
    )
    return postings(
        connection,
        LedgerPosting.case_id == case_id,
        LedgerPosting.kind.in_([Kind.CREDIT_APPLIED, Kind.REFUNDED]),
        LedgerPosting.id.not_in(undone),
    )


def _credit_in(payment: Posting) -> int:
    return -sum(line.cents for line in payment.lines if line.account is Account.UNAPPLIED_CREDIT)

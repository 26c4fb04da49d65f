"""Ask which receipts wait for the bank, which went there in which deposit, and what came of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.ledger.accounts import Kind
from cases.ledger.queries import POSTED_ON, Rows, posted_within
from cases.models import (
    Case,
    Deposit,
    DepositClearing,
    DepositCorrection,
    DepositReceipt,
    LedgerPosting,
)

_CAME_BACK = sa.orm.aliased(LedgerPosting, name="came_back")


def _undone_on(kind: Kind, name: str) -> sa.Label[date | None]:
    return sa.case((_CAME_BACK.kind == kind, _CAME_BACK.effective_on)).label(name)


_RETURNED_ON = _undone_on(Kind.PAYMENT_RETURNED, "returned_on")
_VOIDED_ON = _undone_on(Kind.PAYMENT_VOIDED, "voided_on")
_LOCK = 1905
"""The family of advisory locks by which a receipt is either deposited or voided."""


def hold_receipts(connection: sa.Connection, posting_ids: Iterable[int]) -> None:
    """Hold receipts until the transaction ends, so that none is deposited and voided at once.

    They are held in one order, so that two who want the same ones wait for one another in turn.
    """
    for each in sorted(set(posting_ids)):
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK, each)))


def waits(receipt: sa.Row[Any]) -> bool:
    """Tell of one of `receipts` whether it waits for the bank."""
    return receipt.deposit_id is receipt.returned_on is receipt.voided_on is None


def receipts(*, first: date, last: date) -> Rows:
    """Select the payments taken on some days of the town, in order, each with its deposit.

    Columns: ``id``, ``day``, ``case_number``, ``method``, ``reference``, ``cents``, ``actor``,
    ``posted_at``; ``deposit_id`` and ``slip_no``, None where it waits; ``returned_on``, None where
    it has not come back; ``voided_on``, None where it stands.
    """
    columns: tuple[Any, ...] = (
        LedgerPosting.id, POSTED_ON.label("day"), Case.number.label("case_number"),
        LedgerPosting.method, LedgerPosting.reference, LedgerPosting.cents, LedgerPosting.actor,
        LedgerPosting.posted_at, Deposit.id.label("deposit_id"), Deposit.slip_no,
        _RETURNED_ON, _VOIDED_ON,
    )  # fmt: skip
    return _joined(sa.select(*columns), first, last).order_by(LedgerPosting.id)


def waiting(*, first: date, last: date) -> Rows:
    """Select what of some days waits for the bank: ``day``, ``method``, ``receipts``, ``cents``.

    What came back or was voided before it was deposited waits no more: it left the drawer.
    """
    day = POSTED_ON.label("day")
    cents = sa.cast(sa.func.sum(LedgerPosting.cents), sa.BigInteger).label("cents")
    columns: tuple[Any, ...] = (day, LedgerPosting.method, sa.func.count().label("receipts"), cents)
    return (
        _joined(sa.select(*columns), first, last)
        .where(Deposit.id.is_(None), _CAME_BACK.id.is_(None))
        .group_by(day, LedgerPosting.method)
        .order_by(day, LedgerPosting.method)
    )


def deposits(*, first: date, last: date) -> Rows:
    """Select the deposits of receipts of some days, the latest first, as `deposit` does one."""
    return (
        _reckoned()
        .where(Deposit.taken_on.between(first, last))
        .order_by(Deposit.taken_on.desc(), Deposit.id.desc())
    )


def deposit(deposit_id: int) -> Rows:
    """Select one deposit and what it comes to.

    Columns: those of `cases.models.Deposit`, ``receipts`` (how many), ``counted`` (cents, with the
    entries that put the count right), ``difference`` (counted less the ledger's), ``returned``
    (cents that came back since), ``cleared_on``, ``bank_cents`` (as first noted), ``bank`` (cents,
    with its corrections; None until it is cleared) and ``bank_difference`` (the bank's less what
    was counted).
    """
    return _reckoned().where(Deposit.id == deposit_id)


def receipts_in(deposit_id: int) -> Rows:
    """Select the payments of one deposit, as `receipts` does those of a day."""
    day = sa.select(Deposit.taken_on).where(Deposit.id == deposit_id).scalar_subquery()
    return (
        sa.select(
            LedgerPosting.id,
            Case.number.label("case_number"),
            LedgerPosting.reference,
            LedgerPosting.cents,
            LedgerPosting.actor,
            _RETURNED_ON,
            _CAME_BACK.memo.label("returned_because"),
            day.label("day"),
        )
        .join(DepositReceipt, DepositReceipt.posting_id == LedgerPosting.id)
        .join(Case, Case.id == LedgerPosting.case_id)
        .outerjoin(_CAME_BACK, _CAME_BACK.reverses == LedgerPosting.id)
        .where(DepositReceipt.deposit_id == deposit_id)
        .order_by(LedgerPosting.id)
    )


def corrections_of(deposit_id: int) -> Rows:
    """Select the entries that put a deposit right, in the order they were made."""
    return (
        sa.select(DepositCorrection.__table__)
        .where(DepositCorrection.deposit_id == deposit_id)
        .order_by(DepositCorrection.id)
    )


def _joined(query: Rows, first: date, last: date) -> Rows:
    return (
        query.select_from(LedgerPosting)
        .join(Case, Case.id == LedgerPosting.case_id)
        .outerjoin(DepositReceipt, DepositReceipt.posting_id == LedgerPosting.id)
        .outerjoin(Deposit, Deposit.id == DepositReceipt.deposit_id)
        .outerjoin(_CAME_BACK, _CAME_BACK.reverses == LedgerPosting.id)
        .where(LedgerPosting.kind == Kind.PAID, posted_within(first, last))
    )


def _reckoned() -> Rows:
    counted = Deposit.counted_cents + _corrected("counted")
    bank = DepositClearing.bank_cents + _corrected("bank")
    return sa.select(
        Deposit.__table__,
        _of_receipts(sa.func.count()).label("receipts"),
        counted.label("counted"),
        (counted - Deposit.ledger_cents).label("difference"),
        _of_receipts(_sum(_CAME_BACK.cents)).label("returned"),
        DepositClearing.cleared_on,
        DepositClearing.noted_by.label("cleared_by"),
        DepositClearing.bank_cents,
        bank.label("bank"),
        (bank - counted).label("bank_difference"),
    ).outerjoin(DepositClearing, DepositClearing.deposit_id == Deposit.id)


def _of_receipts(what: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    return (
        sa.select(what)
        .select_from(DepositReceipt)
        .outerjoin(_CAME_BACK, _CAME_BACK.reverses == DepositReceipt.posting_id)
        .where(DepositReceipt.deposit_id == Deposit.id)
        .scalar_subquery()
    )


def _corrected(side: str) -> sa.ScalarSelect[int]:
    return (
        sa.select(_sum(DepositCorrection.cents))
        .where(DepositCorrection.deposit_id == Deposit.id, DepositCorrection.side == side)
        .scalar_subquery()
    )


def _sum(cents: Any) -> sa.ColumnElement[int]:
    return sa.cast(sa.func.coalesce(sa.func.sum(cents), 0), sa.BigInteger)

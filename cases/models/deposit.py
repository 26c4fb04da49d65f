"""Describe deposits of receipts, what the bank said of them, and entries that put them right."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.ledger import LedgerPosting
from geo.layers import Base


class Deposit(Base):
    """Receipts of one day by one means, counted and closed under a slip; in cents, never changed.

    ``ledger_cents`` is the sum of its receipts, ``counted_cents`` what the clerk found.
    """

    __tablename__ = "deposit"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    taken_on: Mapped[date]
    method: Mapped[str]
    slip_no: Mapped[str]
    ledger_cents: Mapped[int]
    counted_cents: Mapped[int]
    difference_reason: Mapped[str | None]
    closed_on: Mapped[date]
    closed_at: Mapped[datetime]
    closed_by: Mapped[str]


class DepositReceipt(Base):
    """A payment in the deposit that took it to the bank; it is in one at most."""

    __tablename__ = "deposit_receipt"

    deposit_id: Mapped[int] = mapped_column(ForeignKey(Deposit.id))
    posting_id: Mapped[int] = mapped_column(ForeignKey(LedgerPosting.id), primary_key=True)


class DepositClearing(Base):
    """What the bank's statement says of a deposit, and on which day."""

    __tablename__ = "deposit_clearing"

    deposit_id: Mapped[int] = mapped_column(ForeignKey(Deposit.id), primary_key=True)
    bank_cents: Mapped[int]
    cleared_on: Mapped[date]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]


class DepositCorrection(Base):
    """An entry that puts right what was counted, or what was noted of the bank's statement."""

    __tablename__ = "deposit_correction"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    deposit_id: Mapped[int] = mapped_column(ForeignKey(Deposit.id))
    side: Mapped[str]
    cents: Mapped[int]
    reason: Mapped[str]
    made_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    form_key: Mapped[UUID] = mapped_column(unique=True)

"""Describe money that was taken online and could not be recorded, and what became of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.ledger import LedgerPosting
from geo.layers import Base


class UnrecordedPayment(Base):
    """Money that a hosted page took for a case, as its notice told; in cents, never changed.

    ``because`` says why the ledger could not take it.
    """

    __tablename__ = "unrecorded_payment"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    cents: Mapped[int]
    method: Mapped[str]
    payer: Mapped[str | None]
    because: Mapped[str]
    told_on: Mapped[date]
    told_at: Mapped[datetime]


class UnrecordedSettlement(Base):
    """What became of it, once: a payment on record in a case, or a refund that the page made."""

    __tablename__ = "unrecorded_settlement"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey(UnrecordedPayment.id), unique=True)
    way: Mapped[str]
    case_id: Mapped[int | None] = mapped_column(ForeignKey(Case.id))
    posting_id: Mapped[int | None] = mapped_column(ForeignKey(LedgerPosting.id), unique=True)
    refunded_on: Mapped[date | None]
    reason: Mapped[str]
    settled_on: Mapped[date]
    settled_at: Mapped[datetime]
    settled_by: Mapped[str]
    form_key: Mapped[UUID] = mapped_column(unique=True)

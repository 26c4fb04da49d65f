"""Describe the append-only ledger of a case: postings, their entries, the balances they keep."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from geo.layers import Base


class LedgerPosting(Base):
    """One deed with money; its entries sum to zero and their debits to ``cents``.

    ``asked`` is what the caller asked for, by which the same deed asked twice is known.
    """

    __tablename__ = "ledger_posting"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    cents: Mapped[int]
    method: Mapped[str | None]
    actor: Mapped[str]
    posted_at: Mapped[datetime]
    effective_on: Mapped[date]
    reference: Mapped[str | None]
    memo: Mapped[str | None]
    payer: Mapped[str | None]
    reverses: Mapped[int | None] = mapped_column(ForeignKey("lotline.ledger_posting.id"))
    asked: Mapped[dict[str, Any]] = mapped_column(JSONB)


class LedgerEntry(Base):
    """One line of a posting: cents to an account, a debit positive and a credit negative."""

    __tablename__ = "ledger_entry"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey(LedgerPosting.id))
    account: Mapped[str]
    component: Mapped[str | None]
    cents: Mapped[int]


class LedgerBalance(Base):
    """What a case owes or has in credit now: written by the database alone, as its guard."""

    __tablename__ = "ledger_balance"
    __mapper_args__ = {"primary_key": ["case_id", "account", "component"]}  # noqa: RUF012 - read by SQLAlchemy

    case_id: Mapped[int]
    account: Mapped[str]
    component: Mapped[str | None]
    cents: Mapped[int]
    as_of: Mapped[date]

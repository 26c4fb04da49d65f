"""Describe what goes to court: suits of the town, and appeals of its orders."""

from datetime import date

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.collecting import AccrualPause
from cases.models.lien import Lien
from cases.models.tribunal import EnforcementOrder
from geo.layers import Base


class Suit(Base):
    """A legal action of the town, from its referral to counsel to its end.

    `paper_no` and `paper_on` are those of the judgment, or of what dismissed the suit.
    """

    __tablename__ = "legal_action"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    kind: Mapped[str]
    order_id: Mapped[int | None] = mapped_column(ForeignKey(EnforcementOrder.id))
    lien_id: Mapped[int | None] = mapped_column(ForeignKey(Lien.id))
    status: Mapped[str]
    reason: Mapped[str]
    referred_on: Mapped[date]
    court_case_no: Mapped[str | None]
    filed_on: Mapped[date | None]
    resolution_no: Mapped[str | None]
    resolved_on: Mapped[date | None]
    paper_no: Mapped[str | None]
    paper_on: Mapped[date | None]
    judgment_cents: Mapped[int | None]
    relief: Mapped[str | None]
    judgment_known_on: Mapped[date | None]
    settlement_no: Mapped[str | None]
    settled_on: Mapped[date | None]


class Appeal(Base):
    """An appeal of an order, with the court's papers: its stay, what lifted it, its decision."""

    __tablename__ = "appeal"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    order_id: Mapped[int] = mapped_column(ForeignKey(EnforcementOrder.id))
    status: Mapped[str]
    court_case_no: Mapped[str]
    received_on: Mapped[date]
    postmarked_on: Mapped[date | None]
    filed_on: Mapped[date]
    due_on: Mapped[date]
    stay_no: Mapped[str | None]
    stayed_on: Mapped[date | None]
    pause_id: Mapped[int | None] = mapped_column(ForeignKey(AccrualPause.id))
    lifted_no: Mapped[str | None]
    lifted_on: Mapped[date | None]
    paper_no: Mapped[str | None]
    paper_on: Mapped[date | None]

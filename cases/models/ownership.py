"""Describe how a property with a case on it changed hands."""

from datetime import date

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.process import Respondent
from geo.layers import Base


class OwnershipTransfer(Base):
    """A sale during a case: who sold to whom, and what the seller showed of his duties."""

    __tablename__ = "ownership_transfer"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    seller_id: Mapped[int] = mapped_column(ForeignKey(Respondent.id))
    buyer_id: Mapped[int] = mapped_column(ForeignKey(Respondent.id))
    transferred_on: Mapped[date]
    proceeding_on: Mapped[date | None]
    copies_on: Mapped[date | None]
    responsibility_on: Mapped[date | None]
    official_told_on: Mapped[date | None]
    tell_by: Mapped[date]
    correct_by: Mapped[date]

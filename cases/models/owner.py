"""Describe what people said of owners: which keys are one owner's, and which are not."""

from datetime import date, datetime

from sqlalchemy import Identity
from sqlalchemy.orm import Mapped, mapped_column

from geo.layers import Base


class OwnerConfirmation(Base):
    """A person's word on two owners' keys; the latest of a pair is in force, none is edited."""

    __tablename__ = "owner_confirmation"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    key_a: Mapped[str]
    key_b: Mapped[str]
    party_a: Mapped[str]  # who it is, as it was written
    party_b: Mapped[str]
    verdict: Mapped[str]
    said_by: Mapped[str]
    said_on: Mapped[date]
    recorded_at: Mapped[datetime]
    reason: Mapped[str]
    evidence: Mapped[str]

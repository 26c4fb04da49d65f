"""Describe a complaint: what somebody reported, before and beside any case."""

from datetime import date

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.source import MaybeFromImport
from geo.layers import Base


class Complaint(MaybeFromImport, Base):
    """One report; several may feed one case. Who made it is kept elsewhere, never here."""

    __tablename__ = "complaint"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey(Case.id))
    channel: Mapped[str | None]
    category: Mapped[str]
    received_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    status: Mapped[str]
    source_status: Mapped[str | None]

"""Describe the append-only histories of cases and of complaints."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.complaint import Complaint
from geo.layers import Base


class Chained:
    """Something that happened, chained by hash to what happened before it in the same history."""

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str]
    actor: Mapped[str]
    happened_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    prev_hash: Mapped[bytes]
    hash: Mapped[bytes]


class CaseEvent(Chained, Base):
    """Something that happened to a case."""

    __tablename__ = "case_event"

    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))


class ComplaintEvent(Chained, Base):
    """Something that happened to a complaint, before there was a case and beside it."""

    __tablename__ = "complaint_event"

    complaint_id: Mapped[int] = mapped_column(ForeignKey(Complaint.id))

"""Describe the append-only history of a case."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from geo.layers import Base


class CaseEvent(Base):
    """Something that happened to a case, chained by hash to what happened before it."""

    __tablename__ = "case_event"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    seq: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str]
    actor: Mapped[str]
    happened_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    prev_hash: Mapped[bytes]
    hash: Mapped[bytes]

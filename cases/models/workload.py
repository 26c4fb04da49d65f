"""Describe how long work is said to take, and the zones that are proposed to share it evenly."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Identity, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from geo.layers import Base


class WorkMinutes(Base):
    """What somebody set a thing to take; the latest of a name counts, without minutes none is."""

    __tablename__ = "work_minutes"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    name: Mapped[str]
    minutes: Mapped[int | None] = mapped_column(Integer)
    set_at: Mapped[datetime]
    set_by: Mapped[str]


class ZoneDraft(Base):
    """Zones for the whole town, from the asking to the adopting.

    Attributes
    ----------
    asked
        What is asked for: `cases.zone_drafts.Asked`.
    told
        How far it is while it is worked on: ``seconds``, ``step``, ``share``.
    told_at
        When whoever works on it was last heard of.
    proposal
        As `reports.workload.written` writes it.
    """

    __tablename__ = "zone_draft"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    key: Mapped[UUID] = mapped_column(unique=True)
    asked: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[str] = mapped_column(server_default="queued")
    told: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    told_at: Mapped[datetime | None]
    stop_asked: Mapped[bool] = mapped_column(server_default="false")
    failed_because: Mapped[str | None]
    proposal: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    adopted_at: Mapped[datetime | None]
    adopted_by: Mapped[str | None]

"""Describe the route plans that are asked for, worked on, and looked at before they are adopted."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Identity, Integer, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from geo.layers import Base


class RouteDraft(Base):
    """A plan of several officers' days, from the asking to the adopting.

    Attributes
    ----------
    asked
        What it is to be of: `cases.visits.drafts.Asked`.
    told
        How far it is while it is worked on: ``seconds``, ``best``, ``stops``.
    told_at
        When whoever works on it was last heard of.
    problem, plan, matrix
        As `reports.routes.written` writes them; all or none.
    version
        Raised by each change by hand, so that nobody undoes another's without seeing it.
    """

    __tablename__ = "route_draft"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    key: Mapped[UUID] = mapped_column(unique=True)
    asked: Mapped[dict[str, Any]] = mapped_column(JSONB)
    first_day: Mapped[date]
    last_day: Mapped[date]
    state: Mapped[str] = mapped_column(server_default="queued")
    told: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    told_at: Mapped[datetime | None]
    stop_asked: Mapped[bool] = mapped_column(server_default="false")
    failed_because: Mapped[str | None]
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    plan: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    matrix: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(Integer, server_default="1")
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[str | None]
    adopted_at: Mapped[datetime | None]
    adopted_by: Mapped[str | None]

"""Describe what is done in a case: inspections, notices and their service, requests for time."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.violation import Violation
from geo.layers import Base


class Respondent(Base):
    """Whom a case is about: an owner, a tenant or a business, for as long as they were."""

    __tablename__ = "respondent"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    kind: Mapped[str]
    name: Mapped[str]
    address: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    email: Mapped[str | None]


class Inspection(Base):
    """A visit, planned or made, and by what right the officer saw what was seen."""

    __tablename__ = "inspection"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    status: Mapped[str]
    booked_for: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    made_on: Mapped[date | None]
    officer: Mapped[str | None]
    entry: Mapped[str | None]
    entry_detail: Mapped[str | None]
    checklist: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    looked: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    note: Mapped[str | None]


class Notice(Base):
    """A notice; once issued, what it says is frozen by the database."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    respondent_id: Mapped[int] = mapped_column(ForeignKey(Respondent.id))
    kind: Mapped[str]
    status: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    issued_on: Mapped[date | None]
    served_on: Mapped[date | None]
    served_by: Mapped[str | None]


class NoticeViolation(Base):
    """A violation that a notice names, and until when it may be corrected."""

    __tablename__ = "notice_violation"

    notice_id: Mapped[int] = mapped_column(ForeignKey(Notice.id), primary_key=True)
    violation_id: Mapped[int] = mapped_column(ForeignKey(Violation.id), primary_key=True)
    comply_by: Mapped[date | None]


class ServiceAttempt(Base):
    """An attempt to serve a notice; the facts are those of `cases.service.attempts.Attempt`."""

    __tablename__ = "service_attempt"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey(Notice.id))
    method: Mapped[str]
    made_on: Mapped[date]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Extension(Base):
    """A request for more time to correct one violation, and what was decided."""

    __tablename__ = "extension"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    violation_id: Mapped[int] = mapped_column(ForeignKey(Violation.id))
    status: Mapped[str]
    because: Mapped[str]
    asked_until: Mapped[date]
    received_on: Mapped[date]
    postmarked_on: Mapped[date | None]
    granted_until: Mapped[date | None]
    decided_by: Mapped[str | None]
    decision: Mapped[str | None]

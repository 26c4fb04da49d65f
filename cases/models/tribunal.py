"""Describe what comes before the tribunal: sittings, hearings, exhibits, orders, reductions."""

from datetime import date, time

from sqlalchemy import ForeignKey, Identity, Integer
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.citation import Citation
from cases.models.process import Notice
from cases.models.violation import Violation
from geo.layers import Base


class HearingSession(Base):
    """A sitting of one body on one day."""

    __tablename__ = "hearing_session"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    body: Mapped[str]
    held_on: Mapped[date]
    capacity: Mapped[int] = mapped_column(Integer)
    begins_at: Mapped[time | None]
    place: Mapped[str | None]


class Hearing(Base):
    """One matter before the tribunal, from its request to its end."""

    __tablename__ = "hearing"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    citation_id: Mapped[int | None] = mapped_column(ForeignKey(Citation.id))
    about: Mapped[str]
    status: Mapped[str]
    requested_by: Mapped[str]
    representative: Mapped[str | None]
    representative_authorized_on: Mapped[date | None]
    representative_signed_by: Mapped[str | None]
    representative_document: Mapped[str | None]
    representative_sha256: Mapped[str | None]
    interpreter: Mapped[str | None]
    session_id: Mapped[int | None] = mapped_column(ForeignKey(HearingSession.id))
    docket_place: Mapped[int | None] = mapped_column(Integer)
    members_sitting: Mapped[int | None] = mapped_column(Integer)
    sworn: Mapped[bool] = mapped_column(server_default="false")
    findings: Mapped[str | None]
    outcome: Mapped[str | None]
    appeared: Mapped[str | None]
    minutes: Mapped[str | None]
    interpreted_by: Mapped[str | None]
    agreement: Mapped[str | None]
    keep_by: Mapped[date | None]
    came_by_name: Mapped[str | None]
    testified: Mapped[str | None]


class Continuance(Base):
    """From which sitting's docket, and from which place on it, a hearing was put off."""

    __tablename__ = "continuance"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey(Hearing.id))
    session_id: Mapped[int] = mapped_column(ForeignKey(HearingSession.id))
    docket_place: Mapped[int] = mapped_column(Integer)
    continued_on: Mapped[date]


class Cancellation(Base):
    """From which sitting's docket, and which place on it, a hearing was taken off, and why."""

    __tablename__ = "cancellation"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey(Hearing.id), unique=True)
    session_id: Mapped[int] = mapped_column(ForeignKey(HearingSession.id))
    docket_place: Mapped[int] = mapped_column(Integer)
    cancelled_on: Mapped[date]
    cancelled_by: Mapped[str]
    reason: Mapped[str]


class Exhibit(Base):
    """Something shown at a hearing, numbered in the order it was; its file by SHA-256, in hex."""

    __tablename__ = "exhibit"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey(Hearing.id))
    number: Mapped[int] = mapped_column(Integer)
    what: Mapped[str]
    offered_by: Mapped[str]
    sha256: Mapped[str | None]


class EnforcementOrder(Base):
    """An order: until when to comply, and what each day after costs; its text is frozen."""

    __tablename__ = "enforcement_order"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    hearing_id: Mapped[int] = mapped_column(ForeignKey(Hearing.id))
    violation_id: Mapped[int] = mapped_column(ForeignKey(Violation.id))
    status: Mapped[str]
    kind: Mapped[str]
    executed_on: Mapped[date]
    comply_by: Mapped[date | None]
    found_on: Mapped[date | None]
    cents_per_day: Mapped[int | None]
    one_time_cents: Mapped[int | None]
    total_cap_cents: Mapped[int | None]
    costs_cents: Mapped[int | None]
    notice_id: Mapped[int | None] = mapped_column(ForeignKey(Notice.id))
    affidavit_on: Mapped[date | None]
    contest_by: Mapped[date | None]
    complied_on: Mapped[date | None]
    complied_known_on: Mapped[date | None]
    certified_on: Mapped[date | None]
    judged_on: Mapped[date | None]
    judged_known_on: Mapped[date | None]
    instrument_no: Mapped[str | None] = mapped_column(unique=True)
    recorded_on: Mapped[date | None]
    acknowledgment_no: Mapped[str | None]
    acknowledged_on: Mapped[date | None]


class FineReduction(Base):
    """A fine lowered by the tribunal, to so many cents as it stood at the end of a day."""

    __tablename__ = "fine_reduction"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey(EnforcementOrder.id))
    hearing_id: Mapped[int] = mapped_column(ForeignKey(Hearing.id))
    ordered_on: Mapped[date]
    to_cents: Mapped[int]
    reason: Mapped[str]

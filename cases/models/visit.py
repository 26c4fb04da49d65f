"""Describe the visits an officer was given for a day, and what became of each."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.account import Staff
from cases.models.case import Case
from cases.models.complaint import Complaint
from geo.layers import Base


class VisitPlan(Base):
    """An officer's day as it was planned and adopted; one at a time is in force.

    Attributes
    ----------
    starts, ends
        The places: ``label``, ``lon``, ``lat`` (EPSG:4326).
    estimated
        Times come from straight lines instead of streets.
    parameters
        What the planner was given beside the visits.
    legs
        The drives between its places in order, each ``seconds``, ``metres``, ``line`` and
        ``steps``; None where they are estimated, or were never kept.
    drives
        Seconds between all of its places, row to column: the start, its stops in order, the end;
        None within them where there is no way.
    supersedes
        The plan whose place it took.
    superseded_at, superseded_by
        Since when it is in force no more, and who took it out.
    withdrawn_because
        Why it was taken out with nothing in its place; None where another replaced it.
    """

    __tablename__ = "visit_plan"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey(Staff.id))
    on_day: Mapped[date]
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    starts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    ends: Mapped[dict[str, Any]] = mapped_column(JSONB)
    drive_seconds: Mapped[int] = mapped_column(Integer)
    metres: Mapped[int] = mapped_column(Integer)
    estimated: Mapped[bool]
    seed: Mapped[int] = mapped_column(BigInteger)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSONB)
    key: Mapped[UUID] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("lotline.visit_plan.id"), unique=True)
    superseded_at: Mapped[datetime | None]
    superseded_by: Mapped[str | None]
    withdrawn_because: Mapped[str | None]
    legs: Mapped[list[Any] | None] = mapped_column(JSONB(none_as_null=True))
    drives: Mapped[list[Any] | None] = mapped_column(JSONB(none_as_null=True))


class VisitStop(Base):
    """A place of a plan, with when the officer is to come and to leave; appended to alone."""

    __tablename__ = "visit_stop"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(VisitPlan.id))
    place: Mapped[int] = mapped_column(Integer)
    spot: Mapped[str]
    label: Mapped[str]
    lon: Mapped[float]
    lat: Mapped[float]
    arrives_at: Mapped[datetime]
    leaves_at: Mapped[datetime]


class VisitItem(Base):
    """What is to be done at a stop, or was left for another day and why; appended to alone."""

    __tablename__ = "visit_item"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(VisitPlan.id))
    stop_id: Mapped[int | None] = mapped_column(ForeignKey(VisitStop.id))
    kind: Mapped[str]
    subject_id: Mapped[int]
    case_id: Mapped[int | None] = mapped_column(ForeignKey(Case.id))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey(Complaint.id))
    left_because: Mapped[str | None]
    risks: Mapped[str | None]


class VisitOutcome(Base):
    """What became of a stop: when somebody came and left, or why it was skipped."""

    __tablename__ = "visit_outcome"

    stop_id: Mapped[int] = mapped_column(
        ForeignKey(VisitStop.id), primary_key=True, autoincrement=False
    )
    arrived_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    skipped_because: Mapped[str | None]
    told_at: Mapped[datetime]
    told_by: Mapped[str]


class RestAnswer(Base):
    """What a program was answered that had the rest of a day put in force, by its key."""

    __tablename__ = "rest_answer"

    key: Mapped[UUID] = mapped_column(primary_key=True)
    asked: Mapped[dict[str, Any]] = mapped_column(JSONB)
    told: Mapped[str]
    answered_at: Mapped[datetime]

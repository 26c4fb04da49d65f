"""Describe when each officer works, from where and for what, and what a visit is worth."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Identity, Integer, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.account import Staff
from geo.layers import Base


class WorkingHours(Base):
    """A weekday an officer works (0 is Monday), from when to when, and when they may eat."""

    __tablename__ = "working_hours"

    staff_id: Mapped[int] = mapped_column(ForeignKey(Staff.id), primary_key=True)
    weekday: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    begins_at: Mapped[time]
    ends_at: Mapped[time]
    lunch_from: Mapped[time | None]
    lunch_until: Mapped[time | None]
    lunch_minutes: Mapped[int] = mapped_column(Integer, server_default="0")


class WorkingTerms(Base):
    """From where to where an officer's days lead (EPSG:4326), and what else holds of them.

    Where a place is None, it is the town's office.
    """

    __tablename__ = "working_terms"

    staff_id: Mapped[int] = mapped_column(
        ForeignKey(Staff.id), primary_key=True, autoincrement=False
    )
    starts_at: Mapped[str | None]
    starts_lon: Mapped[float | None]
    starts_lat: Mapped[float | None]
    ends_at: Mapped[str | None]
    ends_lon: Mapped[float | None]
    ends_lat: Mapped[float | None]
    overtime_minutes: Mapped[int] = mapped_column(Integer, server_default="0")
    zones: Mapped[str] = mapped_column(server_default="hard")


class Certification(Base):
    """Something officers may be certified for, in the town's own words."""

    __tablename__ = "certification"

    code: Mapped[str] = mapped_column(primary_key=True)
    named_at: Mapped[datetime]


class WorkingCertification(Base):
    """That an officer is certified for something."""

    __tablename__ = "working_certification"

    staff_id: Mapped[int] = mapped_column(ForeignKey(Staff.id), primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey(Certification.code), primary_key=True)


class CertificationNeed(Base):
    """A kind of visit, or of case, that a certification is needed for."""

    __tablename__ = "certification_need"

    code: Mapped[str] = mapped_column(ForeignKey(Certification.code), primary_key=True)
    sort: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)


class WorkingException(Base):
    """Days on which an officer does not work, or at other hours than usual; never why."""

    __tablename__ = "working_exception"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey(Staff.id))
    kind: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    begins_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    form_key: Mapped[UUID] = mapped_column(unique=True)
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]


class OfficePlace(Base):
    """Where the town's office is (EPSG:4326); the latest row counts."""

    __tablename__ = "office_place"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    label: Mapped[str]
    lon: Mapped[float]
    lat: Mapped[float]
    set_at: Mapped[datetime]
    set_by: Mapped[str]


class WorkingEvent(Base):
    """What was changed in how an officer works, or everybody; appended to and never changed."""

    __tablename__ = "working_event"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey(Staff.id))
    kind: Mapped[str]
    actor: Mapped[str]
    happened_at: Mapped[datetime]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)


class VisitSetting(Base):
    """What somebody set of visits; the latest of a name counts, without a value none is set."""

    __tablename__ = "visit_setting"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    name: Mapped[str]
    value: Mapped[int | None] = mapped_column(Integer)
    set_at: Mapped[datetime]
    set_by: Mapped[str]

"""Describe what officers bring back from the field, their warnings and their calendars."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Integer, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.account import Staff
from cases.models.case import Case
from cases.models.complaint import Complaint
from geo.layers import Base, Parcel


class Hazard(Base):
    """A danger on a parcel that staff are warned of, until a day or until somebody lifts it."""

    __tablename__ = "hazard"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id))
    kind: Mapped[str]
    note: Mapped[str]
    flagged_by: Mapped[str]
    flagged_at: Mapped[datetime]
    until: Mapped[date | None]
    lifted_by: Mapped[str | None]
    lifted_at: Mapped[datetime | None]
    lifted_why: Mapped[str | None]


class FieldDevice(Base):
    """One officer's field app on one phone, and the number of its last deed."""

    __tablename__ = "field_device"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey(Staff.id))
    label: Mapped[str]
    added_at: Mapped[datetime]
    last_seq: Mapped[int] = mapped_column(Integer, server_default="0")


class FieldDeed(Base):
    """A deed as a phone told it, and the answer it had; appended to and never changed.

    The events it wrote in its case are those from `from_event` to `to_event`.
    """

    __tablename__ = "field_deed"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(FieldDevice.id))
    seq: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str]
    case_id: Mapped[int | None] = mapped_column(ForeignKey(Case.id))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey(Complaint.id))
    told: Mapped[dict[str, Any]] = mapped_column(JSONB)
    made_at: Mapped[datetime]
    received_at: Mapped[datetime]
    status: Mapped[str]
    answer: Mapped[dict[str, Any]] = mapped_column(JSONB)
    from_event: Mapped[int | None] = mapped_column(Integer)
    to_event: Mapped[int | None] = mapped_column(Integer)


class FieldSettlement(Base):
    """What a person decided about a deed that was not taken: again, note, discard."""

    __tablename__ = "field_settlement"

    deed_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(FieldDeed.id), primary_key=True)
    by_deed: Mapped[uuid.UUID] = mapped_column(ForeignKey(FieldDeed.id))
    how: Mapped[str]
    reason: Mapped[str]


class FieldNumber(Base):
    """The number of a citation, drawn ahead for a phone that may be out of reach."""

    __tablename__ = "field_number"

    number: Mapped[str] = mapped_column(primary_key=True)
    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(FieldDevice.id))
    drawn_at: Mapped[datetime]
    used_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(FieldDeed.id), unique=True)


class FieldPhoto(Base):
    """The receipt of a photograph taken on a visit; where the phone was, in EPSG:4326."""

    __tablename__ = "field_photo"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(FieldDevice.id))
    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(FieldDeed.id))
    sha256: Mapped[str]
    byte_size: Mapped[int] = mapped_column(Integer)
    media_type: Mapped[str]
    taken_at: Mapped[datetime]
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    accuracy_m: Mapped[float | None]
    caption: Mapped[str | None]
    received_at: Mapped[datetime]


class CalendarToken(Base):
    """The address of an officer's calendar, kept by its hash; one at a time."""

    __tablename__ = "calendar_token"

    token_sha256: Mapped[bytes] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey(Staff.id))
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

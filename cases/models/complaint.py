"""Describe a complaint: what somebody reported, before and beside any case, and who did."""

from datetime import date
from typing import Any

from geoalchemy2 import WKBElement
from sqlalchemy import ForeignKey, Identity, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB, REAL
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.law import AdoptedLaw
from cases.models.source import MaybeFromImport
from geo.layers import WEB_MERCATOR, WGS84, Base, Parcel, ParcelPeriod, Zone, shape


class Complaint(MaybeFromImport, Base):
    """One report; several may feed one case. Who made it stands in `Reporter`, never here."""

    __tablename__ = "complaint"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey(Case.id))
    duplicate_of: Mapped[int | None] = mapped_column(ForeignKey("lotline.complaint.id"))
    channel: Mapped[str | None]
    category: Mapped[str]
    description: Mapped[str | None]
    entered_by: Mapped[str | None]
    received_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    status: Mapped[str]
    source_status: Mapped[str | None]
    law_pack_id: Mapped[int | None] = mapped_column(ForeignKey(AdoptedLaw.id))
    priority: Mapped[int | None] = mapped_column(SmallInteger)
    respond_by: Mapped[date | None]
    screening: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB)
    referred_to: Mapped[str | None]
    told_how: Mapped[str | None]
    told_on: Mapped[date | None]
    stated_parcel_no: Mapped[str | None]
    stated_address: Mapped[str | None]
    stated_point: Mapped[WKBElement | None] = mapped_column(shape("POINT", srid=WGS84))
    parcel_id: Mapped[int | None] = mapped_column(ForeignKey(Parcel.id))
    parcel_period_id: Mapped[int | None] = mapped_column(ForeignKey(ParcelPeriod.id))
    tie_method: Mapped[str | None]
    tie_confidence: Mapped[float | None] = mapped_column(REAL)
    tie_note: Mapped[str | None]
    zone_id: Mapped[int | None] = mapped_column(ForeignKey(Zone.id))
    point: Mapped[WKBElement | None] = mapped_column(shape("POINT", srid=WGS84))
    point_3857: Mapped[WKBElement | None] = mapped_column(shape("POINT", srid=WEB_MERCATOR))


class Reporter(Base):
    """Who made a complaint; read by `cases.reporters` alone, and never changed once it is said."""

    __tablename__ = "reporter"

    complaint_id: Mapped[int] = mapped_column(ForeignKey(Complaint.id), primary_key=True)
    name: Mapped[str | None]
    address: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    told_public_record: Mapped[bool]

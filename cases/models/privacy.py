"""Describe what the town withholds from the public: exempt places, kinds of cases, old ones."""

from datetime import date, datetime
from uuid import UUID

from geoalchemy2 import WKBElement
from sqlalchemy import ForeignKey, Identity, Integer, SmallInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from geo.layers import WGS84, Base, Parcel, shape


class ExemptPlace(Base):
    """A place that the public is told nothing of, on somebody's written request, until it ends.

    ``said`` is the place as it was asked for. Who is protected, and why, is nowhere here.
    """

    __tablename__ = "exempt_place"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    parcel_id: Mapped[int | None] = mapped_column(ForeignKey(Parcel.id))
    point: Mapped[WKBElement | None] = mapped_column(shape("POINT", srid=WGS84))
    said: Mapped[str]
    provision: Mapped[str]
    requested_on: Mapped[date]
    note: Mapped[str | None]
    form_key: Mapped[UUID] = mapped_column(unique=True)
    noted_on: Mapped[date]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]
    ended_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    ended_because: Mapped[str | None]


class PublicRule(Base):
    """How long a closed case is told, and which kinds of cases are not: what the settings say."""

    __tablename__ = "public_rule"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, server_default="1")
    closed_days: Mapped[int] = mapped_column(Integer)
    hidden_kinds: Mapped[list[str]] = mapped_column(ARRAY(Text))

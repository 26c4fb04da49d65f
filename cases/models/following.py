"""Describe what people follow by e-mail or text, and what was sent to them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Identity, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from cases.mail.table import MAIL
from cases.models.case import Case
from cases.models.resident import ResidentReport
from geo.layers import Base, Parcel


class Follower(Base):
    """An address or a telephone number that follows something, or is asked whether it wants to."""

    __tablename__ = "follower"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    email: Mapped[str | None]
    phone: Mapped[str | None]
    language: Mapped[str]
    told_until: Mapped[datetime]
    told_on: Mapped[date | None]


class Following(Base):
    """What an address follows; of the link that confirms it only the hash."""

    __tablename__ = "following"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    follower_id: Mapped[int] = mapped_column(ForeignKey(Follower.id, ondelete="CASCADE"))
    name: Mapped[str]
    page: Mapped[str]
    scope_sha256: Mapped[bytes]
    case_id: Mapped[int | None] = mapped_column(ForeignKey(Case.id))
    parcel_id: Mapped[int | None] = mapped_column(ForeignKey(Parcel.id))
    zone_id: Mapped[int | None]
    category: Mapped[str | None]
    area: Mapped[str | None]
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey(ResidentReport.complaint_id))
    confirm_sha256: Mapped[bytes] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class FollowMail(Base):
    """A message to somebody who follows: what it told; of the link that stops them the hash."""

    __tablename__ = "follow_mail"

    mail_id: Mapped[int] = mapped_column(ForeignKey(MAIL.c.id), primary_key=True)
    kind: Mapped[str]
    made_at: Mapped[datetime]
    told: Mapped[list[str]] = mapped_column(ARRAY(Text))
    more: Mapped[int] = mapped_column(Integer, server_default="0")
    stop_sha256: Mapped[bytes] = mapped_column(unique=True)

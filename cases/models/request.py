"""Describe what people outside ask of the town about its records, and what became of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.law import AdoptedLaw
from geo.layers import Base, Parcel


class LienSearch(Base):
    """A title company's question what binds a parcel, with its fee and its last day."""

    __tablename__ = "lien_search"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id))
    requester: Mapped[str]
    company: Mapped[str | None]
    email: Mapped[str | None]
    file_no: Mapped[str | None]
    received_on: Mapped[date]
    due_on: Mapped[date]
    because: Mapped[str]
    fee_cents: Mapped[int]
    paid_first: Mapped[bool]
    law_pack_id: Mapped[int] = mapped_column(ForeignKey(AdoptedLaw.id))
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]
    form_key: Mapped[UUID] = mapped_column(unique=True)


class LienSearchWaiting(Base):
    """A search that waits: the database keeps which, as they come in and are answered."""

    __tablename__ = "lien_search_waiting"

    lien_search_id: Mapped[int] = mapped_column(ForeignKey(LienSearch.id), primary_key=True)
    due_on: Mapped[date]


class LienSearchFee(Base):
    """That its fee is paid, by the number of the town's own receipt."""

    __tablename__ = "lien_search_fee"

    lien_search_id: Mapped[int] = mapped_column(ForeignKey(LienSearch.id), primary_key=True)
    receipt_no: Mapped[str] = mapped_column(unique=True)
    paid_on: Mapped[date]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]


class LienSearchEnd(Base):
    """Its answer, frozen as JSON under the SHA-256 of its bytes, or why there is none."""

    __tablename__ = "lien_search_end"

    lien_search_id: Mapped[int] = mapped_column(ForeignKey(LienSearch.id), primary_key=True)
    how: Mapped[str]
    good_through: Mapped[date | None]
    content: Mapped[str | None]
    sha256: Mapped[bytes | None]
    reason: Mapped[str | None]
    ended_on: Mapped[date]
    ended_at: Mapped[datetime]
    ended_by: Mapped[str]

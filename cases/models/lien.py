"""Describe a claim recorded against a property for what is owed."""

from datetime import date

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.source import MaybeFromImport
from cases.models.tribunal import EnforcementOrder
from geo.layers import Base, Parcel


class Lien(MaybeFromImport, Base):
    """A lien and where it is recorded; the amount is its principal at recording, in cents."""

    __tablename__ = "lien"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id))
    case_id: Mapped[int | None] = mapped_column(ForeignKey(Case.id))
    instrument_no: Mapped[str] = mapped_column(unique=True)
    book: Mapped[str | None]
    page: Mapped[str | None]
    recorded_on: Mapped[date | None]
    released_on: Mapped[date | None]
    amount_cents: Mapped[int]
    status: Mapped[str]
    content_sha: Mapped[bytes | None]
    order_id: Mapped[int | None] = mapped_column(ForeignKey(EnforcementOrder.id))
    satisfied_on: Mapped[date | None]
    expired_on: Mapped[date | None]
    foreclosed_on: Mapped[date | None]
    end_instrument_no: Mapped[str | None]
    homestead: Mapped[bool | None]
    homestead_said_by: Mapped[str | None]
    homestead_evidence: Mapped[str | None]
    foreclosure_case: Mapped[str | None]


class LienRelease(Base):
    """What a lien no longer binds: a parcel, or a part of one in words."""

    __tablename__ = "lien_release"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    lien_id: Mapped[int] = mapped_column(ForeignKey(Lien.id))
    parcel_id: Mapped[int | None] = mapped_column(ForeignKey(Parcel.id))
    description: Mapped[str | None]
    instrument_no: Mapped[str] = mapped_column(unique=True)
    book: Mapped[str | None]
    page: Mapped[str | None]
    recorded_on: Mapped[date]
    reason: Mapped[str]

"""Describe what was permitted on a parcel."""

from datetime import date

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from geo.layers import Base, FromImport, Parcel


class Permit(FromImport, Base):
    """A permit as the building department tells it; shown beside cases, and no rule rests on it."""

    __tablename__ = "permit"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id))
    kind: Mapped[str]
    status: Mapped[str]
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    description: Mapped[str | None]
    content_sha: Mapped[bytes]

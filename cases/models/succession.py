"""Describe what stood open on a parcel that ended, and where it went."""

from datetime import date

from geoalchemy2 import WKBElement
from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from geo.layers import WGS84, Base, Parcel, ParcelRefresh, shape


class Succession(Base):
    """What stood open on a parcel that ended, and where it went; undecided, it is still there.

    ``kind`` names the table of `row_id`, as `cases.succession.KINDS` does. ``to_parcel_id`` is
    empty of what stays on the parcel that ended, and ``point_was`` of what has no place or kept it.
    """

    __tablename__ = "succession"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    import_run_id: Mapped[int] = mapped_column(ForeignKey(ParcelRefresh.import_run_id))
    kind: Mapped[str]
    row_id: Mapped[int]
    from_parcel_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id))
    to_parcel_id: Mapped[int | None] = mapped_column(ForeignKey(Parcel.id))
    point_was: Mapped[WKBElement | None] = mapped_column(shape("POINT", srid=WGS84))
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None]
    because: Mapped[str | None]

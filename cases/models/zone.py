"""Describe the append-only record of how officers' zones were drawn, and what went with them."""

from datetime import date, datetime

from geoalchemy2 import WKBElement
from sqlalchemy import ForeignKey, Identity, Integer
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from geo.layers import WGS84, Base, Zone, shape


class ZoneDrawing(Base):
    """What somebody made of a zone, and what it was before: nothing, where it is new.

    With a file's name nobody drew it: a file of zones said so, which ``actor`` had taken in.
    ``cases_moved`` counts the cases, ended or not, that lie in another zone by it. By what is
    done at once to several zones each is counted with one of them, and with no other.
    """

    __tablename__ = "zone_drawing"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey(Zone.id))
    actor: Mapped[str]
    file_name: Mapped[str | None]
    drawn_on: Mapped[date]
    recorded_at: Mapped[datetime]
    cases_moved: Mapped[int] = mapped_column(Integer)
    old_name: Mapped[str | None]
    old_officer_name: Mapped[str | None]
    old_geom: Mapped[WKBElement | None] = mapped_column(shape("MULTIPOLYGON", srid=WGS84))
    name: Mapped[str]
    officer_name: Mapped[str | None]
    geom: Mapped[WKBElement] = mapped_column(shape("MULTIPOLYGON", srid=WGS84))


class ZoneHanding(Base):
    """An open case that changed hands by a drawing: who had it before, and who since."""

    __tablename__ = "zone_handing"

    drawing_id: Mapped[int] = mapped_column(ForeignKey(ZoneDrawing.id), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), primary_key=True)
    old_officer_name: Mapped[str | None]
    officer_name: Mapped[str | None]

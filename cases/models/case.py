"""Describe the case itself and the grid that counts cases for the low zooms of the map."""

import math
from datetime import date

from geoalchemy2 import WKBElement
from sqlalchemy import Computed, ForeignKey, Identity, Integer, SmallInteger
from sqlalchemy.dialects.postgresql import REAL
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.account import Staff
from cases.models.law import AdoptedLaw
from cases.models.source import MaybeFromImport
from geo.layers import WEB_MERCATOR, WGS84, Base, Parcel, ParcelPeriod, Zone, shape

GRID_LEVEL = 13
"""The level of the finest cells: 64 x 64 in a tile of this zoom."""

_HALF_WORLD = "20037508.342789244"
_CELL = "76.43702828517625"


def cell_of(east: float, north: float) -> tuple[int, int]:
    """Return the finest cell a place lies in, given in metres of EPSG:3857."""
    half, side = float(_HALF_WORLD), float(_CELL)
    return math.floor((east + half) / side), math.floor((half - north) / side)


class Case(MaybeFromImport, Base):
    """A case: what is wrong on a parcel, how far it has gone, and how it came to its parcel."""

    __tablename__ = "case_file"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    category: Mapped[str]
    priority: Mapped[int] = mapped_column(SmallInteger, server_default="3")
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    phase: Mapped[str]
    next_due: Mapped[date | None]
    open_violations: Mapped[int] = mapped_column(Integer, server_default="0")
    open_since: Mapped[date | None]
    imported_stage: Mapped[str | None]
    published: Mapped[bool]
    withheld: Mapped[bool] = mapped_column(server_default="false")
    parcel_id: Mapped[int | None] = mapped_column(ForeignKey(Parcel.id))
    parcel_period_id: Mapped[int | None] = mapped_column(ForeignKey(ParcelPeriod.id))
    tie_method: Mapped[str]
    tie_confidence: Mapped[float] = mapped_column(REAL)
    tie_note: Mapped[str | None]
    stated_address: Mapped[str | None]
    zone_id: Mapped[int | None] = mapped_column(ForeignKey(Zone.id))
    content_sha: Mapped[bytes | None]
    law_pack_id: Mapped[int | None] = mapped_column(ForeignKey(AdoptedLaw.id))
    voided_on: Mapped[date | None]
    officer_id: Mapped[int | None] = mapped_column(ForeignKey(Staff.id))
    point: Mapped[WKBElement | None] = mapped_column(shape("POINT", srid=WGS84))
    point_3857: Mapped[WKBElement | None] = mapped_column(shape("POINT", srid=WEB_MERCATOR))
    cell_x: Mapped[int | None] = mapped_column(
        Integer,
        Computed(f"floor((ST_X(point_3857) + {_HALF_WORLD}) / {_CELL})::integer", persisted=True),
    )
    cell_y: Mapped[int | None] = mapped_column(
        Integer,
        Computed(f"floor(({_HALF_WORLD} - ST_Y(point_3857)) / {_CELL})::integer", persisted=True),
    )


class CaseActivity(Base):
    """What has happened in a case by when; kept by the database as events and parts are written.

    Attributes
    ----------
    last_on
        Of its latest event.
    inspected_on, noticed_on
        Of its first inspection made and its first notice issued.
    corrected_on
        Of the last of its violations found corrected, whether or not others stand.
    cited
        Whether a citation of it stands.
    """

    __tablename__ = "case_activity"

    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), primary_key=True)
    last_on: Mapped[date | None]
    inspected_on: Mapped[date | None]
    noticed_on: Mapped[date | None]
    corrected_on: Mapped[date | None]
    cited: Mapped[bool] = mapped_column(server_default="false")


class CaseTally(Base):
    """How many cases count for a figure, by day, zone and officer; rows may repeat and are summed.

    Attributes
    ----------
    took
        Days from the opening of a case to the day, of the figures that tell how soon.
    cases
        Less than none where fewer count than before.
    folded
        It is the one row of its kind that others were added to; else it was appended since.
    """

    __tablename__ = "case_tally"
    __mapper_args__ = {  # noqa: RUF012 - read by SQLAlchemy
        "primary_key": ["figure", "on_day", "zone_id", "officer_id", "took"]
    }

    figure: Mapped[str]
    on_day: Mapped[date | None]
    zone_id: Mapped[int | None]
    officer_id: Mapped[int | None]
    took: Mapped[int | None] = mapped_column(Integer)
    cases: Mapped[int]
    folded: Mapped[bool] = mapped_column(server_default="false")


class CaseGrid(Base):
    """How many open cases one cell of one level holds, for one audience."""

    __tablename__ = "case_grid"

    audience: Mapped[str] = mapped_column(primary_key=True)
    z: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    cx: Mapped[int] = mapped_column(Integer, primary_key=True)
    cy: Mapped[int] = mapped_column(Integer, primary_key=True)
    open_cases: Mapped[int] = mapped_column(Integer)


class CaseGridStale(Base):
    """A finest cell whose count may have changed since it was taken; rows may repeat."""

    __tablename__ = "case_grid_stale"
    __mapper_args__ = {"primary_key": ["cx", "cy"]}  # noqa: RUF012 - read by SQLAlchemy

    cx: Mapped[int] = mapped_column(Integer)
    cy: Mapped[int] = mapped_column(Integer)

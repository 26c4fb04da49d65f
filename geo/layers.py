"""Describe the tables of the ground: the town, its parcels, addresses, zones and streets."""

from datetime import date, datetime
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Identity,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from geo.metadata import METADATA

WGS84 = 4326
WEB_MERCATOR = 3857


class Base(DeclarativeBase):
    """All tables of Lotline; the migrations create them, the models only describe them."""

    metadata = METADATA
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        str: Text,
        int: BigInteger,
        float: Float(53),
        bytes: LargeBinary,
        date: Date,
        datetime: DateTime(timezone=True),
    }


def shape(kind: str, *, srid: int) -> Geometry:
    """Describe a geometry column whose index the migrations own."""
    return Geometry(kind, srid=srid, spatial_index=False)


class Town(Base):
    """The one jurisdiction of this database; everything stored lies inside its extent."""

    __tablename__ = "town"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, server_default="1")
    name: Mapped[str]
    srid: Mapped[int] = mapped_column(Integer)
    timezone: Mapped[str] = mapped_column(server_default="America/New_York")
    extent: Mapped[WKBElement] = mapped_column(shape("POLYGON", srid=WGS84))
    note: Mapped[str | None]


class ImportRun(Base):
    """One file taken in: what it was, and what became of its rows."""

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    crs: Mapped[str | None]
    as_of: Mapped[date | None]
    actor: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    rows_read: Mapped[int] = mapped_column(Integer)
    rows_loaded: Mapped[int] = mapped_column(Integer)
    rows_repaired: Mapped[int] = mapped_column(Integer)
    rows_merged: Mapped[int] = mapped_column(Integer)
    rows_unchanged: Mapped[int] = mapped_column(Integer)
    rows_rejected: Mapped[int] = mapped_column(Integer)
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")


class FromImport:
    """The file and the data row (counted from 1) a record came from."""

    import_run_id: Mapped[int] = mapped_column(ForeignKey(ImportRun.id))
    source_row: Mapped[int] = mapped_column(Integer)


class Parcel(Base):
    """A parcel's identity, which outlives its boundaries and its owners.

    ``was_no`` is the number of one that ended and whose number was taken for other ground.
    """

    __tablename__ = "parcel"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    parcel_no: Mapped[str] = mapped_column(unique=True)
    was_no: Mapped[str | None]
    renamed_by_run: Mapped[int | None] = mapped_column(ForeignKey(ImportRun.id))


class ParcelPeriod(FromImport, Base):
    """What a parcel was from one day until, not including, another; NULL is unbounded."""

    __tablename__ = "parcel_period"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    situs_address: Mapped[str | None]
    land_use: Mapped[str | None]
    area_m2: Mapped[float]
    flags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    content_sha: Mapped[bytes]
    geom: Mapped[WKBElement] = mapped_column(shape("MULTIPOLYGON", srid=WGS84))
    geom_3857: Mapped[WKBElement] = mapped_column(shape("MULTIPOLYGON", srid=WEB_MERCATOR))
    ended_by_run: Mapped[int | None] = mapped_column(ForeignKey(ImportRun.id))


class ParcelRefresh(Base):
    """A later year's parcels taken in over those on record, and by whom it was undone."""

    __tablename__ = "parcel_refresh"

    import_run_id: Mapped[int] = mapped_column(ForeignKey(ImportRun.id), primary_key=True)
    as_of: Mapped[date]
    unchanged: Mapped[int] = mapped_column(Integer)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]


class ParcelFate(Base):
    """What became of a parcel that did not stay as it was, under the number it had; or it is new.

    ``fate`` is a `geo.refresh.Fate`, or ``new``.
    """

    __tablename__ = "parcel_fate"

    import_run_id: Mapped[int] = mapped_column(
        ForeignKey(ParcelRefresh.import_run_id), primary_key=True
    )
    parcel_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id), primary_key=True)
    fate: Mapped[str]
    parcel_no: Mapped[str]


class ParcelLineage(Base):
    """The share of a parent parcel's area that became part of a child."""

    __tablename__ = "parcel_lineage"

    parent_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id), primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id), primary_key=True)
    as_of: Mapped[date] = mapped_column(primary_key=True)
    share: Mapped[float]
    import_run_id: Mapped[int | None] = mapped_column(ForeignKey(ImportRun.id))


class WithheldParcel(Base):
    """A parcel that nobody from the public sees but as ground; kept by the database.

    ``whole`` is that of the place itself and of what came of it, else it is what it was made of.
    """

    __tablename__ = "withheld_parcel"

    parcel_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id), primary_key=True)
    whole: Mapped[bool]


class Ownership(FromImport, Base):
    """Who owned a parcel, and where letters reached them, over one period."""

    __tablename__ = "ownership"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id))
    owner_name: Mapped[str]
    mail_line: Mapped[str | None]
    mail_city: Mapped[str | None]
    mail_state: Mapped[str | None]
    mail_zip: Mapped[str | None]
    homestead: Mapped[bool | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    ended_by_run: Mapped[int | None] = mapped_column(ForeignKey(ImportRun.id))


class SitusAddress(FromImport, Base):
    """An address that stands on a parcel, as people write it and as they search for it.

    ``was_on_parcel_id`` is the parcel that ended, from which it moved with the ground.
    """

    __tablename__ = "situs_address"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id))
    label: Mapped[str]
    number_low: Mapped[int | None] = mapped_column(Integer)
    number_high: Mapped[int | None] = mapped_column(Integer)
    street: Mapped[str]
    unit: Mapped[str | None]
    zip: Mapped[str | None]
    street_key: Mapped[str]
    content_sha: Mapped[bytes]
    geom: Mapped[WKBElement] = mapped_column(shape("POINT", srid=WGS84))
    geom_3857: Mapped[WKBElement] = mapped_column(shape("POINT", srid=WEB_MERCATOR))
    was_on_parcel_id: Mapped[int | None] = mapped_column(ForeignKey(Parcel.id))
    moved_by_run: Mapped[int | None] = mapped_column(ForeignKey(ImportRun.id))


class StreetName(Base):
    """A street's name as people write it, under the one spelling it is looked up by."""

    __tablename__ = "street_name"

    street_key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class Zone(Base):
    """An area that means something to the town: an officer's beat, a ward, a park, a lake.

    ``drawn_on`` is the day its outline was last drawn here by hand, which no file undoes;
    ``facts`` are numbers that a file tells of it by the names of its mapping: residents, income.
    """

    __tablename__ = "zone"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    kind: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    officer_name: Mapped[str | None]
    content_sha: Mapped[bytes]
    import_run_id: Mapped[int | None] = mapped_column(ForeignKey(ImportRun.id))
    source_row: Mapped[int | None] = mapped_column(Integer)
    drawn_on: Mapped[date | None]
    facts: Mapped[dict[str, float]] = mapped_column(JSONB, server_default="{}")
    geom: Mapped[WKBElement] = mapped_column(shape("MULTIPOLYGON", srid=WGS84))
    geom_3857: Mapped[WKBElement] = mapped_column(shape("MULTIPOLYGON", srid=WEB_MERCATOR))


class Street(FromImport, Base):
    """A stretch of street as the map draws it; rank 1 is the widest, 4 an alley."""

    __tablename__ = "street"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    source_key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str | None]
    street_key: Mapped[str | None]
    rank: Mapped[int] = mapped_column(SmallInteger)
    oneway: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    maxspeed_kmh: Mapped[int | None] = mapped_column(SmallInteger)
    content_sha: Mapped[bytes]
    geom: Mapped[WKBElement] = mapped_column(shape("MULTILINESTRING", srid=WGS84))
    geom_3857: Mapped[WKBElement] = mapped_column(shape("MULTILINESTRING", srid=WEB_MERCATOR))


class LayerChange(Base):
    """One change of a layer; a layer's generation is the sum of its bumps."""

    __tablename__ = "layer_change"
    __mapper_args__ = {"primary_key": ["layer", "bumps"]}  # noqa: RUF012 - read by SQLAlchemy

    layer: Mapped[str]
    bumps: Mapped[int]

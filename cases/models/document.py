"""Describe stored files, the cases they hang on, and the copies that others may see."""

import uuid
from datetime import date, datetime

from geoalchemy2 import WKBElement
from sqlalchemy import Double, ForeignKey, Identity, Integer
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.process import Inspection
from cases.models.violation import Violation
from geo.layers import WGS84, Base, shape


class Document(Base):
    """An original file by the SHA-256 of its bytes, in hex; kept as it is once on record."""

    __tablename__ = "document"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    byte_size: Mapped[int]
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    taken_at: Mapped[datetime | None]
    taken_offset: Mapped[str | None]
    taken_point: Mapped[WKBElement | None] = mapped_column(shape("POINT", srid=WGS84))
    stored_at: Mapped[datetime]
    original_name: Mapped[str | None]


class CaseDocument(Base):
    """A document as one case has it: what it shows there, who added it, who may see it."""

    __tablename__ = "case_document"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    client_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    sha256: Mapped[str] = mapped_column(ForeignKey(Document.sha256))
    kind: Mapped[str]
    caption: Mapped[str | None]
    status: Mapped[str]
    audience: Mapped[str]
    added_by: Mapped[str]
    added_on: Mapped[date]
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey(Inspection.id))
    violation_id: Mapped[int | None] = mapped_column(ForeignKey(Violation.id))
    phone_point: Mapped[WKBElement | None] = mapped_column(shape("POINT", srid=WGS84))
    phone_accuracy_m: Mapped[float | None] = mapped_column(Double)
    distance_m: Mapped[float | None] = mapped_column(Double)
    phone_distance_m: Mapped[float | None] = mapped_column(Double)
    withdrawn_on: Mapped[date | None]
    withdrawn_by: Mapped[str | None]
    withdrawn_because: Mapped[str | None]


class DocumentRedaction(Base):
    """What was blacked out of a picture once, by whom; the latest of a document is in force."""

    __tablename__ = "document_redaction"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    of: Mapped[str] = mapped_column(ForeignKey(Document.sha256))
    case_document_id: Mapped[int] = mapped_column(ForeignKey(CaseDocument.id))
    redacted_by: Mapped[str]
    redacted_on: Mapped[date]


class RedactionBox(Base):
    """One black box, in fractions of the upright picture, and the section that exempts it."""

    __tablename__ = "redaction_box"

    redaction_id: Mapped[int] = mapped_column(ForeignKey(DocumentRedaction.id), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    left: Mapped[float] = mapped_column(Double)
    top: Mapped[float] = mapped_column(Double)
    width: Mapped[float] = mapped_column(Double)
    height: Mapped[float] = mapped_column(Double)
    exemption: Mapped[str]


class DocumentCopy(Base):
    """A picture drawn anew from an original, and stored beside it by a hash of its own."""

    __tablename__ = "document_copy"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    of: Mapped[str] = mapped_column(ForeignKey(Document.sha256))
    kind: Mapped[str]
    redaction_id: Mapped[int | None] = mapped_column(ForeignKey(DocumentRedaction.id))
    sha256: Mapped[str]
    media_type: Mapped[str]
    byte_size: Mapped[int]
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)

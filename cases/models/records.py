"""Describe requests for public records: their cases, what is decided, what was handed out."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Identity, Text
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.complaint import Complaint
from cases.models.document import CaseDocument, DocumentRedaction
from geo.layers import Base


class RecordsRequest(Base):
    """What somebody wants to see of the public record; they need not say who they are."""

    __tablename__ = "records_request"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    requester: Mapped[str | None]
    reach: Mapped[str | None]
    asked: Mapped[str]
    received_on: Mapped[date]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]
    form_key: Mapped[UUID] = mapped_column(unique=True)


class RecordsWaiting(Base):
    """A request that waits: the database keeps which, as they come in and are answered."""

    __tablename__ = "records_waiting"

    request_id: Mapped[int] = mapped_column(ForeignKey(RecordsRequest.id), primary_key=True)


class RecordsCase(Base):
    """A case that a request is about."""

    __tablename__ = "records_case"

    request_id: Mapped[int] = mapped_column(ForeignKey(RecordsRequest.id), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), primary_key=True)


class RecordsDecision(Base):
    """What becomes of one piece of a case's record; the latest word on a piece counts."""

    __tablename__ = "records_decision"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey(RecordsRequest.id))
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    subject: Mapped[str]
    case_document_id: Mapped[int | None] = mapped_column(ForeignKey(CaseDocument.id))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey(Complaint.id))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("lotline.notice.id"))
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("lotline.hearing.id"))
    outcome: Mapped[str]
    exemption: Mapped[str | None]
    passages: Mapped[list[str]] = mapped_column(ARRAY(Text))
    text_sha256: Mapped[str | None]
    redaction_id: Mapped[int | None] = mapped_column(ForeignKey(DocumentRedaction.id))
    decided_on: Mapped[date]
    decided_at: Mapped[datetime]
    decided_by: Mapped[str]


class RecordsExport(Base):
    """A file that was made for a request, by the SHA-256 of its bytes, in hex."""

    __tablename__ = "records_export"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey(RecordsRequest.id))
    sha256: Mapped[str]
    byte_size: Mapped[int]
    made_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class RecordsEnd(Base):
    """Why a request came to its end with nothing handed out."""

    __tablename__ = "records_end"

    request_id: Mapped[int] = mapped_column(ForeignKey(RecordsRequest.id), primary_key=True)
    reason: Mapped[str]
    ended_on: Mapped[date]
    ended_at: Mapped[datetime]
    ended_by: Mapped[str]

"""Describe the PDFs that are kept of notices and of packets for hearings."""

from datetime import datetime

from sqlalchemy import ForeignKey, Identity, Integer
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.document import Document
from cases.models.process import Notice
from cases.models.tribunal import Hearing
from geo.layers import Base


class NoticeLetter(Base):
    """An issued notice as it was set on paper, once for each language."""

    __tablename__ = "notice_letter"

    notice_id: Mapped[int] = mapped_column(ForeignKey(Notice.id), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey(Document.sha256))
    set_at: Mapped[datetime]
    set_by: Mapped[str]


class HearingPacket(Base):
    """All that a case brings before a hearing as one PDF, as it was when it was filed."""

    __tablename__ = "hearing_packet"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey(Hearing.id))
    language: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey(Document.sha256))
    pages: Mapped[int] = mapped_column(Integer)
    filed_at: Mapped[datetime]
    filed_by: Mapped[str]

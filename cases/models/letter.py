"""Describe the PDFs that are kept of notices."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.document import Document
from cases.models.process import Notice
from geo.layers import Base


class NoticeLetter(Base):
    """An issued notice as it was set on paper, once for each language."""

    __tablename__ = "notice_letter"

    notice_id: Mapped[int] = mapped_column(ForeignKey(Notice.id), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey(Document.sha256))
    set_at: Mapped[datetime]
    set_by: Mapped[str]

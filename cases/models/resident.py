"""Describe what residents send themselves: how they ask after a report, and its photographs."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.complaint import Complaint
from cases.models.document import Document
from geo.layers import Base


class ResidentReport(Base):
    """A complaint that its maker sent through the site; of the tracking code only the hash."""

    __tablename__ = "resident_report"

    complaint_id: Mapped[int] = mapped_column(ForeignKey(Complaint.id), primary_key=True)
    report_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    code_sha256: Mapped[str] = mapped_column(unique=True)
    about_case_id: Mapped[int | None] = mapped_column(ForeignKey(Case.id))
    held_because: Mapped[str | None]
    released_by: Mapped[str | None]
    released_on: Mapped[date | None]


class ResidentPhoto(Base):
    """A photograph of a report, by the name its sender gave the report."""

    __tablename__ = "resident_photo"

    report_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey(Document.sha256), primary_key=True)
    kept_at: Mapped[datetime]

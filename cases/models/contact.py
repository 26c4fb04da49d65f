"""Describe notes of what passed with somebody, and the keys of forms that may be sent twice."""

from datetime import datetime

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.complaint import Complaint
from geo.layers import Base


class Contact(Base):
    """A call, a visit or a letter about a case or a complaint; a reporter is never named in it."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey(Case.id))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey(Complaint.id))
    direction: Mapped[str]
    way: Mapped[str]
    party: Mapped[str]
    who: Mapped[str | None]
    said: Mapped[str]
    happened_at: Mapped[datetime]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]
    mail_id: Mapped[int | None]


class IntakeKey(Base):
    """What came of a form, by the key its page was given: sent again, it makes nothing more."""

    __tablename__ = "intake_key"

    key: Mapped[str] = mapped_column(primary_key=True)
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey(Complaint.id))
    case_id: Mapped[int | None] = mapped_column(ForeignKey(Case.id))
    kept_at: Mapped[datetime]

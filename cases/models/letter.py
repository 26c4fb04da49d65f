"""Describe the PDFs that are kept of notices, of packets for hearings and of other letters."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Identity, Integer
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.document import Document
from cases.models.process import Notice, Respondent
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


class CaseLetter(Base):
    """A letter of a case that is no notice, as it was issued.

    Of which part of the case it tells, `cases.letters.kinds` says by its kind; ``of_event`` is the
    number of the event that it tells of, where that may happen again.
    ``copy`` counts those to the same address, of which all but the last came back.
    """

    __tablename__ = "case_letter"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    kind: Mapped[str]
    part_id: Mapped[int]
    of_event: Mapped[int | None] = mapped_column(Integer)
    language: Mapped[str]
    respondent_id: Mapped[int | None] = mapped_column(ForeignKey(Respondent.id))
    recipient: Mapped[str]
    address: Mapped[str]
    copy: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(ForeignKey(Document.sha256))
    pages: Mapped[int] = mapped_column(Integer)
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by: Mapped[str]


class CaseLetterSending(Base):
    """When a letter went into the mail."""

    __tablename__ = "case_letter_sending"

    letter_id: Mapped[int] = mapped_column(ForeignKey(CaseLetter.id), primary_key=True)
    sent_on: Mapped[date]
    told_at: Mapped[datetime]
    told_by: Mapped[str]


class CaseLetterReturn(Base):
    """When a letter that was sent came back, and what the post wrote on it."""

    __tablename__ = "case_letter_return"

    letter_id: Mapped[int] = mapped_column(
        ForeignKey(CaseLetterSending.letter_id), primary_key=True
    )
    returned_on: Mapped[date]
    because: Mapped[str]
    told_at: Mapped[datetime]
    told_by: Mapped[str]

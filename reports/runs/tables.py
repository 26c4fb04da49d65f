"""Describe kept questions, the reports that were asked for, and what is large of their answers."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.models import Staff
from geo.layers import Base


class SavedReport(Base):
    """A question somebody keeps, for one or for the office, and to whom its answer is mailed.

    Attributes
    ----------
    key
        Of the form it was kept with, which sent twice keeps it once.
    staff_id
        Who keeps it.
    asked
        As of `ReportRun`; what is left empty is of the day it is asked on.
    rhythm
        How often it is asked by itself: a `reports.runs.rhythm.Rhythm`.
    since_day
        The town's day on which it was kept, or its rhythm last chosen.
    recipients, language
        Whom its answer is mailed to, and in which language.
    last_day
        The town's day on which it was last asked by itself.
    ended_at
        When it was forgotten.
    """

    __tablename__ = "report_saved"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    key: Mapped[UUID]
    staff_id: Mapped[int] = mapped_column(ForeignKey(Staff.id))
    name: Mapped[str]
    report: Mapped[str]
    asked: Mapped[dict[str, str]] = mapped_column(JSONB)
    shared: Mapped[bool] = mapped_column(server_default="false")
    rhythm: Mapped[str] = mapped_column(server_default="none")
    since_day: Mapped[date]
    recipients: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    language: Mapped[str] = mapped_column(server_default="en")
    last_day: Mapped[date | None]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ReportRun(Base):
    """A report from the asking to the answer, which never changes after.

    Attributes
    ----------
    asked
        What differs from the defaults of its options, as an address carries it.
    on_day
        The town's day it is as of.
    generation
        How often the town's records had changed when it was asked.
    doing, share
        What is being done and how much of the whole is behind, while it is made.
    told_at
        When whoever makes it was last heard of.
    answer
        As `reports.answers.written.to_json` writes it.
    saved_id
        The kept question that asked it by itself; None where somebody did.
    mailed_at
        When it was seen to that whoever it is for is mailed.
    """

    __tablename__ = "report_run"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    report: Mapped[str]
    asked: Mapped[dict[str, str]] = mapped_column(JSONB)
    on_day: Mapped[date]
    generation: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(server_default="queued")
    doing: Mapped[str | None]
    share: Mapped[float] = mapped_column(server_default="0")
    told_at: Mapped[datetime | None]
    stop_asked: Mapped[bool] = mapped_column(server_default="false")
    failed_because: Mapped[str | None]
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    saved_id: Mapped[int | None] = mapped_column(ForeignKey(SavedReport.id))
    mailed_at: Mapped[datetime | None]


class ReportPart(Base):
    """What is large of an answer, as `reports.answers.written.to_parts` writes it, or a file.

    Attributes
    ----------
    name
        ``layer:KEY``, ``shapes:TABLE`` or ``file:FORMAT``.
    """

    __tablename__ = "report_part"

    run_id: Mapped[int] = mapped_column(ForeignKey(ReportRun.id), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)

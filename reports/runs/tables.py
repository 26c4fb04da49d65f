"""Describe the reports that were asked for, and what is large of their answers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from geo.layers import Base


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

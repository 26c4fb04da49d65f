"""Describe a citation (uniform civil violation)."""

from datetime import date

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.process import Notice
from cases.models.violation import Violation
from geo.layers import Base


class Citation(Base):
    """A civil penalty for one violation, and what the respondent did about it."""

    __tablename__ = "citation"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    violation_id: Mapped[int] = mapped_column(ForeignKey(Violation.id))
    notice_id: Mapped[int] = mapped_column(ForeignKey(Notice.id))
    status: Mapped[str]
    penalty_cents: Mapped[int]
    excused: Mapped[str | None]
    answer_by: Mapped[date | None]
    contested_on: Mapped[date | None]
    waived_on: Mapped[date | None]
    waived_by: Mapped[str | None]
    scra_checked_on: Mapped[date | None]
    scra_result: Mapped[str | None]

"""Describe what the clock noticed; appended to and never changed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from geo.layers import Base


class ClockNotice(Base):
    """That something fell due on a day, noticed on that day or after it, once.

    Attributes
    ----------
    kind
        One of `cases.clock.kinds.Kind`.
    subject_id
        Whose day it was: the row the kind is about; 0 of the clock's own days.
    """

    __tablename__ = "clock_notice"
    __mapper_args__ = {"primary_key": ["kind", "subject_id", "due_on"]}  # noqa: RUF012 - read by SQLAlchemy

    kind: Mapped[str]
    subject_id: Mapped[int]
    due_on: Mapped[date]
    case_id: Mapped[int | None] = mapped_column(ForeignKey(Case.id))
    noticed_on: Mapped[date]
    noticed_at: Mapped[datetime]

"""Describe what a move from another system leaves to do, and when it was over."""

from datetime import date

from sqlalchemy import ForeignKey, Identity, Integer
from sqlalchemy.orm import Mapped, mapped_column

from geo.layers import Base, ImportRun


class MovingException(Base):
    """What of the latest export of a system a person has to settle, why, and what to do."""

    __tablename__ = "moving_exception"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    import_run_id: Mapped[int] = mapped_column(ForeignKey(ImportRun.id))
    file: Mapped[str]
    line: Mapped[int] = mapped_column(Integer)
    number: Mapped[str]
    code: Mapped[str]
    reason: Mapped[str]
    remedy: Mapped[str]


class MovingCutOver(Base):
    """From when no export of a system is taken in any more."""

    __tablename__ = "moving_cut_over"

    system: Mapped[str] = mapped_column(primary_key=True)
    import_run_id: Mapped[int] = mapped_column(ForeignKey(ImportRun.id))
    cut_over_on: Mapped[date]
    actor: Mapped[str]

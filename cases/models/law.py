"""Describe the law a case was opened under."""

from datetime import date

from sqlalchemy import Identity, Integer, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from geo.layers import Base


class AdoptedLaw(Base):
    """A law pack as it was on the day it was adopted, whole; never edited after."""

    __tablename__ = "law_pack"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    name: Mapped[str]
    version: Mapped[str]
    sha256: Mapped[bytes]
    content: Mapped[str]
    adopted_on: Mapped[date]
    adopted_by: Mapped[str | None]  # of those adopted before it was kept: nobody known


class Counter(Base):
    """How many of a kind of record were numbered in a year."""

    __tablename__ = "counter"

    word: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)

"""Describe what stands between an order and its money: blocks of collection, pauses of a fine."""

from datetime import date

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.tribunal import EnforcementOrder
from geo.layers import Base


class CollectionBlock(Base):
    """A bar to collecting what a case owes, open while it has no `until`."""

    __tablename__ = "collection_block"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    kind: Mapped[str]
    reference: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str]
    who: Mapped[str]


class AccrualPause(Base):
    """Days on which an order's fine stands still, running while it has no `last_day`."""

    __tablename__ = "accrual_pause"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey(EnforcementOrder.id))
    authority: Mapped[str]
    reference: Mapped[str]
    ordered_on: Mapped[date]
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    ended_by: Mapped[str | None]
    reason: Mapped[str]
    who: Mapped[str]

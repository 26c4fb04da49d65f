"""Describe the town's own work on a property, and what it cost."""

from datetime import date

from sqlalchemy import ARRAY, ForeignKey, Identity, Text
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.tribunal import EnforcementOrder
from cases.models.violation import Violation
from geo.layers import Base


class Abatement(Base):
    """The town's work on one violation: by what authority, whose right to enter, what was done.

    Photographs are named by the SHA-256 of their files, in hex.
    """

    __tablename__ = "abatement"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    violation_id: Mapped[int] = mapped_column(ForeignKey(Violation.id))
    status: Mapped[str]
    authority: Mapped[str]
    order_id: Mapped[int | None] = mapped_column(ForeignKey(EnforcementOrder.id))
    reason: Mapped[str]
    authorized_on: Mapped[date]
    contractor: Mapped[str | None]
    entry: Mapped[str | None]
    entry_detail: Mapped[str | None]
    ordered_on: Mapped[date | None]
    worked_on: Mapped[date | None]
    photos_before: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    photos_after: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    invoiced_on: Mapped[date | None]
    fee_cents: Mapped[int | None]
    certified_on: Mapped[date | None]


class AbatementCost(Base):
    """One line of an abatement's bill."""

    __tablename__ = "abatement_cost"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    abatement_id: Mapped[int] = mapped_column(ForeignKey(Abatement.id))
    what: Mapped[str]
    cents: Mapped[int]

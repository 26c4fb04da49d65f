"""Describe what the law says and where a property breaks it."""

from datetime import date

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.case import Case
from cases.models.source import MaybeFromImport
from geo.layers import Base


class Ordinance(Base):
    """A provision as it is cited; the whole text is its key, section and title are read from it."""

    __tablename__ = "ordinance"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    citation: Mapped[str] = mapped_column(unique=True)
    section: Mapped[str | None]
    title: Mapped[str | None]


class Violation(MaybeFromImport, Base):
    """One breach of one provision, with its own deadline and its own end.

    Where a person confirmed it a repeat: by which respondent, of which charge, a citation or order.
    """

    __tablename__ = "violation"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id))
    external_no: Mapped[str | None]
    ordinance_id: Mapped[int] = mapped_column(ForeignKey(Ordinance.id))
    found_on: Mapped[date | None]
    comply_by: Mapped[date | None]
    status: Mapped[str]
    source_status: Mapped[str | None]
    severity: Mapped[str | None]
    respondent_name: Mapped[str | None]
    section: Mapped[str | None]
    verified_on: Mapped[date | None]
    verified_by: Mapped[str | None]
    corrected_on: Mapped[date | None]
    corrected_by: Mapped[str | None]
    repeat_respondent_id: Mapped[int | None] = mapped_column(
        ForeignKey("lotline.respondent.id", use_alter=True)
    )
    repeat_of_citation: Mapped[int | None] = mapped_column(
        ForeignKey("lotline.citation.id", use_alter=True)
    )
    repeat_of_order: Mapped[int | None] = mapped_column(
        ForeignKey("lotline.enforcement_order.id", use_alter=True)
    )
    repeat_confirmed_on: Mapped[date | None]
    repeat_confirmed_by: Mapped[str | None]

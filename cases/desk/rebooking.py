"""Tell where the last visit was in vain, and what is known for the next; find cases to book for."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from cases.contacts import Party
from cases.desk.book import Book, Row
from cases.desk.queues import is_open
from cases.models import Case, CaseEvent, Contact, Inspection
from cases.workflow.inspection import PLANNED
from geo.layers import Parcel, ParcelPeriod
from geo.places import house_number


def visit_in_vain(book: Book) -> Row | None:
    """Return the last visit of a case where it was in vain and no other is to come, else None."""
    return next((row for row in book.parts["inspection"] if row.last_in_vain), None)


def came_in_vain(book: Book, _row: Row, _on: date) -> bool:
    """Tell whether the last visit was in vain, and no other is to come."""
    return visit_in_vain(book) is not None


def why_in_vain(inspection_id: int, *, case_id: int) -> sa.Select[Any]:
    """Select the day of a visit in vain and why it was: ``happened_on``, ``reason``."""
    reason = CaseEvent.details["reason"].as_string().label("reason")
    return sa.select(CaseEvent.happened_on, reason).where(
        CaseEvent.case_id == case_id, CaseEvent.kind == "access_not_had",
        CaseEvent.details["inspection"].as_integer() == inspection_id,
    )  # fmt: skip


def last_contact(case_id: int) -> sa.Select[Any]:
    """Select the last contact about a case with anybody but a reporter: ``who``, ``way``, ``said``.

    And ``happened_at``.
    """
    columns: tuple[Any, ...] = (Contact.who, Contact.way, Contact.said, Contact.happened_at)
    return (
        sa.select(*columns)
        .where(Contact.case_id == case_id, Contact.party != Party.REPORTER)
        .order_by(Contact.happened_at.desc(), Contact.id.desc())
        .limit(1)
    )


def cases_to_book(words: str, *, parcel_nos: Collection[str], most: int) -> sa.Select[Any]:
    """Select the open cases of a number like the words, or at some parcels, for an appointment.

    The very number comes first, then the house number that was typed, then the likest address.
    Columns: ``id``, ``number``, ``category``, ``address``, and of the appointment that is booked
    already ``inspection_id`` and ``booked_for``.
    """
    planned = aliased(Inspection)
    said = words.upper()
    at = sa.func.coalesce(ParcelPeriod.situs_address, Case.stated_address).label("address")
    house = at.startswith(f"{house_number(words) or ''} ", autoescape=True)
    columns: tuple[Any, ...] = (
        Case.id, Case.number, Case.category, at, planned.id.label("inspection_id"),
        planned.booked_for,
    )  # fmt: skip
    numbered = Case.number.contains(said, autoescape=True)
    there = sa.select(Parcel.id).where(Parcel.parcel_no.in_(parcel_nos))
    return (
        sa.select(*columns)
        .outerjoin(ParcelPeriod, ParcelPeriod.id == Case.parcel_period_id)
        .outerjoin(planned, sa.and_(planned.case_id == Case.id, planned.status.in_(PLANNED)))
        .where(is_open(), sa.or_(numbered, Case.parcel_id.in_(there)))
        .order_by(
            (Case.number == said).desc(), house.desc().nulls_last(),
            sa.func.word_similarity(words, at).desc().nulls_last(), at.nulls_last(), Case.number,
        )
        .limit(most)
    )  # fmt: skip

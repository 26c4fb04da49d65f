"""Tell what ended because a payment left nothing owed, and stays ended if that is taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from cases.desk.book import PARTS, Book, Row
from cases.ledger.accounts import Component, Kind
from cases.models import CaseEvent
from cases.workflow.abatement import AbatementStatus
from cases.workflow.citation import CitationStatus
from cases.workflow.legal_action import LegalActionStatus
from cases.workflow.lien import LienStatus
from cases.workflow.order import OrderStatus

_ENDS: Mapping[str, tuple[str, str]] = {
    "lien_satisfied": ("lien", LienStatus.SATISFIED),
    "order_satisfied": ("order", OrderStatus.SATISFIED),
    "citation_settled": ("citation", CitationStatus.SETTLED),
    "abatement_settled": ("abatement", AbatementStatus.SETTLED),
    "judgment_satisfied": ("legal_action", LegalActionStatus.SATISFIED),
}
"""The part and its end, by the event that tells of it: each needs that nothing is owed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A part of a case that ended because nothing was owed.

    Parameters
    ----------
    on
        The day it ended.
    payments
        The identities of the payments, of those asked about, without which something was owed.
    """

    section: str
    row: Row
    on: date
    payments: Sequence[int]


def resting_on(connection: sa.Connection, book: Book, payments: Sequence[Row]) -> list[Rest]:
    """Return what rests on any of some payments of a case, in the order it ended."""
    covering = {row.id for row in payments if _covers(book, row)}
    if not covering:
        return []
    told = sa.select(CaseEvent.kind, CaseEvent.happened_on, CaseEvent.details).where(
        CaseEvent.case_id == book.case.id, CaseEvent.kind.in_([*_ENDS, Kind.PAID])
    )
    paid: list[int] = []
    found: list[Rest] = []
    for event in connection.execute(told.order_by(CaseEvent.__table__.c.seq)):
        if event.kind == Kind.PAID:
            paid += covering & {event.details["posting"]}
            continue
        section, end = _ENDS[event.kind]
        row = book.part(section, event.details[PARTS[section].__tablename__])
        if paid and row is not None and row.status == end:
            found.append(Rest(section=section, row=row, on=event.happened_on, payments=[*paid]))
    return found


def _covers(book: Book, payment: Row) -> bool:
    """Tell whether something is owed again without a payment: it covered some, or its credit."""
    covered: int = -sum(getattr(payment, each) for each in Component)
    return covered > 0 or book.credit_cents < payment.cents - covered

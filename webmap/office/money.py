"""Read what a case owes and how it came to that: the ledger, and each fine explained day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cases.accruing import uncharged
from cases.desk.book import Book, Row
from cases.fines.clock import Fine
from cases.ledger.queries import balance, credit, statement
from cases.ordered import fine_of
from cases.workflow.order import OrderStatus
from webmap.auth.desk import Desk


@dataclass(frozen=True, slots=True)
class Money:
    """What a case owes today.

    Attributes
    ----------
    owed_cents
        By the ledger, with what its fines have imposed since it was last brought up to date.
    parts
        The ledger's own rows of component and cents.
    fines
        Each order that stands, with its fine as of today.
    """

    owed_cents: int
    uncharged_cents: int
    credit_cents: int
    parts: Sequence[Row]
    postings: Sequence[Row]
    fines: Sequence[tuple[Row, Fine]]

    @property
    def potential_cents(self) -> int:
        """What runs and is not imposed."""
        return sum(fine.total_cents for _, fine in self.fines if not fine.certified)

    @property
    def per_diem_cents(self) -> int:
        """What tomorrow adds."""
        return sum(fine.per_diem_cents for _, fine in self.fines)


def money_of(desk: Desk, book: Book) -> Money:
    """Read the money of a case as of today."""
    case_id, today = book.case.id, desk.today
    query: Any = balance(case_id)
    parts = [row for row in desk.rows(query) if row.cents]
    standing = [row for row in book.parts["order"] if row.status != OrderStatus.VACATED]
    more = uncharged(desk.connection, case_id, on=today) if book.law else 0
    in_credit: Any = desk.connection.scalar(credit(case_id))
    return Money(
        owed_cents=sum(row.cents for row in parts) + more,
        uncharged_cents=more,
        credit_cents=int(in_credit or 0),
        parts=parts,
        postings=desk.rows(statement(case_id)),
        fines=[(row, fine_of(desk.connection, row.id, as_of=today)) for row in standing],
    )

"""Reckon what a case owes today and how it came to that, from its open book alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.desk.book import Book, Row
from cases.fines.clock import Fine, fine
from cases.ledger.accounts import Component
from cases.ordered import terms_on_record
from cases.workflow.order import OrderStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """What a case owes on a day.

    Attributes
    ----------
    parts
        The cents the ledger says are owed, by component; those that owe nothing left out.
    uncharged_cents
        What its certified fines have come to since they were last charged.
    fines
        Each order that stands, with its fine as of the day.
    """

    parts: Mapping[Component, int]
    uncharged_cents: int
    credit_cents: int
    postings: Sequence[Row]
    fines: Sequence[tuple[Row, Fine]]

    @property
    def owed_cents(self) -> int:
        """What is owed to the end of the day."""
        return sum(self.parts.values()) + self.uncharged_cents

    @property
    def potential_cents(self) -> int:
        """What runs and is not imposed."""
        return sum(fine.total_cents for _, fine in self.fines if not fine.certified)

    @property
    def per_diem_cents(self) -> int:
        """What tomorrow adds to what is owed."""
        return sum(fine.per_diem_cents for _, fine in self.fines if fine.certified)

    @property
    def potential_per_diem_cents(self) -> int:
        """What tomorrow adds to what is not imposed, and so not owed."""
        return sum(fine.per_diem_cents for _, fine in self.fines if not fine.certified)


def reckon(book: Book, *, on: date) -> Reckoning:
    """Reckon a case's money on a day; of a case under no law, what its ledger says."""
    parts = {each: sum(getattr(row, each) for row in book.postings) for each in Component}
    fines = [
        (row, fine_in(book, row, on=on))
        for row in book.parts["order"]
        if book.law and row.status != OrderStatus.VACATED
    ]
    return Reckoning(
        parts={each: cents for each, cents in parts.items() if cents},
        uncharged_cents=sum(
            each.total_cents - book.tallies.get(f"order:{row.id}", 0)
            for row, each in fines
            if row.status == OrderStatus.CERTIFIED
        ),
        credit_cents=book.credit_cents,
        postings=book.postings,
        fines=fines,
    )


def fine_in(book: Book, order: Row, *, on: date) -> Fine:
    """Return an order's fine on a day; the case stands under a law, and the order."""
    assert book.law is not None  # noqa: S101 - no order is entered without
    violation = book.part("violation", order.violation_id)
    terms = terms_on_record(
        order,
        reductions=[each for each in book.reductions if each.order_id == order.id],
        pauses=[each for each in book.pauses if each.order_id == order.id],
        corrected_on=violation and violation.corrected_on, known_on=on,
    )  # fmt: skip
    return fine(terms, book.law.fines, as_of=on)

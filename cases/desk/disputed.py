"""Tell which part of what a case owes is contested, or need not be answered for yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cases.desk.book import Book, Row
from cases.desk.reckoning import Reckoning
from cases.ledger.accounts import Component
from cases.workflow.citation import CitationStatus
from cases.workflow.hearing import HearingStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """What is owed under a citation that nobody has to pay yet.

    Parameters
    ----------
    cents
        How much of it; at the most so much where something was paid or waived since, which the
        ledger counts toward no single citation.
    is_exact
        Whether it is just so much.
    is_contested
        Whether a hearing was asked for; else its time to answer runs.
    until
        The day of the hearing, None where none is set; or the last day to answer.
    """

    number: str
    cents: int
    is_exact: bool
    is_contested: bool
    until: date | None


def disputed(book: Book, money: Reckoning, *, on: date) -> list[Disputed]:
    """Return what of a case's money is contested or may still be answered, citation by citation."""
    return list(_disputed(book, money.parts.get(Component.PENALTY, 0), on=on))


def _disputed(book: Book, owed: int, *, on: date) -> Iterator[Disputed]:
    standing = [row for row in book.parts["citation"] if row.status in _CHARGED]
    charged = sum(book.tallies.values()) + sum(row.penalty_cents for row in standing)
    for row in standing:
        contested = row.status == CitationStatus.CONTESTED
        open_yet = row.status == CitationStatus.SERVED and row.answer_by and row.answer_by >= on
        cents = min(owed, row.penalty_cents + book.tallies.get(f"citation:{row.id}", 0))
        if cents and (contested or open_yet):
            yield Disputed(
                number=row.number, cents=cents, is_exact=owed >= charged, is_contested=contested,
                until=_heard_on(book, row) if contested else row.answer_by,
            )  # fmt: skip


_CHARGED = (CitationStatus.SERVED, CitationStatus.CONTESTED, CitationStatus.ADMITTED,
            CitationStatus.UPHELD, CitationStatus.SETTLED)  # fmt: skip


def _heard_on(book: Book, citation: Row) -> date | None:
    """Return the day that is set for a citation's hearing, or on which it was held."""
    ended = (HearingStatus.CANCELLED, HearingStatus.CONTINUED)
    days: list[date] = [
        row.held_on
        for row in book.parts["hearing"]
        if row.citation_id == citation.id and row.held_on and row.status not in ended
    ]
    return max(days, default=None)

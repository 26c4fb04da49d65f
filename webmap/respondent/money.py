"""Say what a case has come to: imposed, potential, and what tomorrow adds to each."""

from dataclasses import dataclass

import sqlalchemy as sa

from cases import further_days
from cases.desk.book import Book
from cases.desk.disputed import Disputed, disputed
from cases.desk.reckoning import reckon
from cases.ledger.accounts import Component
from cases.workflow.citation import RUNNING, CitationStatus
from webmap.respondent.frame import Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What a case has come to on a day.

    Attributes
    ----------
    owed_cents, parts
        What is imposed and not paid, with the fines that run on, and of what it is made.
    per_diem_cents
        What tomorrow adds to it.
    potential_cents, potential_per_diem_cents
        What could be imposed and is not; none of it is owed.
    named_cents
        What citations name that nobody is known to have been served with; none of it is owed.
    disputes
        What of it is contested, or may still be answered.
    """

    owed_cents: int
    parts: dict[Component, int]
    uncharged_cents: int
    per_diem_cents: int
    potential_cents: int
    potential_per_diem_cents: int
    credit_cents: int
    disputes: list[Disputed]
    named_cents: int = 0

    @property
    def open_cents(self) -> int:
        """What of it may still be answered or is to be heard; 0 where that is not known exactly."""
        is_exact = all(each.is_exact for each in self.disputes)
        return sum(each.cents for each in self.disputes) if is_exact else 0

    @property
    def is_none(self) -> bool:
        """Whether nothing is owed, nor may come to be, tomorrow either."""
        said = (self.owed_cents, self.potential_cents, self.named_cents)
        return not any((*said, self.per_diem_cents, self.potential_per_diem_cents))


def money_of(room: Room, book: Book) -> Money:
    """Return what a case has come to today."""
    now = reckon(book, on=room.today)
    further, daily = _further(room.connection, book, room)
    unserved = [row for row in book.parts["citation"] if row.status == CitationStatus.ISSUED]
    return Money(
        owed_cents=now.owed_cents, parts=dict(now.parts), uncharged_cents=now.uncharged_cents,
        per_diem_cents=now.per_diem_cents, potential_cents=now.potential_cents + further,
        potential_per_diem_cents=now.potential_per_diem_cents + daily,
        credit_cents=now.credit_cents, disputes=disputed(book, now, on=room.today),
        named_cents=sum(row.penalty_cents for row in unserved),
    )  # fmt: skip


def _further(connection: sa.Connection, book: Book, room: Room) -> tuple[int, int]:
    """Return what served citations would add: further days that are not imposed yet."""
    cents, daily = 0, 0
    for row in book.parts["citation"]:
        if row.status not in RUNNING or row.status == CitationStatus.ISSUED:
            continue
        try:
            fine = further_days.reckon(connection, row.id, as_of=room.today)
        except further_days.NoFurtherDaysError:
            continue
        cents += max(0, fine.total_cents - further_days.imposed(connection, row.id))
        daily += fine.per_diem_cents
    return cents, daily

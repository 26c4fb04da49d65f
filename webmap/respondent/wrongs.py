"""Gather what is wrong in a case: the law's words, what fixes it, by when, and its photographs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cases.adopted import provision
from cases.desk.book import Book, Row
from cases.lawpack.ordinance import Ordinance
from cases.workflow.order import OrderStatus
from cases.workflow.violation import ViolationStatus

SHOWN = (ViolationStatus.OPEN, ViolationStatus.CORRECTED, ViolationStatus.CLOSED)
_SETS_DAY = (
    OrderStatus.ENTERED, OrderStatus.SERVED, OrderStatus.NONCOMPLIANT, OrderStatus.CONTESTED,
    OrderStatus.CERTIFIED,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A violation that was verified.

    Attributes
    ----------
    text
        The provision, as it was in force when it was found; None where no law of ours says it.
    due_on
        By when it is to be corrected: by the order where one has set a day.
    ordered
        The number of that order.
    photos
        Rows of `webmap.respondent.photos.photographs` that show it.
    """

    row: Row
    text: Ordinance | None
    due_on: date | None
    ordered: str | None
    photos: Sequence[Row]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be corrected."""
        return bool(self.row.status == ViolationStatus.OPEN)


def wrongs_of(book: Book, photos: Sequence[Row]) -> list[Wrong]:
    """Return the verified violations of a case, the open ones first."""
    shown = [row for row in book.parts["violation"] if row.status in SHOWN]
    found = [_wrong(book, row, photos) for row in shown]
    return sorted(found, key=lambda each: not each.is_open)


def other_photos(photos: Sequence[Row], wrongs: Sequence[Wrong]) -> Iterator[Row]:
    """Yield the photographs that stand with no violation."""
    placed = {each.id for wrong in wrongs for each in wrong.photos}
    yield from (each for each in photos if each.id not in placed)


def _wrong(book: Book, row: Row, photos: Sequence[Row]) -> Wrong:
    orders = [
        each
        for each in book.parts["order"]
        if each.violation_id == row.id and each.status in _SETS_DAY and each.comply_by is not None
    ]
    order = orders[-1] if orders else None
    return Wrong(
        row=row, text=_text(book, row), due_on=order.comply_by if order else row.comply_by,
        ordered=order.number if order else None,
        photos=[each for each in photos if getattr(each, "violation_id", None) == row.id],
    )  # fmt: skip


def _text(book: Book, row: Row) -> Ordinance | None:
    if book.law is None or row.section is None or row.found_on is None:
        return None
    return provision(book.law, row.section, on=row.found_on)

"""Say what somebody may do next in a case: the steps open from where each part of it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.desk.book import Book, Row
from cases.workflow.beginnings import BEGIN_ON
from cases.workflow.registry import SECTIONS, choices
from cases.workflow.roles import Role
from cases.workflow.step import Step


@dataclass(frozen=True, slots=True)
class Offer:
    """A step somebody may take, its guards aside.

    Parameters
    ----------
    on, row
        The part of the case it is taken on, by its section and its row: for a part that does not
        exist yet, the one it begins on.
    """

    step: Step
    on: str
    row: Row

    @property
    def action(self) -> str:
        """The step's action, as a law pack names it."""
        return str(self.step.action)


def offers(book: Book, *, role: Role) -> Iterator[Offer]:
    """Yield what somebody in a role may do, part by part, in the order of the table of steps."""
    for section in ("case", *book.parts):
        for row in book.rows(section):
            at = book.status(section, row)
            for step in choices(at, section=section, role=role, without=book.without):
                yield Offer(step, section, row)
            yield from _beginnings(book, section, row, role=role)


def offer(book: Book, action: str, *, row_id: int, role: Role) -> Offer | None:
    """Return one of the offers; None where it is none now."""
    found = (each for each in offers(book, role=role) if each.action == action)
    return next((each for each in found if each.row.id == row_id), None)


def _beginnings(book: Book, section: str, row: Row, *, role: Role) -> Iterator[Offer]:
    """Yield what begins on a part; nothing begins in a case that is closed."""
    for action, (on, statuses) in BEGIN_ON.items():
        if on != section or book.status(section, row) not in statuses:
            continue
        begun = action.partition(".")[0]
        if begun not in SECTIONS or book.case.closed_on or book.case.voided_on:
            continue
        for step in choices(None, section=begun, role=role, without=book.without):
            if step.action == action:
                yield Offer(step, section, row)

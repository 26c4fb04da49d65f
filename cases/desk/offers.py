"""Say what somebody may do next in a case: the steps open from where each part of it stands."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cases.desk.beside import BESIDE
from cases.desk.book import Book, Row
from cases.desk.citable import running_citation
from cases.hearings import Outcome
from cases.lawpack.resting import rests_on
from cases.permissions import may
from cases.workflow.appeal import RUNNING, AppealAction
from cases.workflow.beginnings import BEGIN_ON
from cases.workflow.casefile import CaseAction
from cases.workflow.citation import CitationAction
from cases.workflow.lien import BINDING, LienAction
from cases.workflow.order import OrderAction
from cases.workflow.registry import SECTIONS, STEPS, choices
from cases.workflow.roles import Role
from cases.workflow.step import Step
from cases.workflow.violation import ViolationAction


@dataclass(frozen=True, slots=True)
class Offer:
    """Something somebody may do, its guards aside.

    Parameters
    ----------
    action
        As a law pack names it: ``citation.void``; or a `Right`.
    on, row
        The part of the case it is done on, by its section and its row: for a part that does not
        exist yet, the one it begins on.
    step
        The step it is; None for what moves no status.
    source
        The provision the step rests on under the case's law; "" where none is named.
    """

    action: str
    on: str
    row: Row
    step: Step | None = None
    source: str = ""

    @property
    def origin(self) -> str | None:
        """On what it begins, to be named beside the number; None where the action tells by itself.

        A visit is made on a case, or as it was booked: a case and a visit may have one number.
        """
        begins = self.step is not None and self.step.at is None
        return self.on if begins and self.action in _GO_ON_TOO else None


def offers(book: Book, *, role: Role) -> Iterator[Offer]:
    """Yield what somebody in a role may do, part by part, in the order of the table of steps.

    What there is plainly nothing to do to is left out: no block to lift, no fine that stands still.
    In a case that is closed nothing is done but to the case itself.
    """
    for section in ("case", *book.parts) if book.is_open else ("case",):
        for row in book.rows(section):
            at = book.status(section, row)
            for step in choices(at, section=section, role=role, without=book.without):
                if _has_object(book, step, row):
                    yield _offer(book, step, section, row)
            yield from _beginnings(book, section, row, role=role)
            yield from _beside(book, section, row, role=role)
    for row in book.attempts if book.is_open else ():
        yield from _beside(book, "attempt", row, role=role)


def offer(
    book: Book, action: str, *, row_id: int, role: Role, origin: str | None = None
) -> Offer | None:
    """Return one of the offers; None where it is none now."""
    found = (each for each in offers(book, role=role) if each.action == action)
    mine = (each for each in found if each.row.id == row_id and each.origin == origin)
    return next(mine, None)


def _offer(book: Book, step: Step, on: str, row: Row) -> Offer:
    return Offer(str(step.action), on, row, step, rests_on(step, book.law))


def _beginnings(book: Book, section: str, row: Row, *, role: Role) -> Iterator[Offer]:
    """Yield what begins on a part."""
    for action, (on, statuses) in BEGIN_ON.items():
        if on != section or book.status(section, row) not in statuses:
            continue
        begun = action.partition(".")[0]
        if begun not in SECTIONS:
            continue
        for step in choices(None, section=begun, role=role, without=book.without):
            if step.action == action and _has_object(book, step, row):
                yield _offer(book, step, section, row)


def _beside(book: Book, section: str, row: Row, *, role: Role) -> Iterator[Offer]:
    """Yield what may be done beside the steps."""
    for action, each in BESIDE.items():
        is_theirs = each.on == section and may(role, each.by, without=book.without)
        if is_theirs and book.is_open and each.when(book, row, role):
            yield Offer(str(action), section, row)


def _has_object(book: Book, step: Step, row: Row) -> bool:
    asked = _OBJECTS.get(step.action)
    return asked is None or asked(book, row)


_GO_ON_TOO = frozenset(
    str(action) for at, action in STEPS if at is not None and action in BEGIN_ON
)  # fmt: skip


def _pauses(book: Book, order: Row) -> bool:
    return any(each.order_id == order.id and each.last_day is None for each in book.pauses)


def _running_appeal(book: Book, order: Row) -> bool:
    return any(
        each.order_id == order.id and each.status in RUNNING for each in book.parts["appeal"]
    )


def _binding_lien(book: Book, order: Row) -> bool:
    return any(each.order_id == order.id and each.status in BINDING for each in book.parts["lien"])


_OBJECTS: Mapping[str, Callable[[Book, Row], bool]] = {
    CaseAction.PLACE: lambda _book, row: row.parcel_id is None,
    CaseAction.UNBLOCK: lambda book, _row: any(each.until is None for each in book.blocks),
    CaseAction.TRANSFER_OWNERSHIP: lambda book, _row: any(
        each.kind == "owner" and each.until is None for each in book.respondents
    ),
    CitationAction.ISSUE: lambda book, row: running_citation(book, row) is None,
    ViolationAction.WITHDRAW_REPEAT: lambda _book, row: row.repeat_confirmed_on is not None,
    OrderAction.ENTER: lambda _book, row: row.outcome == Outcome.VIOLATION,
    OrderAction.RECORD: lambda _book, row: row.recorded_on is None,
    OrderAction.ACKNOWLEDGE: lambda _book, row: (
        row.recorded_on is not None and row.acknowledged_on is None
    ),
    OrderAction.VERIFY_COMPLIANCE: lambda _book, row: row.complied_on is None,
    OrderAction.RESUME: _pauses,
    AppealAction.FILE: lambda book, row: not _running_appeal(book, row),
    LienAction.RECORD: lambda book, row: not _binding_lien(book, row),
}
"""Whether there is anything for a step to be done to, where its status does not tell."""

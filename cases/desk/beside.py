"""List what may be done in a case that is no step: it moves no status of any part.

Deeds with money are `Right`s; the others are done by whoever may take the step they belong to.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cases.desk.book import Book, Row
from cases.ledger.accounts import Kind, Method
from cases.permissions import Right
from cases.service.attempts import Method as Way
from cases.workflow.citation import RUNNING as CITATION_RUNS
from cases.workflow.hearing import HearingAction, HearingStatus
from cases.workflow.notice import NoticeAction, NoticeStatus
from cases.workflow.order import RUNNING
from cases.workflow.roles import Role


class DeskAction(StrEnum):
    """What is done beside the steps, money aside."""

    COMPLETE_ATTEMPT = "notice.complete_attempt"
    SEND_ORDER = "order.send"
    CONVENE = "hearing.convene"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One such deed.

    Parameters
    ----------
    on
        The section of the part it is done on.
    by
        The right, or the action of the step, whose doers do it.
    when
        Whether there is anything to do it to, for somebody in a role.
    """

    on: str
    by: str
    when: Callable[[Book, Row, Role], bool]


def payments(book: Book) -> list[Row]:
    """Return the payments that stand, neither sent back nor voided, the latest first."""
    undone = {row.reverses for row in book.postings}
    paid = [row for row in book.postings if row.kind == Kind.PAID and row.id not in undone]
    return paid[::-1]


def returnable(book: Book) -> list[Row]:
    """Return the payments that a bank may still send back: it sends back no cash."""
    return [row for row in payments(book) if row.method != Method.CASH]


def voidable(book: Book) -> list[Row]:
    """Return the payments that are in no deposit yet; a clerk voids those of the day alone."""
    return [row for row in payments(book) if row.deposit_id is None]


def notice_of(book: Book, row: Row) -> Row | None:
    """Return the notice by which a citation or an order is brought, or an attempt was made."""
    return book.part("notice", row.notice_id) if row.notice_id else None


def is_brought(book: Book, row: Row) -> bool:
    """Tell whether the notice of a citation or an order is issued or served."""
    notice = notice_of(book, row)
    return notice is not None and notice.status in {NoticeStatus.ISSUED, NoticeStatus.SERVED}


def _under_law(book: Book, _row: Row, _role: Role) -> bool:
    return book.law is not None


def _may_waive(book: Book, _row: Row, role: Role) -> bool:
    limits = book.law.money.waiver_limits_cents if book.law else {}
    return bool(limits.get(role)) and book.owed_cents > 0


def _may_be_hardship(book: Book, row: Row, _role: Role) -> bool:
    """Tell whether a citation was served, whose penalty is owed by a law that has hardship."""
    has_it = book.law is not None and book.law.hardship is not None
    owed = row.status in CITATION_RUNS and row.answer_by is not None and book.owed_cents > 0
    return has_it and owed


def _is_tried(book: Book, row: Row, _role: Role) -> bool:
    notice = notice_of(book, row)
    known = {name for name, said in row.facts.items() if said}
    awaits = not any(ends <= known for ends in _ENDS.get(row.method, (_SWORN,)))
    return notice is not None and notice.status == NoticeStatus.ISSUED and awaits


_SWORN = frozenset({"affidavit_on"})
_ENDS: Mapping[str, tuple[frozenset[str], ...]] = {
    Way.FIRST_CLASS_MAIL: (frozenset({"returned_on"}),),
    Way.CERTIFIED_MAIL: (frozenset({"signed_on"}), frozenset({"returned_on"})),
    Way.POSTING: (_SWORN | {"posted_at"},),
    Way.PUBLICATION: (_SWORN | {"published_weeks"},),
}
"""What facts of an attempt say all that could come of it, by its way; else its affidavit."""


BESIDE: Mapping[str, Beside] = {
    DeskAction.COMPLETE_ATTEMPT: Beside(
        on="attempt", by=NoticeAction.RECORD_ATTEMPT, when=_is_tried
    ),
    DeskAction.SEND_ORDER: Beside(
        on="order", by=NoticeAction.DRAFT, when=lambda _book, row, _role: row.status in RUNNING
    ),
    DeskAction.CONVENE: Beside(
        on="hearing", by=HearingAction.DOCKET,
        when=lambda book, row, _role: book.law is not None
        and row.status in {HearingStatus.REQUESTED, HearingStatus.CONTINUED},
    ),
    Right.TAKE_PAYMENT: Beside(on="case", by=Right.TAKE_PAYMENT, when=_under_law),
    Right.WAIVE: Beside(on="case", by=Right.WAIVE, when=_may_waive),
    Right.REDUCE_FOR_HARDSHIP: Beside(
        on="citation", by=Right.REDUCE_FOR_HARDSHIP, when=_may_be_hardship
    ),
    Right.APPLY_CREDIT: Beside(
        on="case", by=Right.APPLY_CREDIT,
        when=lambda book, _row, _role: book.credit_cents > 0 and book.owed_cents > 0,
    ),
    Right.RETURN_PAYMENT: Beside(
        on="case", by=Right.RETURN_PAYMENT, when=lambda book, _row, _role: bool(returnable(book))
    ),
    Right.VOID_PAYMENT: Beside(
        on="case", by=Right.VOID_PAYMENT, when=lambda book, _row, _role: bool(voidable(book))
    ),
    Right.REFUND: Beside(
        on="case", by=Right.REFUND, when=lambda book, _row, _role: book.credit_cents > 0
    ),
}  # fmt: skip
"""By its action, in the order it is offered."""

"""Give a notice as a letter: in the words frozen at its issue, or as its draft would say them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from cases.desk.book import Book, Row
from cases.models import CaseEvent
from cases.notice_words import content_of
from cases.ordered import COLUMNS, Ordered, in_words
from cases.workflow.notice import NoticeAction, NoticeStatus
from cases.workflow.registry import STEPS

_ORDERED = TypeAdapter(Ordered)
_ISSUED = STEPS[NoticeStatus.DRAFTED, NoticeAction.ISSUE].event


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a notice says, to whom, and who says it.

    Attributes
    ----------
    kind
        As `cases.notice_words.NoticeKind` has it.
    content
        As `cases.notice_words.content_of` puts it together; of what was issued, frozen.
    says
        What it says beside the violations: a citation's number and penalty, an order's findings.
    orders
        What an order orders, in half a sentence; None of any other notice.
    issued_on, issued_by
        When and by whom; None while it is a draft.
    """

    kind: str
    content: Mapping[str, Any]
    says: Mapping[str, Any]
    orders: str | None
    issued_on: date | None
    issued_by: str | None


def letter_of(connection: sa.Connection, book: Book, notice: Row) -> Letter:
    """Return the letter of a notice in an open book."""
    content = dict(notice.content)
    if notice.issued_on is None and book.law is not None:
        named = set(book.violations_of_notice.get(notice.id, ()))
        content |= content_of(
            connection, book.law, case_id=book.case.id, kind=notice.kind,
            respondent_id=notice.respondent_id,
            named=[row for row in book.parts["violation"] if row.id in named],
        )  # fmt: skip
    says = content.get("says") or {}
    return Letter(
        kind=notice.kind, content=content, says=says,
        orders=in_words(_ordered(says)) if "executed_on" in says else None,
        issued_on=notice.issued_on, issued_by=connection.scalar(_issuer(notice)),
    )  # fmt: skip


def _ordered(says: Mapping[str, Any]) -> Ordered:
    return _ORDERED.validate_python({name: says.get(name) for name in COLUMNS})


def _issuer(notice: Row) -> sa.Select[str]:
    return sa.select(CaseEvent.actor).where(
        CaseEvent.case_id == notice.case_id, CaseEvent.kind == _ISSUED,
        CaseEvent.details["notice"].as_integer() == notice.id,
    )  # fmt: skip

"""Find what a paper in today's mail is about: by the number on it, or of its certified mail."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from cases.desk.book import Book, Row
from cases.models import Case, Citation, EnforcementOrder, Notice, ServiceAttempt
from cases.service.attempts import Method

MOST = 20
_MAILED = (Method.FIRST_CLASS_MAIL, Method.CERTIFIED_MAIL)


def numbered(words: str) -> sa.Select[Any]:
    """Select what bears a number: ``kind``, ``number`` as it stands on it, ``case_number``.

    Parameters
    ----------
    words
        The number of a case, a citation, an order or certified mail; blanks and dashes in the
        last make no difference, nor do capitals.
    """
    said = " ".join(words.upper().split())
    digits = _digits(words)
    on_mail = ServiceAttempt.facts["carrier_no"].astext
    # In the words of the index, which serves it.
    as_digits = sa.func.upper(
        sa.func.translate(on_mail, sa.literal_column("' -'"), sa.literal_column("''"))
    )
    found: list[sa.Select[Any]] = [
        _row("case", Case.number).where(Case.number == said),
        _row("citation", Citation.number)
        .join(Citation, Citation.case_id == Case.id)
        .where(Citation.number == said),
        _row("order", EnforcementOrder.number)
        .join(EnforcementOrder, EnforcementOrder.case_id == Case.id)
        .where(EnforcementOrder.number == said),
        _row("mail", on_mail)
        .join(Notice, Notice.case_id == Case.id)
        .join(ServiceAttempt, ServiceAttempt.notice_id == Notice.id)
        .where(on_mail.is_not(None), as_digits == digits),
    ]
    both = sa.union_all(*found).subquery("found")
    return sa.select(both).order_by(both.c.case_number, both.c.kind).limit(MOST)


def mailed(book: Book) -> Iterator[tuple[Row, Row]]:
    """Yield each notice of a case with each attempt to bring it by mail, the latest first."""
    for attempt in reversed(book.attempts):
        if attempt.method in _MAILED:
            notice = book.part("notice", attempt.notice_id)
            assert notice is not None  # noqa: S101 - an attempt hangs on a notice of its case
            yield notice, attempt


def is_settled(attempt: Row) -> bool:
    """Tell whether the end of a mailing is on record: it was signed for, or came back."""
    return bool(attempt.facts.get("signed_on") or attempt.facts.get("returned_on"))


def settled(book: Book, words: str) -> Iterator[Row]:
    """Yield each mailing of a case under a number whose end is on record."""
    for _notice, attempt in mailed(book):
        number = attempt.facts.get("carrier_no")
        if number and is_settled(attempt) and _digits(number) == _digits(words):
            yield attempt


def _digits(words: str) -> str:
    """Write a number of certified mail without what makes no difference."""
    return "".join(words.upper().split()).replace("-", "")


def _row(kind: str, number: Any) -> sa.Select[Any]:
    return sa.select(
        sa.literal(kind).label("kind"), number.label("number"), Case.number.label("case_number")
    ).select_from(Case)

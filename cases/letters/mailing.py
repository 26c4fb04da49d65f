"""List the letters of a day, bind them for the printer, and have a worker set what is not yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, chain, islice
from typing import Any

import sqlalchemy as sa

from cases.documents.store import Store
from cases.jobs import defer
from cases.letters.binding import Letter, bind_letters
from cases.letters.issuing import letters_of_day
from cases.models import Case, CaseLetter, Notice, NoticeLetter, ServiceAttempt
from cases.service.attempts import MAILED
from cases.workflow.notice import NoticeStatus

SET = "letters.set_day"
QUEUE = "letters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A letter of a day.

    Parameters
    ----------
    number
        Of its case.
    served_on
        When a notice was served, by mail or otherwise: then there is nothing to mail any more.
    notice_id, letter_id
        Which notice it is, or which other letter; None of the other.
    respondent_id
        To whom; None for whom the case does not name.
    sha256
        Of its PDF; None while none is kept.
    sent_on, returned_on
        As the attempts to serve a notice have it, or what was told of another letter.
    """

    number: str
    kind: str
    recipient: str
    address: str
    sha256: str | None
    sent_on: date | None
    returned_on: date | None
    served_on: date | None = None
    notice_id: int | None = None
    letter_id: int | None = None
    respondent_id: int | None = None

    @property
    def is_out(self) -> bool:
        """Whether nothing is to be done to it: it was mailed, or served in another way."""
        return self.sent_on is not None or self.served_on is not None


@dataclass(frozen=True, slots=True)
class Bound:
    """A letter among others: on which page it begins, and how many it has."""

    letter: Posted
    first_page: int
    pages: int


def letters_on(connection: sa.Connection, on: date, *, language: str) -> list[Posted]:
    """Return the letters of a day in a language: every notice issued here, and what else was.

    A notice that is kept in another language alone is a letter of that language.
    """
    notices = [
        Posted(
            number=row.number, kind=row.kind, recipient=row.content.get("recipient") or "",
            address=row.content.get("address") or "", sha256=row.sha256, sent_on=row.sent_on,
            returned_on=row.returned_on and date.fromisoformat(row.returned_on),
            served_on=row.served_on, notice_id=row.id, respondent_id=row.respondent_id,
        )
        for row in connection.execute(_notices(on, language))
    ]  # fmt: skip
    numbered = letters_of_day(on).join(Case, Case.id == CaseLetter.case_id)
    others = [
        Posted(
            number=row.number, kind=row.kind, recipient=row.recipient, address=row.address,
            sha256=row.sha256, sent_on=row.sent_on, returned_on=row.returned_on,
            letter_id=row.id, respondent_id=row.respondent_id,
        )
        for row in connection.execute(numbered.add_columns(Case.number))
        if row.language == language
    ]  # fmt: skip
    return [*notices, *others]


def set_later(connection: sa.Connection, on: date, *, language: str, staff_id: int) -> None:
    """Have a worker set the notices of a day of which no PDF is kept.

    Parameters
    ----------
    staff_id
        Who asks for it.
    """
    defer(
        connection, SET, queue=QUEUE, on=on.isoformat(), language=language, staff_id=staff_id
    )  # fmt: skip


def bind(
    store: Store,
    letters: Sequence[Posted],
    *,
    title: str,
    language: str,
    behind: Callable[[Posted], Letter | None] = lambda _letter: None,
) -> tuple[bytes, list[Bound]]:
    """Bind letters into one tagged PDF for the printer, each with its bookmark.

    What is not set, or was mailed or served before, is left out.

    Parameters
    ----------
    behind
        What goes behind a letter into the same envelope.

    Raises
    ------
    StoreError
        A letter is not in the store, or no longer what it was.
    """
    there = [(each, each.sha256) for each in letters if each.sha256 and not each.is_out]
    sheets = list[list[Letter]]()
    for each, sha256 in there:
        letter = Letter(f"{each.number} {each.recipient}", store.get(sha256))
        sheets.append([letter, *filter(None, [behind(each)])])
    pdf, pages = bind_letters(list(chain(*sheets)), title=title, language=language)
    left = iter(pages)
    counts = [sum(islice(left, len(each))) for each in sheets]
    firsts = accumulate(counts, initial=1)
    return pdf, [
        Bound(each, first, pages)
        for (each, _sha256), first, pages in zip(there, firsts, counts, strict=False)
    ]


def with_page_behind(bound: Sequence[Bound]) -> list[Bound]:
    """Count the page that goes behind each letter to whom a case names, without setting it."""
    counts = [each.pages + (each.letter.respondent_id is not None) for each in bound]
    firsts = accumulate(counts, initial=1)
    return [
        Bound(each.letter, first, pages)
        for each, first, pages in zip(bound, firsts, counts, strict=False)
    ]


def _notices(on: date, language: str) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (
        Notice.id, Case.number, Notice.kind, Notice.content, Notice.respondent_id, Notice.served_on,
        NoticeLetter.sha256,
        _of_mail(sa.func.max(ServiceAttempt.made_on)).label("sent_on"),
        _of_mail(sa.func.max(ServiceAttempt.facts["returned_on"].astext)).label("returned_on"),
    )  # fmt: skip
    kept = sa.and_(NoticeLetter.notice_id == Notice.id, NoticeLetter.language == language)
    query = sa.select(*columns).join(Case, Case.id == Notice.case_id).outerjoin(NoticeLetter, kept)
    ours = ~Notice.content.has_key("moved_in")  # another system sent what came from there
    stands = Notice.status.in_((NoticeStatus.ISSUED, NoticeStatus.SERVED))
    elsewhere = sa.exists().where(NoticeLetter.notice_id == Notice.id).correlate(Notice)
    spoken = sa.or_(NoticeLetter.sha256.is_not(None), ~elsewhere)
    return query.where(Notice.issued_on == on, stands, ours, spoken).order_by(Notice.id)


def _of_mail(what: Any) -> sa.ScalarSelect[Any]:
    mine = (ServiceAttempt.notice_id == Notice.id, ServiceAttempt.method.in_(sorted(MAILED)))
    return sa.select(what).where(*mine).correlate(Notice).scalar_subquery()

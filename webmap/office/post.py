"""Take today's mail in: find what a paper is about, and go straight to the form that enters it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from cases.desk.book import Book, Row, open_book
from cases.desk.offers import offer
from cases.desk.post import is_settled, mailed, numbered, settled
from cases.letters.issuing import letters_of
from cases.letters.kinds import LetterKind
from cases.notices import attempt_of
from cases.wording import tidy
from cases.workflow.citation import CitationAction
from cases.workflow.extension import ExtensionAction
from cases.workflow.hearing import HearingAction
from cases.workflow.notice import NoticeAction
from cases.workflow.order import OrderAction
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.office.case_letters import CALLED
from webmap.office.deeds.deed import DEEDS
from webmap.office.frame import blueprint, may_go
from webmap.words import plain

LONGEST = 60
PAPERS = ("received_on", "postmarked_on")
OUTCOME = "notice.complete_attempt"
"""What became of mail that was sent; where no such deed is known, an attempt is recorded anew."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper that may be entered: what it is, what it is about, and the form for it."""

    words: str
    about: str
    href: str


@blueprint.get("/post")
@needs(ExtensionAction.REQUEST)
def post() -> str:
    """Ask for the number on a paper, and show what may be entered of its case."""
    words = (tidy(request.args.get("q")) or "")[:LONGEST]
    dates = {name: (tidy(request.args.get(name)) or "")[:10] for name in PAPERS}
    with reading() as desk:
        dates["received_on"] = dates["received_on"] or desk.today.isoformat()
        found = desk.rows(numbered(words)) if words else []
        cases = list(dict.fromkeys(each.case_number for each in found))
        book = open_book(desk.connection, cases[0]) if len(cases) == 1 else None
        return desk.page(
            "office/post.html", words=words, found=found, book=book, dates=dates,
            entries=list(_entries(desk, book, dates)) if book else [],
            settled=[_when(each) for each in settled(book, words)] if book else [],
        )  # fmt: skip


def _when(attempt: Row) -> tuple[date | None, date | None]:
    """Return the day a letter was signed for, and the day it came back."""
    known = attempt_of(attempt.facts)
    return known.signed_on, known.returned_on


def _entries(desk: Desk, book: Book, dates: dict[str, str]) -> Iterator[Entry]:
    """Yield the papers that may come in a case and have a form now."""
    paper = {name: day for name, day in dates.items() if day}
    for action, row, words, about in _asked_on_paper(desk, book):
        yield from _entry(desk, book, action, row, words, about, paper)
    yield from _letters_back(desk, book, dates["received_on"])
    yield from _notices_back(desk, book, dates["received_on"])


def _asked_on_paper(desk: Desk, book: Book) -> Iterator[tuple[str, Row, str, str]]:
    """Yield what a respondent may ask for on paper: the action, its part, its words and number."""
    for row in book.parts["violation"]:
        yield ExtensionAction.REQUEST, row, _("Request for more time"), row.citation
    for row in book.parts["citation"]:
        words = _("Request for a hearing on the citation")
        yield CitationAction.REQUEST_HEARING, row, words, row.number
        words = _("Request for a hearing that came too late")
        if row.answer_by is not None and row.answer_by < desk.today:
            yield CitationAction.RECORD_LATE, row, words, row.number
    for row in book.parts["order"]:
        words = _("Contest of the affidavit of non-compliance")
        yield OrderAction.CONTEST, row, words, row.number
    words = _("Request for a hearing on another matter")
    yield HearingAction.REQUEST, book.case, words, book.case.number


def _letters_back(desk: Desk, book: Book, received_on: str) -> Iterator[Entry]:
    """Yield the letters that are on their way and may come back."""
    for letter in desk.rows(letters_of(book.case.id)):
        if letter.sent_on and not letter.returned_on and may_go("office.letter_returned"):
            way = url_for(
                "office.letter_returned", number=book.case.number, letter_id=letter.id,
                returned_on=received_on,
            )  # fmt: skip
            about = f"{CALLED[LetterKind(letter.kind)]}, {letter.recipient}"
            yield Entry(_("Returned letter"), about, way)


def _notices_back(desk: Desk, book: Book, received_on: str) -> Iterator[Entry]:
    """Yield the mailed notices whose outcome is not known, and that may come back."""
    for notice, attempt in mailed(book):
        if is_settled(attempt):
            continue
        number = attempt.facts.get("carrier_no") or plain(attempt.method)
        about = f"{plain(notice.kind)}, {number}"
        words, back = _("Returned mail, or its receipt"), {"returned_on": received_on}
        done = list(_entry(desk, book, OUTCOME, attempt, words, about, back))
        again = {
            **back, "method": attempt.method, "made_on": attempt.made_on.isoformat(),
            "carrier_no": attempt.facts.get("carrier_no") or "",
        }  # fmt: skip
        yield from done or _entry(
            desk, book, NoticeAction.RECORD_ATTEMPT, notice, words, about, again
        )


def _entry(
    desk: Desk, book: Book, action: str, row: Row, words: str, about: str, asked: dict[str, Any]
) -> Iterator[Entry]:
    found = offer(book, action, row_id=row.id, role=desk.member.role)
    if found is not None and action in DEEDS:
        href = url_for(
            "office.do", number=book.case.number, action=action, row_id=row.id, **asked
        )  # fmt: skip
        yield Entry(words, about, href)

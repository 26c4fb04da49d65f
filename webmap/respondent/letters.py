"""Give a respondent the letters that were issued to them, as they were issued, and a payoff."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Response, abort, current_app, request, url_for

from cases.accounts.throttle import Limit
from cases.desk.book import Book, Row
from cases.letters.issuing import letters_of
from cases.letters.kinds import LetterKind
from cases.workflow.notice import NoticeStatus
from webmap.arguments import whole
from webmap.auth import limits
from webmap.auth.gate import NOT_KEPT, anybody
from webmap.languages import LANGUAGES, language
from webmap.office.case_letters import Recipient, called, set_letter
from webmap.office.kept import is_ours, kept_notice, notice_name
from webmap.respondent.frame import Room, blueprint, reading, writing

HOLDS = timedelta(days=14)
"""How long a payoff statement holds."""
PAYOFFS = Limit(tries=20, per=timedelta(hours=1))
"""How often one code has a payoff statement set."""
_TOLD = (NoticeStatus.ISSUED, NoticeStatus.SERVED, NoticeStatus.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A letter to a respondent.

    Attributes
    ----------
    ways
        Where its PDF is, by its language.
    """

    kind: str
    issued_on: date
    withdrawn: bool
    ways: dict[str, str]

    @property
    def words(self) -> str:
        """What it is called."""
        return called(self.kind)


def letters_to(room: Room, book: Book) -> list[Sent]:
    """Return the letters to this respondent, the latest first."""
    found = [*_notices(room, book), *_others(room)]
    return sorted(found, key=lambda each: each.issued_on, reverse=True)


@blueprint.get("/my-case/notice.pdf")
@anybody
def notice_pdf() -> Response:
    """Give a notice: the same bytes that were mailed, without the page that bears the code."""
    asked = whole(request.args, "of")
    said = request.args.get("language", language())
    with writing() as room:
        book = _own_book(room)
        mine = (row for row in _issued_to(room, book) if row.id == asked)
        row = next(mine, None)
        if row is None or said not in LANGUAGES:
            abort(404)
        sha256 = kept_notice(room, book, row, language=said)
        name = notice_name(book, row, said)
    return _given(current_app.extensions["lotline_documents"].get(sha256), name=name)


@blueprint.get("/my-case/letter.pdf")
@anybody
def letter_pdf() -> Response:
    """Give another letter as it was issued."""
    asked = whole(request.args, "of")
    with reading() as room:
        _own_book(room)
        mine = (row for row in _letters(room) if row.id == asked)
        row = next(mine, None) or abort(404)
    name = f"{room.holder.number} {row.kind} {row.language}.pdf"
    return _given(current_app.extensions["lotline_documents"].get(row.sha256), name=name)


@blueprint.get("/my-case/payoff.pdf")
@anybody
def payoff_pdf() -> Response:
    """Give what pays the case off, good for two weeks; nothing of it is kept."""
    with reading() as room:
        room.holder.require_acting()
        code_id = room.holder.code_id
    limits.take(f"code:payoff:{code_id}", PAYOFFS)
    with reading() as room:
        book = _own_book(room)
        to = next(each for each in book.respondents if each.id == room.holder.respondent_id)
        town = room.town.name if room.town else "Lotline"
        paper = set_letter(
            room, book, LetterKind.PAYOFF, book.case, language=language(),
            through=room.today + HOLDS, to=Recipient(to.id, to.name, to.address), issued_by=town,
        )  # fmt: skip
    return _given(paper.pdf, name=f"{room.holder.number} {LetterKind.PAYOFF} {room.today}.pdf")


def _own_book(room: Room) -> Book:
    """Return the case for what only its respondent may see."""
    room.holder.require_acting()
    return room.book()


def _issued_to(room: Room, book: Book) -> list[Row]:
    return [
        row
        for row in book.parts["notice"]
        if row.respondent_id == room.holder.respondent_id and row.status in _TOLD and is_ours(row)
    ]


def _notices(room: Room, book: Book) -> Iterator[Sent]:
    for row in _issued_to(room, book):
        ways = {
            code: url_for("respondent.notice_pdf", of=row.id, language=code) for code in LANGUAGES
        }
        withdrawn = row.status == NoticeStatus.WITHDRAWN
        yield Sent(kind=row.kind, issued_on=row.issued_on, withdrawn=withdrawn, ways=ways)


def _others(room: Room) -> Iterator[Sent]:
    for row in _letters(room):
        ways = {row.language: url_for("respondent.letter_pdf", of=row.id)}
        yield Sent(kind=row.kind, issued_on=row.issued_on, withdrawn=False, ways=ways)


def _letters(room: Room) -> list[Any]:
    found = room.rows(letters_of(room.holder.case_id))
    return [each for each in found if each.respondent_id == room.holder.respondent_id]


def _given(pdf: bytes, *, name: str) -> Response:
    answer = Response(pdf, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=name)
    answer.headers["Cache-Control"] = NOT_KEPT
    return answer

"""Show what the affidavit of a posting will say before the posting is put on record."""

import hashlib
import json
from collections.abc import Iterator, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from cases.desk.book import Book, Row
from cases.notices import attempt_of
from cases.service.attempts import Attempt, ServiceRules
from cases.service.routes import Judged, judge, posting_lacks
from webmap.auth.desk import Desk
from webmap.interpreting import say
from webmap.office.deeds.weighing import Fact, Weighing
from webmap.words import day, moment, plain


def affidavit(
    desk: Desk,
    book: Book,
    notice: Row,
    attempt: Attempt,
    *,
    photos: Mapping[str, str],
    kept: int | None = None,
) -> Weighing:
    """Return what is sworn to of a posting, and whether it serves the notice by that.

    Parameters
    ----------
    photos
        What each photograph of it is called, by the SHA-256 of its file.
    kept
        The identity under which it is on record already; None of one that is not.
    """
    facts = list(_sworn(notice, attempt, photos))
    beside = [
        *_too_early(desk, book, notice, attempt),
        *(_worth(judged) for judged in _judged(desk, book, notice, attempt, kept)),
    ]
    read = [[fact.words, fact.said] for fact in (*facts, *beside)]
    mark = hashlib.sha256(json.dumps([notice.id, read], default=str).encode()).hexdigest()
    return Weighing(_("What the affidavit will say"), facts, mark, beside)


def _sworn(notice: Row, attempt: Attempt, photos: Mapping[str, str]) -> Iterator[Fact]:
    yield Fact(_("Notice"), plain(notice.kind))
    if notice.issued_on:
        yield Fact(_("Issued on"), day(notice.issued_on))
    to = (notice.content.get("recipient"), notice.content.get("address"))
    yield Fact(_("To"), ", ".join(filter(None, to)))
    posted = moment(attempt.handed_at) if attempt.handed_at else day(attempt.made_on)
    yield Fact(_("Posted on"), posted)
    places = [plain(each).lower() for each in sorted(attempt.posted_at)]
    where = [*places, attempt.posted_where]
    yield Fact(_("Posted at"), ", ".join(filter(None, where)) or _("no place yet"))
    yield Fact(_("By"), attempt.server)
    shown = "; ".join(photos[each] for each in attempt.photos if each in photos)
    yield Fact(_("Photos"), shown or _("no photo"))
    signed = day(attempt.affidavit_on) if attempt.affidavit_on else _("not signed yet")
    yield Fact(_("Affidavit signed on"), signed)


def _too_early(desk: Desk, book: Book, notice: Row, attempt: Attempt) -> Iterator[Fact]:
    """Remark on photographs that show no notice: it was not issued on the day of theirs."""
    early = {
        each.sha256
        for each in book.parts["document"]
        if each.sha256 in attempt.photos and each.taken_at and notice.issued_on
        and each.taken_at.astimezone(desk.zone).date() < notice.issued_on
    }  # fmt: skip
    if early:
        said = ngettext(
            "The photograph was taken before the notice was issued.",
            "%(num)s photographs were taken before the notice was issued.", len(early),
        )  # fmt: skip
        if len(early) < len(attempt.photos):
            said = ngettext(
                "%(num)s of the photographs was taken before the notice was issued.",
                "%(num)s of the photographs were taken before the notice was issued.", len(early),
            )  # fmt: skip
        yield Fact(_("To be checked"), said)


def _judged(
    desk: Desk, book: Book, notice: Row, attempt: Attempt, kept: int | None
) -> Iterator[Judged]:
    """Judge the posting beside what was tried before; under no law nobody can."""
    rules = dict(book.law.service).get(notice.kind) if book.law else None
    before = _tried(book, notice, kept)
    if rules is not None:
        yield from judge([*before, attempt], rules=rules, on=desk.today)[len(before) :]


def beside_posting(desk: Desk, book: Book, notice: Row, rules: ServiceRules) -> str:
    """Say what is to be done beside a posting of today for it to serve; "" for nothing."""
    lacks = posting_lacks(_tried(book, notice, None), rules=rules, on=desk.today)
    return str(_("Posting: %(lacks)s", lacks=" ".join(map(say, lacks)))) if lacks else ""


def _tried(book: Book, notice: Row, kept: int | None) -> list[Attempt]:
    """Return what was tried to bring a notice, but for one attempt that is on record."""
    return [
        attempt_of(row.facts)
        for row in book.attempts
        if row.notice_id == notice.id and row.id != kept
    ]


def _worth(judged: Judged) -> Fact:
    if judged.served_on is None:
        return Fact(_("It does not serve yet"), " ".join(map(say, judged.lacks)))
    return Fact(_("It serves on"), day(judged.served_on))

"""Say how the service of each notice in an open book stands, and what would complete it."""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.desk.book import Row
from cases.desk.brought import Brought
from cases.heard import tells_of
from cases.hearings import About
from cases.lawpack.schema import LawPack
from cases.notice_words import NoticeKind
from cases.notices import attempt_of
from cases.service.attempts import Method
from cases.service.proof import Service, ServiceProof, service
from cases.service.ways import lawful_ways
from cases.workflow.notice import NoticeStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """How a notice of hearing is posted in time, where neither hand nor signature serves it.

    Parameters
    ----------
    days
        How long it must hang.
    source
        The provision that allows it.
    from_day
        The first day of a sitting that a notice posted as soon as may be can still tell of.
    """

    days: int
    source: str
    from_day: date


def posted_in_time(law: LawPack | None, *, on: date) -> Posted | None:
    """Return of which sittings posting can still tell; None where the law posts no such notice."""
    if law is None:
        return None
    rules = law.service.notice_of_hearing
    for way in lawful_ways((), rules=rules, on=on, needed_by=None):
        if way.method is Method.POSTING and way.complete_on is not None:
            after = way.complete_on + timedelta(days=1)
            return Posted(days=rules.posting_days, source=way.source, from_day=after)
    return None


def service_in(book: Brought, notice: Row, *, on: date) -> Service | None:
    """Return how the service of a notice stands on a day; None where no law says what serves it."""
    if book.law is None:
        return None
    attempts = [attempt_of(each.facts) for each in book.attempts if each.notice_id == notice.id]
    return service(
        attempts, rules=dict(book.law.service)[notice.kind], on=on,
        needed_by=_needed_by(book, notice, on=on), notice_id=notice.id,
    )  # fmt: skip


def is_proved(book: Brought, notice_id: int | None, *, on: date) -> bool:
    """Tell whether the attempts on record prove that a notice was served by a day."""
    notice = book.part("notice", notice_id) if notice_id else None
    stands = service_in(book, notice, on=on) if notice is not None else None
    return bool(stands and stands.proof and stands.proof.served_on <= on)


def proof_for(book: Brought, hearing: Row, *, on: date) -> ServiceProof | None:
    """Return the proof that what a hearing is about was served on somebody who answers now.

    That is the notice of its citation or of the order it is about, else a warning or whatever
    was served first.
    """
    now = {each.id for each in book.respondents if each.until is None}
    wanted = [row.notice_id for row in book.parts["citation"] if row.id == hearing.citation_id]
    if hearing.about in {About.NONCOMPLIANCE, About.MITIGATION}:
        wanted = [row.notice_id for row in book.parts["order"]]
    served = [
        row
        for row in book.parts["notice"]
        if row.status == NoticeStatus.SERVED and row.respondent_id in now
    ]
    for row in sorted(served, key=lambda each: (each.id not in wanted, each.id)):
        stands = service_in(book, row, on=on)
        if stands is not None and stands.proof is not None:
            return stands.proof
    return None


def _needed_by(book: Brought, notice: Row, *, on: date) -> date | None:
    """Return the day before the first to come that a notice of hearing tells of, else nothing."""
    if notice.kind != NoticeKind.NOTICE_OF_HEARING:
        return None
    days = [
        each.held_on
        for each in book.parts["hearing"]
        if each.held_on and each.held_on >= on and tells_of(notice.content, each)
    ]
    return min(days) - timedelta(days=1) if days else None

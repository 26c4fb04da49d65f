"""Hold a hearing on one page: who was told, who came, what was shown, found and ordered."""

from dataclasses import dataclass
from typing import Any

from flask import abort
from flask_babel import gettext as _

from cases import sittings
from cases.desk import docket as dockets
from cases.desk.book import Book, Row
from cases.desk.foretelling import Foretold
from cases.desk.matters import is_to_be_ordered, is_untold, notices_of_hearing
from cases.desk.offers import Offer, offers
from cases.desk.serving import proof_for, service_in
from cases.letters.keeping import packets_of
from cases.notice_words import NoticeKind
from cases.permissions import Right
from cases.service.proof import ServiceProof
from cases.stages import Stage
from cases.summoned import is_summoned
from cases.workflow.citation import CitationStatus
from cases.workflow.hearing import HearingAction, HearingStatus
from cases.workflow.notice import NoticeAction, NoticeStatus
from cases.workflow.order import OrderAction
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.office.book import book_of
from webmap.office.casework import Button, button, head
from webmap.office.deeds.choices import document_words
from webmap.office.deeds.deed import DEEDS, DeedForm
from webmap.office.deeds.hearings import ABOUTS, CAME, OFFERED, OUTCOMES
from webmap.office.frame import blueprint

THERE = (HearingAction.OPEN, HearingAction.DECIDE, OrderAction.ENTER)
"""The deeds whose forms stand on the page itself; one is open at a time."""
_ON_ITS_WAY = (NoticeAction.ISSUE, NoticeAction.RECORD_ATTEMPT, NoticeAction.CONFIRM_SERVICE)
_SENT = (NoticeStatus.ISSUED, NoticeStatus.SERVED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A deed's form as it stands on a page.

    Parameters
    ----------
    foretold, then
        What it would do, and at which stage the case then is; None where nobody asked.
    seen
        What the form sends back of the figures foretold.
    """

    button: Button
    form: DeedForm
    foretold: Foretold | None = None
    then: Stage | None = None
    seen: str | None = None


@blueprint.get("/hearing/<int:hearing_id>")
@needs(Right.READ_DOCKET)
def hearing(hearing_id: int) -> str:
    """Show a hearing, and what is to be done next in it."""
    with reading() as desk:
        known = desk.first(dockets.case_of(hearing_id)) or abort(404)
        return hearing_page(desk, book_of(desk, known.number), hearing_id)


def hearing_page(desk: Desk, book: Book, hearing_id: int, *, asked: Asked | None = None) -> str:
    """Show a hearing.

    Parameters
    ----------
    asked
        A form that was sent and is not done; None for the one that comes next, as it is usual.
    """
    row = book.part("hearing", hearing_id) or abort(404)
    offered = list(offers(book, role=desk.member.role))
    mine = [each for each in offered if _is_about(each, row)]
    asked = asked or _next(desk, book, mine)
    rows = desk.rows(dockets.docket_of(row.session_id, on=desk.today)) if row.session_id else []
    told = is_summoned(desk.connection, row, before=row.held_on or desk.today)
    proof = proof_for(book, row, on=desk.today)
    brought = _notices(book, row, proof)
    return desk.page(
        "office/hearing.html", row=row, asked=asked, abouts=ABOUTS, came=CAME, offered=OFFERED,
        outcomes=OUTCOMES[row.about], is_told=told, proof=proof,
        is_told_of_another=_is_told_of_another(book, row),
        telling=[button(desk, book, each) for each in offered if _tells(book, each, row)],
        notices=[(each, service_in(book, each, on=desk.today)) for each in brought],
        others=[
            button(desk, book, each)
            for each in mine
            if each.action not in THERE and each.action != HearingAction.MOVE
        ],
        waits_for_its_day=_waits_for_its_day(mine, row, desk),
        waits_for_the_bench=_waits_for_the_bench(mine, row),
        sitting=desk.first(sittings.sitting(row.session_id)) if row.session_id else None,
        next=dockets.next_after(rows, row.id),
        place=next((at for at, each in enumerate(rows, start=1) if each.id == row.id), None),
        packets=desk.rows(packets_of([row.id])), zone=desk.zone,
        of_all=len(rows), cited=_cited(book, row), document_words=document_words,
        **_head(desk, book),
    )  # fmt: skip


def _next(desk: Desk, book: Book, mine: list[Offer]) -> Asked | None:
    """Return the form that is to be filled in now; None where none is."""
    for each in mine:
        if each.action not in THERE or not _is_due(book, each, desk):
            continue
        form = DEEDS[each.action].form(formdata=None)
        form.prepare(desk, book, each)
        return Asked(button(desk, book, each), form)
    return None


def _is_due(book: Book, offer: Offer, desk: Desk) -> bool:
    if offer.action == HearingAction.OPEN:
        told = is_summoned(desk.connection, offer.row, before=desk.today)
        return bool(offer.row.held_on == desk.today and told)
    if offer.action != OrderAction.ENTER:
        return True
    cited = _cited(book, offer.row)
    answered = cited is None or cited.status != CitationStatus.CONTESTED
    return answered and is_to_be_ordered(book, offer.row, desk.today)


def _waits_for_its_day(mine: list[Offer], row: Row, desk: Desk) -> bool:
    may_open = any(each.action == HearingAction.OPEN for each in mine)
    return may_open and row.held_on != desk.today


def _waits_for_the_bench(mine: list[Offer], row: Row) -> bool:
    """Tell whether a hearing is opened and decided here by somebody else than the reader."""
    may_hold = any(each.action in {HearingAction.OPEN, HearingAction.DECIDE} for each in mine)
    return row.status in {HearingStatus.DOCKETED, HearingStatus.OPENED} and not may_hold


def _is_about(offer: Offer, row: Row) -> bool:
    """Tell whether a deed is done on a hearing, or on the citation it is about once decided."""
    is_cited = offer.on == "citation" and offer.row.id == row.citation_id
    decides = row.outcome and offer.action in {"citation.uphold", "citation.dismiss"}
    return (offer.on == "hearing" and offer.row.id == row.id) or bool(is_cited and decides)


def _tells(book: Book, offer: Offer, row: Row) -> bool:
    """Tell whether a deed brings a notice of a hearing's day on its way."""
    if offer.action == NoticeAction.DRAFT:
        return is_untold(book, row)
    is_summons = offer.on == "notice" and offer.row in notices_of_hearing(book, row)
    return is_summons and offer.action in _ON_ITS_WAY


def _notices(book: Book, row: Row, proof: ServiceProof | None) -> list[Row]:
    """Return the notices of a hearing's day that were sent, and that whose service is the proof."""
    telling = {each.id for each in notices_of_hearing(book, row)}
    shown = telling | ({proof.notice_id} if proof else set())
    return [each for each in book.parts["notice"] if each.status in _SENT and each.id in shown]


def _is_told_of_another(book: Book, row: Row) -> bool:
    """Tell whether a notice of hearing was sent that does not tell of a hearing's day."""
    telling = {each.id for each in notices_of_hearing(book, row)}
    return any(
        each.kind == NoticeKind.NOTICE_OF_HEARING
        and each.status in _SENT
        and each.id not in telling
        for each in book.parts["notice"]
    )


def _cited(book: Book, row: Row) -> Row | None:
    return book.part("citation", row.citation_id) if row.citation_id else None


def _head(desk: Desk, book: Book) -> dict[str, Any]:
    """Return the head of the case, under names that leave those of the docket alone."""
    shown = head(desk, book)
    at = shown["title"]
    title = _("Hearing: %(place)s", place=at)
    return {"book": book, "place_here": shown["place"], "at": at, "title": title}

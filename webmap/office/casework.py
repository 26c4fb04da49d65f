"""Show a case whole: what is wrong, where it stands, what is to be done next, all that was."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from cases.contacts import Party
from cases.desk.book import Book, Row
from cases.desk.citable import citing_of
from cases.desk.consequences import Consequence, consequence
from cases.desk.disputed import disputed
from cases.desk.leading import leading
from cases.desk.matters import is_to_be_brought, orders_that_count
from cases.desk.offers import Offer, offers
from cases.desk.owned import elsewhere
from cases.desk.parcels import cases_of
from cases.desk.reckoning import reckon
from cases.desk.seen import seen
from cases.desk.serving import service_in
from cases.desk.subjects import subject
from cases.desk.waiting import waits
from cases.handings import handed_before
from cases.letters.keeping import packets_of
from cases.messages import contacts_and_mail
from cases.moving_in.queries import whence
from cases.notices import attempt_of
from cases.pending import unfinished
from cases.permissions import Right, may
from cases.permits import permits_of
from cases.phases import Phase
from cases.service.attempts import MAILED
from cases.stages import stage
from cases.story import Line, events_of, told
from cases.workflow.casefile import CaseAction, CaseStatus, status_of
from cases.workflow.roles import Role
from geo import places
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.office.book import book_of
from webmap.office.bound import bound_with, homestead_by_roll
from webmap.office.codes import codes_in_force
from webmap.office.contacts import contact_form
from webmap.office.contents import contents
from webmap.office.deeds.deed import DEEDS, Deed
from webmap.office.frame import blueprint
from webmap.office.letter_ways import letters_shown
from webmap.office.messages import address_form, message_form
from webmap.words import dollars, status_words

AT_WORK = (Role.OFFICER, Role.CLERK, Role.HEARING_OFFICER, Role.MANAGER)
"""Who moves a case on, in the order in which they are named."""
MOST_ELSEWHERE = 6
"""How many cases of the same owner a case's page names; a page of their own has them all."""


@dataclass(frozen=True, slots=True)
class Button:
    """A deed that may be done now, and what its button says.

    Parameters
    ----------
    subject
        What it is done to; nothing where that is the case itself.
    """

    offer: Offer
    deed: Deed
    consequence: Consequence
    subject: str


@blueprint.get("/case/<path:number>")
@needs(Right.READ_CASE)
def case(number: str) -> str:
    """Show a case."""
    with reading() as desk:
        book = book_of(desk, number)
        return desk.page("office/case.html", **_shown(desk, book))


def button(desk: Desk, book: Book, each: Offer) -> Button:
    """Return the button of a deed."""
    follows = consequence(book, each, on=desk.today)
    return Button(each, DEEDS[each.action], follows, subject(book, each.on, each.row))


def head(desk: Desk, book: Book) -> dict[str, Any]:
    """Return what every page of a case shows in its head."""
    case = book.case
    place = desk.first(places.parcel_by_id(case.parcel_id, staff=True)) if case.parcel_id else None
    return {
        "book": book,
        "place": place,
        "stage": stage(Phase(case.phase), case.next_due, on=desk.today),
        "title": title_of(case),
    }


def title_of(case: Row) -> str:
    """Return what a case is called: the address it is about, else what is known of the place."""
    return str(case.situs_address or case.parcel_no or case.stated_address or case.number)


_UNFINISHED: dict[str, Callable[[int], str]] = {
    "violation": lambda n: ngettext("%(num)s violation", "%(num)s violations", n),
    "notice": lambda n: ngettext("%(num)s notice", "%(num)s notices", n),
    "inspection": lambda n: ngettext("%(num)s inspection", "%(num)s inspections", n),
    "extension": lambda n: ngettext(
        "%(num)s request for more time", "%(num)s requests for more time", n
    ),
    "enforcement_order": lambda n: ngettext("%(num)s order", "%(num)s orders", n),
    "appeal": lambda n: ngettext("%(num)s appeal", "%(num)s appeals", n),
    "lien": lambda n: ngettext("%(num)s lien", "%(num)s liens", n),
    "citation": lambda n: ngettext("%(num)s citation", "%(num)s citations", n),
    "hearing": lambda n: ngettext("%(num)s hearing", "%(num)s hearings", n),
    "abatement": lambda n: ngettext("%(num)s work by the town", "%(num)s works by the town", n),
    "legal_action": lambda n: ngettext("%(num)s suit", "%(num)s suits", n),
}


_SECTIONS = {"enforcement_order": "order"}
"""What a table is called where its steps are, if not by its own name."""


def _still(desk: Desk, book: Book, *, owed_cents: int) -> list[str]:
    """Say what is left in a case that keeps it from being closed."""
    parts = unfinished(desk.connection, book.case.id)
    words = [
        f"{_UNFINISHED[part](count)} ({status_words(status, _SECTIONS.get(part, part)).lower()})"
        for (part, status), count in parts.items()
    ]
    return [*words, gettext("%(sum)s owed", sum=dollars(owed_cents))] if owed_cents else words


def _shown(desk: Desk, book: Book) -> dict[str, Any]:
    """Return all that a case's page shows, part by part."""
    money = reckon(book, on=desk.today)
    events = desk.rows(events_of(book.case.id))
    return {
        **head(desk, book),
        **_next(desk, book, owed_cents=money.owed_cents),
        **_service(desk, book),
        **_around(desk, book, story=list(told(events, law=book.law, zone=desk.zone))),
        **_forms(desk, book),
        "whence": whence(events),
        **letters_shown(desk, book, events),
        "ordered": orders_that_count(book),
        "bound": bound_with(desk, book),
        "citing": {row.id: citing_of(book, row, on=desk.today) for row in book.parts["violation"]},
        "codes": codes_in_force(desk, book),
        "homestead_by_roll": homestead_by_roll(book),
        "seen": seen(events, book.parts["inspection"]),
        "handings": desk.rows(handed_before(book.case.id)),
        "money": money,
        "disputes": disputed(book, money, on=desk.today),
        "packets": desk.rows(packets_of([each.id for each in book.parts["hearing"]])),
        "zone": desk.zone,
    }


def _next(desk: Desk, book: Book, *, owed_cents: int) -> dict[str, Any]:
    """Return what may be done, what of it leads, and whose turn it is where nothing does."""
    offered = list(offers(book, role=desk.member.role))
    may_close = any(each.action == CaseAction.CLOSE for each in offered)
    still = _still(desk, book, owed_cents=owed_cents) if may_close else []
    mine = [each for each in offered if each.action != CaseAction.CLOSE or not still]
    first = leading(book, mine, on=desk.today)
    buttons: dict[tuple[str, int], list[Button]] = defaultdict(list)
    for each in mine:
        if each not in first:
            buttons[each.on, each.row.id].append(button(desk, book, each))
    return {
        "buttons": buttons,
        "first": [button(desk, book, each) for each in first],
        "turns": _turns(desk, book) if not first else [],
        "still": still,
        "placing": _placing(book, mine),
        "handers": _handers(desk, book),
        "waits": waits(book, on=desk.today),
    }


def _placing(book: Book, mine: list[Offer]) -> str:
    """Return the way to the form that places the case; "" where it may not be placed."""
    if not any(each.action == CaseAction.PLACE for each in mine):
        return ""
    return url_for(
        "office.do", number=book.case.number, action=CaseAction.PLACE, row_id=book.case.id
    )


def _service(desk: Desk, book: Book) -> dict[str, Any]:
    """Return how what is still to be brought stands, and the attempts made in person."""
    brought = [row for row in book.parts["notice"] if is_to_be_brought(book, row)]
    by_hand = [row for row in book.attempts if row.method not in MAILED]
    return {
        "service": {row.id: service_in(book, row, on=desk.today) for row in brought},
        "attempts": {row.id: attempt_of(row.facts) for row in by_hand},
    }


def _forms(desk: Desk, book: Book) -> dict[str, Any]:
    """Return the forms for what is spoken and written with whoever answers."""
    who = book.respondents[0].name if book.respondents else ""
    return {
        "message_form": message_form(desk, book),
        "address_form": address_form(desk, book),
        "contact_form": contact_form(desk, party=Party.RESPONDENT, who=who),
    }


def _around(desk: Desk, book: Book, *, story: list[Line]) -> dict[str, Any]:
    """Return what stands around the deeds of a case, and the list of all that its page has."""
    parcel_id = book.case.parcel_id
    others = desk.rows(cases_of(parcel_id, on=desk.today)) if parcel_id else []
    around: dict[str, Any] = {
        "story": story,
        "others": [each for each in others if each.number != book.case.number],
        "permits": desk.rows(permits_of([parcel_id], on=desk.today)) if parcel_id else [],
        "elsewhere": elsewhere(desk.connection, book, on=desk.today, most=MOST_ELSEWHERE),
        "contacts": desk.rows(contacts_and_mail(book.case.id)),
    }
    return around | {"contents": contents(book, **around)}


def _handers(desk: Desk, book: Book) -> list[Role]:
    """Return who hands the case to another officer, where an officer reads it and may not."""
    asks = desk.member.role is Role.OFFICER and status_of(book.case) is CaseStatus.OPEN
    may_do = [role for role in AT_WORK if may(role, CaseAction.ASSIGN, without=book.without)]
    return may_do if asks and Role.OFFICER not in may_do else []


def _turns(desk: Desk, book: Book) -> list[tuple[Role, list[Button]]]:
    """Return what comes next where it is not the reader's to do, and whose it is.

    What is done to one and the same part is decided between. Money comes when it comes: that it
    may be taken is nobody's turn.
    """
    for role in AT_WORK:
        steps = (each for each in offers(book, role=role) if each.step is not None)
        first = leading(book, steps, on=desk.today)
        if first:
            row = first[0].row
            return [(role, [button(desk, book, each) for each in first if each.row is row])]
    return []

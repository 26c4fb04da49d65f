"""Say what waits at the clerk's counter beside the cases, and the way to each of its books."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext, lazy_gettext

from cases.desk.queues import Waiting
from cases.desk.requests import lien_searches_waiting
from cases.desk.unrecorded import waiting as unrecorded_waiting
from cases.ledger import deposited
from cases.permissions import Right, may
from cases.records.requests import waiting as records_waiting
from cases.succession.waiting import how_many_wait
from cases.workflow.roles import Role
from webmap.auth.desk import Desk
from webmap.office.frame import may_go
from webmap.respondent.paying import payments

WAITS = timedelta(days=31)
"""How long receipts that nobody deposits are looked for; older ones by asking for their days."""

_CLERK = frozenset({Role.CLERK})
_SETTLERS = frozenset({Role.CLERK, Role.MANAGER})
_BOOKS = (
    ("office.appointments", lazy_gettext("Appointments")),
    ("office.book_appointment", lazy_gettext("Book an inspection")),
    ("office.plans", lazy_gettext("Route plans")),
    ("office.working_days", lazy_gettext("Working days")),
    ("office.visit_worth", lazy_gettext("What a visit is worth")),
    ("office.work_minutes", lazy_gettext("How long work takes")),
    ("office.post", lazy_gettext("Mail and paper forms")),
    ("office.letters_of_day", lazy_gettext("Letters of the day")),
    ("office.deposits", lazy_gettext("Deposits")),
    ("office.lien_searches", lazy_gettext("Lien searches")),
    ("office.records", lazy_gettext("Public records")),
    ("office.exempt_places", lazy_gettext("Exempt places")),
    ("office.follow_log", lazy_gettext("Messages to those who follow")),
    ("office.changed_parcels", lazy_gettext("Changed parcels")),
    ("office.moving_in", lazy_gettext("Moving in")),
    ("office.law", lazy_gettext("The town's law")),
)


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a book of the counter, or to what waits in it."""

    href: str
    words: Any = ""

    def link(self) -> str:
        """Return its address, as that of a list of cases."""
        return self.href


@dataclass(frozen=True, slots=True)
class CounterPile:
    """What waits in one of the books: how much, and the way there."""

    queue: str
    waiting: Waiting
    asked: Way
    count: int


def ways() -> list[Way]:
    """Return the way to each book that whoever is asking may open."""
    return [Way(url_for(endpoint), words) for endpoint, words in _BOOKS if may_go(endpoint)]


def piles(desk: Desk) -> list[CounterPile]:
    """Return what waits in the books for whoever works at the counter."""
    online = _taken_online(desk)
    if not may(desk.member.role, Right.MAKE_DEPOSIT):
        return [*online, *_changed_parcels(desk)]
    late = _searches(
        desk, "lien_searches_late", gettext("Lien searches late"),
        gettext("Their last day is over: answer them first."), due_before=desk.today,
    )  # fmt: skip
    asked = _searches(
        desk, "lien_searches", gettext("Lien searches"),
        gettext("A title company asks what binds a parcel: answer it by its last day."),
    )  # fmt: skip
    return [late, asked, _records(desk), _receipts(desk), *online, *_changed_parcels(desk)]


def _taken_online(desk: Desk) -> list[CounterPile]:
    """Return what a hosted page took that is not recorded, in a town that has such a page."""
    if not may(desk.member.role, Right.RECONCILE_DEPOSIT):
        return []
    counted = desk.connection.execute(unrecorded_waiting()).scalar_one()
    if not counted and not payments().is_hosted:
        return []
    words = gettext("Money taken online, not recorded")
    means = gettext("A hosted page has it: record it in a case, or see that it goes back.")
    there = Way(url_for("office.online_money"))
    return [CounterPile("online_money", Waiting(words, means, _SETTLERS), there, counted)]


def _changed_parcels(desk: Desk) -> list[CounterPile]:
    """Return what waits since parcels changed, for whoever may say where it belongs."""
    if not may(desk.member.role, Right.SETTLE_PARCELS):
        return []
    counted = desk.connection.execute(how_many_wait()).scalar_one()
    words = gettext("On parcels that are no more")
    means = gettext("The parcel was split, or is gone: say where what stood on it belongs.")
    there = Way(url_for("office.changed_parcels"))
    return [CounterPile("changed_parcels", Waiting(words, means, _SETTLERS), there, counted)]


def _searches(
    desk: Desk, queue: str, words: str, means: str, *, due_before: date | None = None
) -> CounterPile:
    counted = desk.connection.execute(lien_searches_waiting(due_before=due_before)).scalar_one()
    there = Way(url_for("office.lien_searches"))
    return CounterPile(queue, Waiting(words, means, _CLERK), there, counted)


def _records(desk: Desk) -> CounterPile:
    counted = desk.connection.execute(records_waiting()).scalar_one()
    words = gettext("Records asked for")
    means = gettext("Somebody wants to see public records: decide each piece, hand them out.")
    waits = Waiting(words, means, _CLERK)
    return CounterPile("records", waits, Way(url_for("office.records")), counted)


def _receipts(desk: Desk) -> CounterPile:
    days = {"first": desk.today - WAITS, "last": desk.today - timedelta(days=1)}
    receipts = sum(each.receipts for each in desk.rows(deposited.waiting(**days)))
    words = gettext("Receipts to deposit")
    means = gettext("Money taken before today is in no deposit yet.")
    waits = Waiting(words, means, _CLERK)
    there = Way(url_for("office.deposits", first=days["first"], last=days["last"]))
    return CounterPile("to_deposit", waits, there, receipts)

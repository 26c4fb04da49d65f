"""Show an officer's appointments, and give a calendar elsewhere an address to read them from."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import Response, abort, current_app, flash, make_response, redirect, url_for
from flask_babel import gettext as _
from icalendar import Event
from werkzeug.wrappers import Response as AnyResponse

from cases.desk import lists
from cases.desk.lists import Filter
from cases.desk.queues import Queue
from cases.desk.visits import MISSED, stands
from cases.field.calendar import appointments, give_address, has_address, revoke, whose
from cases.inspections import LASTS
from cases.workflow.inspection import InspectionStatus
from geo import places
from webmap.auth.desk import reading, writing
from webmap.auth.entering import address_of
from webmap.auth.gate import anybody, clock_now, needs
from webmap.calendars import MIMETYPE, event, new_calendar
from webmap.field.frame import OFFICER, WHOSE, blueprint
from webmap.forms import JustDoIt

BACK = timedelta(days=30)
AHEAD = timedelta(days=180)
MOST_IN_VAIN = 20
_STATUSES = {
    InspectionStatus.BOOKED: "TENTATIVE",
    InspectionStatus.CANCELLED: "CANCELLED",
}


@blueprint.get("/calendar")
@needs(OFFICER)
def calendar() -> Response:
    """Show the appointments day by day, missed ones as such."""
    with reading() as desk:
        response = make_response(_page(desk, address=None))
        response.headers[WHOSE] = str(desk.member.id)
    return response


def _page(desk: Any, *, address: str | None) -> str:
    now = desk.moment.now
    rows = desk.rows(appointments(desk.member.name, since=now - BACK, until=now + AHEAD))
    in_vain = Filter(queue=Queue.IN_VAIN, officer=desk.member.name)
    days: dict[date, list[tuple[Any, str]]] = {}
    for row in rows:
        days.setdefault(_local(row, now).date(), []).append((row, _stands(row, now)))
    return str(
        desk.page(
            "field/calendar.html", days=days, address=address, go=JustDoIt(), zone=now.tzinfo,
            now=now,
            in_vain=desk.rows(lists.cases(in_vain, on=desk.today, most=MOST_IN_VAIN)),
            given=has_address(desk.connection, desk.member.id),
        )
    )  # fmt: skip


def _local(row: Any, now: datetime) -> datetime:
    at: datetime = row.booked_for.astimezone(now.tzinfo)
    return at


def _stands(row: Any, now: datetime) -> str:
    return stands(row.status, on=_local(row, now).date(), today=now.date())


@blueprint.post("/calendar/address")
@needs(OFFICER)
def calendar_address() -> str:
    """Make a new address, shown this once; the one before reads no more."""
    with writing() as desk:
        token = give_address(desk.connection, desk.member.id, now=desk.moment.now)
        address = address_of("field.feed", calendar_token=token)
        return _page(desk, address=address)


@blueprint.post("/calendar/revoke")
@needs(OFFICER)
def calendar_revoke() -> AnyResponse:
    """Let nobody read the calendar by its address any more."""
    with writing() as desk:
        revoke(desk.connection, desk.member.id, now=desk.moment.now)
    flash(_("Nobody reads your calendar by its address any more."))
    return redirect(url_for("field.calendar"))


@blueprint.get("/calendar/<calendar_token>.ics")
@anybody
def feed(calendar_token: str) -> Response:
    """Give the appointments as iCalendar (RFC 5545) to whoever has the address."""
    now = clock_now()
    with current_app.extensions["lotline"].app.connect() as connection:
        person = whose(connection, calendar_token) or abort(404)
        town = connection.execute(places.town()).first()
        found = appointments(person.name, since=now - BACK, until=now + AHEAD)
        rows = connection.execute(found).all()
    name = f"{person.name} · {town.name}" if town else person.name
    book = new_calendar(name, product="field-calendar")
    for row in rows:
        book.add_component(_event(row, now))
    response = Response(book.to_ical(), mimetype=MIMETYPE)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _event(row: Any, now: datetime) -> Event:
    """Put an appointment as an event."""
    standing = _stands(row, now)
    title = f"{row.category}, {row.address or row.number}"
    return event(
        f"inspection-{row.id}@lotline", stamp=now, begins=row.booked_for,
        dtend=row.booked_for + LASTS, sequence=row.changes,
        status=_STATUSES.get(InspectionStatus(row.status), "CONFIRMED"),
        summary=f"{_('Missed')}: {title}" if standing == MISSED else title,
        location=row.address or row.number,
        description=f"{row.number}: {standing.replace('_', ' ')}",
        geo=None if row.lon is None else (row.lat, row.lon),
    )  # fmt: skip

"""Write an officer's day as a calendar (iCalendar, RFC 5545): an event for each stop."""

from datetime import datetime, timedelta, tzinfo
from typing import Any

from flask_babel import gettext
from icalendar import Event

from reports.routes.on_paper import DayOnPaper, in_file_name
from webmap.calendars import event, new_calendar
from webmap.office.visit_worth import kind_words
from webmap.words import weekday


def to_ical(told: DayOnPaper, *, zone: tzinfo, stamp: datetime) -> bytes:
    """Return the calendar of a day.

    A stop is the same event in whatever plan of the officer's day it stands.

    Parameters
    ----------
    zone
        The town's time zone.
    stamp
        When the plan was made.
    """
    route = told.route
    day, officer = route.shift.day, route.shift.officer
    title = " · ".join(filter(None, (gettext("Route"), officer, weekday(day))))
    book = new_calendar(title, product="route")
    for order, (visit, errands) in enumerate(zip(route.visits, told.errands, strict=True), 1):
        kinds = dict.fromkeys(kind_words(each.kind) for each in errands)
        numbers = dict.fromkeys(each.number for each in errands)
        made = event(
            _uid(told, visit.stop.id), stamp=stamp, begins=_at(told, visit.arrive, zone),
            dtend=_at(told, visit.leave, zone), location=visit.stop.label,
            summary=f"{order}. {visit.stop.label}: {', '.join(kinds)}",
            description=", ".join(numbers), geo=(visit.stop.lat, visit.stop.lon),
        )  # fmt: skip
        book.add_component(made)
    if route.lunch is not None:
        book.add_component(_lunch(told, zone=zone, stamp=stamp))
    found: bytes = book.to_ical()
    return found


def _lunch(told: DayOnPaper, *, zone: tzinfo, stamp: datetime) -> Event:
    lunch: Any = told.route.lunch
    return event(
        _uid(told, "lunch"), stamp=stamp, begins=_at(told, lunch.start, zone),
        dtend=_at(told, lunch.end, zone), summary=gettext("Lunch"),
    )  # fmt: skip


def _uid(told: DayOnPaper, what: str) -> str:
    shift = told.route.shift
    whose = in_file_name(shift.officer) or "day"
    return f"visit-{shift.day}-{whose}-{what}@lotline"


def _at(told: DayOnPaper, seconds: int, zone: tzinfo) -> datetime:
    """Return a time of the day, told by the clock that hangs on the wall."""
    midnight = datetime.combine(told.route.shift.day, datetime.min.time())
    return (midnight + timedelta(seconds=seconds)).replace(tzinfo=zone)

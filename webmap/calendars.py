"""Write calendars as other programs read them (iCalendar, RFC 5545)."""

from datetime import UTC, date, datetime
from typing import Any

from icalendar import Calendar, Event

MIMETYPE = "text/calendar"


def new_calendar(name: str, *, product: str) -> Calendar:
    """Return an empty calendar that bears a name.

    Parameters
    ----------
    product
        Which part of Lotline makes it.
    """
    book = Calendar()
    book.add("prodid", f"-//Lotline//{product}//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    return book


def event(uid: str, *, stamp: datetime, begins: datetime | date, **told: Any) -> Event:
    """Return an event that keeps its identity when it is moved.

    Its hours are told in UTC, which needs no zone described beside them (3.6.5).

    Parameters
    ----------
    stamp
        When it was last changed (3.8.7.2).
    begins
        A moment, or a day where the hour is not known.
    told
        Its other properties by their names in small letters; what is None is left out.
    """
    made = Event()
    made.add("uid", uid)
    made.add("dtstamp", stamp.astimezone(UTC))
    made.add("dtstart", _universal(begins))
    for name, value in told.items():
        if value is not None:
            made.add(name, _universal(value))
    return made


def _universal(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value

"""Give the hearings of public cases as a calendar that other programs keep reading."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Response, abort, current_app, request
from flask_babel import force_locale
from flask_babel import gettext as _
from icalendar import Event

from cases import open_data
from cases.workflow.hearing import HearingStatus
from webmap.api.answering import answered
from webmap.auth.entering import address_of
from webmap.auth.gate import clock_now
from webmap.calendars import MIMETYPE, event, new_calendar
from webmap.interpreting import say
from webmap.languages import LOCALES
from webmap.public.following.feeds import language_asked
from webmap.public.following.scopes import followed_case
from webmap.public.frame import blueprint
from webmap.visits import Visit, visit

BACK, AHEAD = timedelta(days=90), timedelta(days=400)
MOST = 1_000
NAMED = 40
"""Cases that one sitting names; of the rest it says how many."""
LASTS = timedelta(hours=1)
"""What is set aside for a hearing: no record says when one ends, and a diary wants to know."""
BY_CASE = timedelta(minutes=20)
"""What a sitting is longer by for each case, where that is more."""


@blueprint.get("/hearings.ics")
def hearings() -> Response:
    """Give the sittings at which public cases are heard; of one case, its own hearings."""
    with visit() as look, force_locale(LOCALES[language_asked()]):
        number = request.args.get("case", "")
        case = (followed_case(look, number) or abort(404)) if number else None
        return answered(
            look, lambda: _written(look, case.scope.case_id if case else None, number),
            mimetype=MIMETYPE,
        )  # fmt: skip


def _written(look: Visit, case_id: int | None, number: str) -> str:
    town = look.town.name if look.town else "Lotline"
    about = _("Case %(number)s", number=number) if number else _("Code hearings")
    book = new_calendar(f"{about} · {town}", product="hearings")
    zone = clock_now().tzinfo
    found = look.rows(
        open_data.hearings(
            since=look.today - BACK, until=look.today + AHEAD, most=MOST, case=case_id
        )
    )
    if case_id is not None:
        events = [_hearing(row, zone) for row in found]
    else:
        held = sorted(
            (row for row in found if row.status != HearingStatus.CONTINUED),
            key=lambda row: row.session_id,
        )
        sittings = groupby(held, key=lambda row: row.session_id)
        events = [_sitting([*rows], zone) for _session, rows in sittings]
    for each in events:
        book.add_component(each)
    return str(book.to_ical(), "utf-8")


def _hearing(row: sa.Row[Any], zone: tzinfo | None) -> Event:
    put_off = row.status == HearingStatus.CONTINUED
    title = f"{_('Hearing')}: {_place(row)}"
    return event(
        f"hearing-{row.id}@{_host()}", stamp=_changed([row], zone), begins=_begins(row, zone),
        dtend=_ends(row, zone), sequence=row.changes,
        status="CANCELLED" if put_off else "CONFIRMED",
        summary=f"{_('Put off')}: {title}" if put_off else title, location=row.place,
        description=f"{say(row.body)}\n{_told(row)}",
        url=address_of("public.case_page", number=row.number),
    )  # fmt: skip


def _sitting(rows: Sequence[sa.Row[Any]], zone: tzinfo | None) -> Event:
    """Put one sitting, with the public cases that are heard there; it tells of no other."""
    first = rows[0]
    lines = [_told(row) for row in rows[:NAMED]]
    if len(rows) > NAMED:
        lines.append(_("and %(count)s more", count=len(rows) - NAMED))
    return event(
        f"sitting-{first.session_id}@{_host()}", stamp=_changed(rows, zone),
        begins=_begins(first, zone), dtend=_ends(first, zone, cases=len(rows)), status="CONFIRMED",
        summary=f"{_('Code hearings')}: {say(first.body)}", location=first.place,
        description="\n".join(lines), url=address_of("public.map_page", stage="hearing"),
    )  # fmt: skip


def _told(row: sa.Row[Any]) -> str:
    return f"{_('Case %(number)s', number=row.number)}: {_place(row)}, {say(row.category)}"


def _place(row: sa.Row[Any]) -> str:
    return str(row.situs_address or row.parcel_no or row.number)


def _begins(row: sa.Row[Any], zone: tzinfo | None) -> datetime | date:
    """Return its hour in the town, or its day where no hour is set."""
    if row.begins_at is None:
        held_on: date = row.held_on
        return held_on
    return datetime.combine(row.held_on, row.begins_at, zone)


def _ends(row: sa.Row[Any], zone: tzinfo | None, *, cases: int = 1) -> datetime | None:
    """Return until when to set time aside; None where no hour is set, which is the whole day."""
    begins = _begins(row, zone)
    return begins + max(LASTS, cases * BY_CASE) if isinstance(begins, datetime) else None


def _changed(rows: Sequence[sa.Row[Any]], zone: tzinfo | None) -> datetime:
    """Return when the last of some hearings was changed, as far as a step tells it."""
    told = [row.changed_at for row in rows if row.changed_at is not None]
    return max(told, default=datetime.combine(rows[0].held_on, time(), zone or UTC))


def _host() -> str:
    """Return the name that makes the identities of this site's events its own."""
    return urlsplit(str(current_app.config["URL"])).hostname or "lotline"

"""Let a respondent say that it is corrected, and choose when an officer comes to see it."""

from datetime import datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response
from wtforms import (  # type: ignore[attr-defined] # stubs are a release behind
    SelectChoice,
    SelectField,
    TextAreaField,
)
from wtforms.validators import Length, Optional

from cases.codes.wording import ready as worded
from cases.desk.hours import free_hours, hour_set_by_another, take_hour
from webmap.auth.gate import anybody
from webmap.forms import GIVEN, KeyedForm
from webmap.office import closings
from webmap.respondent.doing import deed_page, note
from webmap.respondent.frame import Room, blueprint, reading
from webmap.respondent.ways import may_be_ready
from webmap.words import clock, weekday


class ReadyForm(KeyedForm):
    """When an officer may come."""

    at = SelectField(_("Day and hour"), [GIVEN], choices=[])
    said = TextAreaField(
        _("What the officer should know"), [Optional(), Length(max=500)],
        description=_("For instance: the gate is open; call before you come."),
        render_kw={"rows": 2},
    )  # fmt: skip


@blueprint.route("/my-case/ready", methods=["GET", "POST"])
@anybody
def ready() -> Response:
    """Say that it is corrected, and choose an hour."""
    form = ReadyForm()
    with reading() as room:
        room.holder.require_acting()
        hours, is_set = _hours(room), _is_set(room)
        form.at.choices = _by_day(hours)

    def take(room: Room) -> None:
        officer = room.book().case.officer
        at = datetime.fromisoformat(form.at.data).astimezone(room.zone)
        take_hour(
            room.connection, case_id=room.holder.case_id, at=at, officer=officer or "",
            calendar=closings.calendar(room), **room.who,
        )  # fmt: skip
        note(room, worded(form.said.data))

    return deed_page(
        form, take, deed="ready", title=gettext("Ready for a visit"),
        button=gettext("Choose this hour"),
        lead=gettext(
            "Choose when an officer may come to see that it is corrected. An hour chosen before is "
            "given back."
        ),
        nothing="" if (hours and not is_set) or form.is_submitted() else _why_none(is_set=is_set),
    )  # fmt: skip


def _is_set(room: Room) -> bool:
    """Tell whether an officer set the hour of the visit to come."""
    return hour_set_by_another(
        room.connection, case_id=room.holder.case_id, name=room.holder.name
    )  # fmt: skip


def _why_none(*, is_set: bool) -> str:
    if is_set:
        return str(gettext(
            "An officer set the hour of the visit to come. To move it, write to the officer."
        ))  # fmt: skip
    return str(gettext(
        "No hour can be chosen here now. Write to the officer when you are ready, and an hour "
        "is arranged with you."
    ))  # fmt: skip


def _hours(room: Room) -> list[datetime]:
    book = room.book()
    case = book.case
    if not (may_be_ready(room, book) and case.officer and case.officer_works):
        return []
    return free_hours(
        room.connection, officer=case.officer, calendar=closings.calendar(room),
        now=room.moment.now,
    )  # fmt: skip


def _by_day(hours: list[datetime]) -> list[SelectChoice]:
    """Return the hours, each under its day."""
    return [SelectChoice(at.isoformat(), _words(at), optgroup=weekday(at.date())) for at in hours]


def _words(at: datetime) -> str:
    """Say the day with the hour too, which is all that is shown once it is chosen."""
    return f"{clock(at.time())}, {weekday(at.date())}"

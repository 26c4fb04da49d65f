"""Let a respondent ask for more time, or write to the officer."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import Length

from cases import extensions
from cases.days import DayError
from cases.deadlines import Answer, DeadlineError
from cases.desk.book import Book
from webmap.auth.gate import anybody
from webmap.forms import GIVEN, KeyedForm
from webmap.interpreting import say
from webmap.office.deeds.fields import as_choices
from webmap.respondent.doing import deed_page, note
from webmap.respondent.frame import Room, blueprint, reading
from webmap.respondent.not_now import why_no_time
from webmap.respondent.ways import affidavits, citations, extendable
from webmap.words import day

LONGEST = 4000


class TimeForm(KeyedForm):
    """For what more time is asked, until when and why."""

    violation = SelectField(_("What you need more time for"), [GIVEN], choices=[])
    until = DateField(_("Until which day"), [GIVEN])
    because = TextAreaField(
        _("Why, and what you have done so far"),
        [GIVEN, Length(max=LONGEST)],
        description=_("Say what is done, what is ordered and when it comes. Photographs help."),
        render_kw={"rows": 5},
    )


class WriteForm(KeyedForm):
    """What somebody writes."""

    said = TextAreaField(
        _("Your message"),
        [GIVEN, Length(max=LONGEST)],
        description=_("It becomes part of the case, which is a public record."),
        render_kw={"rows": 6},
    )


@blueprint.route("/my-case/time", methods=["GET", "POST"])
@anybody
def ask_time() -> Response:
    """Ask for more time to correct something."""
    form = TimeForm()
    with reading() as room:
        room.holder.require_acting()
        rows = extendable(room, book := room.book())
        why = why_no_time(room, book) or [gettext(
            "More time cannot be asked for now: nothing is left to be fixed here."
        )]  # fmt: skip
        form.violation.choices = as_choices(
            (each.id, _named(each.title, day(each.comply_by))) for each in rows
        )  # fmt: skip

    def ask(room: Room) -> None:
        assert form.until.data is not None  # noqa: S101 - the field requires one
        try:
            extensions.request(
                room.connection, violation_id=int(form.violation.data), until=form.until.data,
                because=form.because.data or "", answer=Answer(received_on=room.today),
                **room.who,
            )  # fmt: skip
        except DeadlineError as error:  # it ends no later than the time there is
            raise DayError(str(error), of="until") from error

    return deed_page(
        form, ask, deed="time", title=gettext("Ask for more time"), button=gettext("Ask for it"),
        lead=gettext(
            "An officer decides, and you get a letter. Until then the day that is set still holds."
        ),
        nothing="" if form.violation.choices or form.is_submitted() else " ".join(why),
    )  # fmt: skip


@blueprint.route("/my-case/message", methods=["GET", "POST"])
@anybody
def write() -> Response:
    """Write to the officer."""
    form = WriteForm()
    with reading() as room:
        room.holder.require_acting()
        lead = _lead(room, room.book())
    return deed_page(
        form, lambda room: note(room, form.said.data or ""), deed="message",
        title=gettext("Write to the officer"), button=gettext("Send it"), lead=lead,
    )  # fmt: skip


def _lead(room: Room, book: Book) -> str:
    """Say that a message changes no deadline, and name the forms that there are now."""
    time = bool(extendable(room, book))
    hearing = bool(citations(room, book) or affidavits(room, book))
    forms = {
        (True, True): gettext("Ask for more time or a hearing by its form."),
        (True, False): gettext("Ask for more time by its form."),
        (False, True): gettext("Ask for a hearing by its form."),
    }.get((time, hearing))
    return " ".join(filter(None, (gettext("A message changes no deadline."), forms)))


def _named(title: str, until: str) -> str:
    return str(gettext("%(what)s, to be fixed by %(day)s", what=say(title), day=until))

"""Let a manager say how one officer works: the week, the way there and back, and days away."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import DateField, HiddenField, IntegerField, RadioField, StringField, TimeField
from wtforms.validators import NumberRange, Optional

from cases.accounts.members import in_role
from cases.errors import CaseError
from cases.permissions import Right
from cases.workflow.roles import Role
from cases.working.days import OtherDays, note_days, take_back_days
from cases.working.keeping import set_terms
from cases.working.reading import (
    certifications,
    changes,
    exceptions_from,
    mark_of,
    office_place,
    terms_of,
    terms_or_usual,
)
from cases.working.terms import (
    LONGEST_LABEL,
    MOST_OVERTIME,
    Base,
    ExceptionKind,
    Hours,
    Lunch,
    Terms,
    WorkingError,
    ZoneRule,
)
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import GIVEN, Form, JustDoIt, KeyedForm
from webmap.interpreting import say
from webmap.office.bases import base_typed, told_at_its_field
from webmap.office.deeds.fields import ChecksField, as_choices, day_of, today_field
from webmap.office.frame import blueprint
from webmap.office.simple import deed_page
from webmap.office.weekdays import HOURS, WEEKDAYS, weekday_name

REMEMBERED = 10
_BASE = {"maxlength": LONGEST_LABEL, "autocomplete": "off"}


class TermsForm(Form):
    """How an officer works; the hours of each weekday are fields of their own."""

    starts = StringField(
        lazy_gettext("Where the day starts"), render_kw=_BASE,
        description=lazy_gettext(
            "An address, a parcel number, or latitude, longitude. Empty: the town's office."
        ),
    )  # fmt: skip
    ends = StringField(
        lazy_gettext("Where the day ends"), render_kw=_BASE,
        description=lazy_gettext("Empty: the town's office."),
    )  # fmt: skip
    overtime_minutes = IntegerField(
        lazy_gettext("Minutes of overtime a day, at most"),
        [Optional(), NumberRange(0, MOST_OVERTIME)], render_kw={"inputmode": "numeric"},
    )  # fmt: skip
    zones = RadioField(
        lazy_gettext("Zones"), [GIVEN],
        choices=as_choices((
            (ZoneRule.HARD, lazy_gettext("Only in zones of their own")),
            (ZoneRule.SOFT, lazy_gettext("Also in others, where that saves driving")),
        )),
    )  # fmt: skip
    certifications = ChecksField(lazy_gettext("Certifications"))
    seen = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday in WEEKDAYS:
            for name, words in HOURS.items():
                said = {"day": weekday_name(weekday), "what": words}
                self[f"{name}_{weekday}"].label.text = _("%(day)s: %(what)s", **said)

    def week(self) -> dict[int, Hours]:
        """Return the hours of each weekday that has any.

        Raises
        ------
        WorkingError
            Those of one cannot be; it names which weekday's.
        """
        found = {weekday: self._hours(weekday) for weekday in WEEKDAYS}
        return {weekday: hours for weekday, hours in found.items() if hours is not None}

    def _hours(self, weekday: int) -> Hours | None:
        said = {name: self[f"{name}_{weekday}"].data for name in HOURS}
        if all(value is None for value in said.values()):
            return None
        for name in ("begins_at", "ends_at"):
            if said[name] is None:
                msg = "Say from when to when they work on this day, or leave all of it empty."
                raise WorkingError(msg, of=name, weekday=weekday)
        lunch = [said["lunch_from"], said["lunch_until"], said["lunch_minutes"]]
        if None in lunch and any(each is not None for each in lunch):
            msg = "Of lunch give all three: from when, until when and how many minutes; or none."
            raise WorkingError(msg, of="lunch_minutes", weekday=weekday)
        try:
            return Hours(
                begins_at=said["begins_at"], ends_at=said["ends_at"],
                lunch=None if None in lunch else Lunch(
                    earliest=lunch[0], latest=lunch[1], minutes=lunch[2]
                ),
            )  # fmt: skip
        except WorkingError as error:
            raise WorkingError(str(error), of=error.of, weekday=weekday) from error


for _weekday in WEEKDAYS:
    for _name in HOURS:
        _field: Any = TimeField("", [Optional()])
        if _name == "lunch_minutes":
            _field = IntegerField("", [Optional()], render_kw={"inputmode": "numeric"})
        setattr(TermsForm, f"{_name}_{_weekday}", _field)


class AwayForm(KeyedForm):
    """On which days an officer is away, or works at other hours; never why."""

    kind = RadioField(
        lazy_gettext("On these days the officer"), [GIVEN],
        choices=as_choices((
            (ExceptionKind.LEAVE, lazy_gettext("does not work")),
            (ExceptionKind.HOURS, lazy_gettext("works at other hours")),
        )),
    )  # fmt: skip
    first_day = today_field(lazy_gettext("First day"))
    last_day = DateField(
        lazy_gettext("Last day"), [Optional()],
        description=lazy_gettext("Empty: the first day alone."),
    )  # fmt: skip
    begins_at = TimeField(
        lazy_gettext("Begins"), [Optional()], description=lazy_gettext("Only of other hours.")
    )
    ends_at = TimeField(lazy_gettext("Ends"), [Optional()])


@blueprint.route("/working-days/<int:staff_id>", methods=["GET", "POST"])
@needs(Right.PLAN_WORK)
def working_officer(staff_id: int) -> str | Response:
    """Show how an officer works, and what was noted and changed of it; or change it."""
    with reading() as desk:
        officer, there = _officer(desk, staff_id), terms_or_usual(desk.connection, staff_id)
        is_usual = not terms_of(desk.connection, [staff_id])
        form = TermsForm(data=_said(there, mark=mark_of(desk.connection, staff_id)))
        codes = certifications(desk.connection)
        form.certifications.choices = as_choices((each, each) for each in codes)
        about = {
            "officer": officer, "is_usual": is_usual, "office": office_place(desk.connection),
            "noted": desk.rows(exceptions_from(desk.today, staff_id=staff_id)),
            "changes": desk.rows(changes(staff_id).limit(REMEMBERED)),
            "weekdays": [(each, weekday_name(each)) for each in WEEKDAYS], "hours": HOURS,
            "back_form": JustDoIt(formdata=None), "zone": desk.zone,
        }  # fmt: skip

    def keep(desk: Desk) -> None:
        with told_at_its_field(form):
            terms = _terms(desk, form, now=there)
            seen = form.seen.data or ""
            set_terms(
                desk.connection,
                terms,
                staff_id=staff_id,
                seen=int(seen) if _is_number(seen) else 0,
                **desk.who,
            )

    return deed_page(
        form, keep, title=_("How %(officer)s works", officer=officer.name),
        back=url_for("office.working_days"), back_words=_("Working days"),
        template="office/working_officer.html", **about,
    )  # fmt: skip


@blueprint.route("/working-days/<int:staff_id>/away", methods=["GET", "POST"])
@needs(Right.PLAN_WORK)
def working_away(staff_id: int) -> str | Response:
    """Note days on which an officer is away or works at other hours."""
    with reading() as desk:
        officer = _officer(desk, staff_id)
    form = AwayForm(data={"kind": ExceptionKind.LEAVE})

    def keep(desk: Desk) -> None:
        with told_at_its_field(form):
            first = day_of(form.first_day)
            days = OtherDays(
                kind=ExceptionKind(form.kind.data), first_day=first,
                last_day=form.last_day.data or first, begins_at=form.begins_at.data,
                ends_at=form.ends_at.data,
            )  # fmt: skip
            note_days(
                desk.connection, days, staff_id=staff_id, form_key=form.form_key, **desk.who
            )  # fmt: skip

    return deed_page(
        form, keep, title=_("Leave or other hours of %(officer)s", officer=officer.name),
        back=url_for("office.working_officer", staff_id=staff_id), back_words=officer.name,
        lead=_("Why somebody is away is not kept here."), button=_("Save"),
    )  # fmt: skip


@blueprint.post("/working-days/<int:staff_id>/take-back")
@needs(Right.PLAN_WORK)
def working_take_back(staff_id: int) -> Response:
    """Let an officer work as usual on days that were noted otherwise."""
    with reading() as desk:
        _officer(desk, staff_id)
    said = request.form.get("exception", "")
    try:
        with writing() as desk:
            take_back_days(
                desk.connection, exception_id=int(said) if _is_number(said) else 0,
                staff_id=staff_id, **desk.who,
            )  # fmt: skip
    except CaseError as error:
        flash(say(error), "error")
    else:
        flash(_("It is on record."))
    return redirect(url_for("office.working_officer", staff_id=staff_id))


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdecimal() and len(said) < len(str(2**63))


def _officer(desk: Desk, staff_id: int) -> Any:
    there = desk.rows(in_role(Role.OFFICER))
    return next((each for each in there if each.id == staff_id), None) or abort(404)


def _said(terms: Terms, *, mark: int) -> dict[str, Any]:
    """Return what the form holds of how an officer works."""
    said: dict[str, Any] = {
        "starts": _label(terms.starts), "ends": _label(terms.ends),
        "overtime_minutes": terms.overtime_minutes, "zones": str(terms.zones),
        "certifications": sorted(terms.certifications), "seen": str(mark),
    }  # fmt: skip
    for weekday, hours in terms.week.items():
        lunch = hours.lunch
        told = {
            "begins_at": hours.begins_at, "ends_at": hours.ends_at,
            "lunch_from": lunch and lunch.earliest, "lunch_until": lunch and lunch.latest,
            "lunch_minutes": lunch and lunch.minutes,
        }  # fmt: skip
        said |= {f"{name}_{weekday}": value for name, value in told.items()}
    return said


def _label(base: Base | None) -> str:
    return base.label if base else ""


def _terms(desk: Desk, form: TermsForm, *, now: Terms) -> Terms:
    return Terms(
        week=form.week(),
        starts=base_typed(desk, form.starts.data, of="starts", now=now.starts),
        ends=base_typed(desk, form.ends.data, of="ends", now=now.ends),
        overtime_minutes=form.overtime_minutes.data or 0,
        zones=ZoneRule(form.zones.data),
        certifications=frozenset(form.certifications.data or ()),
    )

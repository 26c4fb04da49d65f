"""Take notes of calls, visits, letters and e-mails about a case or a complaint."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from cases.contacts import Direction, Note, Party, Way, note_on_case, note_on_complaint
from cases.errors import CaseError
from cases.permissions import Right, may
from cases.story import case_numbered, complaint_numbered
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import clock_now, needs
from webmap.forms import GIVEN, Form
from webmap.interpreting import say
from webmap.office.deeds.fields import MomentField, choice_of
from webmap.office.frame import blueprint

WAYS: dict[str, Any] = {
    Way.PHONE: _("Call"), Way.IN_PERSON: _("Visit"), Way.LETTER: _("Letter"),
    Way.EMAIL: _("E-mail"), Way.PAGE: _("Their own page"),
}  # fmt: skip
BY_STAFF = tuple(each for each in Way if each is not Way.PAGE)
"""The ways that staff note; what comes by a respondent's page notes itself."""
DIRECTIONS: dict[str, Any] = {
    Direction.IN: _("From them to us"), Direction.OUT: _("From us to them"),
}  # fmt: skip
PARTIES: dict[str, Any] = {
    Party.RESPONDENT: _("Respondent"),
    Party.REPRESENTATIVE: _("Somebody who speaks for the respondent"),
    Party.REPORTER: _("Whoever reported (not named)"),
    Party.OTHER: _("Somebody else"),
}


class ContactForm(Form):
    """What passed, with whom and when."""

    way = SelectField(_("How"), [GIVEN], choices=choice_of(BY_STAFF, words=WAYS))
    direction = SelectField(_("Which way"), [GIVEN], choices=choice_of(Direction, words=DIRECTIONS))
    party = SelectField(_("With"), [GIVEN], choices=choice_of(Party, words=PARTIES))
    who = StringField(
        _("Name"),
        [Optional(), Length(max=200)],
        description=_("Never the name of whoever reported: leave it empty for them."),
        render_kw={"autocomplete": "off"},
    )
    happened_at = MomentField(_("When"), [GIVEN])
    said = TextAreaField(
        _("What was said"),
        [GIVEN, Length(max=4000)],
        description=_("It stays on record and cannot be changed. Name no reporter in it."),
        render_kw={"rows": 3},
    )

    def note(self) -> Note:
        """Return it as the command takes it."""
        assert isinstance(self.happened_at.data, datetime)  # noqa: S101 - the field requires one
        return Note(
            direction=Direction(self.direction.data), way=Way(self.way.data),
            party=Party(self.party.data), who=self.who.data, said=self.said.data or "",
            happened_at=self.happened_at.data,
        )  # fmt: skip


def contact_form(desk: Desk, *, party: Party = Party.REPORTER, who: str = "") -> ContactForm | None:
    """Return an empty form for a page, as it is most often filled; None for who may note nothing.

    Parameters
    ----------
    party, who
        Whom a contact about this is with most often.
    """
    if not may(desk.member.role, Right.NOTE_CONTACT):
        return None
    form = ContactForm(formdata=None, party=party, who=who)
    form.happened_at.data = clock_now().replace(second=0, microsecond=0)
    return form


@blueprint.route("/case/<path:number>/contact", methods=["GET", "POST"])
@needs(Right.NOTE_CONTACT)
def note_contact(number: str) -> str | Response:
    """Keep a note about a case."""
    with reading() as desk:
        case = desk.first(case_numbered(number)) or abort(404)

    def keep(desk: Desk, note: Note) -> None:
        note_on_case(desk.connection, case_id=case.id, note=note, **desk.who)

    return _taken(case.number, keep, back=url_for("office.case", number=case.number))


@blueprint.route("/complaint/<path:number>/contact", methods=["GET", "POST"])
@needs(Right.NOTE_CONTACT)
def note_on_report(number: str) -> str | Response:
    """Keep a note about a complaint."""
    with reading() as desk:
        row = desk.first(complaint_numbered(number)) or abort(404)

    def keep(desk: Desk, note: Note) -> None:
        note_on_complaint(desk.connection, complaint_id=row.id, note=note, **desk.who)

    return _taken(row.number, keep, back=url_for("office.complaint", number=row.number))


def _taken(number: str, keep: Callable[[Desk, Note], None], *, back: str) -> str | Response:
    form = ContactForm()
    if form.validate_on_submit():
        try:
            with writing() as desk:
                keep(desk, form.note())
        except CaseError as error:
            form.form_errors.append(say(error))
        else:
            flash(gettext("The contact is noted."))
            return redirect(f"{back}#contacts")
    elif not form.is_submitted():
        form.happened_at.data = clock_now().replace(second=0, microsecond=0)
    with reading() as desk:
        return desk.page("office/contact.html", form=form, number=number, back=back)

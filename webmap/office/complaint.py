"""Show a complaint whole, and take what is done with it; who made it is told apart, on record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from cases.contacts import contacts_of
from cases.desk.foretelling import done, foretell
from cases.desk.reported import (
    FOLLOWS,
    Reported,
    is_barred,
    may_believe,
    offered,
    open_reported,
)
from cases.errors import CaseError
from cases.history import COMPLAINTS
from cases.lawpack.resting import rests_on
from cases.permissions import Right
from cases.reporters import disclose_reporter, is_known, unsaid
from cases.story import Line, events_of_complaint, told
from cases.workflow.complaint import ComplaintAction, ComplaintStatus
from cases.workflow.roles import Role
from cases.workflow.step import Step
from geo import places
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.interpreting import say, say_line
from webmap.office.contacts import contact_form
from webmap.office.deeds.complaints import (
    COMPLAINT_DEEDS,
    ComplaintDeed,
    ComplaintForm,
    ReasonForm,
)
from webmap.office.frame import blueprint
from webmap.office.reporting import unnamed_words


@dataclass(frozen=True, slots=True)
class Button:
    """What may be done now, what its button says, and what follows."""

    href: str
    words: Any
    follows: str
    step: Step


@blueprint.get("/complaint/<path:number>")
@needs(Right.READ_CASE)
def complaint(number: str) -> str:
    """Show a complaint: what was said and where, its review, what may be done, all that was."""
    with reading() as desk:
        reported = _reported(desk, number)
        row = reported.complaint
        steps = _open_steps(desk, reported)
        events = desk.rows(events_of_complaint(row.id))
        return desk.page(
            "office/complaint.html", reported=reported, buttons=list(_buttons(reported, steps)),
            may_override=ComplaintAction.OVERRIDE in steps,
            placing=_placing(reported, steps),
            may_name=ComplaintAction.NAME_REPORTER in steps,
            barred=_barred(desk, reported, steps),
            story=list(told(events, law=reported.law, zone=desk.zone)),
            contacts=desk.rows(contacts_of(complaint_id=row.id)),
            contact_form=contact_form(desk), **_head(desk, reported),
        )  # fmt: skip


@blueprint.route("/complaint/<path:number>/do/<deed_name>", methods=["GET", "POST"])
@needs(*(each for each in ComplaintAction if each is not ComplaintAction.RECEIVE))
def complaint_do(number: str, deed_name: str) -> str | AnyResponse:
    """Ask what a deed needs, tell what it will do, and do it."""
    with reading() as desk:
        reported = _reported(desk, number)
        deed = COMPLAINT_DEEDS.get(deed_name) or abort(404)
        step = _step(desk, reported, deed.action)
        if step is None:
            flash(_("That cannot be done any more: see how the complaint stands now."), "error")
            return redirect(_page_of(number))
        form = deed.form()
        form.prepare(desk, reported)
    lines: Sequence[Line] | None = None
    if form.validate_on_submit():
        try:
            if "foretell" not in request.form:
                return _done(form, number)
            lines = _foretold(form, reported)
        except CaseError as error:
            form.form_errors.append(say(error))
    with reading() as desk:
        page = make_response(
            desk.page(
                "office/complaint_do.html", form=form, deed=deed, step=step, lines=lines,
                follows=FOLLOWS[deed.action], reported=reported,
                rests_on=rests_on(step, reported.law), **_head(desk, reported),
            )
        )  # fmt: skip
    page.headers["Cache-Control"] = "no-store"  # it may hold what a reporter said of themselves
    return page


@blueprint.route("/complaint/<path:number>/reporter", methods=["GET", "POST"])
@needs(ComplaintAction.DISCLOSE_REPORTER)
def reporter(number: str) -> str | Response:
    """Ask why somebody needs to know who reported, and tell them once, on no other page."""
    with reading() as desk:
        reported = _reported(desk, number)
    form = ReasonForm()
    identity = None
    if form.validate_on_submit():
        try:
            with writing() as desk:
                identity = disclose_reporter(
                    desk.connection, complaint_id=reported.complaint.id,
                    reason=form.reason.data or "", **desk.who,
                )  # fmt: skip
        except CaseError as error:
            form.form_errors.append(say(error))
    with reading() as desk:
        shown = make_response(
            desk.page(
                "office/reporter.html", form=form, identity=identity, reported=reported,
                follows=FOLLOWS[ComplaintAction.DISCLOSE_REPORTER], **_head(desk, reported),
            )
        )  # fmt: skip
    shown.headers["Cache-Control"] = "no-store"
    return shown


def _reported(desk: Desk, number: str) -> Reported:
    return open_reported(desk.connection, number, on=desk.today) or abort(404)


def _step(desk: Desk, reported: Reported, action: str) -> Step | None:
    steps = offered(reported, role=desk.member.role)
    return next((each for each in steps if each.action == action), None)


def _done(form: ComplaintForm, number: str) -> AnyResponse:
    """Do a deed on the complaint as it is now; what was accepted goes on in its case."""
    with writing() as desk:
        reported = _reported(desk, number)
        lines = done(
            desk.connection, reported.complaint.id, lambda: form.do(desk, reported),
            zone=desk.zone, chain=COMPLAINTS,
        )  # fmt: skip
        after = _reported(desk, number)
    for line in lines:
        flash(say_line(line))
    into = after.complaint.case_number
    if into and into != reported.complaint.case_number:
        return redirect(url_for("office.case", number=into))
    return redirect(_page_of(number))


def _foretold(form: ComplaintForm, reported: Reported) -> Sequence[Line]:
    with reading() as desk:
        return foretell(
            desk.connection, reported.complaint.id, lambda: form.do(desk, reported),
            zone=desk.zone, chain=COMPLAINTS,
        )  # fmt: skip


def _page_of(number: str) -> str:
    return url_for("office.complaint", number=number)


def _open_steps(desk: Desk, reported: Reported) -> dict[Any, Step]:
    """Return what may be done with it, without what is bound to be refused.

    A complaint without a name is taken up by an officer alone, who says what threatens; that does
    not lead, for it is seen in the field first.
    """
    role = desk.member.role
    steps: dict[Any, Step] = {each.action: each for each in offered(reported, role=role)}
    if is_barred(reported):
        accept = steps.pop(ComplaintAction.ACCEPT, None)
        if accept is not None and may_believe(reported, role=role):
            steps[ComplaintAction.ACCEPT] = accept
    if not unsaid(desk.connection, reported.complaint.id):
        steps.pop(ComplaintAction.NAME_REPORTER, None)
    if not is_known(desk.connection, reported.complaint.id):
        steps.pop(ComplaintAction.DISCLOSE_REPORTER, None)
    return steps


def _placing(reported: Reported, steps: dict[Any, Step]) -> str:
    """Return the way to the form that places it; "" where it may not be placed."""
    if ComplaintAction.PLACE not in steps:
        return ""
    return url_for(
        "office.complaint_do", number=reported.complaint.number, deed_name=ComplaintAction.PLACE
    )


def _barred(desk: Desk, reported: Reported, steps: dict[Any, Step]) -> str:
    """Say who may take up a complaint that nobody put a name to; "" where that is no matter."""
    if reported.status is not ComplaintStatus.RECEIVED or not is_barred(reported):
        return ""
    lacks = unnamed_words(unsaid(desk.connection, reported.complaint.id))
    if ComplaintAction.ACCEPT in steps and may_believe(reported, role=desk.member.role):
        may = _(
            "So it may be looked into only where you have reason to believe that something "
            "imminent threatens. Look from where anybody may stand first; what you see yourself is "
            "a case of your own, opened in the field."
        )
    elif may_believe(reported, role=Role.OFFICER):
        may = _(
            "So you may not have it looked into. An officer may, who has reason to believe that "
            "something imminent threatens."
        )
    else:
        may = _("So nobody may look into it.")
    return f"{lacks} {may}"


def _buttons(reported: Reported, steps: dict[Any, Step]) -> Iterator[Button]:
    """Yield what may be done with the complaint as a whole; overrides stand by their decisions."""
    number = reported.complaint.number
    for action, step in steps.items():
        deed: ComplaintDeed | None = COMPLAINT_DEEDS.get(str(action))
        if deed is not None:
            href = url_for("office.complaint_do", number=number, deed_name=str(action))
            yield Button(href, deed.words, FOLLOWS[action], step)
        elif action is ComplaintAction.DISCLOSE_REPORTER:
            href = url_for("office.reporter", number=number)
            yield Button(href, _("Ask who reported"), FOLLOWS[action], step)


def _head(desk: Desk, reported: Reported) -> dict[str, Any]:
    row = reported.complaint
    place = desk.first(places.parcel_by_id(row.parcel_id, staff=True)) if row.parcel_id else None
    title = row.situs_address or row.stated_address or row.stated_parcel_no or row.number
    return {"place": place, "title": title, "zones": desk.rows(places.zones())}

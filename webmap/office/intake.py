"""Take a complaint down while somebody is on the telephone, or what somebody here saw himself."""

from flask import flash, make_response, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from cases.adopted import law_in_force
from cases.desk import complaints, lists
from cases.errors import CaseError
from cases.once import Made, Once, once
from cases.opening import open_case
from cases.overriding import keep_apart, override
from cases.receiving import receive
from cases.review import Rule
from cases.screening import Channel
from cases.tying import Whereabouts
from cases.wording import tidy
from cases.workflow.casefile import CaseAction
from cases.workflow.complaint import ComplaintAction
from webmap.arguments import one_of
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.interpreting import say
from webmap.office.checking import Asked, Checked, called, check, kind_of, require_shown
from webmap.office.deeds.complaints import link
from webmap.office.frame import blueprint
from webmap.office.reporting import IntakeForm, PlaceForm

LONGEST = 200


@blueprint.route("/intake", methods=["GET", "POST"])
@needs(ComplaintAction.RECEIVE)
def intake() -> Response:
    """Ask for a complaint on one page, show what is known of its place, and keep it once."""
    with reading() as desk:
        form = IntakeForm()
        form.prepare(desk)
        checked = _checked(desk, form)
    if "check" not in request.form and form.validate_on_submit():
        try:
            return _received(form)
        except CaseError as error:
            form.form_errors.append(say(error))
    with reading() as desk:
        same_as = _answer(form, checked)
        page = make_response(
            desk.page("office/intake.html", form=form, checked=checked, same_as=same_as)
        )
    page.headers["Cache-Control"] = "no-store"  # it may hold what a reporter said of themselves
    return page


@blueprint.route("/open", methods=["GET", "POST"])
@needs(CaseAction.OPEN)
def open_directly() -> str | Response:
    """Open a case for what somebody here saw, without a complaint."""
    with reading() as desk:
        form = PlaceForm()
        form.prepare(desk)
        checked = _checked(desk, form)
    if "check" not in request.form and form.validate_on_submit():
        try:
            return _opened(form)
        except CaseError as error:
            form.form_errors.append(say(error))
    with reading() as desk:
        return desk.page("office/open.html", form=form, checked=checked)


@blueprint.get("/intake/check")
@needs(ComplaintAction.RECEIVE, CaseAction.OPEN)
def place_check() -> str:
    """Show, for a form that is still being filled in, what is on record there."""
    args = request.args
    asked = Asked(
        address=(tidy(args.get("address")) or "")[:LONGEST],
        parcel_no=(tidy(args.get("parcel_no")) or "")[:LONGEST],
        kind=args.get("kind", "")[:LONGEST],
        channel=Channel(one_of(args, "channel", ["", *Channel]) or Channel.PHONE),
        named=bool(args.get("named")),
        addressed=bool(args.get("addressed")),
    )
    with reading() as desk:
        _law_id, law = law_in_force(desk.connection, on=desk.today)
        return desk.page(
            "office/_check.html", checked=check(desk, asked) if asked.address else None,
            same_as=None, may_link=bool(args.get("link")), kind=kind_of(law, asked.kind),
        )  # fmt: skip


def _answer(form: IntakeForm, checked: Checked | None) -> str | None:
    """Return which matter stays chosen: empty for a new one, None for nothing.

    That it is a new matter was said only of what was shown by then.
    """
    on_record = {called(each) for each in checked.nearby} if checked else set()
    is_of_all = on_record <= {*(form.shown.data or ())}
    return form.same_as.data if form.same_as.data or is_of_all else None


def _checked(desk: Desk, form: PlaceForm) -> Checked | None:
    asked = form.asked()
    return check(desk, asked) if form.is_submitted() and asked.address else None


def _received(form: IntakeForm) -> Response:
    with writing() as desk:
        kept = _receive(desk, form)
        number = desk.connection.scalar(complaints.number_of(kept.id))
    said = (
        gettext("Complaint %(number)s was saved already; nothing was saved twice.", number=number)
        if kept.again
        else gettext("Complaint %(number)s is saved.", number=number)
    )
    flash(said)
    return redirect(url_for("office.complaint", number=number))


def _receive(desk: Desk, form: IntakeForm) -> Once:
    law_id, law = law_in_force(desk.connection, on=desk.today)

    def make() -> int:
        seen = require_shown(desk, form.asked(), shown=form.shown.data or ())
        report = form.asked().report(desk, law, said=form.said.data)
        made = receive(
            desk.connection, report=report, reporter=form.identity(), law_pack_id=law_id,
            **desk.who,
        )  # fmt: skip
        if threat := form.threat():
            override(
                desk.connection, complaint_id=made, rule=Rule.MAY_OPEN, value=threat,
                reason=form.because.data or "", **desk.who,
            )  # fmt: skip
        if form.same_as.data:
            link(desk, made, to=form.same_as.data)
        elif form.same_as.data is not None:
            keep_apart(desk.connection, complaint_id=made, seen=seen, **desk.who)
        return made

    return once(
        desk.connection, make, what=Made.COMPLAINT, key=form.key.data or "", moment=desk.moment
    )  # fmt: skip


def _opened(form: PlaceForm) -> Response:
    with writing() as desk:
        law_id, law = law_in_force(desk.connection, on=desk.today)

        def make() -> int:
            require_shown(desk, form.asked(), shown=form.shown.data or ())
            report = form.asked().report(desk, law)
            place = Whereabouts(
                parcel_no=report.parcel_no, address=report.address, point=None,
                opened_on=desk.today,
            )  # fmt: skip
            return open_case(
                desk.connection, category=report.category, place=place, law_pack_id=law_id,
                **desk.who,
            )  # fmt: skip

        kept = once(
            desk.connection, make, what=Made.CASE, key=form.key.data or "", moment=desk.moment
        )  # fmt: skip
        (case,) = desk.rows(lists.numbered([kept.id]))
    said = (
        gettext("Case %(number)s was opened already; nothing was opened twice.", number=case.number)
        if kept.again
        else gettext("Case %(number)s is open.", number=case.number)
    )
    flash(said)
    return redirect(url_for("office.case", number=case.number))

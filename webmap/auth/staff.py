"""Let an administrator look after the accounts of those who work here."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cases.accounts import city, factors, journal, links, members, people
from cases.accounts.errors import AccountError
from cases.desk.holding import Held, held
from cases.permissions import Right
from cases.workflow.roles import Role
from webmap.auth import limits
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.entering import address_of
from webmap.auth.forms import NewPersonForm, PersonForm
from webmap.auth.frame import blueprint
from webmap.auth.gate import needs
from webmap.auth.telling import told
from webmap.forms import JustDoIt, complain
from webmap.interpreting import say

ACCOUNTS = Right.LOOK_AFTER_ACCOUNTS


@blueprint.get("/staff")
@needs(ACCOUNTS)
def staff() -> str:
    """List everybody."""
    with reading() as desk:
        everyone = [members.as_member(row) for row in desk.rows(members.everyone())]
        return desk.page("auth/staff.html", everyone=everyone)


@blueprint.route("/staff/add", methods=["GET", "POST"])
@needs(ACCOUNTS)
def add_person() -> str | Response:
    """Add somebody, and show the link by which they set their password."""
    form = NewPersonForm()
    if form.validate_on_submit():
        try:
            with writing() as desk:
                staff_id = people.add(
                    desk.connection, login=str(form.login.data), name=str(form.name.data),
                    role=Role(form.role.data), email=form.email.data or None,
                    by=desk.actor.name, now=desk.moment.now,
                )  # fmt: skip
                return _link(desk, staff_id)
        except AccountError as error:
            complain(form, error.about, error)
    with reading() as desk:
        return desk.page("auth/person.html", form=form, person=None)


@blueprint.route("/staff/<int:staff_id>", methods=["GET", "POST"])
@needs(ACCOUNTS)
def person(staff_id: int) -> str | Response:
    """Show and change what is known of somebody."""
    with reading() as desk:
        found = _found(desk, staff_id)
        has = held(desk.connection, found)
    form = PersonForm(obj=found)
    leaves = has and form.is_submitted() and form.role.data != Role.OFFICER
    if form.validate_on_submit() and not (leaves and _not_told(has)):
        try:
            with writing() as desk:
                people.change(
                    desk.connection, staff_id, name=str(form.name.data),
                    role=Role(form.role.data), email=form.email.data or None,
                    by=desk.actor.name, now=desk.moment.now,
                )  # fmt: skip
        except AccountError as error:
            complain(form, error.about, error)
        else:
            flash(_("Saved."))
            return redirect(url_for("auth.staff"))
    with reading() as desk:
        warns = bool(leaves and not form.errors)
        return _person(desk, form, staff_id, leaves="role" if warns else "")


@blueprint.post("/staff/<int:staff_id>/link")
@needs(ACCOUNTS)
def send_link(staff_id: int) -> str:
    """Make a link by which somebody sets a new password."""
    with writing() as desk:
        _found(desk, staff_id)
        return _link(desk, staff_id)


@blueprint.post("/staff/<int:staff_id>/access/<any(give,take):what>")
@needs(ACCOUNTS)
def access(staff_id: int, what: str) -> str | Response:
    """Take somebody's access away, or give it back; say first what they would leave behind."""
    with reading() as desk:
        found = _found(desk, staff_id)
        has = held(desk.connection, found)
        if what == "take" and has and _not_told(has):
            return _person(desk, PersonForm(None, obj=found), staff_id, leaves="access")
    do = people.reactivate if what == "give" else people.deactivate
    try:
        with writing() as desk:
            do(desk.connection, staff_id, by=desk.actor.name, now=desk.moment.now)
    except AccountError as error:
        flash(say(error), "error")
    return redirect(url_for("auth.person", staff_id=staff_id))


@blueprint.post("/staff/<int:staff_id>/phone/drop")
@needs(ACCOUNTS)
def drop_their_phone(staff_id: int) -> Response:
    """Ask no codes of somebody who lost the telephone and the codes kept for that."""
    with writing() as desk:
        found = _found(desk, staff_id)
        factors.drop(desk.connection, found, by=desk.actor.name, now=desk.moment.now)
    return redirect(url_for("auth.person", staff_id=staff_id))


@blueprint.post("/staff/<int:staff_id>/city/untie")
@needs(ACCOUNTS)
def untie(staff_id: int) -> Response:
    """Forget which of the city's people somebody is, as when the city gave them a new account."""
    with writing() as desk:
        found = _found(desk, staff_id)
        city.unlink(desk.connection, found, by=desk.actor.name, now=desk.moment.now)
    return redirect(url_for("auth.person", staff_id=staff_id))


def _person(desk: Desk, form: PersonForm, staff_id: int, *, leaves: str = "") -> str:
    """Show somebody's account.

    Parameters
    ----------
    leaves
        What would leave their work behind if it were done, and waits for a word: ``role``,
        ``access``; "" for nothing.
    """
    found = _found(desk, staff_id)
    events = desk.rows(journal.events_of(staff_id).limit(30))
    return desk.page(
        "auth/person.html", form=form, person=found, events=events, told=told, go=JustDoIt(),
        has=held(desk.connection, found), leaves=leaves, zone=desk.zone,
        held_until=limits.held_until(desk.connection, found),
    )  # fmt: skip


def _not_told(has: Held) -> bool:
    """Tell whether the page did not say yet what would be left behind, or it is another by now."""
    return request.form.get("told") != has.mark


def _found(desk: Desk, staff_id: int) -> members.Member:
    try:
        return members.member(desk.connection, staff_id)
    except AccountError:
        abort(404)


def _link(desk: Desk, staff_id: int) -> str:
    token = links.make(
        desk.connection, staff_id, lasting=links.INVITATION, by=desk.actor.name,
        now=desk.moment.now,
    )  # fmt: skip
    address = address_of("auth.set_password", token=token)
    return desk.page("auth/link.html", person=_found(desk, staff_id), address=address)

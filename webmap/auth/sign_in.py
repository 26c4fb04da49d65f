"""Let somebody sign in, with a code from their telephone where they set one up, and out again."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app, flash, g, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cases.accounts import factors, journal, members, passwords, sessions
from cases.accounts.errors import ForeignSealError, WrongCodeError
from cases.accounts.members import Member
from data.town.notes import GENERATOR
from webmap.auth import limits
from webmap.auth.entering import enter, halfway, next_page, wait_halfway
from webmap.auth.forms import CodeForm, SignInForm
from webmap.auth.frame import blueprint
from webmap.auth.gate import TOKEN, anybody, clock_now, seal
from webmap.forms import complain
from webmap.visits import visit


@blueprint.route("/sign-in", methods=["GET", "POST"])
@anybody
def sign_in() -> str | Response:
    """Ask for name and password."""
    form = SignInForm()
    if request.method == "GET" and g.get("member"):
        return redirect(next_page() or url_for("auth.home"))
    if form.validate_on_submit():
        person = _proved(str(form.login.data), str(form.password.data))
        if person and person.second_factor:
            wait_halfway(person)
            return redirect(url_for("auth.code", next=next_page() or None))
        if person:
            return enter(person, onward=next_page())
        complain(form, "password", _("The name or the password is wrong."))
    with visit() as look:
        return look.page(
            "auth/sign_in.html", form=form, next=next_page(), accounts=_demo_accounts(),
            city=current_app.config["CITY"],
        )  # fmt: skip


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@anybody
def code() -> str | Response:
    """Ask for the telephone's code as well."""
    staff_id = halfway()
    if staff_id is None:
        return redirect(url_for("auth.sign_in", next=next_page() or None))
    form = CodeForm()
    if form.validate_on_submit():
        limits.take(limits.code_key(staff_id), limits.BY_PERSON)
        try:
            return enter(_with_code(staff_id, str(form.code.data)), onward=next_page())
        except (WrongCodeError, ForeignSealError) as error:
            complain(form, "code", error)
    with visit() as look:
        return look.page("auth/code.html", form=form, next=next_page())


@blueprint.post("/sign-out")
@anybody
def sign_out() -> Response:
    """End the session; there may be none any more."""
    token = session.pop(TOKEN, None)
    session.clear()
    person: Member | None = g.get("member")
    if token is not None and person is not None:
        now = clock_now()
        with limits.engine().begin() as connection:
            sessions.end(connection, token, now=now)
            journal.write(connection, "signed_out", staff_id=person.id, actor=person.name, now=now)
    flash(_("You are signed out."))
    return redirect(url_for("auth.sign_in"))


def _proved(login: str, password: str) -> Member | None:
    """Return whose name and password these are; a try is counted before it is looked at."""
    with limits.engine().connect() as connection:
        person = members.find(connection, login)
    limits.take(limits.place_key(), limits.BY_PLACE)
    limits.take(limits.name_key(person.login if person else login), limits.BY_PERSON)
    now = clock_now()
    with limits.engine().begin() as connection:
        if passwords.is_right(connection, person, password, now=now):
            return person
        _tell_failed(connection, person.id if person else None, what="password", now=now)
    return None


def _with_code(staff_id: int, said: str) -> Member:
    """Return who has given a password before and the right code now."""
    now = clock_now()
    try:
        with limits.engine().begin() as connection:
            person = members.member(connection, staff_id)
            factors.require(connection, person, said, seal=seal(), now=now)
    except (WrongCodeError, ForeignSealError):
        with limits.engine().begin() as connection:
            _tell_failed(connection, staff_id, what="code", now=now)
        raise
    return person


def _tell_failed(
    connection: sa.Connection, staff_id: int | None, *, what: str, now: datetime
) -> None:
    """Write down that it was tried, and from where; a name nobody has may be a password."""
    journal.write(
        connection, "sign_in_failed", staff_id=staff_id, actor="unknown", now=now,
        what=what, place=request.remote_addr,
    )  # fmt: skip


def _demo_accounts() -> list[sa.Row[Any]]:
    """Return the generated town's own accounts, which anybody may use; of a real town none."""
    if not current_app.config["DEMO"]:
        return []
    with limits.engine().connect() as connection:
        return list(connection.execute(members.added_by(GENERATOR)))

"""Let somebody sign in, with a code from their telephone where they set one up, and out again."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from cases.accounts import factors, journal, members, passwords, sessions, throttle
from cases.accounts.errors import WrongCodeError
from cases.accounts.members import Member
from cases.accounts.throttle import Limit
from webmap.auth.forms import CodeForm, SignInForm
from webmap.auth.gate import TOKEN, anybody, clock_now
from webmap.forms import complain
from webmap.visits import visit

blueprint = Blueprint("auth", __name__)

HALFWAY = "halfway"
HALFWAY_LASTS = timedelta(minutes=5)
BY_NAME = Limit(tries=5, per=timedelta(minutes=15))
BY_PLACE = Limit(tries=30, per=timedelta(minutes=15))


@blueprint.route("/sign-in", methods=["GET", "POST"])
@anybody
def sign_in() -> str | AnyResponse:
    """Ask for name and password."""
    form = SignInForm()
    if form.validate_on_submit():
        person = _proved(str(form.login.data), str(form.password.data))
        if person and person.second_factor:
            session[HALFWAY] = [person.id, clock_now().timestamp()]
            return redirect(url_for("auth.code", next=_next()))
        if person:
            return enter(person)
        form.password.errors = [_WRONG]
    with visit() as look:
        return look.page("auth/sign_in.html", form=form, next=_next(), accounts=_demo_accounts())


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@anybody
def code() -> str | AnyResponse:
    """Ask for the telephone's code as well."""
    staff_id = _halfway()
    if staff_id is None:
        return redirect(url_for("auth.sign_in", next=_next()))
    form = CodeForm()
    if form.validate_on_submit():
        _take(f"code:{staff_id}", BY_NAME)
        try:
            with _engine().begin() as connection:
                person = members.member(connection, staff_id)
                factors.require(connection, person, str(form.code.data), now=clock_now())
        except WrongCodeError as error:
            complain(form, "code", error)
        else:
            return enter(person)
    with visit() as look:
        return look.page("auth/code.html", form=form, next=_next())


@blueprint.post("/sign-out")
@anybody
def sign_out() -> AnyResponse:
    """End the session; there may be none any more."""
    token = session.pop(TOKEN, None)
    session.clear()
    if token is not None:
        with _engine().begin() as connection:
            sessions.end(connection, token, now=clock_now())
    return redirect(url_for("auth.sign_in"))


def enter(person: Member) -> AnyResponse:
    """Start a session for somebody who has proved who they are, and show them where they go."""
    now = clock_now()
    with _engine().begin() as connection:
        device = request.user_agent.string or "unnamed"
        token = sessions.start(connection, person.id, device=device, now=now)
        journal.write(connection, "signed_in", staff_id=person.id, actor=person.name, now=now)
        throttle.give_back(connection, _name_key(person.login))
        throttle.give_back(connection, f"code:{person.id}")
    session.clear()
    session.permanent = True
    session[TOKEN] = token
    return redirect(_next() or url_for("auth.home"))


def _proved(login: str, password: str) -> Member | None:
    """Return whose name and password these are; a try is counted before it is looked at."""
    with _engine().connect() as connection:
        person = members.find(connection, login)
    _take(f"sign-in:place:{request.remote_addr}", BY_PLACE)
    _take(_name_key(person.login if person else login), BY_NAME)
    now = clock_now()
    with _engine().begin() as connection:
        if passwords.is_right(connection, person, password, now=now):
            return person
        _tell_failed(connection, person, login, now=now)
    return None


def _tell_failed(
    connection: sa.Connection, person: Member | None, login: str, *, now: datetime
) -> None:
    details = {"from": request.remote_addr} | ({} if person else {"login": login[:80]})
    whose = person.id if person else None
    journal.write(connection, "sign_in_failed", staff_id=whose, actor="unknown", now=now, **details)


def _take(key: str, limit: Limit) -> None:
    with _engine().begin() as connection:
        throttle.take(connection, key, limit, now=clock_now())


def _name_key(login: str) -> str:
    return f"sign-in:name:{login.strip().lower()[:200]}"


def _halfway() -> int | None:
    """Return who has given the password and not the code yet, for some minutes."""
    staff_id, since = session.get(HALFWAY, (None, 0.0))
    if staff_id is None or clock_now().timestamp() - since > HALFWAY_LASTS.total_seconds():
        return None
    return int(staff_id)


def _next() -> str:
    """Return the page to go on to; only ever one of ours."""
    said = request.args.get("next", "")
    ours = said.startswith("/") and not said.startswith(("//", "/\\")) and said.isprintable()
    return said if ours else ""


def _engine() -> sa.Engine:
    engine: sa.Engine = current_app.extensions["lotline"].app
    return engine


def _demo_accounts() -> list[sa.Row[Any]]:
    """Return the accounts of the generated town, which anybody may use; of a real town none."""
    if not current_app.config["DEMO"]:
        return []
    with _engine().connect() as connection:
        return list(connection.execute(members.everyone()))


_WRONG = "The name or the password is wrong."

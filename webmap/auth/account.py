"""Show somebody their own account: language, password, telephone, sessions."""

import base64
import io

import segno
from flask import abort, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cases.accounts import factors, passwords, people, sessions, throttle
from cases.accounts.errors import ForeignSealError, WeakPasswordError, WrongCodeError
from cases.workflow.roles import Role
from webmap.auth import limits
from webmap.auth.desk import reading, writing
from webmap.auth.entering import ours
from webmap.auth.forms import ChangePasswordForm, CodeForm, FirstCodeForm
from webmap.auth.frame import blueprint
from webmap.auth.gate import TOKEN, clock_now, me, seal, signed_in
from webmap.forms import JustDoIt, complain
from webmap.languages import A_YEAR, COOKIE, LANGUAGES

SECRET = "new_secret"  # noqa: S105 - where a cookie keeps one until its telephone has shown a code


@blueprint.get("/account")
@signed_in
def account() -> str:
    """Show one's account."""
    with reading() as desk:
        return desk.page(
            "auth/account.html",
            form=ChangePasswordForm(),
            go=JustDoIt(),
            sessions=desk.rows(sessions.running(me().id, now=clock_now())),
            current=sessions.hashed(session[TOKEN]),
            kept=factors.kept(desk.connection, me()),
        )


@blueprint.post("/account/password")
@signed_in
def change_password() -> str | Response:
    """Change the password, once the current one was given."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        limits.take(limits.password_key(me().id), limits.BY_PERSON)
        try:
            if _is_changed(form):
                flash(_("Your password is changed. Your other sessions have ended."))
                return redirect(url_for("auth.account"))
            complain(form, "current", _("That is not your current password."))
        except WeakPasswordError as error:
            complain(form, "password", error)
    with reading() as desk:
        return desk.page("auth/password.html", form=form)


@blueprint.route("/account/phone", methods=["GET", "POST"])
@signed_in
def phone() -> str | Response:
    """Set up codes from a telephone: show the square picture, and ask for the first code."""
    if me().second_factor:
        return redirect(url_for("auth.account"))  # the one there is has to be dropped first
    form = FirstCodeForm()
    secret = session.setdefault(SECRET, factors.new_secret())
    if form.validate_on_submit():
        try:
            with writing() as desk:
                codes = factors.confirm(
                    desk.connection, me(), secret=secret, code=str(form.code.data),
                    seal=seal(), now=desk.moment.now,
                )  # fmt: skip
                session.pop(SECRET)
                return desk.page("auth/recovery.html", codes=codes)
        except WrongCodeError as error:
            complain(form, "code", error)
    with reading() as desk:
        town = desk.town.name if desk.town else ""
        picture = _square(factors.address(secret, me(), town=town))
        return desk.page("auth/phone.html", form=form, secret=secret, picture=picture)


@blueprint.route("/account/phone/drop", methods=["GET", "POST"])
@signed_in
def drop_phone() -> str | Response:
    """Ask no codes any more, once one was given: a session left open is not enough."""
    form = CodeForm()
    if form.validate_on_submit():
        limits.take(limits.code_key(me().id), limits.BY_PERSON)
        try:
            with writing() as desk:
                now = desk.moment.now
                said = str(form.code.data)
                factors.require(desk.connection, me(), said, seal=seal(), now=now)
                factors.drop(desk.connection, me(), by=me().name, now=now)
                throttle.give_back(desk.connection, limits.code_key(me().id))
        except (WrongCodeError, ForeignSealError) as error:
            complain(form, "code", error)
        else:
            flash(_("No code is asked at sign-in any more."))
            return redirect(url_for("auth.account"))
    with reading() as desk:
        return desk.page("auth/drop_phone.html", form=form)


@blueprint.post("/account/sessions/end")
@signed_in
def end_others() -> Response:
    """End one's sessions on other devices."""
    with writing() as desk:
        sessions.end_all(desk.connection, me().id, but=session[TOKEN], now=desk.moment.now)
    flash(_("You are signed out everywhere else."))
    return redirect(url_for("auth.account"))


@blueprint.post("/account/language/<code>")
@signed_in
def speak(code: str) -> Response:
    """Read the pages in another language."""
    if code not in LANGUAGES:
        abort(404)
    with writing() as desk:
        people.speak(desk.connection, me().id, language=code)
    answer = redirect(ours(request.form.get("to", "")) or url_for("auth.account"))
    answer.set_cookie(COOKIE, code, max_age=A_YEAR, samesite="Lax", httponly=True)
    return answer


@blueprint.get("/home")
@signed_in
def home() -> Response:
    """Go to the first page of one's role."""
    return redirect(url_for("auth.staff" if me().role is Role.ADMIN else "office.home"))


def _is_changed(form: ChangePasswordForm) -> bool:
    """Tell whether the current password was right, and so the new one is set."""
    with writing() as desk:
        connection, now = desk.connection, desk.moment.now
        if not passwords.is_right(connection, me(), str(form.current.data), now=now):
            return False
        passwords.set_password(
            connection, me().id, str(form.password.data), keep=session[TOKEN], by=me().name, now=now
        )
        throttle.give_back(connection, limits.password_key(me().id))
    return True


def _square(address: str) -> str:
    """Return a QR code as an address of its own, which the page shows as a picture."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=5, border=3)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()

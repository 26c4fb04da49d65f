"""Honour the links sent to those who follow: the one that says yes, and the one that stops.

Opening a link does nothing, for programs that guard mailboxes open every one; its button does.
"""

from datetime import timedelta
from http import HTTPStatus

from flask import Response, request
from flask.blueprints import BlueprintSetupState

from cases.accounts.throttle import Limit
from cases.errors import CaseError
from cases.following.asking import asked_by, confirm
from cases.following.mailing import followed_by, held_by, stop_all, stop_one
from cases.mail.numbers import spoken
from webmap.arguments import number_of
from webmap.auth.gate import clock_now
from webmap.auth.limits import engine, take
from webmap.forms import JustDoIt
from webmap.interpreting import say
from webmap.languages import language
from webmap.public.frame import blueprint
from webmap.public.reporting.desk import key_of, unkept
from webmap.visits import visit

IN_VAIN = Limit(tries=30, per=timedelta(minutes=15))


@blueprint.route("/follow/confirm/<token>", methods=["GET", "POST"])
def follow_confirm(token: str) -> Response:
    """Say what the link would follow, and follow it at the button."""
    form, wrong = JustDoIt(), None
    with engine().begin() as connection:
        row = asked_by(connection, token)
        if row is not None and form.validate_on_submit():
            try:
                confirm(connection, token, language=language(), now=clock_now())
                row = asked_by(connection, token)
            except CaseError as error:
                wrong = say(error)
    if row is None:
        return _dead()
    with visit() as look:
        return unkept(look.page("follow/confirm.html", row=row, form=form, wrong=wrong))


@blueprint.route("/follow/stop/<token>", methods=["GET", "POST"])
def follow_stop(token: str) -> Response:
    """Show what somebody follows, and stop all of it at the button, or one thing.

    A mail program posts here of itself (RFC 8058), without a cookie: who holds the link may.
    """
    is_done = request.method == "POST"
    with engine().begin() as connection:
        reach = held_by(connection, token)
        if reach is None:
            return _dead()
        if is_done and (one := request.form.get("one")):
            stop_one(connection, reach, number_of(one))
        elif is_done:
            stop_all(connection, reach)
        rows = connection.execute(followed_by(reach)).all()
    with visit() as look:
        told = {"to": spoken(reach.to), "by_text": reach.by_text}
        page = look.page("follow/stop.html", rows=rows, is_done=is_done, **told)
        return unkept(page)


@blueprint.record_once
def _let_programs_stop(state: BlueprintSetupState) -> None:
    """Ask nothing of whoever stops but the link, which nobody can guess."""
    state.app.extensions["csrf"].exempt(follow_stop)


def _dead() -> Response:
    take(key_of("follow-links"), IN_VAIN)
    with visit() as look:
        return unkept(look.page("follow/dead.html"), HTTPStatus.GONE)

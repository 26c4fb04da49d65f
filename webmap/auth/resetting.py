"""Let somebody set a password by a link: an invitation, or help for a forgotten one."""

import sqlalchemy as sa
from flask import current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cases.accounts import links, members
from cases.accounts.errors import DeadLinkError, WeakPasswordError
from cases.accounts.members import Member
from cases.mail import outbox
from cases.mail.message import Message
from cases.worded.kinds import MessageKind
from geo import places
from webmap.auth import limits
from webmap.auth.entering import address_of
from webmap.auth.forms import ForgottenForm, NewPasswordForm
from webmap.auth.frame import blueprint
from webmap.auth.gate import anybody, clock_now
from webmap.forms import complain
from webmap.languages import language
from webmap.visits import visit
from webmap.worded_mail import mail_words

GONE = 410


@blueprint.route("/set-password/<token>", methods=["GET", "POST"])
@anybody
def set_password(token: str) -> str | Response | tuple[str, int]:
    """Take a new password from the holder of a link."""
    form = NewPasswordForm()
    try:
        with limits.engine().connect() as connection:
            person = links.whose(connection, token, now=clock_now())
        if form.validate_on_submit() and _is_set(form, token):
            flash(_("Your password is set. Sign in with it."))
            return redirect(url_for("auth.sign_in"))
    except DeadLinkError:
        limits.take(f"link:{limits.place()}", limits.BY_PLACE)
        with visit() as look:
            return look.page("auth/dead_link.html"), GONE
    with visit() as look:
        return look.page("auth/set_password.html", form=form, person=person)


@blueprint.route("/sign-in/forgot", methods=["GET", "POST"])
@anybody
def forgot() -> str:
    """Mail a link to whoever has an address; the answer does not tell whether anybody has."""
    form = ForgottenForm()
    sent = None
    if current_app.config["MAIL"] and form.validate_on_submit():
        sent = str(form.email.data).strip()
        limits.take(f"forgot:place:{limits.place()}", limits.RESETS_BY_PLACE)
        limits.take(f"forgot:address:{sent.lower()}", limits.RESETS_BY_ADDRESS)
        _mail_link(sent)
    with visit() as look:
        return look.page("auth/forgot.html", form=form, sent=sent, mail=current_app.config["MAIL"])


def _is_set(form: NewPasswordForm, token: str) -> bool:
    try:
        with limits.engine().begin() as connection:
            links.use(connection, token, str(form.password.data), now=clock_now())
    except WeakPasswordError as error:
        complain(form, "password", error)
        return False
    return True


def _mail_link(email: str) -> None:
    now = clock_now()
    with limits.engine().begin() as connection:
        person = members.find(connection, email)
        if person is None or not _may_reset(person, email):
            return
        token = links.make(
            connection, person.id, lasting=links.RESET, by="the sign-in page", now=now
        )
        address = address_of("auth.set_password", token=token)
        subject, body = mail_words(
            current_app.config["MESSAGES"], MessageKind.PASSWORD_RESET,
            language=person.language or language(), town=_town(connection),
            login=person.login, address=address,
        )  # fmt: skip
        message = Message(to=str(person.email), subject=subject, body=body)
        outbox.queue(connection, message=message, now=now)


def _may_reset(person: Member, email: str) -> bool:
    """Tell whether a link helps: whom the city alone signs in has no password to forget."""
    theirs = (person.email or "").lower() == email.lower()
    return theirs and person.active and (person.has_password or not person.through_city)


def _town(connection: sa.Connection) -> str:
    row = connection.execute(places.town()).first()
    return row.name if row else "Lotline"

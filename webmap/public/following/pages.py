"""Ask on one page what somebody wants to follow by e-mail, and mail the link that confirms it."""

from datetime import timedelta
from http import HTTPStatus

from flask import Response, current_app, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _

from cases.accounts import throttle
from cases.accounts.errors import TooManyTriesError
from cases.accounts.sessions import new_token
from cases.accounts.throttle import Limit
from cases.following.asking import Wanted, ask
from cases.following.mailing import Kind, Told, send, was_sent
from cases.mail.message import Message
from cases.worded.kinds import MessageKind
from webmap.auth.entering import address_of
from webmap.auth.gate import clock_now
from webmap.auth.limits import engine
from webmap.interpreting import say
from webmap.languages import language
from webmap.public.following.form import FollowForm
from webmap.public.frame import blueprint
from webmap.public.mailed import MailedForm
from webmap.public.reporting.desk import key_of, told_to_wait, unkept
from webmap.visits import Visit, visit
from webmap.worded_mail import mail_words

BY_PLACE = Limit(tries=20, per=timedelta(hours=1))
BY_ADDRESS = Limit(tries=5, per=timedelta(days=1))
"""Nobody's mailbox is filled with questions that others asked in their name."""


@blueprint.route("/follow", methods=["GET", "POST"])
def follow() -> Response:
    """Ask what to follow, and mail a link to the address given, once however often it is sent."""
    form = FollowForm()
    with visit() as look:
        if not form.is_submitted():
            form.fill(look, request.args)
            form.prepare(look)
            return unkept(_asked(look, form))
        form.prepare(look)
        return _sent(look, form)


@blueprint.record_once
def _guard_itself(state: BlueprintSetupState) -> None:
    """Leave the guard against forgery to the form, which then loses nothing that was typed."""
    state.app.extensions["csrf"].exempt(follow)


def _sent(look: Visit, form: FollowForm) -> Response:
    if not form.csrf_token.validate(form):
        form.csrf_token.errors = ()
        form.form_errors.append(
            _("This page was open for long. Look whether all is there, and send it again.")
        )
        return unkept(_asked(look, form), HTTPStatus.BAD_REQUEST)
    is_good = form.validate()
    wanted, email = form.wanted(look), form.address()
    if not is_good or wanted is None or email is None or not current_app.config["MAIL"]:
        return unkept(_asked(look, form))
    try:
        if not form.website.data:  # no person sees that field
            ask_by_mail(look, form, wanted, email)
    except TooManyTriesError as error:
        form.form_errors.append(say(error))
        return told_to_wait(_asked(look, form), error)
    return unkept(look.page("follow/asked.html", email=email, name=wanted.name))


def ask_by_mail(look: Visit, form: MailedForm, wanted: Wanted, email: str) -> None:
    """Note what is asked and mail the link; whether the address is known here tells nobody."""
    now = clock_now()
    with engine().begin() as connection:
        if was_sent(connection, form.form_key):
            return
        throttle.take(connection, key_of("follow"), BY_PLACE, now=now)
        throttle.take(connection, f"follow:address:{email.lower()}", BY_ADDRESS, now=now)
    with engine().begin() as connection:
        stop = new_token()
        token = ask(connection, email=email, language=language(), wanted=wanted, now=now)
        confirm = address_of("public.follow_confirm", token=token)
        town = look.town.name if look.town else "Lotline"
        subject, body = mail_words(
            current_app.config["MESSAGES"], MessageKind.FOLLOW_CONFIRM, language=language(),
            town=town, followed=wanted.name, confirm=confirm, stop=_stop(stop),
        )  # fmt: skip
        message = Message(to=email, subject=subject, body=body)
        told = Told(kind=Kind.CONFIRM, what=[wanted.logged or wanted.name])
        is_first = send(
            connection, message, told=told, stop=(stop, _stop(stop)), now=now,
            message_id=form.form_key,
        )  # fmt: skip
        if not is_first:  # sent twice in one moment: the link of the other one has to work
            connection.rollback()


def _stop(token: str) -> str:
    return address_of("public.follow_stop", token=token)


def _asked(look: Visit, form: FollowForm) -> str:
    return look.page("follow/form.html", form=form, mail=current_app.config["MAIL"])

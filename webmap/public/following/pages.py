"""Ask on one page what somebody wants to follow, and send the link that confirms it."""

from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID, uuid5

import sqlalchemy as sa
from flask import Response, current_app, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _

from cases.accounts import throttle
from cases.accounts.errors import TooManyTriesError
from cases.accounts.throttle import Limit
from cases.following.asking import Wanted, ask, link_token
from cases.following.mailing import Kind, Told, send, was_sent
from cases.following.reaching import Reach
from cases.mail.message import Channel, Message
from cases.mail.numbers import spoken
from cases.worded.kinds import MessageKind
from webmap.auth.entering import address_of
from webmap.auth.gate import clock_now
from webmap.auth.limits import engine
from webmap.follow_texts import confirming_text
from webmap.interpreting import say
from webmap.languages import language
from webmap.public.following.form import FollowForm
from webmap.public.following.scopes import MOST_CORNERS
from webmap.public.frame import blueprint
from webmap.public.mailed import MailedForm
from webmap.public.reporting.desk import key_of, told_to_wait, unkept
from webmap.quiet_hours import is_day
from webmap.visits import Visit, visit
from webmap.worded_mail import mail_words

BY_PLACE = Limit(tries=20, per=timedelta(hours=1))
BY_ADDRESS = Limit(tries=5, per=timedelta(days=1))
"""Nobody's mailbox is filled with questions that others asked in their name."""
BY_NUMBER = Limit(tries=3, per=timedelta(days=1))
NUMBERS_BY_PLACE = Limit(tries=10, per=timedelta(days=1))
"""No one visitor uses up what the town texts."""
QUESTIONS = UUID("0d6f3a52-9c0b-4a52-8f4e-2b7a5c1de9a4")
"""Of the names of questions, so that no visitor gives one the name of another message."""
NUMBERS = "follow:numbers"
"""The allowance of all numbers together: somebody may be paid for each text the town sends."""


class AllAskedError(TooManyTriesError):
    """So many numbers were asked that no more are for now."""


@blueprint.route("/follow", methods=["GET", "POST"])
def follow() -> Response:
    """Ask what to follow, and send a link to the address given, once however often it is sent."""
    form = FollowForm()
    with visit() as look:
        if not form.is_submitted():
            form.fill(look, request.args)
            form.prepare(look, channels())
            return unkept(_asked(look, form))
        form.prepare(look, channels())
        return _sent(look, form)


def channels() -> list[Channel]:
    """Return by what the town tells those who follow."""
    config = current_app.config
    told = {Channel.MAIL: config["MAIL"], Channel.TEXT: config["TEXTS"]}
    return [each for each, there in told.items() if there]


@blueprint.record_once
def _guard_itself(state: BlueprintSetupState) -> None:
    """Leave the guard against forgery to the form, which then loses nothing that was typed."""
    state.app.extensions["csrf"].exempt(follow)


def _sent(look: Visit, form: FollowForm) -> Response:
    if form.has_lapsed():
        return unkept(_asked(look, form), HTTPStatus.BAD_REQUEST)
    is_good = form.validate()
    texts = current_app.config["TEXTS"]
    wanted, reach = form.wanted(look), form.reach(countries=texts.countries if texts else ())
    if not is_good or wanted is None or reach is None:
        return unkept(_asked(look, form))
    try:
        if not form.website.data:  # no person sees that field
            send_link(look, form, wanted, reach)
    except TooManyTriesError as error:
        all_asked = _("No more texts go out just now. Try again later, or follow in another way.")
        form.form_errors.append(all_asked if isinstance(error, AllAskedError) else say(error))
        return told_to_wait(_asked(look, form), error)
    told = {"by_text": reach.by_text, "at_night": not is_day(clock_now())}
    return unkept(look.page("follow/asked.html", to=spoken(reach.to), name=wanted.name, **told))


def send_link(look: Visit, form: MailedForm, wanted: Wanted, reach: Reach) -> None:
    """Note what is asked and send the link; whether the address is known here tells nobody."""
    now, name = clock_now(), _named(form.form_key, wanted, reach)
    with engine().begin() as connection:
        if was_sent(connection, name):
            return
        throttle.take(connection, key_of("follow"), BY_PLACE, now=now)
        _spare(connection, reach, now=now)
    with engine().begin() as connection:
        stop = link_token(reach.channel)
        token = ask(connection, reach=reach, language=language(), wanted=wanted, now=now)
        town = look.town.name if look.town else "Lotline"
        message = _question(
            reach, town=town, name=wanted.name,
            confirm=address_of("public.follow_confirm", token=token), stop=_stop(stop),
        )  # fmt: skip
        told = Told(kind=Kind.CONFIRM, what=[wanted.logged or wanted.name])
        is_first = send(
            connection, message, told=told, stop=(stop, _stop(stop)), now=now, message_id=name
        )
        if not is_first:  # sent twice in one moment: the link of the other one has to work
            connection.rollback()


def _named(key: UUID, wanted: Wanted, reach: Reach) -> UUID:
    """Return the name of a question: the same of a form that is sent twice as it was.

    A form that comes back with an address or a choice mended asks something else.
    """
    return uuid5(QUESTIONS, f"{key} {reach.channel} {reach.key} {wanted.scope!r}")


def _spare(connection: sa.Connection, reach: Reach, *, now: datetime) -> None:
    """Take one try of what an address or a number may be asked, and of all numbers together."""
    if not reach.by_text:
        throttle.take(connection, f"follow:address:{reach.mailbox}", BY_ADDRESS, now=now)
        return
    throttle.take(connection, f"follow:number:{reach.key}", BY_NUMBER, now=now)
    throttle.take(connection, key_of("follow-numbers"), NUMBERS_BY_PLACE, now=now)
    asks = current_app.config["TEXTS"].asks
    try:
        throttle.take(connection, NUMBERS, Limit(tries=asks, per=timedelta(days=1)), now=now)
    except TooManyTriesError as error:
        current_app.logger.warning(
            "No number is asked for now whether it wants to follow: so many were today "
            "(LOTLINE_SMS_ASKS=%d).", asks,
        )  # fmt: skip
        raise AllAskedError(error.wait) from None


def _question(reach: Reach, *, town: str, name: str, confirm: str, stop: str) -> Message:
    """Return what asks whether somebody wants to follow."""
    if reach.by_text:
        subject = _("Please confirm what you want to follow")
        body = confirming_text(town=town, name=name, link=confirm)
        return Message(to=reach.to, subject=subject, body=body, channel=Channel.TEXT)
    subject, body = mail_words(
        current_app.config["MESSAGES"], MessageKind.FOLLOW_CONFIRM, language=language(),
        town=town, followed=name, confirm=confirm, stop=stop,
    )  # fmt: skip
    return Message(to=reach.to, subject=subject, body=body)


def _stop(token: str) -> str:
    return address_of("public.follow_stop", token=token)


def _asked(look: Visit, form: FollowForm) -> str:
    return look.page("follow/form.html", form=form, channels=channels(), most=MOST_CORNERS)

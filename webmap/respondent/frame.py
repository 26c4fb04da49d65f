"""Frame the pages of a respondent: their blueprint, the cookie, and who asks."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response, abort, current_app, g, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from cases.actors import Actor, Moment
from cases.codes.entering import Holder, holder_by_id
from cases.desk.book import Book, open_book
from cases.errors import CaseError
from geo import places
from webmap.auth.desk import Acting
from webmap.auth.gate import clock_now

blueprint = Blueprint("respondent", __name__)
COOKIE = "lotline_notice"
PATH = "/my-case"
LASTS = timedelta(minutes=45)
"""How long a page may lie untouched before the code is asked for again."""


class CodeAskedAgainError(CaseError):
    """Something is sent from a page that lay too long, or whose code was taken back."""


@dataclasses.dataclass(frozen=True)
class Room(Acting):
    """A look at one case by who holds a code of it.

    Parameters
    ----------
    holder
        Who, and what the code lets them do.
    """

    holder: Holder

    @property
    def actor(self) -> Actor:
        """Who a command is told acts.

        Raises
        ------
        ReadsOnlyError
            The code only reads.
        """
        return self.holder.actor

    def book(self) -> Book:
        """Return the case as a book."""
        return open_book(self.connection, self.holder.number) or abort(404)

    def page(self, template: str, **values: object) -> str:
        """Render a template that knows the town, the day, and who asks."""
        return super().page(template, holder=self.holder, **values)


@contextmanager
def reading() -> Iterator[Room]:
    """Open a room in which nothing is written."""
    with current_app.extensions["lotline"].app.connect() as connection:
        yield _room(connection)


@contextmanager
def writing() -> Iterator[Room]:
    """Open a room whose deeds are kept together at the end, or none of them if anything fails."""
    with current_app.extensions["lotline"].app.begin() as connection:
        yield _room(connection)


def remember(answer: Response, code_id: int) -> Response:
    """Let a browser hold a code for a while; the code itself is in no cookie."""
    answer.set_cookie(
        COOKIE, str(_signer().dumps(code_id)), max_age=int(LASTS.total_seconds()), path=PATH,
        secure=current_app.config["SESSION_COOKIE_SECURE"], httponly=True, samesite="Lax",
    )  # fmt: skip
    return answer


def forget(answer: Response) -> Response:
    """Let a browser hold no code any more."""
    answer.delete_cookie(COOKIE, path=PATH)
    return answer


@blueprint.after_request
def _hold_on(answer: Response) -> Response:
    """Count the time from the last page on."""
    code_id = g.get("code_id")
    given = answer.headers.getlist("Set-Cookie")
    if code_id is None or any(each.startswith(COOKIE) for each in given):
        return answer
    return remember(answer, code_id)


def _room(connection: sa.Connection) -> Room:
    now = clock_now()
    holder = _holder(connection)
    g.code_id = holder.code_id
    return Room(
        connection=connection, town=connection.execute(places.town()).first(), today=now.date(),
        moment=Moment(on=now.date(), now=now), holder=holder,
    )  # fmt: skip


def _holder(connection: sa.Connection) -> Holder:
    try:
        code_id: Any = _signer().loads(
            request.cookies.get(COOKIE, ""), max_age=int(LASTS.total_seconds())
        )
    except BadSignature:  # also where it is too old
        code_id = None
    found = holder_by_id(connection, code_id) if isinstance(code_id, int) else None
    return found or _to_the_code()


def _to_the_code() -> Holder:
    """Send who only reads to the page of the code; who sent something loses nothing of it."""
    if request.method in {"GET", "HEAD"}:
        abort(redirect(url_for("respondent.enter"), HTTPStatus.SEE_OTHER))
    msg = (
        "This page was open too long, or its code was taken back. Open the page for the code in "
        "another window and type it; then come back here and send this again."
    )
    raise CodeAskedAgainError(msg)


def _signer() -> URLSafeTimedSerializer:
    keys = [*reversed(current_app.config["SECRET_KEY_FALLBACKS"]), current_app.config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt="lotline-respondent-page")

"""Stand at the door: who is asking, and whether this page is for them.

Every view outside the public pages says what its caller must be allowed to do (`needs`), or
that anybody may come (`anybody`); one that says neither lets nobody in.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from werkzeug.exceptions import Forbidden, Unauthorized

from cases.accounts import sessions
from cases.accounts.members import Member
from cases.accounts.sealing import Seal
from cases.permissions import may
from webmap.api.problems import is_for_programs

TOKEN = "token"  # noqa: S105 - where the cookie keeps it
OPEN_TO_ALL = ("public", "health", "tiles", "api", "ogc", "opendata", "open311")
NOT_KEPT = "no-store"
"""A page for somebody is kept by no cache, or the next at the same desk would go back to it."""

type View = Callable[..., Any]


def needs[V: View](*rights: str) -> Callable[[V], V]:
    """Let in who may do one of some things, each a `Right` or an action of a step."""

    def mark(view: V) -> V:
        view.needs = rights  # type: ignore[attr-defined]
        return view

    return mark


def anybody[V: View](view: V) -> V:
    """Let anybody in, signed in or not."""
    view.needs = None  # type: ignore[attr-defined]
    return view


def signed_in[V: View](view: V) -> V:
    """Let in whoever works here, in whatever role."""
    view.needs = ()  # type: ignore[attr-defined]
    return view


def rights_for(endpoint: str) -> tuple[str, ...] | Literal[False] | None:
    """Return what a page's caller must be allowed to do; None for anybody, False for nobody."""
    said: Any = getattr(current_app.view_functions[endpoint], "needs", False)
    rights: tuple[str, ...] | Literal[False] | None = said
    return rights


def allowed(person: Member, rights: tuple[str, ...]) -> bool:
    """Tell whether somebody may do one of some things; where none is named, anyone here may."""
    return not rights or any(may(person.role, right) for right in rights)


def init_app(app: Flask) -> None:
    """Ask at every request who it is, and turn away whom its page is not for."""
    app.before_request(_know)
    app.before_request(_let_in)
    app.after_request(_forget)
    app.context_processor(lambda: {"me": g.get("member")})


def me() -> Member:
    """Return who is asking; the gate has let only people who work here this far."""
    member: Member | None = g.get("member")
    if member is None:
        raise Unauthorized
    return member


def clock_now() -> datetime:
    """Return the moment it is, in the town's time zone."""
    now: datetime = current_app.extensions["lotline_clock"].now()
    return now


def seal() -> Seal:
    """Return the seal of what the telephones share."""
    found: Seal = current_app.extensions["lotline_seal"]
    return found


def _know() -> None:
    """Find who holds the token that the cookie carries; a page for anyone asks nothing."""
    token = session.get(TOKEN)
    if token is None or _is_open_to_all():
        return
    with current_app.extensions["lotline"].app.begin() as connection:
        g.member = sessions.whose(connection, token, now=clock_now())
    if g.member is None:
        session.pop(TOKEN)


def _let_in() -> Response | None:
    if request.endpoint is None or _is_open_to_all():
        return None
    rights = rights_for(request.endpoint)
    if rights is None:
        return None
    if rights is False:
        abort(404)
    person = g.get("member")
    if person is None:
        return _to_the_door()
    if not allowed(person, rights):
        raise Forbidden
    return None


def _forget(response: Response) -> Response:
    if request.endpoint is not None and not _is_open_to_all():
        response.headers.setdefault("Cache-Control", NOT_KEPT)
    return response


def _is_open_to_all() -> bool:
    return request.blueprint in OPEN_TO_ALL or request.endpoint == "static"


def _to_the_door() -> Response:
    """Send who only reads to sign in first; who sent something is told, and loses nothing of it."""
    if request.method not in {"GET", "HEAD"} or is_for_programs():
        raise Unauthorized
    back = request.full_path if request.query_string else request.path
    found = redirect(url_for("auth.sign_in", next=back))
    return current_app.make_response(found)

"""Start a session for somebody who has proved who they are, and go on where they wanted to."""

from datetime import timedelta

from flask import current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response

from cases.accounts import journal, sessions, throttle
from cases.accounts.members import Member
from webmap.auth import limits
from webmap.auth.gate import TOKEN, clock_now

HALFWAY = "halfway"
HALFWAY_LASTS = timedelta(minutes=5)
WHO = "who"
GUARD = "csrf_token"
"""Where Flask-WTF keeps what a browser's forms are checked against."""


def enter(person: Member, *, onward: str, by: str = "password") -> Response:
    """Start a session, give back what was tried on the way, and go on.

    Parameters
    ----------
    onward
        The page to go on to, one of ours; "" for the first page of the role.
    by
        What proved who it is.
    """
    now = clock_now()
    with limits.engine().begin() as connection:
        if (before := session.get(TOKEN)) is not None:
            sessions.end(connection, before, now=now)
        device = request.user_agent.string or "unnamed"
        token = sessions.start(connection, person.id, device=device, now=now)
        journal.write(
            connection, "signed_in", staff_id=person.id, actor=person.name, now=now, by=by
        )
        throttle.give_back(connection, limits.name_key(person.login))
        throttle.give_back(connection, limits.code_key(person.id))
        throttle.give_one_back(connection, limits.place_key(), limits.BY_PLACE)
    _new_session(person, token)
    return redirect(onward or url_for("auth.home"))


def wait_halfway(person: Member) -> None:
    """Remember for some minutes who has given the password and not the code yet."""
    session[HALFWAY] = [person.id, clock_now().timestamp()]


def halfway() -> int | None:
    """Return who has given the password and not the code yet; None where it was too long ago."""
    staff_id, since = session.get(HALFWAY, (None, 0.0))
    if staff_id is None or clock_now().timestamp() - since > HALFWAY_LASTS.total_seconds():
        return None
    return int(staff_id)


def next_page() -> str:
    """Return the page to go on to; only ever one of ours."""
    return ours(request.args.get("next", ""))


def ours(address: str) -> str:
    """Return an address if it is a page of this site and no other's, else "".

    A browser drops tabs and line ends, and takes a backslash for a slash (WHATWG URL, 4.4).
    """
    is_ours = (
        address.startswith("/")
        and not address.startswith("//")
        and "\\" not in address
        and address.isprintable()
    )
    return address if is_ours else ""


def address_of(endpoint: str, **values: object) -> str:
    """Return where a page is reached from outside, whatever a request says its host is."""
    base: str = current_app.config["URL"]
    return base + url_for(endpoint, **values)  # type: ignore[arg-type]


def _new_session(person: Member, token: str) -> None:
    """Forget whatever the cookie held, so that nobody signs in to what another prepared.

    Whose session had run out sends the page that lay open as it is: its guard stays.
    """
    guard = session.get(GUARD) if session.get(WHO) == person.id else None
    session.clear()
    session.permanent = True
    session[TOKEN], session[WHO] = token, person.id
    if guard is not None:
        session[GUARD] = guard

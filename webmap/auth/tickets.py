"""Tell for each tile of the office whether its reader may see it, asking the records rarely."""

import threading
import time
from collections.abc import Callable

from flask import Flask
from werkzeug.wrappers import Request

from cases.accounts import sessions
from cases.permissions import Right, may
from webmap.auth.gate import TOKEN

SECONDS = 30.0
"""How long an answer holds: who signs out or loses access sees no more tiles after that."""
MOST = 2_000
"""How many sessions are remembered; beyond, all are asked for anew."""


class Tickets:
    """Who may see the office's map, each session's answer remembered for half a minute.

    A map asks for dozens of tiles at once, and its reader is the same for all. An answer is
    forgotten by time alone, so that no worker need tell another of a sign-out; whoever holds no
    session, or a cookie that this server did not sign, is refused without asking anybody.

    Parameters
    ----------
    seconds
        A clock that only goes forward.
    """

    def __init__(self, app: Flask, *, seconds: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._seconds = seconds
        self._known: dict[bytes, tuple[float, bool]] = {}
        self._lock = threading.Lock()

    def lets_in(self, request: Request) -> bool:
        """Tell whether a request's session is of somebody who may read cases.

        Raises
        ------
        sqlalchemy.exc.DBAPIError
            The records cannot be reached.
        """
        session = self._app.session_interface.open_session(self._app, request)  # type: ignore[arg-type]
        token = session.get(TOKEN) if session else None
        if not isinstance(token, str):
            return False
        key, now = sessions.hashed(token), self._seconds()
        with self._lock:
            until, allowed = self._known.get(key, (now, False))
        if now < until:
            return allowed
        allowed = self._ask(token)
        with self._lock:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[key] = now + SECONDS, allowed
        return allowed

    def _ask(self, token: str) -> bool:
        now = self._app.extensions["lotline_clock"].now()
        with self._app.extensions["lotline"].app.begin() as connection:
            person = sessions.whose(connection, token, now=now)
        return person is not None and may(person.role, Right.READ_CASE)

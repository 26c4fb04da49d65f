"""Turn facts that went wrong into pages in plain words, by one table."""

import math
from typing import Any

from flask import Flask, current_app, g, render_template, request
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from cases.accounts.errors import TooManyTriesError
from geo import places
from geo.errors import LotlineError
from webmap.api.problems import is_for_programs, problem
from webmap.assets import NotBuiltError
from webmap.interpreting import say
from webmap.open311.writing import mistake, mistake_words, speaks_georeport

SENTENCES = {
    400: (
        _("We could not read that address"),
        _("Part of the link is wrong. Start again at the map."),
    ),
    401: (_("You are not signed in"), _("Sign in in another window; then send this page again.")),
    403: (_("This is not for your role"), _("Ask an administrator if it should be.")),
    404: (_("There is no such page"), _("Check the address, or search on the map.")),
    405: (_("That is not possible here"), _("Go back and try another way.")),
    409: (_("That cannot be done now"), _("Go back, look how it stands, and try again.")),
    413: (_("That is too large"), _("Send something smaller.")),
    429: (_("Too many tries"), _("Wait a little, then try again.")),
    500: (
        _("Something went wrong on our side"),
        _("Please try again. The error was written down."),
    ),
    503: (
        _("The records cannot be reached just now"),
        _("Nothing is lost. Please try again in a few seconds."),
    ),
}
QUERY_CANCELED = "57014"
_DOOR = frozenset({"auth.sign_in", "auth.code", "auth.city", "auth.city_back"})
"""The pages on which somebody tries to get in."""


def init_app(app: Flask) -> None:
    """Register one handler for each kind of mishap."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(LotlineError, _refused)
    app.register_error_handler(TooManyTriesError, _too_many)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(NotBuiltError, _broken)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(PoolTimeoutError, _unavailable)
    app.register_error_handler(500, _broken)


type Page = tuple[str, int, dict[str, str]]


def _http(error: HTTPException) -> Page:
    allowed = {name: value for name, value in error.get_headers() if name == "Allow"}
    return _page(error.code or 500, headers=allowed)


def _refused(error: LotlineError) -> Page:
    if speaks_georeport():
        return mistake(getattr(error, "status", 400), detail=str(error))
    if is_for_programs():
        return problem(400, detail=str(error), wrongs=getattr(error, "wrongs", ()))
    return _page(400, hint=say(error))


def _too_many(error: TooManyTriesError) -> Page:
    seconds = max(1, math.ceil(error.wait.total_seconds()))
    at_door = request.endpoint in _DOOR and g.get("member") is None
    return _page(
        429, hint=say(error), headers={"Retry-After": str(seconds)}, at_door=at_door,
        mail=current_app.config["MAIL"],
    )  # fmt: skip


def _stale(_error: CSRFError) -> Page:
    return _page(
        400, hint=str(_("This page was open too long. Go back, reload it and send it again."))
    )


def _database(error: DBAPIError) -> Page:
    canceled = getattr(error.orig, "sqlstate", None) == QUERY_CANCELED
    if canceled or isinstance(error, OperationalError) or error.connection_invalidated:
        return _unavailable(error)
    return _broken(error)


def _unavailable(_error: Exception) -> Page:
    return _page(503, headers={"Retry-After": "5"})


def _broken(error: Exception) -> Page:
    current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return _page(500)


def _page(
    code: int, *, hint: str | None = None, headers: dict[str, str] | None = None, **said: Any
) -> Page:
    title, usual_hint = SENTENCES.get(code, SENTENCES[500 if code >= 500 else 400])  # noqa: PLR2004
    hint = hint or str(usual_hint)
    if speaks_georeport():
        usual = f"{title}. {hint}"
        return mistake(code, detail=mistake_words(code, usual=usual), headers=headers)
    if is_for_programs():
        return problem(code, detail=f"{title}. {hint}", headers=headers)
    try:
        page = render_template(
            "error.html",
            code=code,
            title=title,
            hint=hint,
            within=_within(code),
            **said,
            **_town(code),
        )
    except NotBuiltError as error:  # the page of an error has scripts and styles as well
        plain = {"Content-Type": "text/plain; charset=utf-8"}
        return f"{title}. {hint}\n{error}\n", code, plain | (headers or {})
    return page, code, headers or {}


def _within(code: int) -> bool:
    """Tell whether the page stands among those of somebody who works here."""
    return code < 500 and g.get("member") is not None  # noqa: PLR2004 - ours may be the head's


def _town(code: int) -> dict[str, Any]:
    """Return the town that a page about a mistake of the reader's names; none about one of ours."""
    if code >= 500:  # noqa: PLR2004 - the records may be what is broken
        return {}
    try:
        with current_app.extensions["lotline"].public.connect() as connection:
            town = connection.execute(places.town()).first()
    except (SQLAlchemyError, LotlineError):
        return {}
    return {"town": town, "town_name": town.name} if town else {}

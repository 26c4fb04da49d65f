"""Let somebody come in by the city's own sign-in, which also sees to a second factor."""

import logging
from typing import TYPE_CHECKING

from flask import Flask, abort, current_app, session
from werkzeug.wrappers import Response

from cases.accounts import city as accounts_by_city
from cases.accounts.errors import NotOursError
from webmap.auth import limits
from webmap.auth.city_errors import CityError
from webmap.auth.entering import address_of, enter, next_page, ours
from webmap.auth.frame import blueprint
from webmap.auth.gate import anybody, clock_now
from webmap.city_settings import CitySettings
from webmap.interpreting import say
from webmap.visits import visit

if TYPE_CHECKING:
    from webmap.auth.city_client import CityClient

ONWARD = "city_onward"
WAY = "lotline_city"
FORBIDDEN = 403
log = logging.getLogger(__name__)

type Page = tuple[str, int]


def init_app(app: Flask, settings: CitySettings | None) -> None:
    """Prepare the way to the city's sign-in, where the settings name one."""
    app.config["CITY"] = settings
    if settings is not None:
        # A third of a second at start, which only towns that use it pay.
        from webmap.auth.city_client import CityClient  # noqa: PLC0415

        app.extensions[WAY] = CityClient(app, settings)


@blueprint.get("/sign-in/city")
@anybody
def city() -> Response | Page:
    """Go to the city's sign-in."""
    client = _client()
    try:
        there = client.leave(address_of("auth.city_back"))
    except CityError as error:
        return _refused(error)
    session[ONWARD] = next_page()
    return there


@blueprint.get("/sign-in/city/back")
@anybody
def city_back() -> Response | Page:
    """Let in whom the city's sign-in has proved to be somebody who works here."""
    client = _client()
    limits.take(limits.place_key(), limits.BY_PLACE)
    onward = ours(session.pop(ONWARD, ""))
    try:
        identity = client.come_back()
        with limits.engine().begin() as connection:
            person = accounts_by_city.recognise(connection, identity, now=clock_now())
    except CityError as error:
        return _refused(error)
    except NotOursError as error:
        return _page(say(error), FORBIDDEN)
    return enter(person, onward=onward, by="city")


def _client() -> "CityClient":
    found: CityClient | None = current_app.extensions.get(WAY)
    if found is None:
        abort(404)
    return found


def _refused(error: CityError) -> Page:
    """Say it in plain words; what exactly was wrong is for the log."""
    log.warning("the city's sign-in: %s", error)
    return _page(error.plain, error.code)


def _page(words: str, code: int) -> Page:
    with visit() as look:
        return look.page("auth/city_refused.html", words=words), code

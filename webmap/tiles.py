"""Serve vector tiles and their descriptions.

A tile passes by Flask, whose routing and request cost more than the database takes for a small
tile: a gate around the application answers it. What the gate cannot answer goes on to Flask,
which says so by the same table as for any page.

Tiles of the office are kept apart from the public's, in a store of their own that another role of
the database fills, and the gate asks for a session first. Without one there is no such tile.
"""

import gzip
import re
from collections.abc import Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, request, url_for
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import NotFound
from werkzeug.http import parse_accept_header, parse_etags
from werkzeug.wrappers import Request

from cases.tiles import CASES, LIENS, OFFICE_CASES
from geo.errors import LotlineError
from geo.places import town
from geo.tiles import GROUND, OFFICE_GROUND, Tile, TileSource, TileStore
from webmap.auth.tickets import Tickets
from webmap.clock import TownClock
from webmap.headers import HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SOURCES = {source.name: source for source in (GROUND, CASES, LIENS)}
OFFICE_SOURCES = {source.name: source for source in (OFFICE_CASES, OFFICE_GROUND)}
OFFICE_SHARE = 4
"""Which part of the memory for tiles is the office's, whose readers are few."""
MIMETYPE = "application/vnd.mapbox-vector-tile"
WORTH_COMPRESSING = 1_000
QUICK = 4
TROUBLE = "lotline.tile_trouble"
"""Where the gate leaves, for Flask, why it could not answer."""

blueprint = Blueprint("tiles", __name__, url_prefix="/tiles")

_ADDRESS = re.compile(r"/tiles/(\w+)/(\d{1,9})/(\d{1,9})/(\d{1,9})\.mvt", re.ASCII)
_METHODS = {"GET", "HEAD"}
_PUBLIC = [("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding")]
_OFFICE = [("Cache-Control", "private, no-cache"), ("Vary", "Accept-Encoding, Cookie")]
type Headers = list[tuple[str, str]]


def init_app(app: Flask) -> None:
    """Put the gate before an application and its pages of tiles within; connects to nothing yet."""
    database, room = app.extensions["lotline"], app.config["TILE_CACHE_BYTES"]
    clock = app.extensions["lotline_clock"] = TownClock(database.tiles)
    app.register_blueprint(blueprint)
    app.wsgi_app = TileGate(  # type: ignore[method-assign]
        app.wsgi_app,
        public=TileStore(database.tiles, most_bytes=room - room // OFFICE_SHARE),
        office=TileStore(database.office_tiles, most_bytes=room // OFFICE_SHARE),
        tickets=Tickets(app),
        clock=clock,
    )  # type: ignore[assignment]


class TileGate:
    """Answer requests for tiles, and hand on all others.

    Parameters
    ----------
    within
        The application that answers everything else.
    public, office
        The tiles of each audience.
    tickets
        Tells who may see the office's.
    clock
        Tells the town's day.
    """

    def __init__(
        self,
        within: "WSGIApplication",
        *,
        public: TileStore,
        office: TileStore,
        tickets: Tickets,
        clock: TownClock,
    ) -> None:
        self._within = within
        self._public = public
        self._office = office
        self._tickets = tickets
        self._clock = clock

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        asked = _ADDRESS.fullmatch(environ["PATH_INFO"])
        if asked is None or environ["REQUEST_METHOD"] not in _METHODS:
            return self._within(environ, start)
        spot = int(asked[2]), int(asked[3]), int(asked[4])
        try:
            if source := SOURCES.get(asked[1]):
                tile, headers = self._fetch(self._public, source, spot), _PUBLIC
            elif (source := OFFICE_SOURCES.get(asked[1])) and self._tickets.lets_in(
                Request(environ)
            ):
                tile, headers = self._fetch(self._office, source, spot), _OFFICE
            else:
                return self._within(environ, start)
        except (LotlineError, DBAPIError, PoolTimeoutError) as trouble:
            environ[TROUBLE] = trouble
            return self._within(environ, start)
        return _answer(tile, environ, start, headers=headers)

    def _fetch(self, store: TileStore, source: TileSource, spot: tuple[int, int, int]) -> Tile:
        z, x, y = spot
        return store.fetch(source, z=z, x=x, y=y, on=self._clock.today())


def _answer(
    tile: Tile, environ: "WSGIEnvironment", start: "StartResponse", *, headers: Headers
) -> Iterable[bytes]:
    """Send a tile; 304 where the reader has it already, 204 where there is nothing to draw.

    Its mark is a weak one (RFC 9110, 8.8.1): it is of the tile packed as well as plain, and a
    server in front that packs what we sent plain makes it weak itself.
    """
    headers = [*HEADERS.items(), *headers, ("ETag", f'W/"{tile.etag}"')]
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and parse_etags(known).contains_weak(tile.etag):
        start("304 NOT MODIFIED", headers)
        return ()
    if not tile.body:
        start("204 NO CONTENT", headers)
        return ()
    body = tile.body
    if len(body) >= WORTH_COMPRESSING and _unpacks(environ.get("HTTP_ACCEPT_ENCODING", "")):
        body = _packed(tile)
        headers.append(("Content-Encoding", "gzip"))
    headers += [("Content-Type", MIMETYPE), ("Content-Length", str(len(body)))]
    start("200 OK", headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (body,)


@lru_cache(maxsize=256)
def _unpacks(accepted: str) -> bool:
    return parse_accept_header(accepted)["gzip"] > 0


@lru_cache(maxsize=256)
def _packed(tile: Tile) -> bytes:
    return gzip.compress(tile.body, compresslevel=QUICK, mtime=0)


@blueprint.get("/<name>/<int:z>/<int:x>/<int:y>.mvt")
def tile(name: str, z: int, x: int, y: int) -> Response:  # noqa: ARG001 - the gate has read them
    """Say why the gate could not answer."""
    raise request.environ.get(TROUBLE) or NotFound


@blueprint.get("/<name>.json")
def description(name: str) -> Response:
    """Describe a source as TileJSON 3.0: where its tiles are, how deep, which layers."""
    source = SOURCES.get(name) or abort(HTTPStatus.NOT_FOUND)
    pattern = url_for("tiles.tile", name=name, z=0, x=0, y=0, _external=True)
    with current_app.extensions["lotline"].tiles.connect() as connection:
        found = connection.execute(town()).first()
    described = {
        "tilejson": "3.0.0",
        "name": name,
        "tiles": [pattern.replace("/0/0/0.mvt", "/{z}/{x}/{y}.mvt")],
        "minzoom": 0,
        "maxzoom": source.deepest,
        "vector_layers": [{"id": layer, "fields": {}} for layer in source.layers],
    }
    if found is not None:
        described["bounds"] = [found.west, found.south, found.east, found.north]
    return jsonify(described)

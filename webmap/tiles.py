"""Serve vector tiles and their descriptions."""

import gzip
from functools import lru_cache

from flask import Blueprint, Response, abort, current_app, jsonify, request, url_for
from flask.blueprints import BlueprintSetupState

from cases.tiles import CASES
from geo.places import town
from geo.tiles import GROUND, Tile, TileStore
from webmap.clock import TownClock

SOURCES = {source.name: source for source in (GROUND, CASES)}
MIMETYPE = "application/vnd.mapbox-vector-tile"
WORTH_COMPRESSING = 1_000
QUICK = 4

blueprint = Blueprint("tiles", __name__, url_prefix="/tiles")


@blueprint.record_once
def open_store(state: BlueprintSetupState) -> None:
    """Give the application its store of public tiles; connects to nothing yet."""
    engine = state.app.extensions["lotline"].tiles
    state.app.extensions["lotline_tiles"] = TileStore(
        engine, most_bytes=state.app.config["TILE_CACHE_BYTES"]
    )
    state.app.extensions["lotline_clock"] = TownClock(engine)


@blueprint.get("/<name>/<int:z>/<int:x>/<int:y>.mvt")
def tile(name: str, z: int, x: int, y: int) -> Response:
    """Send one tile; 304 where the reader has it already, 204 where there is nothing to draw."""
    source = SOURCES.get(name) or abort(404)
    today = current_app.extensions["lotline_clock"].today()
    found = current_app.extensions["lotline_tiles"].fetch(source, z=z, x=x, y=y, on=today)
    response = _answer(found)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(found.etag)
    return response


@blueprint.get("/<name>.json")
def description(name: str) -> Response:
    """Describe a source as TileJSON 3.0: where its tiles are, how deep, which layers."""
    source = SOURCES.get(name) or abort(404)
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


def _answer(found: Tile) -> Response:
    if request.if_none_match.contains(found.etag):
        return Response(status=304)
    if not found.body:
        return Response(status=204)
    if len(found.body) < WORTH_COMPRESSING or not request.accept_encodings["gzip"]:
        return Response(found.body, mimetype=MIMETYPE)
    packed = Response(_packed(found), mimetype=MIMETYPE)
    packed.headers["Content-Encoding"] = "gzip"
    return packed


@lru_cache(maxsize=256)
def _packed(found: Tile) -> bytes:
    return gzip.compress(found.body, compresslevel=QUICK, mtime=0)

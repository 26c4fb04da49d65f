"""Serve the public layers as OGC API - Features, Part 1: Core 1.0.1, so that any GIS opens them."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, json, request, url_for

from cases.open_data import Page
from webmap.api.answering import answered, let_all_read
from webmap.api.asking import AFTER, BBOX, Param, chosen, clamped, read_all
from webmap.api.cases import paged
from webmap.arguments import LARGEST
from webmap.auth.gate import clock_now
from webmap.ogc.asking import DATETIME
from webmap.ogc.collections import COLLECTIONS, Collection
from webmap.visits import Visit, visit

blueprint = Blueprint("ogc", __name__, url_prefix="/ogc")
let_all_read(blueprint)

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_CONF = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
CONFORMS_TO = [f"{_CONF}{each}" for each in ("core", "geojson", "oas30")]
MOST, USUAL = 10_000, 100
FORMAT = chosen("f", "Which way to write the answer.", ["json"], "json")
ITEMS = (
    clamped("limit", "How many features at most.", most=MOST, default=USUAL), BBOX, DATETIME,
    AFTER, FORMAT,
)  # fmt: skip
TITLE = "Code enforcement"


def asked(*params: Param) -> dict[str, Any]:
    """Return what the query string asks for."""
    return read_all(request.args, params)


def told(
    write: Callable[[Visit], dict[str, Any]], *, mimetype: str = "application/json"
) -> Response:
    """Return what is written of the town as JSON."""
    with visit() as look:
        return answered(look, lambda: json.dumps(write(look)), mimetype=mimetype)


@blueprint.get("/conformance")
def conformance() -> Response:
    """Say which parts of the standard hold here."""
    asked(FORMAT)
    return told(lambda _look: {"conformsTo": CONFORMS_TO})


@blueprint.get("/collections")
def collections() -> Response:
    """List the collections."""
    asked(FORMAT)
    return told(
        lambda look: {
            "links": [link("ogc.collections", rel="self")],
            "collections": [described(each, look) for each in COLLECTIONS.values()],
        }
    )


@blueprint.get("/collections/<collection_id>", merge_slashes=False)
def collection(collection_id: str) -> Response:
    """Describe one collection."""
    asked(FORMAT)
    found = COLLECTIONS.get(collection_id) or abort(404)
    return told(lambda look: described(found, look))


@blueprint.get("/collections/<collection_id>/items", merge_slashes=False)
def items(collection_id: str) -> Response:
    """Answer a page of features."""
    found = COLLECTIONS.get(collection_id) or abort(404)
    said = asked(*ITEMS)
    return told(lambda look: _features(found, look, said), mimetype=GEOJSON)


@blueprint.get("/collections/<collection_id>/items/<int:feature_id>", merge_slashes=False)
def item(collection_id: str, feature_id: int) -> Response:
    """Answer one feature."""
    asked(FORMAT)
    found = COLLECTIONS.get(collection_id) or abort(404)

    def write(look: Visit) -> dict[str, Any]:
        page = Page(after=max(0, min(feature_id, LARGEST) - 1), most=1)
        row = look.first(found.rows(page, look.today))
        if row is None or row.id != feature_id:
            abort(404)
        where = {"collection_id": found.id}
        links = [
            link("ogc.item", rel="self", mimetype=GEOJSON, feature_id=feature_id, **where),
            link("ogc.collection", rel="collection", **where),
        ]
        return found.feature(row) | {"links": links}

    return told(write, mimetype=GEOJSON)


def link(
    endpoint: str, *, rel: str, mimetype: str = "application/json", title: str = "", **parts: Any
) -> dict[str, str]:
    """Return a link to an address of this API."""
    said = {"href": url_for(endpoint, **parts, _external=True), "rel": rel, "type": mimetype}
    return said | ({"title": title} if title else {})


def described(each: Collection, look: Visit) -> dict[str, Any]:
    """Describe a collection: what it holds, where, and where its features are."""
    town = look.town
    box = [town.west, town.south, town.east, town.north] if town else [-180, -90, 180, 90]
    extent: dict[str, Any] = {"spatial": {"bbox": [box], "crs": CRS84}}
    if each.dated:
        extent["temporal"] = {"interval": [[None, None]]}
    where = {"collection_id": each.id}
    return {
        "id": each.id, "title": each.title, "description": each.description, "extent": extent,
        "itemType": "feature", "crs": [CRS84],
        "links": [
            link("ogc.collection", rel="self", **where),
            link("ogc.items", rel="items", mimetype=GEOJSON, title=each.title, **where),
        ],
    }  # fmt: skip


def _features(each: Collection, look: Visit, said: dict[str, Any]) -> dict[str, Any]:
    since, until = said["datetime"]
    page = Page(
        after=said["after"], most=said["limit"] + 1, bbox=said["bbox"],
        since=since if each.dated else None, until=until if each.dated else None,
    )  # fmt: skip
    rows, links = paged(look.rows(each.rows(page, look.today)), said["limit"], mimetype=GEOJSON)
    back = link("ogc.collection", rel="collection", collection_id=each.id)
    return {
        "type": "FeatureCollection",
        "features": [each.feature(row) for row in rows],
        "links": [*(own.model_dump(exclude_none=True) for own in links), back],
        "numberReturned": len(rows),
        "timeStamp": _moment(),
    }


def _moment() -> str:
    return clock_now().isoformat(timespec="seconds")

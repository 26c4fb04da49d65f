"""Write the OpenAPI 3.0 document of the features, and the page they begin at."""

from functools import cache
from importlib.metadata import version
from typing import Any

from flask import Response, current_app, json, request, url_for

from webmap.api.answering import answered
from webmap.api.asking import chosen
from webmap.api.problems import MIMETYPE
from webmap.ogc.collections import COLLECTIONS, Collection
from webmap.ogc.features import (
    CONFORMS_TO,
    FORMAT,
    GEOJSON,
    ITEMS,
    OPENAPI,
    TITLE,
    asked,
    blueprint,
    link,
)
from webmap.ogc.layers import SHOWN
from webmap.ogc.schemas import SCHEMAS
from webmap.visits import visit

LANDING = chosen("f", "As a page (html) or for programs (json).", ["json", "html"])


@blueprint.get("/")
def landing() -> Response:
    """Show where everything is: to people as a page, to programs as JSON."""
    said = asked(LANDING)["f"]
    wanted = request.accept_mimetypes.best_match(["application/json", "text/html"])
    with visit() as look:
        if (said or ("html" if wanted == "text/html" else "json")) == "html":
            page = look.page("ogc.html", layers=SHOWN)
            response = current_app.response_class(page)
            response.headers["Vary"] = "Accept"
            return response
        return answered(look, lambda: json.dumps(_landing()))


@blueprint.get("/api")
def document() -> Response:
    """Answer with the document."""
    asked(FORMAT)
    said = {**written(), "servers": [{"url": request.host_url.rstrip("/")}]}
    return current_app.response_class(json.dumps(said), mimetype=OPENAPI)


def _landing() -> dict[str, Any]:
    return {
        "title": TITLE,
        "description": "Verified violations, liens, officers' zones and parcels of the town.",
        "links": [
            link("ogc.landing", rel="self"),
            {"href": url_for("ogc.landing", f="html", _external=True), "rel": "alternate",
             "type": "text/html"},
            link("ogc.document", rel="service-desc", mimetype=OPENAPI),
            link("opendata.page", rel="service-doc", mimetype="text/html"),
            link("ogc.conformance", rel="conformance"),
            link("ogc.collections", rel="data"),
        ],
    }  # fmt: skip


@cache
def written() -> dict[str, Any]:
    """Return the document without the server it is served by."""
    return {
        "openapi": "3.0.3",
        "info": {"title": TITLE, "version": version("lotline"),
                 "description": f"Conforms to {', '.join(CONFORMS_TO)}."},
        "paths": {
            "/ogc/": _get("landing", "Landing page", "Landing", params=[LANDING.openapi],
                          page=True),
            "/ogc/conformance": _get("conformance", "What holds here", "Conformance"),
            "/ogc/collections": _get("collections", "The collections", "Collections"),
            **{path: said for each in COLLECTIONS.values() for path, said in _of(each).items()},
        },
        "components": {"schemas": SCHEMAS},
    }  # fmt: skip


def _of(each: Collection) -> dict[str, Any]:
    at = f"/ogc/collections/{each.id}"
    one = {
        "name": "feature_id", "in": "path", "required": True,
        "schema": {"type": "integer", "format": "int64", "minimum": 1, "maximum": 2**63 - 1},
    }  # fmt: skip
    feature = _feature(each)
    several = {
        "type": "object",
        "required": ["type", "features", "links"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": feature},
            "links": {"type": "array", "items": {"$ref": "#/components/schemas/Link"}},
            "numberReturned": {"type": "integer", "minimum": 0},
            "timeStamp": {"type": "string", "format": "date-time"},
        },
    }
    return {
        at: _get(f"describe_{each.id}", f"What {each.title} are", "Collection"),
        f"{at}/items": _get(
            f"list_{each.id}", each.title, several, mimetype=GEOJSON,
            params=[param.openapi for param in ITEMS],
        ),
        f"{at}/items/{{feature_id}}": _get(
            f"read_{each.id}", f"One of {each.title}", feature, mimetype=GEOJSON,
            params=[one, FORMAT.openapi], missing=True,
        ),
    }  # fmt: skip


def _feature(each: Collection) -> dict[str, Any]:
    properties = {"type": "object", "properties": dict(each.properties),
                  "required": [*each.properties], "additionalProperties": False}  # fmt: skip
    shape = {"allOf": [{"$ref": f"#/components/schemas/{each.shape}"}], "nullable": True}
    return {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "integer"},
            "geometry": shape,
            "properties": properties,
            "links": {"type": "array", "items": {"$ref": "#/components/schemas/Link"}},
        },
    }


def _get(
    name: str,
    summary: str,
    answer: str | dict[str, Any],
    *,
    params: list[dict[str, Any]] | None = None,
    mimetype: str = "application/json",
    page: bool = False,
    missing: bool = False,
) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{answer}"} if isinstance(answer, str) else answer
    problem = {MIMETYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    content: dict[str, Any] = {mimetype: {"schema": schema}}
    if page:
        content["text/html"] = {"schema": {"type": "string"}}
    responses = {
        "200": {"description": summary, "content": content},
        "304": {"description": "Nothing has changed since If-None-Match."},
        "400": {"description": "What was asked for cannot be.", "content": problem},
        "503": {"description": "The records cannot be reached just now.", "content": problem},
    }
    if missing:
        responses["404"] = {"description": "There is no such feature.", "content": problem}
    parameters = [FORMAT.openapi] if params is None else params
    return {
        "get": {"operationId": name, "summary": summary, "parameters": parameters,
                "responses": responses}
    }  # fmt: skip

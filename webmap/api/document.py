"""Write the OpenAPI 3.1 document of the API from what is registered and what answers hold."""

import re
from functools import cache
from importlib.metadata import version
from typing import Any

from flask import Response, current_app, json, request
from pydantic.json_schema import models_json_schema

from webmap.api.models import Problem
from webmap.api.operations import OPERATIONS, Operation, blueprint
from webmap.api.problems import MIMETYPE

_PART = re.compile(r"<(?:\w+:)?(\w+)>")
ABOUT = (
    "What anybody may know of a town's code-enforcement cases: verified violations, hearings, "
    "recorded liens. It names no owner, tenant or complainant. No key is needed. Answers carry an "
    "ETag that moves when anything changes."
)


@blueprint.get("/openapi.json")
def document() -> Response:
    """Answer with the document."""
    said = {**described(), "servers": [{"url": request.host_url.rstrip("/")}]}
    return current_app.response_class(
        json.dumps(said), mimetype="application/vnd.oai.openapi+json;version=3.1"
    )


@cache
def described() -> dict[str, Any]:
    """Return the document without the server it is served by."""
    answers = {each.answer for each in OPERATIONS} | {Problem}
    named = sorted(answers, key=lambda each: each.__name__)
    _, schemas = models_json_schema(
        [(each, "serialization") for each in named], ref_template="#/components/schemas/{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": "Lotline public API", "version": version("lotline"),
                 "description": ABOUT},
        "paths": {_path(each): {"get": _operation(each)} for each in OPERATIONS},
        "components": {"schemas": schemas["$defs"], "responses": _mishaps()},
    }  # fmt: skip


def _path(each: Operation) -> str:
    return "/api/v1" + _PART.sub(r"{\1}", each.path)


def _operation(each: Operation) -> dict[str, Any]:
    body = {"application/json": {"schema": {"$ref": _schema(each.answer.__name__)}}}
    mark = {"ETag": {"description": "Moves when anything changes.", "schema": {"type": "string"}}}
    answers = {
        "200": {"description": each.summary, "headers": mark, "content": body},
        "304": {"description": "Nothing has changed since If-None-Match."},
        "400": {"$ref": "#/components/responses/Refused"},
        "503": {"$ref": "#/components/responses/Unavailable"},
    }
    if each.parts:
        answers["404"] = {"$ref": "#/components/responses/Missing"}
    return {
        "operationId": each.name,
        "summary": each.summary,
        "parameters": [*map(_part, each.parts), *(param.openapi for param in each.params)],
        "responses": answers,
    }


def _part(part: tuple[str, str]) -> dict[str, Any]:
    name, words = part
    schema = {"type": "string", "minLength": 1, "pattern": "^[A-Za-z0-9][A-Za-z0-9 ._-]*$"}
    return {"name": name, "in": "path", "required": True, "description": words, "schema": schema}


def _mishaps() -> dict[str, Any]:
    body = {MIMETYPE: {"schema": {"$ref": _schema("Problem")}}}
    words = {
        "Refused": "What was asked for cannot be; the answer says where and what to do.",
        "Missing": "There is no such thing, or it is not public.",
        "Unavailable": "The records cannot be reached just now; try again.",
    }
    return {name: {"description": said, "content": body} for name, said in words.items()}


def _schema(name: str) -> str:
    return f"#/components/schemas/{name}"

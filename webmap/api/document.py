"""Write the OpenAPI 3.1 document of the API from what is registered and what answers hold."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

from flask import Response, current_app, json, request
from pydantic.json_schema import models_json_schema

from webmap.api.models import Problem
from webmap.api.operations import OPERATIONS, Operation, blueprint
from webmap.api.problems import MIMETYPE

SESSION = {"type": "apiKey", "in": "cookie", "name": "lotline"}
"""How whoever is signed in is known."""
OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
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
    return current_app.response_class(json.dumps(said), mimetype=OPENAPI)


@cache
def described() -> dict[str, Any]:
    """Return the document without the server it is served by."""
    return describe(OPERATIONS, title="Lotline public API", about=ABOUT)


def describe(
    operations: Sequence[Operation], *, title: str, about: str, secured: bool = False
) -> dict[str, Any]:
    """Return the document of some operations without the server they are served by.

    Parameters
    ----------
    secured
        Whether they are answered to whoever is signed in alone, and kept by nobody.
    """
    answers = {each.answer for each in operations} | {Problem}
    answers |= {each.body for each in operations if each.body is not None}
    named = sorted(answers, key=lambda each: each.__name__)
    paths: dict[str, dict[str, Any]] = {}
    for each in operations:
        told = _secured(each) if secured else _operation(each)
        paths.setdefault(_path(each), {})[each.method] = told
    _, schemas = models_json_schema(
        [(each, "serialization") for each in named], ref_template="#/components/schemas/{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version("lotline"), "description": about},
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"], "responses": _mishaps(),
            **({"securitySchemes": {"session": SESSION}} if secured else {}),
        },
        **({"security": [{"session": []}]} if secured else {}),
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


def _secured(each: Operation) -> dict[str, Any]:
    """Return an operation of those who are signed in: its answers are kept by nobody."""
    told = _operation(each)
    answers = {code: said for code, said in told["responses"].items() if code not in {"200", "304"}}
    content = told["responses"]["200"]["content"]
    answers[str(each.status)] = {"description": each.summary, "content": content}
    for code, name in (("401", "SignedOut"), ("403", "Forbidden")):
        answers[code] = {"$ref": f"#/components/responses/{name}"}
    if each.body is not None:
        schema = {"$ref": _schema(each.body.__name__)}
        content = {"application/json": {"schema": schema}}
        told["requestBody"] = {"required": True, "content": content}
    return {**told, "responses": answers}


def _part(part: tuple[str, str]) -> dict[str, Any]:
    name, words = part
    schema = {"type": "string", "minLength": 1, "pattern": "^[A-Za-z0-9][A-Za-z0-9 ._-]*$"}
    return {"name": name, "in": "path", "required": True, "description": words, "schema": schema}


def _mishaps() -> dict[str, Any]:
    body = {MIMETYPE: {"schema": {"$ref": _schema("Problem")}}}
    words = {
        "Refused": "What was asked for cannot be; the answer says where and what to do.",
        "SignedOut": "Whoever asks is not signed in.",
        "Forbidden": "It is not for the role of whoever asks.",
        "Missing": "There is no such thing, or it is not public.",
        "Unavailable": "The records cannot be reached just now; try again.",
    }
    return {name: {"description": said, "content": body} for name, said in words.items()}


def _schema(name: str) -> str:
    return f"#/components/schemas/{name}"

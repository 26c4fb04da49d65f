"""Tell a program what went wrong, as RFC 9457 has it: what, where, and what to do."""

import json
from collections.abc import Sequence
from http import HTTPStatus

from flask import request

from webmap.api.asking import Wrong

MIMETYPE = "application/problem+json"
SPOKEN = ("/api/", "/ogc")
"""Where those who ask are programs, whatever the address."""

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Access-Control-Max-Age": "86400",
}
"""Anybody's page may read what anybody may read."""


def is_for_programs() -> bool:
    """Tell whether whoever asks now is a program that reads problems."""
    return request.path.startswith(SPOKEN)


def problem(
    code: int, *, detail: str, wrongs: Sequence[Wrong] = (), headers: dict[str, str] | None = None
) -> tuple[str, int, dict[str, str]]:
    """Return the answer that says what went wrong."""
    said = {
        "type": "about:blank", "title": HTTPStatus(code).phrase, "status": code, "detail": detail,
        "instance": request.path,
    }  # fmt: skip
    body = json.dumps(said | ({"errors": [*wrongs]} if wrongs else {}), ensure_ascii=False)
    return body, code, {"Content-Type": MIMETYPE, **CORS, **(headers or {})}

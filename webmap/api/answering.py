"""Answer a program with JSON that it may keep until something in the town changes."""

import hashlib
from collections.abc import Callable
from importlib.metadata import version

from flask import Blueprint, Response, current_app, request

from cases import open_data
from webmap.api.problems import CORS
from webmap.visits import Visit

SHAPE = "1"
"""Raised when answers to the same question read differently than before."""


def let_all_read(blueprint: Blueprint) -> None:
    """Have browsers give a blueprint's answers to any site's page."""

    @blueprint.after_request
    def _share(response: Response) -> Response:
        for name, value in CORS.items():
            response.headers.setdefault(name, value)
        return response


def answered(
    look: Visit, write: Callable[[], str], *, mimetype: str = "application/json"
) -> Response:
    """Return what is written, or that it has not changed since the asker last read it.

    The mark of an answer is made of its address, the day and the generation of everything that
    anybody may read: a change anywhere moves it, and until then one query answers.
    """
    tag = _tag(look, mimetype)
    if request.if_none_match.contains_weak(tag):
        response = current_app.response_class(status=304)
    else:
        response = current_app.response_class(write(), mimetype=mimetype)
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept"
    return response


def _tag(look: Visit, mimetype: str) -> str:
    generation = look.connection.scalar(open_data.generation())
    said = (version("lotline"), SHAPE, generation, look.today, mimetype, request.url)
    return hashlib.sha256("\n".join(map(str, said)).encode()).hexdigest()[:32]

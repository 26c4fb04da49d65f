"""Say whether this process lives and whether its database answers."""

from flask import Blueprint, Response, current_app

from geo.database import answers

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """Answer as long as the process does."""
    return Response("alive\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """Answer once the public role can read; a lost database makes it 503 by the error table."""
    answers(current_app.extensions["lotline"].public)
    return Response("ready\n", mimetype="text/plain")

"""Frame the public pages: their blueprint, and what none of them takes."""

from flask import Blueprint, abort, request

blueprint = Blueprint("public", __name__)


@blueprint.before_app_request
def refuse_nul() -> None:
    """Refuse the one character that no name or number in the database can hold."""
    if "\0" in request.path or any("\0" in value for value in request.args.values()):
        abort(400)

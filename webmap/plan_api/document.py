"""Write the OpenAPI 3.1 document of what programs of the office may ask of plans."""

from functools import cache
from typing import Any

from flask import Response, current_app, json, request

from cases.permissions import Right
from webmap.api.document import describe
from webmap.auth.gate import needs
from webmap.plan_api.operations import OPERATIONS, blueprint

ABOUT = (
    "The officers' plans of a town: those in force with what became of their stops, and those that "
    "are asked for. It is for managers, who are known by the cookie of their session; with all "
    "that changes something the header X-CSRFToken is sent, which /plans/guard gives."
)


@blueprint.get("/plans/openapi.json")
@needs(Right.PLAN_WORK)
def document() -> Response:
    """Answer with the document."""
    said = {**described(), "servers": [{"url": request.host_url.rstrip("/")}]}
    return current_app.response_class(
        json.dumps(said), mimetype="application/vnd.oai.openapi+json;version=3.1"
    )


@cache
def described() -> dict[str, Any]:
    """Return the document without the server it is served by."""
    return describe(OPERATIONS, title="Lotline plans", about=ABOUT, secured=True)

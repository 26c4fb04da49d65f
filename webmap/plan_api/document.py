"""Write the OpenAPI 3.1 document of what programs of the office may ask of plans."""

from functools import cache
from typing import Any

from flask import Response

from cases.permissions import Right
from webmap.auth.gate import needs
from webmap.plan_api.operations import API, blueprint

ABOUT = (
    "The officers' plans of a town: those in force with what became of their stops, and those that "
    "are asked for. It is for managers, who are known by the cookie of their session; with all "
    "that changes something the header X-CSRFToken is sent, which /plans/guard gives."
)


@blueprint.get("/plans/openapi.json")
@needs(Right.PLAN_WORK)
def document() -> Response:
    """Answer with the document."""
    return API.document(described())


@cache
def described() -> dict[str, Any]:
    """Return the document without the server it is served by."""
    return API.described(title="Lotline plans", about=ABOUT)

"""Write the OpenAPI 3.1 document of what programs of the office may ask of reports."""

from functools import cache
from typing import Any

from flask import Response

from cases.permissions import Right
from webmap.auth.gate import needs
from webmap.report_api.operations import API, blueprint

ABOUT = (
    "The reports of a town: which there are, what may be asked of each, and their answers, frozen "
    "with the cases that each figure counts. It is for clerks and managers, who are known by the "
    "cookie of their session; with all that has something made the header X-CSRFToken is sent, "
    "which /reports/guard gives. A report is asked for, and its answer read once it is made."
)


@blueprint.get("/reports/openapi.json")
@needs(Right.READ_REPORTS)
def report_document() -> Response:
    """Answer with the document."""
    return API.document(described())


@cache
def described() -> dict[str, Any]:
    """Return the document without the server it is served by."""
    return API.described(title="Lotline reports", about=ABOUT)

"""Give back what was typed on a page that lay too long, to be sent again once the code is typed."""

from http import HTTPStatus

from flask import Response, request

from webmap.interpreting import say
from webmap.respondent.frame import CodeAskedAgainError, blueprint
from webmap.visits import visit

_OURS = ("csrf_token",)
"""What the page makes anew."""
_WRITTEN = ("said", "because")
"""What somebody wrote in sentences, and wants to see that it is still there."""


@blueprint.errorhandler(CodeAskedAgainError)
def asked_again(error: CodeAskedAgainError) -> Response:
    """Hold all that was sent but files, which no page can give back, beside the way to the code."""
    said = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name not in _OURS
    ]
    written = [value for name, value in said if name in _WRITTEN and value.strip()]
    brought = any(each.filename for each in request.files.values())
    with visit() as look:
        page = look.page(
            "respondent/lapsed.html", hint=say(error), said=said, written=written, brought=brought,
        )  # fmt: skip
    return Response(page, HTTPStatus.BAD_REQUEST, mimetype="text/html")

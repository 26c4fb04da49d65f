"""Let anybody choose the language of the pages, by a link, without scripts or an account."""

from http import HTTPStatus

from flask import Response, abort, make_response, redirect, request, url_for

from webmap.auth.entering import ours
from webmap.languages import A_YEAR, COOKIE, offered
from webmap.public.frame import blueprint


@blueprint.get("/language/<code>")
def speak(code: str) -> Response:
    """Show the pages in another language from now on, and go back to where one was."""
    if code not in offered():
        abort(404)
    back = ours(request.args.get("to", "")) or url_for("public.map_page")
    answer = make_response(redirect(back, HTTPStatus.SEE_OTHER))
    answer.set_cookie(COOKIE, code, max_age=A_YEAR, samesite="Lax", httponly=True)
    return answer

"""Give the pages the town's own seal and colour."""

from pathlib import Path

from flask import Response, current_app, render_template, request, send_file

from webmap.public.frame import blueprint

SEAL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What a seal opened by itself may do: a drawing is a document too, and may hold scripts."""
AN_HOUR = 3_600
_MARK = Path(__file__).parents[1] / "static" / "mark.svg"


@blueprint.get("/seal")
def seal() -> Response:
    """Give the town's seal, as its letters bear it; Lotline's mark where it has laid down none."""
    picture = current_app.config["SEAL"]() or _MARK
    answer = send_file(picture, max_age=AN_HOUR)
    answer.headers["Content-Security-Policy"] = SEAL_POLICY
    return answer


@blueprint.get("/look.css")
def look() -> Response:
    """Give the town's colour to the pages; nothing where it has none of its own."""
    brand = current_app.config["BRAND"]
    rules = render_template("look.css", brand=brand) if brand else ""
    answer = Response(rules, mimetype="text/css")
    answer.cache_control.public = True
    answer.cache_control.max_age = AN_HOUR
    answer.add_etag()
    answer.make_conditional(request)
    return answer

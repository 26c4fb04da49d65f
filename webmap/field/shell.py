"""Show the field app: one page, its worker and its manifest; all else happens on the phone."""

from flask import Response, jsonify, make_response, send_from_directory, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from webmap.assets import BUILT, asset, asset_file
from webmap.auth.desk import reading
from webmap.auth.gate import anybody, needs
from webmap.field.frame import OFFICER, WHOSE, blueprint
from webmap.field.words import words
from webmap.languages import locale


@blueprint.get("/")
@needs(OFFICER)
def today() -> Response:
    """Show the app; what it shows comes from the day's data, or from the phone itself."""
    generate_csrf()  # before any request of the page, whose answers might overtake one another
    with reading() as desk:
        town = desk.town
        told = {
            "staff": desk.member.id,
            "language": locale().replace("_", "-"),
            "town": {
                edge: getattr(town, edge) for edge in ("west", "south", "east", "north")
            } if town else None,
            "map_css": asset("map.css"),
            "icons": asset("icons.svg"),
            "worker": url_for("field.worker"),
            "sign_in": url_for("auth.sign_in", next=url_for("field.today")),
            "account": url_for("auth.account"),
            "case_page": url_for("office.case", number="NUMBER"),
            "words": words(),
        }  # fmt: skip
        response = make_response(desk.page("field/app.html", told=told))
    response.headers[WHOSE] = str(desk.member.id)
    response.headers["X-Field-Version"] = asset_file("field-worker.js").stem.rpartition("-")[2]
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/worker.js")
@anybody
def worker() -> Response:
    """Send the app's worker from the folder it looks after."""
    response = send_from_directory(BUILT, asset_file("field-worker.js").name)
    response.headers["Service-Worker-Allowed"] = url_for("field.today")
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/app.webmanifest")
@anybody
def manifest() -> Response:
    """Describe the app to a phone that installs it."""
    home = url_for("field.today")
    icons = [
        {
            "src": asset(f"app-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png",
            "purpose": purpose,
        }
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]  # fmt: skip
    response = jsonify({
        "id": home, "start_url": home, "scope": home, "display": "standalone",
        "name": _("Lotline field"), "short_name": _("Field"),
        "background_color": "#ffffff", "theme_color": "#162e51", "icons": icons,
    })  # fmt: skip
    response.mimetype = "application/manifest+json"
    return response

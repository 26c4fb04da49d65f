"""Show the photographs of a case to who holds its code, each as the copy that others may see."""

from collections.abc import Sequence

from flask import Response, abort, current_app, request
from flask_babel import lazy_gettext as _

from cases.desk.book import Row
from cases.documents.queries import file_named, photographs_for, public_documents_of_cases
from webmap.arguments import whole
from webmap.auth.gate import NOT_KEPT, anybody
from webmap.office.files import HARMLESS
from webmap.respondent.frame import Room, blueprint, reading

PICTURE = "image/"
CAPTIONS = (_("Seen from the street"),)
"""What pictures that we ship say of themselves; told by `say`."""


def photographs(room: Room) -> Sequence[Row]:
    """Return the photographs that may be seen; by a code that only reads, the public ones."""
    mine = room.holder
    if mine.acts:
        found = room.rows(photographs_for(mine.respondent_id, case_id=mine.case_id))
    else:
        found = room.rows(public_documents_of_cases([mine.case_id]))
    return [each for each in found if each.shown and str(each.media_type).startswith(PICTURE)]


@blueprint.get("/my-case/photo")
@anybody
def photo() -> Response:
    """Show a photograph, whole or small."""
    asked = whole(request.args, "of")
    with reading() as room:
        seen = (each for each in photographs(room) if each.id == asked)
        row = next(seen, None) or abort(404)
        sha256 = row.thumbnail if request.args.get("size") == "small" else row.shown
        known = room.first(file_named(sha256 or row.shown)) or abort(404)
    data = current_app.extensions["lotline_documents"].get(known.sha256)
    answer = Response(data, mimetype=known.media_type)
    answer.headers["Content-Security-Policy"] = HARMLESS
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["Cache-Control"] = NOT_KEPT
    return answer

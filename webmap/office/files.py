"""Hand out the stored photographs and papers to staff, by the hash of their bytes."""

from flask import Response, abort, current_app, request

from cases.documents.queries import file_named
from cases.permissions import Right
from webmap.auth.desk import reading
from webmap.auth.gate import needs
from webmap.office.frame import blueprint

HARMLESS = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
"""What a stored file may do where a browser shows it by itself: nothing."""


@blueprint.get("/file/<sha256>")
@needs(Right.READ_CASE)
def file(sha256: str) -> Response:
    """Show an original or a copy; a file never changes, so that a browser may keep it."""
    with reading() as desk:
        known = desk.first(file_named(sha256)) or abort(404)
    data = current_app.extensions["lotline_documents"].get(known.sha256)
    answer = Response(data, mimetype=known.media_type)
    answer.headers["Content-Security-Policy"] = HARMLESS
    answer.headers["Content-Disposition"] = f'inline; filename="{sha256[:12]}"'
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    answer.set_etag(sha256)
    return answer.make_conditional(request)  # type: ignore[return-value]


def pdf_answer(pdf: bytes, *, sha256: str, name: str) -> Response:
    """Return a kept PDF, which whoever asks again need not be sent again."""
    answer = Response(pdf, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=name)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(sha256)
    return answer.make_conditional(request)  # type: ignore[return-value]

"""Take in the photographs of a report while it is being written, each once."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, jsonify, request
from flask_wtf.csrf import generate_csrf

from cases.accounts.errors import TooManyTriesError
from cases.accounts.throttle import Limit
from cases.adopted import NoLawError
from cases.documents.errors import RefusedFileError
from cases.documents.intake import take_in
from cases.residents.photos import MOST_PHOTO_BYTES, MOST_PHOTOS, keep_photo, require_photograph
from cases.residents.reporting import hold_report
from cases.residents.unsent import hold_files
from webmap.auth.gate import NOT_KEPT
from webmap.auth.limits import take
from webmap.interpreting import say
from webmap.public.frame import blueprint
from webmap.public.reporting.desk import counter, key_of

PHOTOS_BY_PLACE = Limit(tries=60, per=timedelta(hours=1))
WORDS = 200_000
"""So many bytes of a form are words, at the most."""


@blueprint.url_value_preprocessor
def allow_more(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let photographs be larger than a form, before anything looks at what was sent."""
    if endpoint == "public.report_photo":
        request.max_content_length = MOST_PHOTO_BYTES
    elif endpoint == "public.report":
        request.max_content_length = MOST_PHOTOS * MOST_PHOTO_BYTES + WORDS


@blueprint.get("/report/token.json")
def report_token() -> Response:
    """Give the token that proves a post comes from our own page, which may have lain for days."""
    answer = jsonify(token=generate_csrf())
    answer.headers["Cache-Control"] = NOT_KEPT
    return answer


@blueprint.post("/report/photo/<uuid:report_id>")
def report_photo(report_id: uuid.UUID) -> tuple[Response, int]:
    """Keep one photograph, as a script sends it before the words."""
    try:
        keep(report_id, request.get_data(cache=False), name=request.args.get("name"))
    except TooManyTriesError:
        raise
    except (RefusedFileError, NoLawError) as error:
        return jsonify(error=say(error)), HTTPStatus.UNPROCESSABLE_ENTITY
    return jsonify(kept=True), HTTPStatus.OK


def keep(report_id: uuid.UUID, data: bytes, *, name: str | None) -> None:
    """Keep a photograph of a report.

    Raises
    ------
    RefusedFileError
        It is not taken in; the error says why.
    TooManyTriesError
        As many came from there as are taken in for now.
    """
    require_photograph(data)
    take(key_of("photos"), PHOTOS_BY_PLACE)
    with counter() as at:
        store = current_app.extensions["lotline_documents"]
        hold_files(at.connection)
        taken = take_in(store, data, name=name, zone=at.zone)
        hold_report(at.connection, report_id)
        keep_photo(at.connection, taken, report_id=report_id, moment=at.moment)


def keep_all(report_id: uuid.UUID, files: list[Any]) -> Iterator[str]:
    """Keep the photographs that came with a form; yield what is wrong with each that is not."""
    for each in files:
        data = each.read(MOST_PHOTO_BYTES + 1)
        if not data and not each.filename:
            continue  # the field was left empty
        try:
            keep(report_id, data, name=each.filename)
        except (RefusedFileError, TooManyTriesError) as error:
            yield f"{(each.filename or '')[-80:]}: {say(error)}"

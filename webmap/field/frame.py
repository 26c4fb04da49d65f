"""Frame what the field app talks to: its blueprint, and answers in JSON, those of errors too."""

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify

from cases.documents.errors import RefusedFileError
from cases.errors import CaseError
from cases.field.errors import (
    DamagedPhotoError,
    NoVisitError,
    OtherDeviceError,
    OutOfTurnError,
    TakenIdError,
)
from cases.visits.adopting import PlanThereError
from cases.workflow.inspection import InspectionAction
from webmap.field.beside import BusyError
from webmap.interpreting import say, say_told

blueprint = Blueprint("field", __name__, url_prefix="/field")

OFFICER = InspectionAction.MAKE
"""Whoever may inspect works in the field."""

WHOSE = "X-Field-Staff"
"""Names who a page was made for, so that a phone which keeps it shows it to nobody else."""

_CODES: tuple[tuple[type[CaseError], HTTPStatus], ...] = (
    (OtherDeviceError, HTTPStatus.NOT_FOUND),
    (OutOfTurnError, HTTPStatus.CONFLICT),
    (TakenIdError, HTTPStatus.CONFLICT),
    (NoVisitError, HTTPStatus.CONFLICT),
    (DamagedPhotoError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (RefusedFileError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (PlanThereError, HTTPStatus.CONFLICT),
    (BusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (CaseError, HTTPStatus.BAD_REQUEST),
)


def in_words(answer: dict[str, Any]) -> dict[str, Any]:
    """Return a deed's stored answer with what it says in the officer's language."""
    if "words" not in answer:
        return answer
    meanwhile = [{**each, "text": say_told(each["text"])} for each in answer["meanwhile"]]
    return {**answer, "words": say(answer["words"]), "meanwhile": meanwhile}


def in_json[**P](view: Callable[P, dict[str, Any]]) -> Callable[P, Response]:
    """Answer in JSON, kept by nobody on the way; what cannot be taken is told in a sentence."""

    @functools.wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            response = jsonify(view(*args, **kwargs))
        except CaseError as error:
            told: dict[str, Any] = {"error": say(error)}
            if isinstance(error, OutOfTurnError):
                told["expected"] = error.expected
            response = jsonify(told)
            response.status_code = next(code for kind, code in _CODES if isinstance(error, kind))
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer

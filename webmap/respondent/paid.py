"""Take in the notices by which a hosted page tells what was paid."""

from http import HTTPStatus

from flask import Response, current_app, jsonify, request
from flask.blueprints import BlueprintSetupState

from cases.actors import Moment
from cases.errors import CaseError
from cases.hosted import UnsignedNoticeError
from cases.online import hear
from cases.paying import NotHostedError
from webmap.auth.gate import anybody, clock_now
from webmap.partners import SIGNATURE
from webmap.respondent.frame import blueprint
from webmap.respondent.paying import payments

MOST_BYTES = 10_000


@blueprint.post("/payments/notice")
@anybody
def paid() -> tuple[Response, int]:
    """Record a payment once, and answer with the number of its receipt.

    What the ledger cannot take is kept for a person, and is told no more. What cannot be kept
    either, a signed notice that makes no sense, goes to the log: it is somebody's money all the
    same.
    """
    request.max_content_length = MOST_BYTES
    now = clock_now()
    try:
        taken = payments().taken(
            request.get_data(cache=False), signature=request.headers.get(SIGNATURE, "")
        )
        with current_app.extensions["lotline"].app.begin() as connection:
            heard = hear(connection, taken, moment=Moment(on=now.date(), now=now))
    except NotHostedError as error:
        return jsonify(error=str(error)), HTTPStatus.NOT_FOUND
    except UnsignedNoticeError as error:
        return jsonify(error=str(error)), HTTPStatus.FORBIDDEN
    except CaseError as error:
        current_app.logger.error("A payment taken online is not on record: %s", error)  # noqa: TRY400 - whoever reads it wants the sentence
        return jsonify(error=str(error)), HTTPStatus.CONFLICT
    if heard.receipt is None:
        return jsonify(kept=True, because=heard.because), HTTPStatus.OK
    return jsonify(receipt=heard.receipt), HTTPStatus.OK


@blueprint.record_once
def _prove_itself(state: BlueprintSetupState) -> None:
    """Leave the guard against forgery out: the signature is the proof, and no cookie is read."""
    state.app.extensions["csrf"].exempt(paid)

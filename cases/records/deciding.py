"""Decide what becomes of one piece of a record, each exemption cited by its provision."""

import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.documents.kinds import PICTURES
from cases.documents.queries import redactions_of
from cases.models import RecordsDecision
from cases.records.errors import (
    ChangedTextError,
    NoExemptionError,
    NotBlackedOutError,
    RecordsError,
)
from cases.records.pieces import Outcome, Piece, Subject, pieces_of
from cases.records.requests import permit, require_open
from cases.wording import tidy

_A_NUMBER = re.compile(r"[0-9]")
_TEXTS = (Subject.STORY, Subject.CONTACTS)


def decide(
    connection: sa.Connection,
    *,
    request_id: int,
    key: str,
    outcome: Outcome,
    exemption: str | None = None,
    passages: Sequence[str] = (),
    text_sha256: str | None = None,
    actor: Actor,
    moment: Moment,
) -> None:
    """Keep what is decided of a piece; the latest word counts, and those before stay on record.

    Parameters
    ----------
    key
        The piece, as `Piece.key` names it.
    exemption
        The provision that exempts what is left out, by its section. Of a picture with black boxes
        the boxes cite their own.
    passages
        The words that are left out of a text that is redacted.
    text_sha256
        The SHA-256 of the text that was read, as `Piece.text_sha256` gave it; None of what is none.

    Raises
    ------
    ChangedTextError
        The text is another than was read.
    NoExemptionError
        Something is left out and no section cited.
    NotBlackedOutError
        A picture is released redacted with nothing black on it, or whole though something is.
    RecordsError
        The request has no such piece, or it cannot be redacted.
    """
    permit(actor)
    require_open(connection, request_id)
    piece = _piece(connection, request_id, key, moment)
    _require_read(piece, text_sha256)
    struck = tuple(dict.fromkeys(filter(None, map(tidy, passages))))
    redaction_id, cited = None, tidy(exemption)
    if piece.subject is Subject.DOCUMENT:
        redaction_id, boxes_cite = _boxes(connection, piece, outcome)
        cited = boxes_cite or cited
    elif outcome is Outcome.REDACTED:
        _require_text(piece, struck)
    if outcome is not Outcome.RELEASED and not (cited and _A_NUMBER.search(cited)):
        msg = (
            "Cite the section that exempts what is left out, by its number: s. 119.071(4)(d), "
            "Florida Statutes."
        )
        raise NoExemptionError(msg)
    values = {
        "request_id": request_id, "case_id": piece.case_id, "subject": piece.subject,
        "outcome": outcome, "exemption": cited if outcome is not Outcome.RELEASED else None,
        "passages": list(struck) if outcome is Outcome.REDACTED and piece.subject in _TEXTS else [],
        "text_sha256": piece.text_sha256, "redaction_id": redaction_id, "decided_on": moment.on,
        "decided_at": moment.now, "decided_by": actor.name, **_named(piece),
    }  # fmt: skip
    connection.execute(sa.insert(RecordsDecision).values(values))


def redaction_in_force(connection: sa.Connection, sha256: str) -> tuple[int | None, str | None]:
    """Return the redaction of a document that counts now, and the sections its boxes cite."""
    boxes = connection.execute(redactions_of([sha256])).all()
    if not boxes:
        return None, None
    return boxes[0].redaction_id, "; ".join(sorted({box.exemption for box in boxes}))


def _boxes(
    connection: sa.Connection, piece: Piece, outcome: Outcome
) -> tuple[int | None, str | None]:
    redaction_id, cited = redaction_in_force(connection, piece.row.sha256)
    if outcome is Outcome.REDACTED and redaction_id is None:
        how = (
            "black it out on the case's page first"
            if piece.row.media_type in PICTURES
            else "black it out in a program for PDFs, add the result, and withhold this one"
        )
        msg = f"Nothing is black on this document yet: {how}."
        raise NotBlackedOutError(msg)
    if outcome is Outcome.RELEASED and redaction_id is not None:
        msg = f"Parts of this picture are exempt ({cited}): release it with them black."
        raise NotBlackedOutError(msg)
    return (redaction_id, cited) if outcome is Outcome.REDACTED else (None, None)


def _require_read(piece: Piece, text_sha256: str | None) -> None:
    if piece.text_sha256 != text_sha256:
        msg = (
            f"The {piece.subject} of {piece.case_number} is not the text that was read: read it "
            "as it stands now, then decide it."
        )
        raise ChangedTextError(msg)


def _require_text(piece: Piece, struck: tuple[str, ...]) -> None:
    if piece.subject not in _TEXTS:
        msg = "This is released or withheld as a whole: nothing of it can be struck."
        raise RecordsError(msg)
    if not struck:
        msg = "Give the words to be left out, a line each, as they stand in the text."
        raise RecordsError(msg)


def _piece(connection: sa.Connection, request_id: int, key: str, moment: Moment) -> Piece:
    for piece in pieces_of(connection, request_id, on=moment.on):
        if piece.key == key:
            return piece
    msg = f"The request has no piece “{key}”: open its page anew."
    raise RecordsError(msg)


def _named(piece: Piece) -> dict[str, Any]:
    return {
        "case_document_id": piece.row_id if piece.subject is Subject.DOCUMENT else None,
        "complaint_id": piece.row_id if piece.subject is Subject.REPORTER else None,
    }

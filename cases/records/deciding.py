"""Decide what becomes of one piece of a record, each exemption cited by its provision."""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.documents.kinds import PICTURES
from cases.documents.queries import redactions_of
from cases.models import RecordsDecision
from cases.records.elsewhere import Standing, kept_in, left_out_of, mark, standing_in
from cases.records.errors import (
    ChangedTextError,
    NoExemptionError,
    NoPassageError,
    NotBlackedOutError,
    RecordsError,
    StandingWordsError,
)
from cases.records.pieces import TEXTS, Outcome, Piece, Subject, pieces_of
from cases.records.requests import permit, require_open
from cases.records.striking import holds
from cases.wording import tidy

_A_NUMBER = re.compile(r"[0-9]")
_COLUMNS = {
    Subject.DOCUMENT: "case_document_id", Subject.REPORTER: "complaint_id",
    Subject.NOTICE: "notice_id", Subject.HEARING: "hearing_id",
}  # fmt: skip
"""Where a decision names the row of what a case has several of."""


def decide(
    connection: sa.Connection,
    *,
    request_id: int,
    key: str,
    outcome: Outcome,
    exemption: str | None = None,
    passages: Sequence[str] = (),
    text_sha256: str | None = None,
    seen: str | None = None,
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
    seen
        That words which are left out elsewhere stay in this piece: the mark of those that were
        shown, as `cases.records.elsewhere.mark` gave it; None where nobody says so.

    Raises
    ------
    ChangedTextError
        The text is another than was read.
    StandingWordsError
        Words that are left out elsewhere would stay in it, and they are not those seen.
    NoExemptionError
        Something is left out and no section cited.
    NotBlackedOutError
        A picture is released redacted with nothing black on it, or whole though something is.
    NoPassageError
        Words that are to be left out are not in the text.
    RecordsError
        The request has no such piece, or it cannot be redacted.
    """
    permit(actor)
    require_open(connection, request_id)
    there = pieces_of(connection, request_id, on=moment.on)
    piece = _read(there, key, text_sha256)
    struck = tuple(dict.fromkeys(filter(None, map(tidy, passages))))
    redaction_id, boxes_cite = _boxes(piece, outcome, redactions_in_force(connection, [piece]))
    if outcome is Outcome.REDACTED and piece.subject is not Subject.DOCUMENT:
        _require_text(piece, struck)
    _require_seen(standing_in(piece, left_out_of(there)), outcome, struck, seen)
    values = {
        **_values(piece, request_id, outcome, actor, moment), "redaction_id": redaction_id,
        "exemption": _cited(outcome, boxes_cite or tidy(exemption)),
        "passages": list(struck) if outcome is Outcome.REDACTED and piece.subject in TEXTS else [],
    }  # fmt: skip
    connection.execute(sa.insert(RecordsDecision).values(values))


def release(
    connection: sa.Connection,
    *,
    request_id: int,
    read: Mapping[str, str | None],
    actor: Actor,
    moment: Moment,
) -> None:
    """Keep that several pieces are released whole, as `decide` does one; all of them or none.

    Parameters
    ----------
    read
        The pieces, as `Piece.key` names them, each with the SHA-256 of its text as it was shown.

    Raises
    ------
    ChangedTextError
        A text is another than was shown.
    StandingWordsError
        Words that are left out elsewhere stand in one of them: it is decided by itself.
    NotBlackedOutError
        Something is black on one of them.
    RecordsError
        None is named, or the request has no such piece.
    """
    permit(actor)
    require_open(connection, request_id)
    if not read:
        msg = "Nothing is ticked: tick what is released whole, then release it."
        raise RecordsError(msg)
    there = pieces_of(connection, request_id, on=moment.on)
    chosen = [_read(there, key, text_sha256) for key, text_sha256 in read.items()]
    boxes, left_out = redactions_in_force(connection, chosen), left_out_of(there)
    for piece in chosen:
        _boxes(piece, Outcome.RELEASED, boxes)
        _require_seen(standing_in(piece, left_out), Outcome.RELEASED, (), None)
    rows = [
        {**_values(piece, request_id, Outcome.RELEASED, actor, moment), "passages": []}
        for piece in chosen
    ]
    connection.execute(sa.insert(RecordsDecision), rows)


def redactions_in_force(
    connection: sa.Connection, pieces: Sequence[Piece]
) -> dict[str, tuple[int, str]]:
    """Return which redaction counts now of each document that has one, and what its boxes cite.

    By the document's SHA-256; one statement, however many there are.
    """
    named = [piece.row.sha256 for piece in pieces if piece.subject is Subject.DOCUMENT]
    boxes = connection.execute(redactions_of(named)).all()
    return {
        of: (its[0].redaction_id, "; ".join(sorted({box.exemption for box in its})))
        for of, its in ((of, list(group)) for of, group in groupby(boxes, lambda box: box.of))
    }


def _boxes(
    piece: Piece, outcome: Outcome, in_force: Mapping[str, tuple[int, str]]
) -> tuple[int | None, str | None]:
    if piece.subject is not Subject.DOCUMENT:
        return None, None
    redaction_id, cited = in_force.get(piece.row.sha256, (None, None))
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


def _read(there: Sequence[Piece], key: str, text_sha256: str | None) -> Piece:
    """Return the piece of a name, whose text is to be the one that was read."""
    piece = next((each for each in there if each.key == key), None)
    if piece is None:
        msg = f"The request has no piece “{key}”: open its page anew."
        raise RecordsError(msg)
    if piece.text_sha256 != text_sha256:
        msg = (
            f"The {piece.subject} of {piece.case_number} is not the text that was read: read it "
            "as it stands now, then decide it."
        )
        raise ChangedTextError(msg)
    return piece


def _require_seen(
    standing: Sequence[Standing], outcome: Outcome, struck: Sequence[str], seen: str | None
) -> None:
    """Refuse what would tell here what is left out elsewhere, unless just these words were seen."""
    kept = kept_in(standing, outcome, struck)
    if kept and seen != mark(standing):
        told = "; ".join(f"“{words}”" for words in kept)
        piece = standing[0].piece
        msg = (
            f"{told}: left out elsewhere, and it stands in the {piece.subject} of "
            f"{piece.case_number}. Look at that piece by itself: leave the words out there too, or "
            "say that they stay."
        )
        raise StandingWordsError(msg)


def _cited(outcome: Outcome, section: str | None) -> str | None:
    """Return the section that exempts what is left out; None where nothing is."""
    if outcome is Outcome.RELEASED:
        return None
    if not (section and _A_NUMBER.search(section)):
        msg = (
            "Cite the section that exempts what is left out, by its number: s. 119.071(4)(d), "
            "Florida Statutes."
        )
        raise NoExemptionError(msg)
    return section


def _require_text(piece: Piece, struck: tuple[str, ...]) -> None:
    if piece.subject not in TEXTS:
        msg = "This is released or withheld as a whole: nothing of it can be struck."
        raise RecordsError(msg)
    if not struck:
        msg = "Give the words to be left out, a line each, as they stand in the text."
        raise RecordsError(msg)
    missing = [passage for passage in struck if not holds(piece.text, passage)]
    if missing:
        told = "; ".join(f"“{passage}”" for passage in missing)
        msg = f"{told}: not in the text. Write each as it stands there, a line each."
        raise NoPassageError(msg)


def _values(
    piece: Piece, request_id: int, outcome: Outcome, actor: Actor, moment: Moment
) -> dict[str, Any]:
    return {
        "request_id": request_id, "case_id": piece.case_id, "subject": piece.subject,
        **{
            column: piece.row_id if piece.subject is subject else None
            for subject, column in _COLUMNS.items()
        },
        "outcome": outcome, "text_sha256": piece.text_sha256, "decided_on": moment.on,
        "decided_at": moment.now, "decided_by": actor.name,
    }  # fmt: skip

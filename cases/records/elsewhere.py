"""Find the words that are left out of one piece of a request and still stand in others."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from cases.models import RecordsDecision
from cases.records.pieces import Outcome, Piece, row_of_decision
from cases.records.striking import holds, struck


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Words that are left out of some pieces and stand in another.

    Attributes
    ----------
    words
        As they were left out there.
    left_out_of
        The pieces without them.
    piece
        The one with them.
    """

    words: str
    left_out_of: tuple[Piece, ...]
    piece: Piece


def standing_in(piece: Piece, pieces: Iterable[Piece]) -> list[Standing]:
    """Return the words that stand in what a piece tells and are left out of others.

    However they are capitalised and whatever blanks part them, and whatever is decided of the
    piece itself.
    """
    left_out: dict[str, tuple[str, list[Piece]]] = {}
    for other in pieces:
        if other.key == piece.key or other.decision is None:
            continue
        for passage in other.decision.passages:
            shown = " ".join(passage.split())
            left_out.setdefault(alike(passage), (shown, []))[1].append(other)
    told = _told(piece)
    return [
        Standing(words=words, left_out_of=tuple(its), piece=piece)
        for words, its in left_out.values()
        if holds(told, words)
    ]


def mark(standing: Iterable[Standing]) -> str:
    """Return what tells these words from any others that a page could show."""
    said = "\n".join(sorted(alike(each.words) for each in standing))
    return hashlib.sha256(said.encode()).hexdigest()


def kept_in(standing: Sequence[Standing], outcome: Outcome, passages: Sequence[str]) -> list[str]:
    """Return which of some words a piece would still tell if it were decided so."""
    if outcome is Outcome.WITHHELD:
        return []
    return [each.words for each in standing if _tells(each, outcome, passages)]


def unsettled(
    connection: sa.Connection, request_id: int, pieces: Sequence[Piece]
) -> list[Standing]:
    """Return the words that stand where nobody decided, seeing them, that they stay.

    Whoever decides a piece is shown the words that are left out elsewhere by then: so what counts
    is whether they were, when the latest word on it was said.
    """
    log = list(connection.execute(_log(request_id)))
    return [
        each for piece in pieces for each in standing_in(piece, pieces) if _is_unsettled(each, log)
    ]


def alike(words: str) -> str:
    """Return words as they are compared: without capitals, each blank one space."""
    return " ".join(words.split()).casefold()


def _is_unsettled(standing: Standing, log: Sequence[sa.Row[tuple[object, ...]]]) -> bool:
    decision = standing.piece.decision
    if decision is None:
        return True
    if not kept_in([standing], decision.outcome, decision.passages):
        return False
    latest: dict[object, Sequence[str]] = {}
    for row in log:
        key = (row.case_id, row.subject, row_of_decision(row) or 0)
        if row.id == decision.id:
            break
        latest[key] = row.passages
    mine = (standing.piece.case_id, standing.piece.subject, standing.piece.row_id or 0)
    words = alike(standing.words)
    return not any(words in map(alike, passages) for key, passages in latest.items() if key != mine)


def _tells(standing: Standing, outcome: Outcome, passages: Sequence[str]) -> bool:
    if standing.piece.row is not None:
        return outcome is Outcome.RELEASED  # a caption is told of no other
    return holds(struck(_told(standing.piece), passages), standing.words)


def _told(piece: Piece) -> str:
    """Return what of a piece can be searched: its text, its place, or a document's caption."""
    return piece.text or piece.place or (piece.words if piece.row is not None else "")


def _log(request_id: int) -> sa.Select[tuple[object, ...]]:
    return (
        sa.select(RecordsDecision.__table__)
        .where(RecordsDecision.request_id == request_id)
        .order_by(RecordsDecision.id)
    )

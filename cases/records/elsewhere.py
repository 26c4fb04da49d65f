"""Find the words that are left out of one piece of a request and still stand in others."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
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


type LeftOut = Mapping[str, Sequence[tuple[str, Piece]]]
"""By words as `alike` has them: as each piece that is without them leaves them out, and it."""


def left_out_of(pieces: Iterable[Piece]) -> LeftOut:
    """Gather once what is left out of the pieces of a request, to look for it in each of them."""
    found: dict[str, list[tuple[str, Piece]]] = {}
    for piece in pieces:
        for passage in piece.decision.passages if piece.decision else ():
            found.setdefault(alike(passage), []).append((" ".join(passage.split()), piece))
    return found


def standing_in(piece: Piece, left_out: LeftOut) -> list[Standing]:
    """Return the words that stand in what a piece tells and are left out of others.

    However they are capitalised and whatever blanks part them, and whatever is decided of the
    piece itself.

    Parameters
    ----------
    left_out
        What is left out of all pieces of its request, as `left_out_of` gathers it.
    """
    told = _told(piece)
    return [
        Standing(words=others[0][0], left_out_of=tuple(it for _, it in others), piece=piece)
        for its in left_out.values()
        if (others := [each for each in its if each[1].key != piece.key])
        and holds(told, others[0][0])
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
    left_out = left_out_of(pieces)
    standing = [each for piece in pieces for each in standing_in(piece, left_out)]
    decided = {each.piece.decision.id for each in standing if each.piece.decision}
    seen = _seen(connection, request_id, decided)
    return [each for each in standing if _is_unsettled(each, seen)]


def alike(words: str) -> str:
    """Return words as they are compared: without capitals, each blank one space."""
    return " ".join(words.split()).casefold()


def _is_unsettled(standing: Standing, seen: Mapping[int | None, set[str]]) -> bool:
    decision = standing.piece.decision
    if decision is None:
        return True
    if not kept_in([standing], decision.outcome, decision.passages):
        return False
    return alike(standing.words) not in seen.get(decision.id, seen[None])


def _seen(
    connection: sa.Connection, request_id: int, decisions: Collection[int | None]
) -> dict[int | None, set[str]]:
    """Return which words were left out of other pieces when each of some decisions was made.

    Under None: those left out now, which counts where the law pack decided. In one walk over the
    log, however many decisions are asked for.
    """
    latest: dict[object, set[str]] = {}
    without: Counter[str] = Counter()  # of how many pieces words are left out just then
    seen: dict[int | None, set[str]] = {}
    for row in connection.execute(_log(request_id)):
        key = (row.case_id, row.subject, row_of_decision(row) or 0)
        without.subtract(latest.pop(key, ()))
        if row.id in decisions:
            seen[row.id] = {words for words, pieces in without.items() if pieces}
        latest[key] = {alike(passage) for passage in row.passages}
        without.update(latest[key])
    return seen | {None: {words for words, pieces in without.items() if pieces}}


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

"""Hand out what was decided of a request as one file: an index, a log of exemptions, the pieces."""

import csv
import io
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.documents.store import Store
from cases.models import RecordsExport
from cases.records.deciding import redactions_in_force
from cases.records.elsewhere import Standing, unsettled
from cases.records.errors import (
    ChangedTextError,
    NotBlackedOutError,
    RecordsError,
    StandingWordsError,
    UndecidedError,
)
from cases.records.packing import Pack
from cases.records.pieces import Decision, Outcome, Piece, Subject, cases_of, pieces_of
from cases.records.requests import permit, require_open
from cases.records.striking import struck
from cases.records.writing import Writer
from geo.sheets import defused

HEADING = (
    "case", "piece", "what", "outcome", "left_out", "exemption", "decided_by", "decided_on", "file",
    "sha256",
)  # fmt: skip
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the index: one piece, what became of it, and where it is in the file.

    Attributes
    ----------
    left_out
        What of it is not there, in words; empty where it is whole.
    file, sha256
        Its name in the file and the hash of its bytes, in hex; None where nothing of it is there.
    """

    piece: Piece
    decision: Decision
    left_out: str = ""
    file: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What a file holds: the request's row, the cases' rows, an entry each piece."""

    request: sa.Row[Any]
    cases: list[sa.Row[Any]]
    entries: list[Entry]

    @property
    def left_out(self) -> dict[str, int]:
        """Of how many pieces something is left out, by the section it is left out under."""
        cited = (each.decision.exemption for each in self.entries)
        return dict(sorted(Counter(filter(None, cited)).items()))


def export(
    connection: sa.Connection,
    store: Store,
    *,
    request_id: int,
    write_index: Callable[[Index], str],
    actor: Actor,
    moment: Moment,
) -> int:
    """Make the file of a request and store it; gives the export's identity.

    The same decisions of the same records make the same bytes. It is built on disk, a piece at a
    time in memory.

    Parameters
    ----------
    write_index
        Writes the index as a page that opens by itself.

    Raises
    ------
    UndecidedError
        Something is not decided: it is named.
    ChangedTextError
        A text changed since it was read and decided: it is named.
    StandingWordsError
        Words that are left out of one piece stand in another, and nobody decided that they stay.
    NotBlackedOutError
        A picture was blacked out anew since it was decided.
    RecordsError
        The request is about no case, or words that are to be left out are not in the text.
    StoreError
        A document cannot be read, or the file not be stored.
    """
    permit(actor)
    request = require_open(connection, request_id)
    pieces = _decided(connection, request, on=moment.on)
    cases = list(connection.execute(cases_of(request_id)))
    index = Index(request=request, cases=cases, entries=[])
    writer = Writer(connection, store, request=request, actor=actor, moment=moment)
    with tempfile.TemporaryDirectory(prefix="lotline-records-") as folder:
        path = Path(folder) / "records.zip"
        with path.open("wb") as file:
            _pack(file, index, pieces, writer, write_index)
        name, size = store.put_file(path), path.stat().st_size
    values = {
        "request_id": request_id, "sha256": name, "byte_size": size, "made_on": moment.on,
        "made_at": moment.now, "made_by": actor.name,
    }  # fmt: skip
    kept = sa.insert(RecordsExport).values(values).returning(RecordsExport.id)
    return int(connection.execute(kept).scalar_one())


def _decided(connection: sa.Connection, request: sa.Row[Any], *, on: date) -> list[Piece]:
    """Return the pieces of a request, all of which are decided and none of which gives one away."""
    pieces = pieces_of(connection, request.id, on=on)
    _require_decided(pieces, request.number)
    _require_settled(unsettled(connection, request.id, pieces), request.number)
    return pieces


def undecided(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces of which nothing is decided yet, or of whose text as it stands now."""
    return [piece for piece in pieces if piece.decision is None]


def _require_decided(pieces: list[Piece], number: str) -> None:
    if not pieces:
        msg = f"{number} is about no case yet: choose the cases first."
        raise RecordsError(msg)
    changed = [piece for piece in pieces if piece.outdated]
    if changed:
        msg = (
            f"What was decided is of an earlier text, and nothing of {number} is handed out: read "
            f"what changed and decide it again. Changed: {_several(changed)}."
        )
        raise ChangedTextError(msg)
    left = undecided(pieces)
    if left:
        msg = (
            f"Nothing of {number} is handed out before all is decided. Undecided: {_several(left)}."
        )
        raise UndecidedError(msg)


def _require_settled(left: list[Standing], number: str) -> None:
    if left:
        said = "; ".join(dict.fromkeys(f"“{each.words}”" for each in left))
        where = _several([each.piece for each in left])
        msg = (
            f"Nothing of {number} is handed out while words that are left out of one piece stand "
            f"in another: leave them out there too, or decide that they stay. Words: {said}. "
            f"They stand in: {where}."
        )
        raise StandingWordsError(msg)


def _several(pieces: list[Piece]) -> str:
    told = [_told(each) for each in pieces[:_MOST_NAMED]]
    if len(pieces) > _MOST_NAMED:
        told.append(f"and {len(pieces) - _MOST_NAMED} more")
    return "; ".join(told)


def _told(piece: Piece) -> str:
    what = piece.words if piece.says_what_it_is else f"{piece.subject} {piece.words}".strip()
    return f"{what} of case {piece.case_number}"


def _pack(
    file: BinaryIO,
    index: Index,
    pieces: list[Piece],
    writer: Writer,
    write_index: Callable[[Index], str],
) -> None:
    with Pack(file) as pack:
        for case in index.cases:
            its = [piece for piece in pieces if piece.case_id == case.id]
            secrets = writer.secrets(case, its)
            pack.put(f"{_folder(case.number)}/case.txt", writer.case(case, its))
            index.entries.extend(_entry(pack, writer, case, piece, secrets) for piece in its)
        pack.put("index.csv", _table(index.entries))
        log = [each for each in index.entries if each.decision.outcome is not Outcome.RELEASED]
        pack.put("exemption-log.csv", _table(log))
        pack.put("index.html", write_index(index).encode())


def _entry(
    pack: Pack, writer: Writer, case: sa.Row[Any], piece: Piece, secrets: tuple[str, ...]
) -> Entry:
    decision = piece.decision
    assert decision is not None  # noqa: S101 - asked for before
    shown = replace(piece, words=struck(_named(piece, decision), secrets))
    if decision.outcome is Outcome.WITHHELD:
        return Entry(piece=shown, decision=decision, left_out="all of it")
    if piece.subject is Subject.PLACE:
        return Entry(piece=shown, decision=decision, file=f"{_folder(case.number)}/case.txt")
    if piece.subject is Subject.DOCUMENT:
        _require_same_boxes(writer.connection, piece, decision)
    name, data, left_out = writer.piece(case, piece, decision, secrets)
    path = f"{_folder(case.number)}/{name}"
    return Entry(
        piece=shown, decision=decision, left_out=left_out, file=path, sha256=pack.put(path, data)
    )


def _named(piece: Piece, decision: Decision) -> str:
    """Name a piece as outsiders read it: of what is not released whole, no caption either."""
    if piece.subject is Subject.DOCUMENT and decision.outcome is not Outcome.RELEASED:
        return f"{piece.row.kind} {piece.row_id}"
    return piece.words


def _require_same_boxes(connection: sa.Connection, piece: Piece, decision: Decision) -> None:
    in_force = redactions_in_force(connection, [piece])
    redaction_id, _ = in_force.get(piece.row.sha256, (None, None))
    if redaction_id != decision.redaction_id:
        msg = (
            f"Document “{piece.words}” of {piece.case_number} was blacked out anew since it was "
            "decided: look at it and decide it again."
        )
        raise NotBlackedOutError(msg)


def _folder(number: str) -> str:
    return "cases/" + "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in number)


def _table(entries: list[Entry]) -> bytes:
    file = io.StringIO(newline="")
    table = csv.writer(file, lineterminator="\r\n")
    table.writerow(HEADING)
    table.writerows([defused(cell) for cell in row] for row in _rows(entries))
    return file.getvalue().encode()


def _rows(entries: list[Entry]) -> Iterator[tuple[str, ...]]:
    for each in entries:
        decided = each.decision
        yield (
            each.piece.case_number, each.piece.subject, each.piece.words, decided.outcome,
            each.left_out, decided.exemption or "", decided.by,
            decided.on.isoformat() if decided.on else "", each.file or "", each.sha256 or "",
        )  # fmt: skip

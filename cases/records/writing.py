"""Write one piece of a record as it is handed out, without what was decided to be left out."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.documents.copies import CopyKind, make_copies
from cases.documents.kinds import PICTURES, MediaType
from cases.documents.store import Store
from cases.models import CaseEvent, DocumentCopy, Ordinance, Violation
from cases.phases import Phase
from cases.records.errors import RecordsError
from cases.records.pieces import Decision, Outcome, Piece, Subject, place_of
from cases.records.striking import LEFT_OUT, holds, struck
from cases.records.texts import day, lines
from cases.reporters import disclose_reporter
from geo.layers import Parcel, ParcelPeriod

_SUFFIX = {
    MediaType.JPEG: "jpg", MediaType.PNG: "png", MediaType.HEIC: "heic", MediaType.PDF: "pdf"
}  # fmt: skip

_WHERE = ("parcel_no", "pointed_at", "situs")
"""What events tell of where a case lies, or lay before it was put elsewhere."""


class Writer:
    """Writes the pieces of one request."""

    def __init__(
        self,
        connection: sa.Connection,
        store: Store,
        *,
        request: sa.Row[Any],
        actor: Actor,
        moment: Moment,
    ) -> None:
        self.connection, self._store = connection, store
        self._request, self._actor, self._moment = request, actor, moment

    def secrets(self, case: sa.Row[Any], pieces: Sequence[Piece]) -> tuple[str, ...]:
        """Return the words of a place that is withheld, which no other piece may tell either."""
        if not _withholds_place(pieces):
            return ()
        query = (
            sa.select(Parcel.parcel_no, ParcelPeriod.situs_address)
            .join(ParcelPeriod, ParcelPeriod.parcel_id == Parcel.id)
            .where(Parcel.id == case.parcel_id)
        )
        once = sa.select(*(CaseEvent.details[each].astext for each in _WHERE)).where(
            CaseEvent.case_id == case.id
        )
        rows = (*self.connection.execute(query), *self.connection.execute(once))
        said = {word for row in rows for word in row}
        return tuple(filter(None, said | {case.stated_address}))

    def case(self, case: sa.Row[Any], pieces: Sequence[Piece]) -> bytes:
        """Write what a case is, and where unless its place is withheld."""
        place = LEFT_OUT if _withholds_place(pieces) else place_of(case)
        said = [
            f"Case {case.number}", f"Kind: {case.category}", f"Place: {place}",
            f"Stands: {case.phase}", f"Opened: {day(case.opened_on)}",
            *_closed(case), "", "Violations:", *self._violations(case),
        ]  # fmt: skip
        return lines(said).encode()

    def piece(
        self, case: sa.Row[Any], piece: Piece, decision: Decision, secrets: Sequence[str]
    ) -> tuple[str, bytes, str]:
        """Return a piece's file: its name, its bytes, and what is left out of it in words."""
        if piece.subject is Subject.DOCUMENT:
            return self._document(piece, decision)
        if piece.subject is Subject.REPORTER:
            return f"reported-{piece.words}.txt", self._reporter(piece), ""
        for passage in decision.passages:
            if not holds(piece.text, passage):
                msg = (
                    f"“{passage}” is to be left out of the {piece.subject} of {case.number} and is "
                    "not in it: write it as it stands there, and decide it again."
                )
                raise RecordsError(msg)
        text = struck(piece.text, (*decision.passages, *secrets))
        name = f"{piece.subject}-{piece.row_id:06d}" if piece.row_id else piece.subject
        return f"{name}.txt", text.encode(), _left_out(len(decision.passages))

    def _violations(self, case: sa.Row[Any]) -> Iterator[str]:
        query = (
            sa.select(Ordinance.citation, Violation.status, Violation.found_on)
            .join(Ordinance, Ordinance.id == Violation.ordinance_id)
            .where(Violation.case_id == case.id)
            .order_by(Violation.id)
        )
        for row in self.connection.execute(query):
            yield f"- {row.citation} ({row.status}, found {day(row.found_on)})"

    def _reporter(self, piece: Piece) -> bytes:
        """Write who reported; that it was told, and for which request, is put on record."""
        assert piece.row_id is not None  # noqa: S101 - a complaint has one
        identity = disclose_reporter(
            self.connection, complaint_id=piece.row_id,
            reason=f"Public-records request {self._request.number}", actor=self._actor,
            moment=self._moment,
        )  # fmt: skip
        given = (f"{name}: {words}" for name, words in identity.given.items())
        return lines(given).encode()

    def _document(self, piece: Piece, decision: Decision) -> tuple[str, bytes, str]:
        """Return a document as anybody may see it: a picture drawn anew, a PDF as it is."""
        row, media_type, sha256 = piece.row, MediaType(piece.row.media_type), piece.row.sha256
        left_out = ""
        if media_type in PICTURES:
            make_copies(self.connection, self._store, sha256=sha256)
            kind = CopyKind.PUBLIC
            if decision.outcome is Outcome.REDACTED:
                kind, left_out = CopyKind.REDACTED, "what is black in it"
            copy = self._copy(sha256, kind, decision.redaction_id)
            sha256, media_type = copy.sha256, MediaType(copy.media_type)
        name = f"documents/{row.id:06d}-{row.kind}.{_SUFFIX[media_type]}"
        return name, self._store.get(sha256), left_out

    def _copy(self, of: str, kind: CopyKind, redaction_id: int | None) -> sa.Row[str, str]:
        mine = DocumentCopy.redaction_id.is_not_distinct_from(redaction_id)
        query = sa.select(DocumentCopy.sha256, DocumentCopy.media_type)
        query = query.where(DocumentCopy.of == of, DocumentCopy.kind == kind, mine)
        return self.connection.execute(query).one()


def _left_out(count: int) -> str:
    if count == 1:
        return "one passage"
    return f"{count} passages" if count else ""


def _closed(case: sa.Row[Any]) -> list[str]:
    """Say when a case was closed; of one that is open, nothing."""
    is_over = case.closed_on is not None or case.phase == Phase.CLOSED
    return [f"Closed: {day(case.closed_on)}"] if is_over else []


def _withholds_place(pieces: Sequence[Piece]) -> bool:
    return any(
        piece.subject is Subject.PLACE
        and piece.decision is not None
        and piece.decision.outcome is Outcome.WITHHELD
        for piece in pieces
    )

"""Hang the documents of an export on its cases, and tell its notes in their history."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Moment
from cases.documents.attaching import Audience, keep
from cases.documents.drawing import draw_later
from cases.documents.errors import RefusedFileError
from cases.documents.intake import take_in
from cases.documents.kinds import PICTURES
from cases.documents.store import Store
from cases.history import Deed
from cases.models import CaseDocument, CaseEvent
from cases.moving_in.checking import DOCUMENTS
from cases.moving_in.gathering import MovedCase
from cases.moving_in.placing import NOTE_MOVED_IN, PlacedCase
from cases.moving_in.reading import Row
from cases.moving_in.steps import Aside
from cases.moving_in.tables import among
from cases.workflow.document import DocumentStatus

_SPACE = uuid.UUID("5f0c6a3e-9f0e-4e0b-8f1b-6d0e6f2f7c11")
"""In which each document of an export has the one number that names it here."""

type Cases = Mapping[int, MovedCase]
"""Cases of an export by their identities here."""


def hang(
    connection: sa.Connection,
    cases: Cases,
    *,
    folder: Path,
    store: Store,
    system: str,
    zone: ZoneInfo,
    moment: Moment,
) -> Iterator[Aside]:
    """Store the documents of cases and hang them on, each once.

    Yields
    ------
    Aside
        What is of no kind that is taken in; its case comes in without it.
    """
    listed = CaseDocument.client_id == any_document_of(cases, system=system)
    there = frozenset(connection.scalars(sa.select(CaseDocument.client_id).where(listed)))
    for case_id, case in cases.items():
        for row in case.parts["documents"]:
            client_id = client_id_of(system, row)
            if client_id in there:
                continue
            path = folder / DOCUMENTS / row["file"]
            try:
                taken = take_in(store, path.read_bytes(), name=path.name, zone=zone)
            except RefusedFileError as error:
                why = f"{row['file']}: {error}"
                yield Aside("documents.csv", row["line"], case.number, "document_refused",
                            why, "Save it as a PDF and export again")  # fmt: skip
                continue
            keep(connection, taken, moment=moment)
            values: dict[str, Any] = {
                "client_id": client_id, "case_id": case_id, "sha256": taken.sha256,
                "kind": row["kind"], "caption": row["title"], "status": DocumentStatus.ATTACHED,
                "audience": Audience.STAFF, "added_by": system, "added_on": row["added_on"],
            }  # fmt: skip
            connection.execute(insert(CaseDocument).values(values))
            if taken.media_type in PICTURES:
                draw_later(connection, sha256=taken.sha256)


def client_id_of(system: str, row: Row) -> uuid.UUID:
    """Return what names a document of an export here."""
    return uuid.uuid5(_SPACE, f"{system}/{row['document_no']}")


def any_document_of(cases: Cases, *, system: str) -> sa.ColumnElement[Any]:
    """Any of the documents that an export has of some cases, on whichever case they hang."""
    rows = (row for each in cases.values() for row in each.parts["documents"])
    listed = [client_id_of(system, row) for row in rows]
    return sa.any_(sa.literal(listed, sa.ARRAY(sa.Uuid)))


def notes(
    connection: sa.Connection, placed: Sequence[PlacedCase], *, system: str
) -> Iterator[Deed]:
    """Tell the notes of cases that their history does not tell yet."""
    said = sa.select(CaseEvent.case_id, CaseEvent.details["number"].astext).where(
        CaseEvent.kind == NOTE_MOVED_IN, CaseEvent.case_id == among([each.id for each in placed])
    )
    told = {(case_id, number) for case_id, number in connection.execute(said)}
    for each in placed:
        for row in each.case.parts["notes"]:
            if (each.id, row["note_no"]) not in told:
                details: dict[str, Any] = {
                    "system": system, "number": row["note_no"], "text": row["text"],
                    "by": written_by(row),
                }  # fmt: skip
                yield Deed(each.id, NOTE_MOVED_IN, row["written_on"], details)


def written_by(row: Row) -> str:
    """Say who wrote a note."""
    return row["written_by"] or "nobody named"

"""Name what an export says otherwise of documents and notes, which are kept as they came in."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cases.models import Case, CaseDocument, CaseEvent, Document
from cases.moving_in.checking import DOCUMENTS
from cases.moving_in.gathering import MovedCase
from cases.moving_in.papers import Cases, any_document_of, client_id_of, written_by
from cases.moving_in.placing import NOTE_MOVED_IN
from cases.moving_in.reading import Row
from cases.moving_in.steps import Aside
from cases.moving_in.tables import among

_LOOK = "Look why; it stays where it is"


def documents_that_differ(
    connection: sa.Connection,
    cases: Cases,
    *,
    exported: Iterable[MovedCase],
    folder: Path,
    system: str,
) -> Iterator[Aside]:
    """Tell of documents that are another file or of another title now, moved away or gone.

    Parameters
    ----------
    exported
        Every case of the export: a document may have moved to one that is set aside, or left alone.
    """
    kept = _documents(connection, cases, system=system)
    for case_id, case in cases.items():
        for row in case.parts["documents"]:
            was = kept.pop(client_id_of(system, row), None)
            if was is not None and (what := _changed(was, case_id, row, folder=folder)):
                yield Aside("documents.csv", row["line"], case.number, "document_changed",
                            f"{row['document_no']} {what}",
                            "The one that came in stays: put it right here after the last export, "
                            "or export the new one under another document_no")  # fmt: skip
    yield from _left(kept, exported, system=system)


def _left(
    kept: dict[uuid.UUID, sa.Row[Any]], exported: Iterable[MovedCase], *, system: str
) -> Iterator[Aside]:
    """Tell of documents that cases here have and do not in the export: another does, or none."""
    theirs = ((case, row) for case in exported for row in case.parts["documents"])
    now = {client_id_of(system, row): (case, row) for case, row in theirs} if kept else {}
    for client_id, was in kept.items():
        if client_id in now:
            case, row = now[client_id]
            yield Aside("documents.csv", row["line"], was.case_no, "document_changed",
                        f"{row['document_no']} stands on case {case.number} in the export",
                        _LOOK)  # fmt: skip
        else:
            yield Aside("documents.csv", 1, was.case_no, "document_gone",
                        f"{was.caption or was.original_name} came in before, and the export does "
                        "not have it", _LOOK)  # fmt: skip


def _documents(
    connection: sa.Connection, cases: Cases, *, system: str
) -> dict[uuid.UUID, sa.Row[Any]]:
    """Look up what came in from a system, by what names it here."""
    mine = sa.and_(CaseDocument.case_id == among(list(cases)), CaseDocument.added_by == system)
    query = (
        sa.select(CaseDocument.__table__, Document.original_name, Case.number.label("case_no"))
        .join(Document, Document.sha256 == CaseDocument.sha256)
        .join(Case, Case.id == CaseDocument.case_id)
        .where(sa.or_(CaseDocument.client_id == any_document_of(cases, system=system), mine))
        .order_by(CaseDocument.id)
    )
    return {row.client_id: row for row in connection.execute(query)}


def _changed(was: sa.Row[Any], case_id: int, row: Row, *, folder: Path) -> str | None:
    if was.case_id != case_id:
        return f"hangs on case {was.case_no}"
    if was.sha256 != _sha256(row, folder=folder):
        return "is another file than the one that came in"
    now = (row["kind"], row["title"], row["added_on"])
    if (was.kind, was.caption, was.added_on) != now:
        return f"came in as {was.kind} of {was.added_on}, titled {was.caption or 'nothing'}"
    return None


def _sha256(row: Row, *, folder: Path) -> str:
    """Return the hash of a document, which was checked where the export gives it."""
    if row["sha256"] is not None:
        return str(row["sha256"]).casefold()
    with (folder / DOCUMENTS / row["file"]).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def notes_that_differ(connection: sa.Connection, cases: Cases) -> Iterator[Aside]:
    """Tell of notes that say something else now, or are gone."""
    said = (
        sa.select(CaseEvent.case_id, CaseEvent.happened_on, CaseEvent.details)
        .where(CaseEvent.kind == NOTE_MOVED_IN, CaseEvent.case_id == among(list(cases)))
        .order_by(CaseEvent.case_id, CaseEvent.seq)
    )
    kept = {(row.case_id, row.details["number"]): row for row in connection.execute(said)}
    for case_id, case in cases.items():
        for row in case.parts["notes"]:
            was = kept.pop((case_id, row["note_no"]), None)
            if was is not None and (was.happened_on, was.details["text"], was.details["by"]) != (
                row["written_on"], row["text"], written_by(row)
            ):  # fmt: skip
                yield Aside("notes.csv", row["line"], case.number, "note_changed",
                            f"{row['note_no']} says something else than when it came in",
                            "The history keeps what came in: export what is new under another "
                            "note_no, or add it here after the last export")  # fmt: skip
    for case_id, number in kept:
        yield Aside("notes.csv", 1, cases[case_id].number, "note_gone",
                    f"{number} came in before, and the export does not have it in this case",
                    _LOOK)  # fmt: skip

"""Look up what is on record of the cases a file names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cases.models import Case, Complaint


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case on record: its identity and, if a file made it, the hash of what that file said.

    Attributes
    ----------
    tied
        To a parcel.
    """

    id: int
    imported: bool
    tied: bool
    content_sha: bytes | None


def known_cases(connection: sa.Connection, numbers: Iterable[str]) -> dict[str, KnownCase]:
    """Look up the cases on record among some numbers."""
    query = sa.select(
        Case.number,
        Case.id,
        Case.import_run_id.is_not(None),
        Case.parcel_id.is_not(None),
        Case.content_sha,
    )
    rows = connection.execute(query.where(Case.number == _any(numbers)))
    return {
        number: KnownCase(case_id, imported, tied, sha)
        for number, case_id, imported, tied, sha in rows
    }


def known_complaints(connection: sa.Connection, numbers: Iterable[str]) -> dict[str, str]:
    """Look up the case number of each complaint on record among some numbers; empty for none."""
    query = sa.select(
        Complaint.number, sa.func.coalesce(Case.number, "").label("case_number")
    ).outerjoin(Case, Case.id == Complaint.case_id)
    rows = connection.execute(query.where(Complaint.number == _any(numbers)))
    return {row.number: row.case_number for row in rows}


def complaints_kept_here(connection: sa.Connection, numbers: Iterable[str]) -> set[str]:
    """Look up which of some numbers are those of complaints that no file made."""
    query = sa.select(Complaint.number).where(Complaint.import_run_id.is_(None))
    return set(connection.scalars(query.where(Complaint.number == _any(numbers))))


def _any(numbers: Iterable[str]) -> sa.ColumnElement[Any]:
    return sa.any_(sa.literal(sorted(set(numbers)), sa.ARRAY(sa.Text)))

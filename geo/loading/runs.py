"""Say what an import is asked to do, and keep the record of what it did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from geo.layers import ImportRun
from geo.loading.mapping import Mapping
from geo.loading.reading import Source
from geo.loading.rows import Outcome, Rows

Progress = Callable[[str, int, int], None]
"""Told of each step: what is being done, how far it is, and of how many."""


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """One file to take in.

    Attributes
    ----------
    path, layer
        The file, and the layer in it where there are several.
    mapping
        Which column is which field; None to guess by well-known names.
    crs
        The coordinate system the person gives, which wins over the stored one.
    as_of
        The day from which the file's facts hold; None for a first load that has always held, and
        for `today` in any later one.
    today
        The town's date.
    actor
        Who runs the import.
    """

    path: Path
    today: date
    actor: str
    mapping: Mapping | None = None
    layer: str | None = None
    crs: str | None = None
    as_of: date | None = None
    progress: Progress = silent


def begin_run(
    connection: sa.Connection, request: Request, source: Source, *, kind: str, crs: str | None
) -> int:
    """Open the record of a run, so that its rows can name it."""
    statement = sa.insert(ImportRun).values(
        kind=kind,
        file_name=source.path.name,
        file_sha256=source.sha256,
        crs=crs,
        as_of=request.as_of,
        actor=request.actor,
        started_at=sa.func.now(),
        finished_at=sa.func.now(),
        rows_read=0,
        rows_loaded=0,
        rows_repaired=0,
        rows_merged=0,
        rows_unchanged=0,
        rows_rejected=0,
    )
    return connection.execute(statement.returning(ImportRun.id)).scalar_one()


def finish_run(
    connection: sa.Connection,
    rows: Rows,
    *,
    run_id: int,
    kind: str,
    merged: int = 0,
    unchanged: int = 0,
    notes: Sequence[str] = (),
) -> Outcome:
    """Close the record of a run with its counts, its repairs and what was assumed.

    Parameters
    ----------
    merged, unchanged
        Rows of the file that joined another, and that say what was on record already.
    """
    out = {reject.row for reject in rows.rejects}
    repairs = tuple(repair for repair in rows.repairs if repair.row not in out)
    outcome = Outcome(
        run_id=run_id,
        kind=kind,
        read=rows.read,
        loaded=rows.read - len(rows.rejects),
        merged=merged,
        unchanged=unchanged,
        rejects=tuple(rows.rejects),
        repairs=repairs,
        notes=tuple(notes),
    )
    statement = (
        sa.update(ImportRun)
        .where(ImportRun.id == run_id)
        .values(
            finished_at=sa.func.clock_timestamp(),
            rows_read=outcome.read,
            rows_loaded=outcome.loaded,
            rows_repaired=outcome.repaired,
            rows_merged=outcome.merged,
            rows_unchanged=outcome.unchanged,
            rows_rejected=outcome.rejected,
            details={
                "rejected": outcome.rejected_by_code,
                "repairs": [repair._asdict() for repair in repairs],
                "notes": list(notes),
            },
        )
    )
    connection.execute(statement)
    return outcome

"""Keep the record of a move among the imports, and tell what the latest one did."""

import hashlib
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from cases.moving_in.control import Control
from cases.moving_in.files import FILES
from cases.moving_in.outcome import Moved
from cases.moving_in.placing import RUN_KIND, runs_of
from cases.moving_in.reading import Export
from geo.layers import ImportRun


def begin(connection: sa.Connection, export: Export, *, actor: str) -> int:
    """Open the record of a run, so that its rows can name it."""
    none = dict.fromkeys(("read", "loaded", "repaired", "merged", "unchanged", "rejected"), 0)
    statement = sa.insert(ImportRun).values(
        kind=RUN_KIND, file_name=export.folder.resolve().name, file_sha256=_sha256(export.folder),
        as_of=export.mapping.system.as_of, actor=actor, started_at=sa.func.now(),
        finished_at=sa.func.now(), **{f"rows_{name}": count for name, count in none.items()},
    )  # fmt: skip
    return connection.execute(statement.returning(ImportRun.id)).scalar_one()


def end(connection: sa.Connection, moved: Moved, *, read: int) -> None:
    """Close the record of a run with its counts: a case is loaded, or waits for a person."""
    loaded = moved.new + moved.changed + moved.unchanged + len(moved.worked_on)
    told = {
        "system": moved.system.system,
        "new": moved.new,
        "changed": moved.changed,
        "worked_on": list(moved.worked_on),
        "controls": [_kept(each) for each in moved.controls],
    }  # fmt: skip
    statement = sa.update(ImportRun).where(ImportRun.id == moved.run_id)
    connection.execute(
        statement.values(
            finished_at=sa.func.clock_timestamp(), rows_read=read, rows_loaded=loaded,
            rows_unchanged=moved.unchanged + len(moved.worked_on), rows_rejected=read - loaded,
            details=sa.literal(told, JSONB),
        )
    )  # fmt: skip


def _kept(control: Control) -> dict[str, Any]:
    """Return a control total as the record of the run keeps it."""
    sides = ("theirs", "here", "set_aside", "worked_on")
    told = {side: asdict(getattr(control, side)) for side in sides}
    return {"what": control.what, "of": control.of, **told}


def latest_as_of(connection: sa.Connection, system: str) -> date | None:
    """Return the day that the latest export of a system spoke of; None before the first."""
    query = sa.select(sa.func.max(ImportRun.as_of)).where(ImportRun.id.in_(runs_of(system)))
    return connection.scalar(query)


def _sha256(folder: Path) -> str:
    """Hash the files of an export, each after its name, as one."""
    told = hashlib.sha256()
    for file in FILES:
        path = folder / file.file
        if path.is_file():
            told.update(file.file.encode() + b"\0" + path.read_bytes())
    return told.hexdigest()

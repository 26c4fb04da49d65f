"""Say what an import is asked to do, and keep the record of what it did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from geo.layers import ImportRun
from geo.loading.errors import AsOfError, MappingError
from geo.loading.kinds import Kind
from geo.loading.mapping import Mapping
from geo.loading.reading import GUESSED, Source, read
from geo.loading.rows import Outcome, Rows
from geo.loading.town_words import keep_words

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
    mapping_name
        The name of the file the mapping stands in, None where it stands in none.
    crs
        The coordinate system the person gives, which wins over the stored one.
    as_of
        The day from which the file's facts hold; None for a first load that has always held, and
        for `today` in any later one.
    today
        The town's date.
    actor
        Who runs the import.
    replace_drawn
        Zones that were drawn here are replaced by the file's.
    partial
        A file of parcels as of a day is only a part of the town: what it lacks stays as it is.
    """

    path: Path
    today: date
    actor: str
    mapping: Mapping | None = None
    mapping_name: str | None = None
    layer: str | None = None
    crs: str | None = None
    as_of: date | None = None
    progress: Progress = silent
    replace_drawn: bool = False
    partial: bool = False


def read_asked(connection: sa.Connection, request: Request, *, kind: Kind) -> Source:
    """Read the file asked for, unless its columns would be guessed over records that were not.

    Raises
    ------
    ReadingError, ColumnError
        The file as a whole cannot be taken in.
    MappingError
        No mapping is given, and one was given for what is on record of this kind.
    AsOfError
        The day the file is to speak of is yet to come.
    """
    refuse_tomorrow(request)
    request.progress("Reading", 0, 1)
    if request.mapping is None:
        _refuse_guessing(connection, request, kind=kind)
    return read(request.path, kind=kind, mapping=request.mapping, layer=request.layer)


def refuse_tomorrow(request: Request) -> None:
    """Refuse a day that is yet to come."""
    if request.as_of is not None and request.as_of > request.today:
        msg = (
            f"{request.path.name} cannot speak of {request.as_of}, which is yet to come (today is "
            f"{request.today} in the town): give --as-of a day up to today, or leave it out."
        )
        raise AsOfError(msg)


def _refuse_guessing(connection: sa.Connection, request: Request, *, kind: Kind) -> None:
    mapped = sa.select(ImportRun.file_name, _MAPPING).where(
        ImportRun.kind == kind.name, _WAS_MAPPED
    )
    before = connection.execute(mapped.order_by(ImportRun.id.desc()).limit(1)).first()
    if before is None:
        return
    file_name, mapping = before
    through = f"the mapping {mapping}" if mapping else "a mapping"
    msg = (
        f"The {kind.name} on record came from {file_name} through {through}, and without one the "
        f"columns of {request.path.name} would only be guessed and could change them: give the "
        f"same {f'--mapping ({mapping})' if mapping else '--mapping'}; nothing was changed."
    )
    raise MappingError(msg)


_MAPPING = ImportRun.details["mapping"].astext
# Runs from before the mapping was kept tell by their notes whether they guessed; what was laid
# there by no import, such as a test's town, has no notes at all.
_WAS_MAPPED = sa.case(
    (ImportRun.details.has_key("mapping"), _MAPPING.is_not(None)),
    (
        ImportRun.details.has_key("notes"),
        ~sa.cast(ImportRun.details["notes"], sa.Text).contains(GUESSED),
    ),
    else_=False,
)


def begin_run(
    connection: sa.Connection, request: Request, source: Source, *, kind: str, crs: str | None
) -> int:
    """Open the record of a run, so that its rows can name it; keep what is said of the town."""
    mapping = _name_of_mapping(request)
    words = keep_words(connection, source.mapping.town, origin=(kind, mapping))
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
        details={"mapping": mapping, **words},
    )
    return connection.execute(statement.returning(ImportRun.id)).scalar_one()


def _name_of_mapping(request: Request) -> str | None:
    """Name the mapping given, empty where it has no file's name; None where none was given."""
    return None if request.mapping is None else request.mapping_name or ""


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
    told = {
        "rejected": outcome.rejected_by_code,
        "repairs": [repair._asdict() for repair in repairs],
        "notes": list(notes),
    }
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
            details=ImportRun.details.concat(sa.literal(told, JSONB)),
        )
    )
    connection.execute(statement)
    return outcome

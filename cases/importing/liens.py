"""Take in recorded liens: checked, tied to parcel and case, told in the case's history."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa

from cases.history import Deed, append
from cases.importing.kinds import LIENS
from cases.importing.lien_rows import ArrivingLien, read_liens
from cases.models import Lien
from cases.standing import settle
from cases.tiles import refresh_grid
from cases.workflow.lien import LienStatus
from geo.loading import bulk
from geo.loading.keyed import told_written
from geo.loading.rows import Outcome, Rows, merge_same_key, reject_bad_keys
from geo.loading.runs import Request, begin_run, finish_run, read_asked

type Known = Mapping[str, sa.Row[*tuple[Any, ...]]]
"""The hash and the case of each lien on record, by instrument number."""


def load_liens(connection: sa.Connection, request: Request) -> Outcome:
    """Load recorded liens in the caller's transaction.

    A lien is known by its instrument number; one that differs from the record replaces it. A
    lien recorded on a case brings the case to phase lien, and its release takes it back, as does a
    later file that says it came from another case or from none. Rejects, beside what `read_liens`
    rejects, ``no_key``, ``repeated_key`` and ``recorded_here``: what was recorded in Lotline no
    file replaces.

    Raises
    ------
    ReadingError, ColumnError
        The file as a whole cannot be taken in.
    """
    source = read_asked(connection, request, kind=LIENS)
    rows = Rows.of(source, key=LIENS.key)
    request.progress("Checking", 0, len(rows))
    reject_bad_keys(rows, rule=source.mapping.keys)
    merge_same_key(rows, keys=[LIENS.key], merge=False)
    _reject_ours(connection, rows)
    liens = read_liens(connection, rows, mapping=source.mapping)
    run_id = begin_run(connection, request, source, kind=LIENS.name, crs=None)
    request.progress("Writing liens", 0, len(liens))
    known = _known(connection)
    changed = [lien for lien in liens if _differs(lien, known.get(lien.instrument_no))]
    _store(connection, changed, run_id=run_id)
    _tell(connection, changed, known=known, request=request)
    return finish_run(
        connection,
        rows,
        run_id=run_id,
        kind=LIENS.name,
        unchanged=len(liens) - len(changed),
        notes=[*source.notes, _written(changed, known=known), *_unmatched(rows, liens)],
    )


def _reject_ours(connection: sa.Connection, rows: Rows) -> None:
    ours = set(connection.scalars(sa.select(Lien.instrument_no).where(Lien.order_id.is_not(None))))
    rows.reject(
        np.array([key in ours for key in rows.keys], dtype=bool),
        code="recorded_here",
        reason="the lien was recorded in Lotline, which knows more of it than the file",
    )


def _known(connection: sa.Connection) -> Known:
    rows = connection.execute(sa.select(Lien.instrument_no, Lien.content_sha, Lien.case_id))
    return {row.instrument_no: row for row in rows}


def _differs(lien: ArrivingLien, known: sa.Row[*tuple[Any, ...]] | None) -> bool:
    return known is None or known.content_sha != _fingerprint(lien)


def _fingerprint(lien: ArrivingLien) -> bytes:
    told = [getattr(lien, name) for name in lien.__slots__ if name != "row"]
    return hashlib.sha256(repr(told).encode()).digest()


def _store(connection: sa.Connection, liens: Sequence[ArrivingLien], *, run_id: int) -> None:
    if not liens:
        return
    columns = {
        "parcel_id": bulk.int8([lien.parcel_id for lien in liens]),
        "case_id": bulk.optional_int([lien.case_id for lien in liens], width=8),
        "instrument_no": bulk.text([lien.instrument_no for lien in liens]),
        "book": bulk.text([lien.book for lien in liens]),
        "page": bulk.text([lien.page for lien in liens]),
        "recorded_on": bulk.day([lien.recorded_on for lien in liens]),
        "released_on": bulk.day([lien.released_on for lien in liens]),
        "amount_cents": bulk.int8([lien.amount_cents for lien in liens]),
        "status": bulk.text([lien.status for lien in liens]),
        "content_sha": bulk.bytea([_fingerprint(lien) for lien in liens]),
        "import_run_id": bulk.int8([run_id] * len(liens)),
        "source_row": bulk.int4([lien.row for lien in liens]),
    }
    bulk.upsert_rows(connection, Lien.__table__, columns, key=["instrument_no"])


def _tell(
    connection: sa.Connection, liens: Sequence[ArrivingLien], *, known: Known, request: Request
) -> None:
    """Bring the cases the liens come from, or came from, to where they stand, and say why."""
    file = request.path.name
    deeds = [_deed(lien, file=file) for lien in liens if lien.case_id is not None]
    for lien in liens:
        before = known[lien.instrument_no].case_id if lien.instrument_no in known else None
        if before is not None and before != lien.case_id:
            deeds.append(Deed(before, kind="lien_unlinked", details=_details(lien, file=file)))
    settle(connection, sorted({deed.about for deed in deeds}))
    moment = connection.execute(sa.select(sa.func.now())).scalar_one()
    append(connection, deeds, actor=request.actor, recorded_at=moment)
    refresh_grid(connection)


def _deed(lien: ArrivingLien, *, file: str) -> Deed:
    assert lien.case_id is not None  # noqa: S101 - only liens of cases are told
    recorded = lien.status is LienStatus.RECORDED
    return Deed(
        about=lien.case_id,
        kind=_EVENTS[lien.status],
        happened_on=lien.recorded_on if recorded else lien.released_on,
        details=_details(lien, file=file),
    )


_EVENTS = {
    LienStatus.RECORDED: "lien_recorded",
    LienStatus.FORECLOSING: "foreclosure_begun",
    LienStatus.SATISFIED: "lien_satisfied",
    LienStatus.RELEASED: "lien_released",
    LienStatus.FORECLOSED: "lien_foreclosed",
    LienStatus.EXPIRED: "lien_expired",
}
"""What the history says of a lien that a file says has come to a status."""


def _details(lien: ArrivingLien, *, file: str) -> dict[str, Any]:
    return {
        "file": file,
        "row": lien.row,
        "instrument_no": lien.instrument_no,
        "amount_cents": lien.amount_cents,
    }


def _written(changed: Sequence[ArrivingLien], *, known: Known) -> str:
    new = sum(lien.instrument_no not in known for lien in changed)
    return told_written("lien", "liens", new=new, changed=len(changed) - new)


def _unmatched(rows: Rows, liens: Sequence[ArrivingLien]) -> list[str]:
    named = int(rows.column("case_no").notna().sum())
    lost = named - sum(lien.case_id is not None for lien in liens)
    if not lost:
        return []
    return [
        f"{lost:,} liens name a case that is not on record; they bind their parcel all the same."
    ]

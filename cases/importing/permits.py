"""Take in the building department's permits: checked and tied to the parcel each is for."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import sqlalchemy as sa

from cases.importing.kinds import PERMITS
from cases.models import Permit
from cases.permits import PermitStatus
from geo.loading import bulk
from geo.loading.keyed import told_written
from geo.loading.mapping import Mapping as ColumnMapping
from geo.loading.rows import Outcome, Rows, merge_same_key, reject_bad_keys
from geo.loading.runs import Request, begin_run, finish_run, read_asked
from geo.loading.values import dates, optional
from geo.locate import Locator
from geo.lookups import WholeTown

DAYS = ("issued_on", "expires_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingPermit:
    """One row: a permit and the parcel it is for."""

    row: int
    number: str
    parcel_id: int
    kind: str
    status: PermitStatus
    issued_on: date | None
    expires_on: date | None
    description: str | None

    def fingerprint(self) -> bytes:
        """Hash all that the file says of it, but not where in the file it stands."""
        told = [getattr(self, name) for name in self.__slots__ if name != "row"]
        return hashlib.sha256(repr(told).encode()).digest()


def load_permits(connection: sa.Connection, request: Request) -> Outcome:
    """Load permits in the caller's transaction.

    A permit is known by its number; one that differs from the record replaces it. Rejects
    ``no_key``, ``repeated_key``, ``no_kind``, ``bad_date``, ``unknown_status``,
    ``expires_before_issued``, ``no_such_parcel``, ``no_such_address`` and ``no_place``.

    Raises
    ------
    ReadingError, ColumnError
        The file as a whole cannot be taken in.
    """
    source = read_asked(connection, request, kind=PERMITS)
    rows = Rows.of(source, key=PERMITS.key)
    request.progress("Checking", 0, len(rows))
    reject_bad_keys(rows, rule=source.mapping.keys)
    merge_same_key(rows, keys=[PERMITS.key], merge=False)
    permits = _read(connection, rows, mapping=source.mapping)
    run_id = begin_run(connection, request, source, kind=PERMITS.name, crs=None)
    request.progress("Writing permits", 0, len(permits))
    known = _known(connection)
    changed = [each for each in permits if known.get(each.number) != each.fingerprint()]
    _store(connection, changed, run_id=run_id)
    new = sum(each.number not in known for each in changed)
    return finish_run(
        connection,
        rows,
        run_id=run_id,
        kind=PERMITS.name,
        unchanged=len(permits) - len(changed),
        notes=[
            *source.notes,
            told_written("permit", "permits", new=new, changed=len(changed) - new),
        ],
    )


def _read(connection: sa.Connection, rows: Rows, *, mapping: ColumnMapping) -> list[ArrivingPermit]:
    kindless = rows.column("kind").isna().to_numpy()
    rows.reject(kindless, code="no_kind", reason="kind is empty")
    _reject_bad_days(rows)
    _reject_unknown_status(rows)
    _reject_disorder(rows, mapping=mapping)
    parcels = _parcels(connection, rows)
    days = [_days(rows, name, mapping=mapping) for name in DAYS]
    told = zip(
        rows.numbers, rows.keys, parcels, optional(rows.column("kind")), _statuses(rows), *days,
        optional(rows.column("description")), strict=True,
    )  # fmt: skip
    return [
        ArrivingPermit(
            row=row, number=number, parcel_id=parcel_id, kind=kind or "", status=status,
            issued_on=issued_on, expires_on=expires_on, description=description,
        )
        for row, number, parcel_id, kind, status, issued_on, expires_on, description in told
    ]  # fmt: skip


def _reject_bad_days(rows: Rows) -> None:
    for name in DAYS:
        _, bad = dates(rows.column(name))
        said = rows.column(name)[bad]
        rows.reject(bad, code="bad_date", reason=[f'{name} "{text}" is no date' for text in said])


def _reject_unknown_status(rows: Rows) -> None:
    known = [status.value for status in PermitStatus]
    words = rows.column("status").fillna(PermitStatus.ISSUED.value).str.casefold()
    rows.reject(
        ~words.isin(known).to_numpy(),
        code="unknown_status",
        reason=f"its status is none of {', '.join(known)}; translate it under [values.status]",
    )


def _statuses(rows: Rows) -> list[PermitStatus]:
    return [
        PermitStatus(word.casefold()) if word else PermitStatus.ISSUED
        for word in optional(rows.column("status"))
    ]


def _reject_disorder(rows: Rows, *, mapping: ColumnMapping) -> None:
    pairs = zip(*(_days(rows, name, mapping=mapping) for name in DAYS), strict=True)
    bad = [
        issued is not None and expires is not None and expires < issued for issued, expires in pairs
    ]
    rows.reject(
        np.array(bad, dtype=bool),
        code="expires_before_issued",
        reason="it expires before it was issued",
    )


def _days(rows: Rows, name: str, *, mapping: ColumnMapping) -> list[date | None]:
    days, _ = dates(rows.column(name), unknown=mapping.unknown.dates)
    return list(days)


def _parcels(connection: sa.Connection, rows: Rows) -> list[int]:
    """Tie each row by its parcel's number, else by its address; rejects what is nowhere."""
    locator = Locator(WholeTown(connection))
    named, placed = optional(rows.column("parcel_no")), optional(rows.column("address"))
    ties = [
        locator.by_parcel_no(number) if number else locator.by_address(address) if address else None
        for number, address in zip(named, placed, strict=True)
    ]
    lost: dict[str, dict[int, str]] = {"no_such_parcel": {}, "no_such_address": {}, "no_place": {}}
    for row, number, tie in zip(rows.frame.index, named, ties, strict=True):
        if tie is None:
            lost["no_place"][row] = "neither a parcel number nor an address says where it is"
        elif tie.parcel_id is None:
            code = "no_such_parcel" if number else "no_such_address"
            lost[code][row] = tie.note or "no parcel has its parcel_no"
    for code, reasons in lost.items():
        bad = rows.frame.index.isin(list(reasons))
        rows.reject(bad, code=code, reason=[reasons[row] for row in rows.frame.index[bad]])
    return [tie.parcel_id for tie in ties if tie is not None and tie.parcel_id is not None]


def _known(connection: sa.Connection) -> Mapping[str, bytes]:
    rows = connection.execute(sa.select(Permit.number, Permit.content_sha))
    return {row.number: row.content_sha for row in rows}


def _store(connection: sa.Connection, permits: Sequence[ArrivingPermit], *, run_id: int) -> None:
    if not permits:
        return
    columns = {
        "number": bulk.text([each.number for each in permits]),
        "parcel_id": bulk.int8([each.parcel_id for each in permits]),
        "kind": bulk.text([each.kind for each in permits]),
        "status": bulk.text([each.status for each in permits]),
        "issued_on": bulk.day([each.issued_on for each in permits]),
        "expires_on": bulk.day([each.expires_on for each in permits]),
        "description": bulk.text([each.description for each in permits]),
        "content_sha": bulk.bytea([each.fingerprint() for each in permits]),
        "import_run_id": bulk.int8([run_id] * len(permits)),
        "source_row": bulk.int4([each.row for each in permits]),
    }
    bulk.upsert_rows(connection, Permit.__table__, columns, key=["number"])

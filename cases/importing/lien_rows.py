"""Read a lien file's rows into amounts, days and statuses, and reject what cannot be."""

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import sqlalchemy as sa

from cases.models import Case
from cases.money import read_cents
from cases.workflow.lien import LienStatus
from geo.loading.mapping import Mapping
from geo.loading.rows import Rows
from geo.loading.values import dates, optional
from geo.locate import Locator
from geo.lookups import WholeTown

DAYS = ("recorded_on", "released_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingLien:
    """One row: a lien and where it is recorded."""

    row: int
    instrument_no: str
    parcel_id: int
    case_id: int | None
    book: str | None
    page: str | None
    recorded_on: date | None
    released_on: date | None
    amount_cents: int
    status: LienStatus


@dataclass(frozen=True, slots=True)
class CaseOnRecord:
    """A case a lien may come from."""

    id: int
    parcel_id: int | None


def read_liens(connection: sa.Connection, rows: Rows, *, mapping: Mapping) -> list[ArrivingLien]:
    """Read the rows, rejecting those that cannot be.

    A lien binds the parcel its row names, else its case's. Rejects ``bad_amount``, ``bad_date``,
    ``unknown_status``, ``released_before_recorded``, ``no_such_parcel`` and ``no_parcel``.
    """
    _reject_bad_amounts(rows)
    _reject_bad_days(rows)
    _reject_unknown_status(rows)
    _reject_impossible_release(rows, mapping=mapping)
    cases = _cases(connection, rows)
    parcels = _parcels(connection, rows, cases=cases)
    told = {name: optional(rows.column(name)) for name in ("book", "page", "case_no")}
    days = {name: _days(rows, name, mapping=mapping) for name in DAYS}
    return [
        ArrivingLien(
            row=row,
            instrument_no=instrument_no,
            parcel_id=parcel_id,
            case_id=cases[case_no].id if case_no in cases else None,
            book=book,
            page=page,
            recorded_on=recorded_on,
            released_on=released_on,
            amount_cents=read_cents(amount) or 0,
            status=status,
        )
        for (
            row, instrument_no, parcel_id, book, page, case_no, recorded_on, released_on, amount,
            status,
        ) in zip(
            rows.numbers, rows.keys, parcels, *told.values(), *days.values(),
            rows.column("amount"), _statuses(rows, days["released_on"]), strict=True,
        )
    ]  # fmt: skip


def _reject_bad_amounts(rows: Rows) -> None:
    said = rows.column("amount").fillna("")
    bad = np.array([read_cents(text) is None for text in said], dtype=bool)
    reasons = [f'amount "{text}" is none in dollars and cents' for text in said[bad]]
    rows.reject(bad, code="bad_amount", reason=reasons)


def _reject_bad_days(rows: Rows) -> None:
    for name in DAYS:
        _, bad = dates(rows.column(name))
        said = rows.column(name)[bad]
        rows.reject(bad, code="bad_date", reason=[f'{name} "{text}" is no date' for text in said])


def _reject_unknown_status(rows: Rows) -> None:
    known = [status.value for status in LienStatus]
    words = rows.column("status").fillna(LienStatus.RECORDED.value).str.casefold()
    rows.reject(
        ~words.isin(known).to_numpy(),
        code="unknown_status",
        reason=f"its status is none of {', '.join(known)}; translate it under [values.status]",
    )


def _reject_impossible_release(rows: Rows, *, mapping: Mapping) -> None:
    recorded, released = (_days(rows, name, mapping=mapping) for name in DAYS)
    bad = [
        off is not None and (status is not LienStatus.RELEASED or (on is not None and off < on))
        for on, off, status in zip(recorded, released, _statuses(rows, released), strict=True)
    ]
    rows.reject(
        np.array(bad, dtype=bool),
        code="released_before_recorded",
        reason="it has a day of release and is not released, or not yet recorded by then",
    )


def _statuses(rows: Rows, released: Sequence[date | None]) -> list[LienStatus]:
    """Take the status said; where none is, a known day of release says it."""
    words = optional(rows.column("status"))
    return [
        LienStatus(word.casefold()) if word else _by_release(day)
        for word, day in zip(words, released, strict=True)
    ]


def _by_release(day: date | None) -> LienStatus:
    return LienStatus.RELEASED if day else LienStatus.RECORDED


def _days(rows: Rows, name: str, *, mapping: Mapping) -> list[date | None]:
    days, _ = dates(rows.column(name), unknown=mapping.unknown.dates)
    return list(days)


def _cases(connection: sa.Connection, rows: Rows) -> dict[str, CaseOnRecord]:
    numbers = sorted({number for number in optional(rows.column("case_no")) if number})
    query = sa.select(Case.number, Case.id, Case.parcel_id)
    query = query.where(Case.number == sa.any_(sa.literal(numbers, sa.ARRAY(sa.Text))))
    return {row.number: CaseOnRecord(row.id, row.parcel_id) for row in connection.execute(query)}


def _parcels(
    connection: sa.Connection, rows: Rows, *, cases: Table[str, CaseOnRecord]
) -> list[int]:
    locator = Locator(WholeTown(connection))
    found: list[int | None] = []
    for parcel_no, case_no in zip(
        optional(rows.column("parcel_no")), optional(rows.column("case_no")), strict=True
    ):
        case = cases.get(case_no or "")
        if parcel_no:
            found.append(locator.by_parcel_no(parcel_no).parcel_id)
        else:
            found.append(case.parcel_id if case else None)
    missing = np.array([parcel_id is None for parcel_id in found], dtype=bool)
    named = rows.column("parcel_no").notna().to_numpy()
    rows.reject(missing & named, code="no_such_parcel", reason="no parcel has its parcel_no")
    rows.reject(
        missing[~(missing & named)],
        code="no_parcel",
        reason="it names no parcel, and no case on record that is tied to one",
    )
    return [parcel_id for parcel_id in found if parcel_id is not None]

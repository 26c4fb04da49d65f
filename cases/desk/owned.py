"""Find the cases on other parcels of whoever owns a case's parcel or answers in the case.

By what is known of owners and nothing less: equal names at one place, or a person's word. A mere
likeness is for `cases.suggestions`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cases.desk.book import Book
from cases.identities import identities
from cases.models import Case
from cases.owners.confirmations import Identities
from cases.owners.identifying import Known, known
from cases.owners.parties import Party
from cases.respondents import Place, envelope, parties
from geo.layers import ParcelPeriod

MOST = 400
"""How many cases are looked at in each of the two ways to find one."""

_CANDIDATES = sa.text(Path(__file__).with_suffix(".sql").read_text("utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Cases elsewhere of one owner.

    Attributes
    ----------
    rows
        ``id``, ``number``, ``category``, ``opened_on``, ``closed_on``, ``next_due``, ``stage`` and
        ``address``; those that have not ended first, then the latest.
    named
        What the owner is called in each, and how that is known to be one owner, by its identity.
    is_cut
        There were more cases of like names than are looked at, so there may be more of the owner.
    """

    rows: Sequence[sa.Row[Any]]
    named: Mapping[int, tuple[str, Known]]
    is_cut: bool

    @property
    def in_all(self) -> int:
        """How many there are, listed here or not."""
        return len(self.named)


def elsewhere(
    connection: sa.Connection, book: Book, *, on: date, most: int | None = None
) -> Elsewhere:
    """Find the cases on other parcels of a case's owners and respondents, so many at most.

    Five questions, however many cases there are.
    """
    named, is_cut = _found(connection, book)
    rows = connection.execute(_listed(list(named), on=on, most=most)).all()
    return Elsewhere(rows=rows, named=named, is_cut=is_cut)


def _found(connection: sa.Connection, book: Book) -> tuple[dict[int, tuple[str, Known]], bool]:
    case = book.case
    asked = {"names": _names(connection, book), "but_case": case.id, "but": case.parcel_id}
    if not asked["names"]:
        return {}, False
    rows = connection.execute(_CANDIDATES, {**asked, "most": MOST}).all()
    written = [row for row in rows if row.address is not None]
    answering = parties(
        connection,
        [
            *(_as_written(each, case.parcel_id, case.parcel_no) for each in book.respondents),
            *(_as_written(each, each.parcel_id, each.parcel_no) for each in written),
        ],
    )
    count = len(book.respondents)
    ours = [*(_on_roll(each, case.parcel_no) for each in book.owners), *answering[:count]]
    theirs = [(row, _on_roll(row, row.parcel_no)) for row in rows if row.address is None]
    theirs += zip(written, answering[count:], strict=True)
    is_cut = MOST in (len(written), len(rows) - len(written))
    confirmed = identities(connection, around=[each.key for each in ours])
    return _same(ours, theirs, confirmed), is_cut


def _listed(case_ids: Sequence[int], *, on: date, most: int | None) -> sa.Select[Any]:
    stage = sa.func.published.stage(Case.phase, Case.next_due, on)
    columns: tuple[Any, ...] = (
        Case.id, Case.number, Case.category, Case.opened_on, Case.closed_on, Case.next_due,
        stage.label("stage"),
        sa.func.coalesce(ParcelPeriod.situs_address, Case.stated_address).label("address"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .outerjoin(ParcelPeriod, ParcelPeriod.id == Case.parcel_period_id)
        .where(Case.id.in_(case_ids))
        .order_by(
            Case.closed_on.is_not(None), Case.opened_on.desc().nulls_last(), Case.id.desc()
        )
        .limit(most)
    )  # fmt: skip


def _names(connection: sa.Connection, book: Book) -> list[str]:
    """Return what our owners are called, and the names of those they are confirmed to be."""
    named = {each.owner_name for each in book.owners} | {each.name for each in book.respondents}
    keys = {_on_roll(each, book.case.parcel_no).key for each in book.owners}
    keys |= {
        Party(name=each.name, mailing=each.address, parcel_no=book.case.parcel_no).key
        for each in book.respondents
    }
    confirmed = identities(connection, around=keys)
    linked = {other for key in keys if key for other in confirmed.of(key).keys - {key}}
    return sorted(named | {key.partition(" @ ")[0] for key in linked})


def _same(
    ours: Iterable[Party], theirs: Iterable[tuple[Any, Party]], confirmed: Identities
) -> dict[int, tuple[str, Known]]:
    mine = list({each.key: each for each in ours if each.key}.values())
    found: dict[int, tuple[str, Known]] = {}
    for row, party in theirs:
        how = next(filter(None, (known(each, party, identities=confirmed) for each in mine)), None)
        if how is not None:
            found.setdefault(row.case_id, (party.name, how))
    return found


def _as_written(
    row: Any, parcel_id: int | None, parcel_no: str | None
) -> tuple[tuple[str, str], Place]:
    return (row.name, row.address), Place(parcel_id, parcel_no, row.since)


def _on_roll(row: Any, parcel_no: str | None) -> Party:
    mailing = envelope(row.mail_line, row.mail_city, row.mail_state, row.mail_zip)
    name = getattr(row, "owner_name", None) or row.name
    return Party(name=name, mailing=mailing, parcel_no=parcel_no)

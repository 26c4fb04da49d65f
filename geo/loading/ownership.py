"""Keep who owns each parcel, period by period, as the town's roll tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from geo.layers import Ownership
from geo.loading import bulk
from geo.loading.errors import AsOfError
from geo.loading.rows import Rows
from geo.loading.runs import Request
from geo.loading.values import answers, optional

FIELDS = ("owner_name", "mail_line", "mail_city", "mail_state", "mail_zip")


@dataclass(frozen=True)
class Owner:
    """What the roll says of one owner of one parcel."""

    parcel_id: int
    owner_name: str
    mail_line: str | None
    mail_city: str | None
    mail_state: str | None
    mail_zip: str | None
    homestead: bool | None


def store_owners(
    connection: sa.Connection,
    rows: Rows,
    *,
    parcel_ids: Mapping[str, int],
    request: Request,
    run_id: int,
) -> list[str]:
    """Close the ownerships a file no longer names and open those it names first.

    A file without an owner's column says nothing of owners. Parcels it does not name keep theirs.

    Parameters
    ----------
    rows
        All rows of the file, also those that were merged: each may name an owner.
    parcel_ids
        The identity of each parcel, by its number.

    Returns
    -------
    list of str
        What changed, in a sentence.

    Raises
    ------
    AsOfError
        An ownership that would be closed began after the day the file speaks of.
    """
    if "owner_name" not in rows.frame:
        return []
    owners = _owners_of(rows, parcel_ids=parcel_ids)
    current = _current(connection, list(parcel_ids.values()))
    any_known = connection.scalar(sa.select(sa.exists(sa.select(Ownership.id))))
    since = request.as_of or (request.today if any_known else None)
    ended = [period for owner, period in current.items() if owner not in owners]
    begun = {owner: row for owner, row in owners.items() if owner not in current}
    _close(connection, ended, on=since, run_id=run_id)
    if begun:
        _open(connection, begun, since=since, run_id=run_id)
    return [f"{len(begun):,} ownerships opened, {len(ended):,} closed."]


def _owners_of(rows: Rows, *, parcel_ids: Mapping[str, int]) -> dict[Owner, int]:
    """List the owners a file names and the row that names each; a name counts once a parcel."""
    said = [optional(rows.column(name)) for name in FIELDS]
    homestead = answers(rows.column("homestead"))
    named: dict[tuple[int, str], tuple[Owner, int]] = {}
    for row, parcel_no, name, line, city, state, code, home in zip(
        rows.numbers, rows.keys, *said, homestead, strict=True
    ):
        if name is not None and parcel_no in parcel_ids:
            owner = Owner(parcel_ids[parcel_no], name, line, city, state, code, home)
            named.setdefault((owner.parcel_id, name), (owner, row))
    return dict(named.values())


def _current(connection: sa.Connection, parcel_ids: Sequence[int]) -> dict[Owner, int]:
    fields = [Ownership.parcel_id, *(getattr(Ownership, name) for name in FIELDS)]
    query = sa.select(*fields, Ownership.homestead, Ownership.id).where(
        Ownership.valid_to.is_(None), Ownership.parcel_id == sa.any_(sa.literal(list(parcel_ids)))
    )
    return {Owner(*said): period for *said, period in connection.execute(query)}


def _close(
    connection: sa.Connection, periods: Sequence[int], *, on: date | None, run_id: int
) -> None:
    ended = Ownership.id == sa.any_(sa.literal(list(periods), sa.ARRAY(sa.BigInteger)))
    latest = connection.scalar(sa.select(sa.func.max(Ownership.valid_from)).where(ended))
    if latest is not None and on is not None and latest > on:
        msg = (
            f"This file is as of {on}, but owners it no longer names are on record from {latest}. "
            "Load older files before newer ones, or give the right day with --as-of."
        )
        raise AsOfError(msg)
    # What began on the very day it ends was a mistake of that day, not a time of ownership.
    connection.execute(sa.delete(Ownership).where(ended, Ownership.valid_from == on))
    connection.execute(sa.update(Ownership).where(ended).values(valid_to=on, ended_by_run=run_id))


def _open(
    connection: sa.Connection, begun: Mapping[Owner, int], *, since: date | None, run_id: int
) -> None:
    owners = list(begun)
    texts = {name: bulk.text([getattr(owner, name) for owner in owners]) for name in FIELDS}
    columns = {
        "parcel_id": bulk.int8([owner.parcel_id for owner in owners]),
        **texts,
        "homestead": bulk.boolean([owner.homestead for owner in owners]),
        "valid_from": bulk.day([since] * len(owners)),
        "import_run_id": bulk.int8([run_id] * len(owners)),
        "source_row": bulk.int4(list(begun.values())),
    }
    with bulk.indexes_rebuilt(connection, Ownership.__table__, arriving=len(owners)):
        bulk.copy_rows(connection, Ownership.__table__, columns)

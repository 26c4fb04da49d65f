"""Say who answers for something: a name, and the place the roll of that day sends letters to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.owners.names import name_key
from cases.owners.parties import Party
from geo.layers import Ownership


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody answered for something, by which the roll of the day is read."""

    parcel_id: int | None
    parcel_no: str | None
    on: date


def parties(
    connection: sa.Connection, named: Iterable[tuple[tuple[str, str], Place]]
) -> tuple[Party, ...]:
    """Say who answered: a name, with the place the roll of the day sent that owner's letters.

    Where the roll of the day does not name them (a tenant, a business) it is the address they were
    written to.

    Parameters
    ----------
    named
        A name and the address written to, and where and when that was.
    """
    listed = list(named)
    parcels = list({at.parcel_id for _, at in listed if at.parcel_id is not None})
    held: dict[tuple[int | None, str], list[Any]] = {}
    for row in connection.execute(_ROLL, {"parcels": parcels}) if parcels else ():
        held.setdefault((row.parcel_id, name_key(row.owner_name)), []).append(row)
    return tuple(
        Party(
            name=name,
            mailing=_mailing(held.get((at.parcel_id, name_key(name)), ()), on=at.on) or address,
            parcel_no=at.parcel_no,
        )
        for (name, address), at in listed
    )


def envelope(line: str | None, city: str | None, state: str | None, code: str | None) -> str | None:
    """Write where the roll sends letters as on one envelope; None where it does not say."""
    if not line:
        return None
    town = " ".join(filter(None, (state, code)))
    return ", ".join(filter(None, (line, city, town)))


def _mailing(held: Iterable[Any], *, on: date) -> str | None:
    for row in held:
        begun = row.valid_from is None or row.valid_from <= on
        if begun and (row.valid_to is None or on < row.valid_to):
            return envelope(row.mail_line, row.mail_city, row.mail_state, row.mail_zip)
    return None


_ROLL = sa.select(
    Ownership.parcel_id,
    Ownership.owner_name,
    Ownership.mail_line,
    Ownership.mail_city,
    Ownership.mail_state,
    Ownership.mail_zip,
    Ownership.valid_from,
    Ownership.valid_to,
).where(Ownership.parcel_id == sa.any_(sa.bindparam("parcels", type_=sa.ARRAY(sa.BigInteger))))

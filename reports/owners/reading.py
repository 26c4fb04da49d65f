"""Read whom the rolls and the cases of a town name as owners, and what their cases come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cases.owners.parties import Party
from cases.respondents import Place, envelope, parties
from geo.layers import Ownership, Parcel, WithheldParcel
from reports.owners.cards import Record, Whence
from reports.repeat import STOOD

_NAMED, _FIGURES = (
    sa.text(Path(__file__).with_name(name).read_text("utf-8"))
    for name in ("named.sql", "figures.sql")
)


@dataclass(frozen=True, slots=True)
class Holding:
    """Who owned a parcel over a period, by the roll; None is not known to have begun or ended."""

    party: Party
    parcel_id: int
    since: date | None
    until: date | None

    def holds(self, on: date | None) -> bool:
        """Tell whether the period holds a day; of an unknown day, whether it runs still."""
        if on is None:
            return self.until is None
        begun = self.since is None or self.since <= on
        return begun and (self.until is None or on < self.until)

    @property
    def record(self) -> Record:
        """What the roll says of the owner."""
        whence = Whence.ROLL_BEFORE if self.until else Whence.ROLL
        return Record(party=self.party, whence=whence, parcel_id=self.parcel_id)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A verified case, and what it comes to now.

    Attributes
    ----------
    violations
        How many of it stood.
    owed_cents
        By the ledger as it stands; the days of a running fine that are not posted are not in it.
    withheld
        Whether the public is told nothing of it: its place is exempt, or its kind is not told.
    """

    case_id: int
    number: str
    parcel_id: int | None
    opened_on: date | None
    is_open: bool
    violations: int
    owed_cents: int
    withheld: bool


def holdings(connection: sa.Connection) -> list[Holding]:
    """Read the rolls, the one that stands and the ones before."""
    return [
        Holding(_on_roll(row), row.parcel_id, row.valid_from, row.valid_to)
        for row in connection.execute(_ROLLS)
    ]


def named_in_cases(connection: sa.Connection, *, on: date) -> list[Record]:
    """Read whom verified cases name: their respondents, or whom the file they came from names.

    With the place the roll of the day sends that owner's letters to, as `cases.respondents` does;
    where nobody knows the day, of the day `on`.
    """
    rows = connection.execute(_NAMED, {"on": on}).all()
    at = [Place(row.parcel_id, row.parcel_no, row.named_on) for row in rows]
    written = [(row.name, row.address) for row in rows]
    told = parties(connection, zip(written, at, strict=True))
    return [
        Record(party=party, whence=Whence.CASE, parcel_id=row.parcel_id, case_id=row.case_id)
        for row, party in zip(rows, told, strict=True)
    ]


def case_facts(connection: sa.Connection) -> Iterator[CaseFacts]:
    """Read the verified cases of a town, in the order they were opened."""
    for row in connection.execute(_FIGURES, {"stood": list(STOOD)}):
        yield CaseFacts(*row)


def exempt_parcels(connection: sa.Connection) -> frozenset[int]:
    """Return the identities of the parcels whose place is exempt."""
    return frozenset(connection.scalars(sa.select(WithheldParcel.parcel_id)))


def _on_roll(row: Any) -> Party:
    mailing = envelope(row.mail_line, row.mail_city, row.mail_state, row.mail_zip)
    return Party(name=row.owner_name, mailing=mailing, parcel_no=row.parcel_no)


_ROLLS = (
    sa.select(
        Ownership.parcel_id, Parcel.parcel_no, Ownership.owner_name, Ownership.mail_line,
        Ownership.mail_city, Ownership.mail_state, Ownership.mail_zip, Ownership.valid_from,
        Ownership.valid_to,
    )
    .join(Parcel, Parcel.id == Ownership.parcel_id)
    .order_by(Ownership.id)
)  # fmt: skip

"""Gather what rolls and cases say of owners on cards: one for each key, in all its spellings."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cases.owners.mailing import mailing_key
from cases.owners.names import name_key
from cases.owners.parties import Party


class Whence(StrEnum):
    """What named an owner."""

    ROLL = "roll"
    ROLL_BEFORE = "roll_before"
    CASE = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one record says of an owner.

    Attributes
    ----------
    party
        Who, as it is written there.
    whence
        The roll as it stands, an earlier roll, or a case.
    parcel_id, case_id
        Where it stands; `case_id` of a case alone.
    """

    party: Party
    whence: Whence
    parcel_id: int | None = None
    case_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All records of one key.

    Attributes
    ----------
    key
        As of `Party.key`.
    name, mailing
        In the spelling met most often; `mailing` is None where no record knows one.
    name_key, place
        The one spelling of both, by which they are compared.
    """

    key: str
    name: str
    mailing: str | None
    name_key: str
    place: str | None
    records: tuple[Record, ...]

    @property
    def party(self) -> Party:
        """Whom a person confirms something of, by this card."""
        return Party(
            name=self.name, mailing=self.mailing, parcel_no=self.records[0].party.parcel_no
        )

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way the name is written, the most frequent first."""
        return tuple(_by_use(record.party.name for record in self.records))


def gather(records: Iterable[Record]) -> tuple[Card, ...]:
    """Gather records by their keys; whoever is nobody, or has no place, is left out.

    Returns
    -------
    tuple of Card
        In the order of their keys.
    """
    by_key: dict[str, list[Record]] = {}
    for record in records:
        if key := record.party.key:
            by_key.setdefault(key, []).append(record)
    return tuple(_card(key, by_key[key]) for key in sorted(by_key))


def _card(key: str, records: list[Record]) -> Card:
    name = _by_use(record.party.name for record in records)[0]
    mailings = _by_use(record.party.mailing for record in records if record.party.mailing)
    placed = [mailing for mailing in mailings if mailing_key(mailing)]
    mailing = placed[0] if placed else None
    return Card(
        key=key,
        name=name,
        mailing=mailing,
        name_key=name_key(name),
        place=mailing_key(mailing),
        records=tuple(records),
    )


def _by_use(spellings: Iterable[str]) -> list[str]:
    return [said for said, _ in sorted(Counter(spellings).items(), key=lambda c: (-c[1], c[0]))]

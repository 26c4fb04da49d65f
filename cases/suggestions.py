"""Suggest whose records may be a respondent's too, each explained; a person decides."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cases.identities import identities
from cases.models import Case, Respondent
from cases.owners.identifying import known, told_apart
from cases.owners.likeness import Likeness, likeness
from cases.owners.parties import Party
from cases.parts import NoSuchPartError
from cases.respondents import Place, envelope, parties
from geo.layers import Parcel

MOST = 50
"""How many records are looked at in each of the four ways to find one."""

RECORDS = sa.text(Path(__file__).with_suffix(".sql").read_text("utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An owner who may be a respondent's other name.

    Attributes
    ----------
    records
        Where that owner stands on record: "case CE-2026-00001", "parcel A-1".
    """

    party: Party
    records: tuple[str, ...]
    likeness: Likeness

    @property
    def words(self) -> str:
        """Who it is, where, and what speaks for one owner."""
        return f"{self.party.name} ({', '.join(self.records)}): {self.likeness.words}"


def suggestions(connection: sa.Connection, respondent_id: int) -> tuple[Suggestion, ...]:
    """List the town's respondents and present owners who may be a respondent, by name.

    Who is known to be that respondent already, or was confirmed to be another, is not listed.

    Raises
    ------
    NoSuchPartError
        There is no such respondent.
    """
    asked = _respondent(connection, respondent_id)
    confirmed = identities(connection, around=[asked.key])
    found: dict[str | None, tuple[Party, Likeness, list[str]]] = {}
    for other, record in _records(connection, asked, respondent_id=respondent_id):
        if known(asked, other, identities=confirmed) or told_apart(
            asked, other, identities=confirmed
        ):
            continue
        if alike := likeness(asked, other):
            found.setdefault(other.key, (other, alike, []))[2].append(record)
    listed = [
        Suggestion(party=party, records=tuple(sorted(records)), likeness=alike)
        for party, alike, records in found.values()
    ]
    return tuple(sorted(listed, key=lambda each: (each.party.name, each.records)))


def _respondent(connection: sa.Connection, respondent_id: int) -> Party:
    row = connection.execute(_ASKED, {"respondent_id": respondent_id}).first()
    if row is None:
        msg = f"There is no respondent with the identity {respondent_id}."
        raise NoSuchPartError(msg)
    at = Place(row.parcel_id, row.parcel_no, row.since)
    (party,) = parties(connection, [((row.name, row.address), at)])
    return party


def _records(
    connection: sa.Connection, asked: Party, *, respondent_id: int
) -> list[tuple[Party, str]]:
    mailing = asked.mailing or ""
    house = re.search(r"\d+", mailing)
    code = re.search(r"(\d{5})(?:-\d{4})?\s*$", mailing)
    rows = connection.execute(
        RECORDS,
        {
            "name": asked.name,
            "house": house[0] if house else "",
            "zip": code[1] if code else "",
            "respondent_id": respondent_id,
            "most": MOST,
        },
    ).all()
    named = [row for row in rows if row.case_no is not None]
    at = [Place(row.parcel_id, row.parcel_no, row.since) for row in named]
    written = [(row.name, row.address) for row in named]
    respondents = parties(connection, zip(written, at, strict=True))
    records = [
        (party, f"case {row.case_no}") for party, row in zip(respondents, named, strict=True)
    ]
    return records + [_owner(row) for row in rows if row.case_no is None]


def _owner(row: sa.Row[Any]) -> tuple[Party, str]:
    mailing = envelope(row.mail_line, row.mail_city, row.mail_state, row.mail_zip)
    party = Party(name=row.name, mailing=mailing, parcel_no=row.parcel_no)
    return party, f"parcel {row.parcel_no}"


_ASKED = (
    sa.select(
        Respondent.name, Respondent.address, Respondent.since, Case.parcel_id, Parcel.parcel_no
    )
    .join(Case, Case.id == Respondent.case_id)
    .outerjoin(Parcel, Parcel.id == Case.parcel_id)
    .where(Respondent.id == sa.bindparam("respondent_id"))
)

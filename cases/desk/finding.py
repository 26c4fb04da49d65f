"""Find a case, a parcel or an owner by what somebody remembers of it, misspelled or not."""

import re
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from cases.desk.queues import is_open
from cases.ledger.accounts import Kind
from cases.models import (
    Case,
    Citation,
    EnforcementOrder,
    LedgerPosting,
    Lien,
    Ordinance,
    Respondent,
    Violation,
)
from geo.layers import Ownership, Parcel, ParcelPeriod, SitusAddress
from geo.places import house_number

_LONGEST_RECEIPT = 9
_SECTION = re.compile(
    r"(?:sec(?:tion|s)?\.?|§)?\s*(?P<number>\d+[\d.\-]*\s*(?:\(\w+\)\s*)*)", re.IGNORECASE
)
_STREETS = 3
"""How many streets whose names are like what was typed are looked at."""


def cases_numbered(words: str, *, most: int) -> sa.Select[Any]:
    """Select cases whose number is like what was typed, the likest first.

    Columns: ``number``, ``category``, ``phase``, ``situs_address``.
    """
    said = words.upper()
    likeness = sa.func.similarity(Case.number, said)
    columns: tuple[Any, ...] = (
        Case.number, Case.category, Case.phase, ParcelPeriod.situs_address,
    )  # fmt: skip
    return (
        sa.select(*columns)
        .outerjoin(ParcelPeriod, ParcelPeriod.id == Case.parcel_period_id)
        .where(sa.or_(Case.number.contains(said, autoescape=True), Case.number.op("%")(said)))
        .order_by((Case.number == said).desc(), likeness.desc(), Case.number.desc())
        .limit(most)
    )


def sections_like(words: str, *, most: int) -> sa.Select[Any]:
    """Select sections of the code that violations are of, by their number or its beginning.

    Of words that are no section's number none. Columns: ``section``, ``title``, ``cases`` with a
    violation of it, ``open_cases`` of them.
    """
    said = _SECTION.fullmatch(words)
    begins = "".join(said["number"].split()).lower() if said else ""
    number = sa.func.lower(sa.func.replace(Ordinance.section, " ", ""))
    columns: tuple[Any, ...] = (
        Ordinance.section, sa.func.min(Ordinance.title).label("title"),
        sa.func.count(Case.id.distinct()).label("cases"),
        sa.func.count(Case.id.distinct()).filter(is_open()).label("open_cases"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Violation, Violation.ordinance_id == Ordinance.id)
        .join(Case, Case.id == Violation.case_id)
        .where(number.startswith(begins, autoescape=True) if begins else sa.false())
        .group_by(Ordinance.section)
        .order_by((sa.func.min(number) == begins).desc(), Ordinance.section)
        .limit(most)
    )


def owners_named(words: str, *, most: int) -> sa.Select[Any]:
    """Select owners on the roll whose name is like what was typed, the very name first.

    Columns: ``name``, ``exact``, ``parcels`` (how many), ``open_cases`` on them, ``parcel_nos``.
    """
    likeness = sa.func.word_similarity(words, Ownership.owner_name)
    exact = sa.func.lower(Ownership.owner_name) == words.lower()
    named = (
        sa.select(
            Ownership.owner_name.label("name"), exact.label("exact"), likeness.label("likeness")
        )
        .where(Ownership.valid_to.is_(None), sa.literal(words).op("<%")(Ownership.owner_name))
        .distinct()
        .order_by(exact.desc(), likeness.desc(), Ownership.owner_name)
        .limit(most)
        .subquery("named")
    )
    columns: tuple[Any, ...] = (
        named.c.name, named.c.exact, sa.func.count(Parcel.id.distinct()).label("parcels"),
        sa.func.count(Case.id.distinct()).label("open_cases"),
        sa.func.array_agg(Parcel.parcel_no.distinct()).label("parcel_nos"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Ownership, Ownership.owner_name == named.c.name)
        .join(Parcel, Parcel.id == Ownership.parcel_id)
        .outerjoin(Case, sa.and_(Case.parcel_id == Parcel.id, is_open()))
        .where(Ownership.valid_to.is_(None))
        .group_by(named.c.name, named.c.exact, named.c.likeness)
        .order_by(named.c.exact.desc(), named.c.likeness.desc(), named.c.name)
    )


def respondents_named(words: str, *, most: int) -> sa.Select[Any]:
    """Select people that cases name, whose name is like what was typed, with the case.

    Columns: ``name``, ``kind``, ``number``, ``category``, ``likeness``.
    """
    likeness = sa.func.word_similarity(words, Respondent.name)
    columns: tuple[Any, ...] = (
        Respondent.name, Respondent.kind, Case.number, Case.category, likeness.label("likeness"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Case, Case.id == Respondent.case_id)
        .where(sa.literal(words).op("<%")(Respondent.name))
        .order_by(likeness.desc(), Case.number.desc())
        .limit(most)
    )


def papers_numbered(words: str, *, most: int) -> sa.Select[Any]:
    """Select papers whose number is like what was typed, the likest first.

    Citations, orders and liens by a part of their number or misspelled, receipts by the whole.
    Columns: ``kind``, ``number``, ``id`` (of a receipt its posting), ``case_number`` (None of a
    lien of no case of ours), ``parcel_no``, ``likeness``.
    """
    said = words.upper()
    posting = int(words) if words.isdecimal() and len(words) <= _LONGEST_RECEIPT else 0
    receipt: tuple[Any, ...] = (
        sa.literal("receipt").label("kind"), sa.cast(LedgerPosting.id, sa.Text).label("number"),
        LedgerPosting.id, LedgerPosting.case_id,
        sa.cast(sa.null(), sa.BigInteger).label("parcel_id"), sa.cast(1, sa.REAL).label("likeness"),
    )  # fmt: skip
    paid = LedgerPosting.kind == Kind.PAID
    found = sa.union_all(
        _numbered("citation", Citation, Citation.number, said),
        _numbered("order", EnforcementOrder, EnforcementOrder.number, said),
        _numbered("lien", Lien, Lien.instrument_no, said, parcel_id=Lien.parcel_id),
        sa.select(*receipt).where(LedgerPosting.id == posting, paid),
    ).subquery("paper")
    columns: tuple[Any, ...] = (
        found.c.kind, found.c.number, found.c.id, Case.number.label("case_number"),
        Parcel.parcel_no, found.c.likeness,
    )  # fmt: skip
    return (
        sa.select(*columns)
        .select_from(found)
        .outerjoin(Case, Case.id == found.c.case_id)
        .outerjoin(Parcel, Parcel.id == found.c.parcel_id)
        .order_by(found.c.likeness.desc(), found.c.number.desc())
        .limit(most)
    )


def _numbered(
    kind: str, part: Any, number: Any, said: str, *, parcel_id: Any = None
) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (
        sa.literal(kind).label("kind"), number.label("number"), part.id, part.case_id,
        sa.cast(sa.null() if parcel_id is None else parcel_id, sa.BigInteger).label("parcel_id"),
        sa.func.similarity(number, said).label("likeness"),
    )  # fmt: skip
    like = sa.or_(number.contains(said, autoescape=True), number.op("%")(said))
    return sa.select(*columns).where(like)


def open_cases_at(parcel_nos: Collection[str]) -> sa.Select[Any]:
    """Count the open cases of some parcels; one that has none has no row.

    Columns: ``parcel_no``, ``open_cases``.
    """
    columns: tuple[Any, ...] = (Parcel.parcel_no, sa.func.count().label("open_cases"))
    return (
        sa.select(*columns)
        .join(Case, Case.parcel_id == Parcel.id)
        .where(Parcel.parcel_no.in_(parcel_nos), is_open())
        .group_by(Parcel.parcel_no)
    )


def parcels_on(words: str, *, most: int) -> sa.Select[Any]:
    """Select parcels on the streets whose name is like what was typed, open cases first.

    Of words with a house number none: those are an address. Columns: ``parcel_no``, ``label``
    (an address there), ``open_cases``.
    """
    street = "" if house_number(words) else words
    named = (
        sa.func.published.streets_like(sa.func.published.street_key(street), _STREETS)
        .table_valued("street_key", "name", "score")
        .alias("named")
    )
    opened = (
        sa.select(sa.func.count())
        .where(Case.parcel_id == SitusAddress.parcel_id, is_open())
        .correlate(SitusAddress)
        .scalar_subquery()
    )
    there = (
        sa.select(
            SitusAddress.parcel_id, sa.func.min(SitusAddress.label).label("label"),
            sa.func.max(named.c.score).label("score"), opened.label("open_cases"),
        )
        .join(named, named.c.street_key == SitusAddress.street_key)
        .group_by(SitusAddress.parcel_id)
        .subquery("there")
    )  # fmt: skip
    columns: tuple[Any, ...] = (Parcel.parcel_no, there.c.label, there.c.open_cases)
    return (
        sa.select(*columns)
        .join(there, there.c.parcel_id == Parcel.id)
        .order_by((there.c.open_cases > 0).desc(), there.c.score.desc(), there.c.label)
        .limit(most)
    )

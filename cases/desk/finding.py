"""Find a case, a parcel or an owner by what somebody remembers of it, misspelled or not."""

from typing import Any

import sqlalchemy as sa

from cases.models import Case, Respondent
from geo.layers import Ownership, Parcel, ParcelPeriod


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


def owners_named(words: str, *, most: int) -> sa.Select[Any]:
    """Select owners on the roll whose name is like what was typed, each with one parcel.

    Columns: ``name``, ``parcel_no``, ``situs_address``, ``likeness``.
    """
    likeness = sa.func.word_similarity(words, Ownership.owner_name)
    columns: tuple[Any, ...] = (
        Ownership.owner_name.label("name"), Parcel.parcel_no, ParcelPeriod.situs_address,
        likeness.label("likeness"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Parcel, Parcel.id == Ownership.parcel_id)
        .outerjoin(
            ParcelPeriod,
            sa.and_(ParcelPeriod.parcel_id == Parcel.id, ParcelPeriod.valid_to.is_(None)),
        )
        .where(Ownership.valid_to.is_(None), sa.literal(words).op("<%")(Ownership.owner_name))
        .order_by(likeness.desc(), Ownership.owner_name)
        .limit(most)
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

"""Warn staff of a danger on a parcel, until a day or until somebody lifts the warning.

It is no event of any case: it belongs to the place, and stays on record with who, when and why.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.field.errors import HazardError
from cases.models import Hazard
from cases.wording import tidy
from geo.layers import Parcel


class HazardKind(StrEnum):
    """What endangers whoever comes."""

    DOG = "dog"
    THREAT = "threat"
    WEAPON = "weapon"
    STRUCTURE = "structure"
    SITE = "site"
    OTHER = "other"


TWO_OFFICERS = frozenset({HazardKind.THREAT, HazardKind.WEAPON})
"""What nobody goes to alone."""


def flag(
    connection: sa.Connection,
    *,
    parcel_id: int,
    kind: HazardKind,
    note: str,
    until: date | None = None,
    actor: Actor,
    moment: Moment,
) -> int:
    """Warn of a danger on a parcel; gives the warning's identity.

    Parameters
    ----------
    note
        What it is, so that the next who comes knows what to look for.
    until
        The last day it holds; None until somebody lifts it.

    Raises
    ------
    HazardError
        There is no such parcel, nothing is said, or its last day is over.
    """
    said = tidy(note)
    if said is None:
        msg = "Say what the danger is: the next who comes reads it before leaving the truck."
        raise HazardError(msg)
    if until is not None and until < moment.on:
        msg = f"The warning would end on {until}, which is over: give a day to come, or none."
        raise HazardError(msg)
    if connection.scalar(sa.select(Parcel.id).where(Parcel.id == parcel_id)) is None:
        msg = f"There is no parcel with the identity {parcel_id}."
        raise HazardError(msg)
    values = {
        "parcel_id": parcel_id, "kind": kind, "note": said, "until": until,
        "flagged_by": actor.name, "flagged_at": moment.now,
    }  # fmt: skip
    return int(
        connection.execute(sa.insert(Hazard).values(values).returning(Hazard.id)).scalar_one()
    )


def lift(
    connection: sa.Connection, *, hazard_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Say that a danger is over, and why; the warning stays on record.

    Raises
    ------
    HazardError
        There is no such warning, it is lifted, or nothing is said.
    """
    said = tidy(reason)
    if said is None:
        msg = "Say why the danger is over."
        raise HazardError(msg)
    mine = sa.update(Hazard).where(Hazard.id == hazard_id, Hazard.lifted_at.is_(None))
    values = {"lifted_by": actor.name, "lifted_at": moment.now, "lifted_why": said}
    if connection.execute(mine.values(values).returning(Hazard.id)).first() is None:
        msg = "That warning is lifted already, or there is none such."
        raise HazardError(msg)


def standing(parcel_ids: Sequence[int], *, on: date) -> sa.Select[Any]:
    """Select the warnings in force on some parcels on a day, the latest first."""
    return (
        sa.select(Hazard.__table__)
        .where(
            Hazard.parcel_id.in_(parcel_ids),
            Hazard.lifted_at.is_(None),
            sa.or_(Hazard.until.is_(None), Hazard.until >= on),
        )
        .order_by(Hazard.flagged_at.desc())
    )

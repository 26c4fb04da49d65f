"""Draw numbers of citations ahead for a phone out of reach, and see each used once."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from cases import citing
from cases.field.errors import NumberError
from cases.models import FieldDeed, FieldDevice, FieldNumber
from cases.numbering import next_number

KEPT = 10
"""How many a phone has at hand: more than an officer cites in a day."""


def free(device_id: uuid.UUID) -> sa.Select[Any]:
    """Select the numbers that were drawn for a phone and are unused, the lowest first."""
    columns: tuple[Any, ...] = (FieldNumber.number,)
    return (
        sa.select(*columns)
        .where(FieldNumber.device_id == device_id, FieldNumber.used_by.is_(None))
        .order_by(FieldNumber.drawn_at, FieldNumber.number)
    )


def free_of(device_id: uuid.UUID, staff_id: int) -> sa.Select[Any]:
    """Select the unused numbers of a phone, where it is this officer's."""
    mine = sa.select(FieldDevice.id).where(
        FieldDevice.id == device_id, FieldDevice.staff_id == staff_id
    )
    return free(device_id).where(mine.exists())


def top_up(connection: sa.Connection, device_id: uuid.UUID, *, now: datetime) -> Sequence[str]:
    """Draw as many numbers for a phone, held by the caller, as it lacks; returns all it has."""
    at_hand = list(connection.scalars(free(device_id)))
    for _ in range(KEPT - len(at_hand)):
        number = next_number(connection, citing.NUMBERED, on=now.date())
        values = {"number": number, "device_id": device_id, "drawn_at": now}
        connection.execute(sa.insert(FieldNumber).values(values))
        at_hand.append(number)
    return at_hand


def use(
    connection: sa.Connection, number: str, *, device_id: uuid.UUID, deed_id: uuid.UUID
) -> None:
    """Use a number for a citation that a phone wrote.

    Raises
    ------
    NumberError
        It was never drawn for this phone, or is used.
    """
    mine = sa.update(FieldNumber).where(
        FieldNumber.number == number,
        FieldNumber.device_id == device_id,
        FieldNumber.used_by.is_(None),
    )
    used = connection.execute(mine.values(used_by=deed_id).returning(FieldNumber.number)).first()
    if used is None:
        msg = f"The number {number} is none that was kept for this phone and is unused."
        raise NumberError(msg)


def used_on(number: sa.SQLColumnExpression[str]) -> sa.ScalarSelect[Any]:
    """Select the identity of the visit whose citation took a number; NULL for one of the office."""
    return (
        sa.select(FieldDeed.told["visit"].astext)
        .join(FieldNumber, FieldNumber.used_by == FieldDeed.id)
        .where(FieldNumber.number == number)
        .scalar_subquery()
    )

"""Look up what phones told before: a deed, the visit it rests on, what was kept as a note."""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from cases.field.errors import NoVisitError
from cases.models import Case, FieldDeed, FieldDevice, FieldPhoto, FieldSettlement, Staff


def _deeds() -> sa.Select[Any]:
    return (
        sa.select(FieldDeed.__table__, FieldDevice.staff_id, FieldSettlement.how, Case.number)
        .join(FieldDevice, FieldDevice.id == FieldDeed.device_id)
        .outerjoin(FieldSettlement, FieldSettlement.deed_id == FieldDeed.id)
        .outerjoin(Case, Case.id == FieldDeed.case_id)
    )


def of_any(connection: sa.Connection, deed_id: uuid.UUID) -> sa.Row[Any] | None:
    """Return a deed, whoever told it; None where none has that identity."""
    return connection.execute(_deeds().where(FieldDeed.id == deed_id)).first()


def of_officer(
    connection: sa.Connection, deed_id: uuid.UUID, *, staff_id: int
) -> sa.Row[Any] | None:
    """Return a deed of one officer, from whichever phone; None where there is none such."""
    mine = _deeds().where(FieldDeed.id == deed_id, FieldDevice.staff_id == staff_id)
    return connection.execute(mine).first()


def taken_visit(connection: sa.Connection, visit_id: uuid.UUID, *, staff_id: int) -> sa.Row[Any]:
    """Return the visit that a deed rests on: itself, or what it was told anew as.

    Raises
    ------
    NoVisitError
        It is not on record.
    """
    retold = FieldSettlement.by_deed
    for _ in range(_MOST_RETOLD):
        found = of_officer(connection, visit_id, staff_id=staff_id)
        if found is not None and found.status == "stored" and "inspection" in found.answer:
            return found
        again = sa.select(retold).where(
            FieldSettlement.deed_id == visit_id, FieldSettlement.how == "again"
        )
        newer = connection.scalar(again) if found is not None else None
        if newer is None:
            break
        visit_id = newer
    msg = "The visit this rests on is not on record: decide first what becomes of that visit."
    raise NoVisitError(msg)


_MOST_RETOLD = 20


def unsettled(staff_id: int) -> sa.Select[Any]:
    """Select the deeds of an officer that were not taken and that nobody has decided yet."""
    return (
        _deeds()
        .where(
            FieldDevice.staff_id == staff_id,
            FieldDeed.status == "conflict",
            FieldSettlement.how.is_(None),
        )
        .order_by(FieldDeed.received_at, FieldDeed.seq)
    )


def notes_of(case_ids: Sequence[int]) -> sa.Select[Any]:
    """Select what was kept as a note though it was not taken: case, what was told, by whom, why."""
    return (
        sa.select(
            FieldDeed.case_id,
            FieldDeed.kind,
            FieldDeed.told,
            FieldDeed.made_at,
            FieldSettlement.reason,
            Staff.name.label("officer"),
        )
        .join(FieldSettlement, FieldSettlement.deed_id == FieldDeed.id)
        .join(FieldDevice, FieldDevice.id == FieldDeed.device_id)
        .join(Staff, Staff.id == FieldDevice.staff_id)
        .where(FieldDeed.case_id.in_(case_ids), FieldSettlement.how == "note")
        .order_by(FieldDeed.made_at)
    )


def photo(connection: sa.Connection, photo_id: uuid.UUID) -> sa.Row[Any] | None:
    """Return the receipt of a photograph with whose phone it came from; None where none is."""
    query = (
        sa.select(FieldPhoto.__table__, FieldDevice.staff_id)
        .join(FieldDevice, FieldDevice.id == FieldPhoto.device_id)
        .where(FieldPhoto.id == photo_id)
    )
    return connection.execute(query).first()

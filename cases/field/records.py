"""Look up what phones told before: a deed, the visit it rests on, what was kept as a note."""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from cases.field.errors import NoVisitError
from cases.models import (
    Case,
    CaseDocument,
    FieldDeed,
    FieldDevice,
    FieldPhoto,
    FieldSettlement,
    Staff,
)


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


def settled_place(
    connection: sa.Connection, visit_id: uuid.UUID, *, staff_id: int
) -> tuple[int, int | None] | None:
    """Return the case and inspection that a visit's photographs belong to, once that is decided.

    Those of the visit itself, or of what it was told anew as; a visit kept as a note has a case and
    no inspection. None where nobody has decided yet, it was discarded, or it has no case.
    """
    for _ in range(_MOST_RETOLD):
        found = of_officer(connection, visit_id, staff_id=staff_id)
        if found is None:
            return None
        if found.status == "stored":
            inspection = found.answer.get("inspection")
            return (found.case_id, inspection) if found.case_id and inspection else None
        if found.how == "note":
            return (found.case_id, None) if found.case_id else None
        if found.how != "again":
            return None
        by = sa.select(FieldSettlement.by_deed).where(FieldSettlement.deed_id == visit_id)
        visit_id = connection.execute(by).scalar_one()
    return None


def told_before(connection: sa.Connection, deed_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Return a deed and all that were told anew as it, the latest first."""
    chain = [deed_id]
    while len(chain) < _MOST_RETOLD:
        before = connection.scalar(
            sa.select(FieldSettlement.deed_id).where(
                FieldSettlement.by_deed == chain[-1], FieldSettlement.how == "again"
            )
        )
        if before is None:
            break
        chain.append(before)
    return chain


def photos_unhung(visit_ids: Sequence[uuid.UUID]) -> sa.Select[Any]:
    """Select the receipts of photographs of some visits that hang on no case."""
    hung = sa.exists().where(CaseDocument.client_id == FieldPhoto.id)
    return (
        sa.select(FieldPhoto.__table__)
        .where(FieldPhoto.visit_id.in_(visit_ids), ~hung)
        .order_by(FieldPhoto.received_at, FieldPhoto.id)
    )


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

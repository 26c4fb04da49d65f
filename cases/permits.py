"""Ask which permits a parcel has; an open one suspends nothing, it is only told."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.models import Permit


class PermitStatus(StrEnum):
    """How far a permit came."""

    APPLIED = "applied"
    ISSUED = "issued"
    FINAL = "final"
    EXPIRED = "expired"
    VOID = "void"


def permits_of(parcel_ids: Sequence[int], *, on: date) -> sa.Select[Any]:
    """Select the permits of some parcels: those open on a day first, then the latest issued.

    Columns: ``parcel_id``, ``number``, ``kind``, ``status``, ``issued_on``, ``expires_on``,
    ``description`` and ``is_open``: applied for, or issued and its last day not past.
    """
    lapsed = sa.func.coalesce(Permit.expires_on < on, False)
    is_open = sa.or_(
        Permit.status == PermitStatus.APPLIED,
        sa.and_(Permit.status == PermitStatus.ISSUED, ~lapsed),
    )
    columns: tuple[Any, ...] = (
        Permit.parcel_id, Permit.number, Permit.kind, Permit.status, Permit.issued_on,
        Permit.expires_on, Permit.description, is_open.label("is_open"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .where(Permit.parcel_id.in_(parcel_ids))
        .order_by(
            is_open.desc(), Permit.issued_on.desc().nulls_last(), Permit.number.desc()
        )
    )  # fmt: skip

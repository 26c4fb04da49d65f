"""Tell on which lot a case stood on a day, whatever a later year's parcels made of it."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.models import Succession
from geo.layers import Parcel, ParcelPeriod
from geo.lots import held_on, number_on


def stood_on(connection: sa.Connection, case: Any, *, on: date) -> sa.Row[Any] | None:
    """Return the lot of a case as it was on a day: ``id``, ``parcel_no`` and ``situs_address``.

    None where the case has no parcel. Of a parcel that is none on that day, its last lot before.

    Parameters
    ----------
    case
        A row with its ``id`` and the ``parcel_id`` it has now.
    """
    at = Succession
    left = (
        sa.select(at.from_parcel_id)
        .where(at.kind == "case", at.row_id == case.id, at.to_parcel_id.is_not(None))
        .where(at.decided_on > on)
        .order_by(at.id)
        .limit(1)
    )
    parcel_id = sa.func.coalesce(left.scalar_subquery(), case.parcel_id)
    columns: tuple[Any, ...] = (
        ParcelPeriod.id, number_on(on).label("parcel_no"), ParcelPeriod.situs_address,
    )  # fmt: skip
    lots = (
        sa.select(*columns)
        .join(Parcel, Parcel.id == ParcelPeriod.parcel_id)
        .where(ParcelPeriod.parcel_id == parcel_id)
        .order_by(held_on(on).desc(), ParcelPeriod.valid_from.desc().nulls_last())
        .limit(1)
    )
    return connection.execute(lots).first()

"""Follow a parcel to what it was made from and to what was made from it."""

from typing import Any

import sqlalchemy as sa

from geo.layers import ParcelLineage


def ancestors(parcel_id: int | None) -> sa.Select[tuple[int]]:
    """Select the identities of the parcels that a parcel was made from, and those from others."""
    return _line(parcel_id, of=ParcelLineage.child_id, to=ParcelLineage.parent_id)


def descendants(parcel_id: int | None) -> sa.Select[tuple[int]]:
    """Select the identities of the parcels that were made from a parcel, and those from them."""
    return _line(parcel_id, of=ParcelLineage.parent_id, to=ParcelLineage.child_id)


def _line(parcel_id: int | None, *, of: Any, to: Any) -> sa.Select[tuple[int]]:
    first = sa.select(to.label("id")).where(of == parcel_id).cte(recursive=True)
    further = sa.select(to).join(first, first.c.id == of)
    every = first.union(further)  # which ends, though lots were cut and joined in a circle
    return sa.select(every.c.id).where(every.c.id != parcel_id)

"""Bring what follows a lot back to the ground it came from when a year's parcels are undone."""

from collections.abc import Sequence

import sqlalchemy as sa

from cases.models import Following
from geo.layers import ParcelLineage, ParcelPeriod


def go_back(connection: sa.Connection, going: Sequence[int], *, run_id: int) -> None:
    """Have lots that go followed no more; who follows one follows that which most of it was.

    Parameters
    ----------
    going
        The parcels that are on record by the import alone.
    run_id
        The import that is undone.
    """
    before = (
        sa.select(ParcelLineage.parent_id)
        .join(ParcelPeriod, ParcelPeriod.parcel_id == ParcelLineage.parent_id)
        .where(
            ParcelLineage.child_id == Following.parcel_id,
            ParcelLineage.import_run_id == run_id,
            ParcelPeriod.ended_by_run == run_id,
        )
        .order_by((ParcelLineage.share * ParcelPeriod.area_m2).desc())
        .limit(1)
        .correlate(Following)
    )
    theirs = Following.parcel_id.in_(going)
    connection.execute(sa.delete(Following).where(theirs, ~before.exists()))
    back = before.scalar_subquery()
    connection.execute(sa.update(Following).where(theirs).values(parcel_id=back))

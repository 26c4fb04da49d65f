"""Take a refresh of the parcels back, so that each row is as it was before."""

from datetime import date

import sqlalchemy as sa

from geo.layers import Ownership, ParcelPeriod, ParcelRefresh
from geo.loading.errors import UndoError


def refresh_to_undo(connection: sa.Connection, run_id: int) -> date:
    """Return the day of a refresh that can be undone, keeping others from loading parcels.

    Raises
    ------
    UndoError
        The run is no refresh, is undone, or parcels or owners were loaded since.
    """
    connection.exec_driver_sql("LOCK TABLE lotline.parcel IN SHARE ROW EXCLUSIVE MODE")
    found = connection.execute(
        sa.select(ParcelRefresh).where(ParcelRefresh.import_run_id == run_id)
    ).first()
    if found is None:
        msg = f"Import {run_id} compared no parcels with those on record: there is no such undo."
        raise UndoError(msg)
    if found.undone_at is not None:
        msg = f"Import {run_id} was undone by {found.undone_by} on {found.undone_at:%Y-%m-%d}."
        raise UndoError(msg)
    since = _changed_since(connection, run_id)
    if since is not None:
        msg = (
            f"Parcels or owners were loaded since (import {since}): import {run_id} can be undone "
            "only while it is the last. Undo the later one first."
        )
        raise UndoError(msg)
    as_of: date = found.as_of
    return as_of


def take_back(connection: sa.Connection, run_id: int, *, actor: str) -> None:
    """Take a refresh back; nothing beside the ground may stand on the parcels it brought.

    An address that was loaded since goes to the parcel that lies where it stands.
    """
    told = {"run_id": run_id, "brought": brought(connection, run_id)}
    for statement in _BACK:
        connection.execute(statement, told)
    connection.execute(
        sa.update(ParcelRefresh)
        .where(ParcelRefresh.import_run_id == run_id)
        .values(undone_at=sa.func.now(), undone_by=actor)
    )


def _changed_since(connection: sa.Connection, run_id: int) -> int | None:
    runs = [
        sa.select(sa.func.max(column)).where(column > run_id).scalar_subquery()
        for table in (ParcelPeriod, Ownership)
        for column in (table.import_run_id, table.ended_by_run)
    ]
    return connection.execute(sa.select(sa.func.greatest(*runs))).scalar()


def brought(connection: sa.Connection, run_id: int) -> list[int]:
    """Return the identities of the parcels that are on record by a run alone."""
    by_run = (
        sa.select(ParcelPeriod.parcel_id)
        .group_by(ParcelPeriod.parcel_id)
        .having(sa.func.every(ParcelPeriod.import_run_id == run_id))
    )
    return list(connection.scalars(by_run))


_BACK = tuple(
    sa.text(statement)
    for statement in (
        # An address that is there already, or lies nowhere in what is to come back, goes.
        """DELETE FROM lotline.situs_address address
            WHERE moved_by_run IS NULL AND parcel_id = ANY(:brought)
              AND NOT EXISTS (SELECT FROM lotline.parcel_period before
                              WHERE before.ended_by_run = :run_id
                                AND ST_Intersects(before.geom, address.geom)
                                AND NOT EXISTS (SELECT FROM lotline.situs_address other
                                                WHERE other.label = address.label
                                                  AND before.parcel_id IN
                                                      (other.parcel_id, other.was_on_parcel_id)))
        """,
        """UPDATE lotline.situs_address
           SET parcel_id = was_on_parcel_id, was_on_parcel_id = NULL, moved_by_run = NULL
           WHERE moved_by_run = :run_id""",
        """UPDATE lotline.situs_address address SET parcel_id = before.parcel_id
            FROM lotline.parcel_period before
            WHERE address.parcel_id = ANY(:brought) AND before.ended_by_run = :run_id
              AND ST_Intersects(before.geom, address.geom)""",
        "DELETE FROM lotline.parcel_lineage WHERE import_run_id = :run_id",
        "DELETE FROM lotline.ownership WHERE import_run_id = :run_id",
        """UPDATE lotline.ownership SET valid_to = NULL, ended_by_run = NULL
           WHERE ended_by_run = :run_id""",
        "DELETE FROM lotline.parcel_fate WHERE import_run_id = :run_id",
        "DELETE FROM lotline.parcel_period WHERE import_run_id = :run_id",
        """UPDATE lotline.parcel_period SET valid_to = NULL, ended_by_run = NULL
           WHERE ended_by_run = :run_id""",
        "DELETE FROM lotline.parcel WHERE id = ANY(:brought)",
        """UPDATE lotline.parcel SET parcel_no = was_no, was_no = NULL, renamed_by_run = NULL
           WHERE renamed_by_run = :run_id""",
    )
)

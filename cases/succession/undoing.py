"""Take a year's parcels back, and put what followed them where it was."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from cases.actors import Moment
from cases.following.lots import go_back
from cases.models import Case, Complaint, LienRelease, LienSearch, Succession
from cases.succession.kinds import KINDS, Kind, kind_of, standing
from cases.succession.moving import deed, put, tell
from geo.layers import Parcel, ParcelLineage, ParcelPeriod
from geo.loading.errors import UndoError
from geo.loading.undoing import brought, refresh_to_undo, take_back


def undo_parcels(connection: sa.Connection, run_id: int, *, actor: str, moment: Moment) -> int:
    """Undo a refresh in the caller's transaction; return how many things went back.

    What came to stand since on a parcel that goes, goes to the one its ground came from. What
    happened since stays in the histories, and so does that it was undone.

    Raises
    ------
    UndoError
        As `refresh_to_undo` says; or something stands on a parcel that goes and has nowhere to go.
    """
    since = refresh_to_undo(connection, run_id).isoformat()
    told: dict[str, Any] = {"since": since, "actor": actor, "moment": moment}
    back = _followed_back(connection, run_id, **told)
    back += _came_since(connection, run_id, **told)
    for table in (Case, Complaint):
        connection.execute(_period_before(table, run_id))
    go_back(connection, brought(connection, run_id), run_id=run_id)
    take_back(connection, run_id, actor=actor)
    return back


def _followed_back(
    connection: sa.Connection, run_id: int, *, since: str, actor: str, moment: Moment
) -> int:
    rows = connection.execute(
        sa.select(Succession.__table__, Parcel.parcel_no, Parcel.was_no)
        .join(Parcel, Parcel.id == Succession.from_parcel_id)
        .where(Succession.import_run_id == run_id)
    ).all()
    for row in rows:
        kind = kind_of(row.kind)
        stands = connection.execute(standing(kind).where(kind.table.id == row.row_id)).one()
        if stands.parcel_id != row.from_parcel_id:
            put(connection, kind, row.row_id, to=row.from_parcel_id, point=row.point_was)
        said = {"successor": row.was_no or row.parcel_no, "since": since}
        told = deed(kind, stands, "succession_undone", on=moment.on, **said)
        tell(connection, kind, [told], actor=actor, moment=moment)
    connection.execute(sa.delete(Succession).where(Succession.import_run_id == run_id))
    return len(rows)


def _came_since(
    connection: sa.Connection, run_id: int, *, since: str, actor: str, moment: Moment
) -> int:
    """Put what stands on parcels that go on those that they took the most ground of."""
    going = brought(connection, run_id)
    moved = 0
    for kind in KINDS:
        rows = connection.execute(standing(kind).where(kind.table.parcel_id.in_(going))).all()
        for row in rows:
            before = _came_from(connection, kind, row, run_id=run_id)
            put(connection, kind, row.id, to=before.id, point=None)
            said = {"successor": before.was_no or before.parcel_no, "since": since}
            told = deed(kind, row, "succession_undone", on=moment.on, **said)
            tell(connection, kind, [told], actor=actor, moment=moment)
        moved += len(rows)
    for table in (LienSearch, LienRelease):
        held = sa.select(sa.func.count()).select_from(table).where(table.parcel_id.in_(going))
        if connection.scalar(held):
            msg = (
                "A lien search or a release names a parcel that this import brought, and neither "
                "is ever rewritten: it can no longer be undone. Load the right file as of a "
                "later day instead."
            )
            raise UndoError(msg)
    return moved


def _came_from(
    connection: sa.Connection, kind: Kind, row: sa.Row[Any], *, run_id: int
) -> sa.Row[Any]:
    columns: tuple[Any, ...] = (Parcel.id, Parcel.parcel_no, Parcel.was_no)
    found = connection.execute(
        sa.select(*columns)
        .join(ParcelLineage, ParcelLineage.parent_id == Parcel.id)
        .join(ParcelPeriod, ParcelPeriod.parcel_id == Parcel.id)
        .where(
            ParcelLineage.child_id == row.parcel_id,
            ParcelLineage.import_run_id == run_id,
            ParcelPeriod.ended_by_run == run_id,
        )
        .order_by((ParcelLineage.share * ParcelPeriod.area_m2).desc())
    ).first()
    if found is None:
        msg = (
            f"The {kind.word} {row.named} stands on a parcel that is new since, and would be left "
            "without one: put it elsewhere first, or keep the import."
        )
        raise UndoError(msg)
    return found


def _period_before(table: type[Case | Complaint], run_id: int) -> sa.Update:
    """Let what was opened since say the period that comes back, in place of one that goes."""
    going = aliased(ParcelPeriod)
    before = (
        sa.select(ParcelPeriod.id)
        .where(ParcelPeriod.parcel_id == table.parcel_id, ParcelPeriod.ended_by_run == run_id)
        .scalar_subquery()
    )
    opened_since = sa.exists().where(
        going.id == table.parcel_period_id, going.import_run_id == run_id
    )
    return sa.update(table).where(opened_since).values(parcel_period_id=before)

"""Ask what waits for a person after a year's parcels came in, and put it where they say."""

from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.errors import CaseError
from cases.models import Succession
from cases.succession.kinds import Kind, kind_of, standing
from cases.succession.moving import deed, move, tell
from cases.wording import tidy
from cases.workflow.roles import Role
from geo.layers import Parcel, ParcelFate, ParcelLineage, ParcelPeriod, ParcelRefresh

MAY_DECIDE = frozenset({Role.CLERK, Role.MANAGER})


class SuccessionError(CaseError, ValueError):
    """What stood on a parcel that ended cannot go where somebody says."""


def waiting() -> sa.Select[Any]:
    """Select what waits for a person, in the order it came.

    Columns: the succession's own, ``as_of``, ``fate`` and ``parcel_no`` of the parcel that ended.
    """
    return (
        sa.select(Succession.__table__, ParcelRefresh.as_of, ParcelFate.fate, ParcelFate.parcel_no)
        .join(ParcelRefresh, ParcelRefresh.import_run_id == Succession.import_run_id)
        .join(
            ParcelFate,
            sa.and_(
                ParcelFate.import_run_id == Succession.import_run_id,
                ParcelFate.parcel_id == Succession.from_parcel_id,
            ),
        )
        .where(Succession.decided_on.is_(None))
        .order_by(Succession.id)
    )


def parts_of(parcel_id: int) -> sa.Select[Any]:
    """Select the parcels made of one that ended, the largest part first.

    Columns: ``parcel_id``, ``parcel_no``, ``situs_address``, ``share`` of the ended one's area.
    """
    columns: tuple[Any, ...] = (
        Parcel.id.label("parcel_id"), Parcel.parcel_no, ParcelPeriod.situs_address,
        ParcelLineage.share,
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(ParcelLineage, ParcelLineage.child_id == Parcel.id)
        .join(ParcelPeriod, ParcelPeriod.parcel_id == Parcel.id)
        .where(ParcelLineage.parent_id == parcel_id, ParcelPeriod.valid_to.is_(None))
        .order_by(ParcelLineage.share.desc(), Parcel.parcel_no)
    )


def decide(
    connection: sa.Connection,
    *,
    succession_id: int,
    parcel_no: str | None,
    because: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Say to which parcel something belongs whose own is no more.

    Parameters
    ----------
    parcel_no
        A parcel of now; None to leave it on the one that ended, as a record of what was there.
    because
        What shows it.

    Raises
    ------
    SuccessionError
        It does not wait, there is no such parcel now, or no reason is given.
    """
    waits = waiting().where(Succession.id == succession_id).with_for_update(of=Succession)
    row = connection.execute(waits).first()
    why = tidy(because)
    if row is None:
        msg = "This is decided already, or its import was undone: look at the list anew."
        raise SuccessionError(msg)
    if not why:
        msg = "Say what shows that it belongs there."
        raise SuccessionError(msg)
    kind = kind_of(row.kind)
    to = None if parcel_no is None else _parcel_now(connection, parcel_no)
    stands = connection.execute(standing(kind).where(kind.table.id == row.row_id)).one()
    decided: dict[str, Any] = {
        "to_parcel_id": to, "decided_on": moment.on, "decided_by": actor.name, "because": why,
    }  # fmt: skip
    if to is not None:
        decided["point_was"] = move(connection, kind, row.row_id, to=to)
    connection.execute(sa.update(Succession).where(Succession.id == row.id).values(decided))
    _tell(connection, kind, stands, row, parcel_no, why=why, actor=actor, moment=moment)


def _tell(
    connection: sa.Connection,
    kind: Kind,
    stands: sa.Row[Any],
    row: sa.Row[Any],
    parcel_no: str | None,
    *,
    why: str,
    actor: Actor,
    moment: Moment,
) -> None:
    fate = {"ended": row.parcel_no, "since": row.as_of.isoformat(), "fate": row.fate}
    event = "parcel_kept" if parcel_no is None else "parcel_succeeded"
    said = {"because": why.removesuffix("."), **fate} | (
        {} if parcel_no is None else {"successor": parcel_no}
    )
    told = deed(kind, stands, event, on=moment.on, **said)
    tell(connection, kind, [told], actor=actor.name, moment=moment)


def _parcel_now(connection: sa.Connection, parcel_no: str) -> int:
    query = (
        sa.select(Parcel.id)
        .join(ParcelPeriod, ParcelPeriod.parcel_id == Parcel.id)
        .where(Parcel.parcel_no == parcel_no, ParcelPeriod.valid_to.is_(None))
    )
    found = connection.execute(query).scalar()
    if found is None:
        msg = f"There is no parcel {parcel_no} now: give the number of one on the map."
        raise SuccessionError(msg)
    return int(found)

"""Put what stood on a parcel that ended where a person says."""

from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.errors import CaseError
from cases.models import Succession
from cases.succession.kinds import Kind, kind_of, standing
from cases.succession.moving import deed, move, tell
from cases.succession.waiting import waiting
from cases.wording import tidy
from geo.layers import Parcel, ParcelPeriod


class SuccessionError(CaseError, ValueError):
    """What stood on a parcel that ended cannot go where somebody says."""


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

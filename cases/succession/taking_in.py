"""Take in a year's parcels: what is open follows its ground to its only successor, or waits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.actors import Moment
from cases.history import Deed
from cases.models import Succession
from cases.succession.kinds import KINDS, Kind, standing
from cases.succession.moving import deed, move, tell
from geo.loading.parcels import take_in_parcels as load
from geo.loading.rows import Outcome
from geo.loading.runs import Request
from geo.loading.turnover import Ended, Refresh

type Row = sa.Row[Any]

ONLY_SUCCESSOR = "it is the only parcel made of that ground"


def take_in_parcels(connection: sa.Connection, request: Request) -> Outcome:
    """Load parcels in the caller's transaction; what is open on those that end is followed.

    Raises
    ------
    ReadingError, ColumnError, CrsError, AsOfError, PartialFileError
        As `geo.loading.parcels.take_in_parcels` says.
    """
    outcome, refresh = load(connection, request)
    if refresh is None:
        return outcome
    now = connection.execute(sa.select(sa.func.now())).scalar_one()
    moment = Moment(on=request.today, now=now)
    told = [
        line
        for kind in KINDS
        for line in _succeed(connection, kind, refresh, actor=request.actor, moment=moment)
    ]
    return replace(outcome, notes=(*outcome.notes, *told))


def _succeed(
    connection: sa.Connection, kind: Kind, refresh: Refresh, *, actor: str, moment: Moment
) -> Iterator[str]:
    """Let what is open of a kind follow, or put it before a person; say how many, in a sentence."""
    ended = {each.parcel_id: each for each in refresh.ended}
    theirs = kind.table.parcel_id == sa.any_(sa.literal(list(ended), sa.ARRAY(sa.BigInteger)))
    rows = connection.execute(standing(kind).where(theirs, kind.is_open())).all()
    by: dict[str, Any] = {"actor": actor, "on": moment.on}
    following, waiting = [], []
    for row in rows:
        gone = ended[row.parcel_id]
        if len(gone.parts) == 1:
            following.append(_follow(connection, kind, row, gone, refresh, **by))
        elif kind.waits:
            waiting.append(_keep_waiting(connection, kind, row, gone, refresh, on=moment.on))
    tell(connection, kind, [*waiting, *following], actor=actor, moment=moment)
    if rows:
        stay = len(rows) - len(waiting) - len(following)
        yield (
            f"Open on parcels that ended, of the kind {kind.word}: {len(following):,} followed the "
            f"ground, {len(waiting):,} wait for a person to say where, {stay:,} stay."
        )


def _keep_waiting(
    connection: sa.Connection, kind: Kind, row: Row, gone: Ended, refresh: Refresh, *, on: date
) -> Deed | None:
    connection.execute(sa.insert(Succession).values(_kept(kind, row, refresh)))
    parts = ", ".join(f"{part.parcel_no} {part.share:.0%}" for part in gone.parts) or "no parcel"
    said = {"ended": gone.parcel_no, "parts": parts, **_fate(gone, refresh)}
    return deed(kind, row, "parcel_ended", on=on, **said)


def _follow(
    connection: sa.Connection,
    kind: Kind,
    row: Row,
    gone: Ended,
    refresh: Refresh,
    *,
    actor: str,
    on: date,
) -> Deed | None:
    (part,) = gone.parts
    decided = {
        "to_parcel_id": part.parcel_id, "decided_on": on, "decided_by": actor,
        "point_was": move(connection, kind, row.id, to=part.parcel_id), "because": ONLY_SUCCESSOR,
    }  # fmt: skip
    connection.execute(sa.insert(Succession).values(_kept(kind, row, refresh) | decided))
    said = {"successor": part.parcel_no, "ended": gone.parcel_no, "because": ONLY_SUCCESSOR}
    return deed(kind, row, "parcel_followed", on=on, **said, **_fate(gone, refresh))


def _kept(kind: Kind, row: Row, refresh: Refresh) -> dict[str, Any]:
    return {
        "import_run_id": refresh.run_id, "kind": kind.word, "row_id": row.id,
        "from_parcel_id": row.parcel_id,
    }  # fmt: skip


def _fate(gone: Ended, refresh: Refresh) -> dict[str, str]:
    return {"since": refresh.as_of.isoformat(), "fate": str(gone.fate)}

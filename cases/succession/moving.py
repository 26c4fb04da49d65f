"""Put what stands on one parcel on another, and tell it in the history it belongs to."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.actors import Moment
from cases.history import Deed, append
from cases.succession.kinds import Kind
from geo.layers import WEB_MERCATOR, ParcelPeriod


def move(connection: sa.Connection, kind: Kind, row_id: int, *, to: int) -> Any:
    """Put a row on a parcel as it is now; return the point it had where that lies outside.

    Such a point goes to one inside the parcel.
    """
    was, inside = (
        _outside(connection, kind, row_id, parcel_id=to) if kind.has_point else (None, None)
    )
    put(connection, kind, row_id, to=to, point=inside)
    return was


def put(connection: sa.Connection, kind: Kind, row_id: int, *, to: int, point: Any) -> None:
    """Put a row on a parcel, and at a point (EPSG:4326) unless that is None."""
    columns: dict[str, Any] = {"parcel_id": to}
    if point is not None:
        columns |= {"point": point, "point_3857": sa.func.ST_Transform(point, WEB_MERCATOR)}
    connection.execute(sa.update(kind.table).where(kind.table.id == row_id).values(columns))


def _outside(
    connection: sa.Connection, kind: Kind, row_id: int, *, parcel_id: int
) -> tuple[Any, Any]:
    """Return a row's point and one inside a parcel; twice None where its own lies in it."""
    apart = ~sa.func.ST_Contains(ParcelPeriod.geom, kind.table.point)  # nor on its edge
    found = connection.execute(
        sa.select(kind.table.point, sa.func.ST_PointOnSurface(ParcelPeriod.geom))
        .join(ParcelPeriod, apart)
        .where(
            kind.table.id == row_id,
            ParcelPeriod.parcel_id == parcel_id,
            ParcelPeriod.valid_to.is_(None),
        )
    ).first()
    return (None, None) if found is None else tuple(found)


def deed(kind: Kind, row: Any, event: str, *, on: date, **details: Any) -> Deed | None:
    """Put what became of a row as the history it belongs to keeps it; None where it has none."""
    if kind.chain is None or row.about is None:
        return None
    said = {"what": kind.word, "named": row.named, **details}
    return Deed(row.about, kind=event, happened_on=on, details=said)


def tell(
    connection: sa.Connection,
    kind: Kind,
    deeds: Sequence[Deed | None],
    *,
    actor: str,
    moment: Moment,
) -> None:
    """Write deeds in the histories they are of."""
    told = [each for each in deeds if each is not None]
    if told and kind.chain is not None:
        append(connection, told, actor=actor, recorded_at=moment.now, chain=kind.chain)

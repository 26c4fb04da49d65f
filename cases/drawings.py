"""Keep how officers' zones were drawn, one drawing after another, and find it again."""

import hashlib
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from geoalchemy2.shape import from_shape, to_shape
from shapely.geometry.base import BaseGeometry

from cases.actors import Moment
from cases.models import ZoneDrawing, ZoneHanding
from cases.neighbours import is_same
from geo.layers import WEB_MERCATOR, WGS84, Zone

_LOCK = 7_011_623


@dataclass(frozen=True, slots=True)
class Outlined:
    """What a drawing changes of a zone; ``geom`` as the database gives it."""

    name: str
    officer_name: str | None
    geom: Any


def lock_zones(connection: sa.Connection) -> None:
    """Wait until nobody else changes zones, and let nobody until the transaction ends."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def store_zone(
    connection: sa.Connection,
    zone_id: int | None,
    *,
    name: str,
    officer: str | None,
    shape: BaseGeometry,
    moment: Moment,
) -> int:
    """Make an officer's zone what it is to be, None a new one; gives its identity.

    What a file told of who lives in it (``facts``) is forgotten with the outline it was told of.

    Parameters
    ----------
    shape
        In degrees (EPSG:4326).
    """
    said = f"{name}\0{officer}\0{moment.now.isoformat()}".encode()
    geom = from_shape(shape, srid=WGS84)
    values: dict[str, Any] = {
        "name": name,
        "officer_name": officer,
        "drawn_on": moment.on,
        "content_sha": hashlib.sha256(said + shape.wkb).digest(),
        "geom": geom,
        "geom_3857": sa.func.ST_Transform(sa.literal(geom, Zone.geom.type), WEB_MERCATOR),
    }
    if zone_id is None:
        code = f"drawn-{1 + (connection.scalar(sa.select(sa.func.max(Zone.id))) or 0)}"
        values |= {"kind": "officer", "code": code}
        new = sa.insert(Zone).values(values).returning(Zone.id)
        return int(connection.execute(new).scalar_one())
    was = connection.execute(sa.select(Zone.geom).where(Zone.id == zone_id)).scalar_one()
    if not is_same(shape, to_shape(was)):
        values["facts"] = {}
    connection.execute(sa.update(Zone).where(Zone.id == zone_id).values(values))
    return zone_id


def keep_drawing(connection: sa.Connection, before: Outlined | None, **now: Any) -> int:
    """Keep what became of a zone and what it was before, None where it is new; gives its identity.

    Parameters
    ----------
    now
        The columns of `ZoneDrawing` that do not begin with ``old_``.
    """
    old = (
        {}
        if before is None
        else {
            "old_name": before.name,
            "old_officer_name": before.officer_name,
            "old_geom": before.geom,
        }
    )
    drawn = sa.insert(ZoneDrawing).values(**now, **old).returning(ZoneDrawing.id)
    return int(connection.execute(drawn).scalar_one())


def drawings() -> sa.Select[Any]:
    """Select what was drawn, the latest first.

    Columns: ``id``, ``zone_id``, ``actor``, ``file_name`` (None: by hand), ``drawn_on``,
    ``cases_moved``, ``old_name``, ``old_officer_name``, ``name``, ``officer_name``, ``reshaped``,
    and ``handed``: how many open cases changed hands by it.
    """
    at = ZoneDrawing
    reshaped = sa.func.ST_AsBinary(at.old_geom).is_distinct_from(sa.func.ST_AsBinary(at.geom))
    handed = sa.select(sa.func.count()).where(ZoneHanding.drawing_id == at.id).scalar_subquery()
    columns: tuple[Any, ...] = (
        at.id, at.zone_id, at.actor, at.file_name, at.drawn_on, at.cases_moved, at.old_name,
        at.old_officer_name, at.name, at.officer_name, reshaped.label("reshaped"),
        handed.label("handed"),
    )  # fmt: skip
    return sa.select(*columns).order_by(at.id.desc())

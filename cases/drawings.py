"""Keep how officers' zones were drawn, one drawing after another, and find it again."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cases.models import ZoneDrawing, ZoneHanding

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

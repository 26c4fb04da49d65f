"""Ask what happened in the cases that somebody follows, as far as anybody may know it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

_STEPS = (
    "case_id", "seq", "kind", "happened_on", "recorded_at", "number", "category", "situs_address",
    "parcel_no",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which cases are followed: those that suit all that is said; all of them where nothing is.

    Parameters
    ----------
    case_id, parcel_id, zone_id
        The only case, the lot or the officers' zone.
    category
        A kind of case.
    area
        WKT of a valid area in degrees (EPSG:4326).
    """

    case_id: int | None = None
    parcel_id: int | None = None
    zone_id: int | None = None
    category: str | None = None
    area: str | None = None


def steps_told(
    scope: Scope, *, most: int, after: datetime | None = None, until: datetime | None = None
) -> sa.Select[Any]:
    """Select the latest steps of the cases in a scope, the latest recorded first.

    Columns: ``case_id``, ``seq`` and ``kind`` of the event (`cases.open_data.STEPS` says it in
    words), ``happened_on``, ``recorded_at``, and of the case ``number``, ``category``,
    ``situs_address`` and ``parcel_no``.

    Parameters
    ----------
    most
        How many at most.
    after, until
        Only what was recorded later than one moment, and no later than another.
    """
    told = sa.func.published.steps_told(
        scope.case_id, scope.parcel_id, scope.zone_id, scope.category, scope.area, after, until,
        most,
    ).table_valued(*_STEPS, name="told")  # fmt: skip
    return sa.select(told)

"""Ask the town at which hours drives take otherwise than by the streets alone."""

from datetime import date
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from cases.visiting.driving import paces
from cases.visiting.settings import DRIVES, Settings
from reports.routes.problem import Rush
from reports.routes.rush import AS_BY_STREET

_HOUR = 60 * 60


def rush_in_force(
    connection: sa.Connection, settings: Settings, *, on: date, zone: ZoneInfo
) -> tuple[Rush, ...]:
    """Return the hours at which drives are set or known to take otherwise.

    Parameters
    ----------
    on
        The first day planned: what was driven until then is learned from.
    zone
        The town's time zone.
    """
    known = paces(connection, settings, on=on, zone=zone)
    return tuple(
        Rush(first * _HOUR, last * _HOUR, known[name].percent)
        for name, (first, last) in DRIVES.items()
        if known[name].percent != AS_BY_STREET
    )

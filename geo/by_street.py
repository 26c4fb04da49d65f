"""Tell whether a place lies by a street, as far as a day on the road may begin or end there."""

import math

import sqlalchemy as sa

from geo.layers import WEB_MERCATOR, WGS84, Street

SNAP_LIMIT_M = 600.0
"""Farther from any street than this, none serves a place: the middle of a large lot was found up to
543 m from its street, and beyond is another town."""


def is_by_street(connection: sa.Connection, *, lon: float, lat: float) -> bool | None:
    """Return whether a street is near; None where the town has no streets loaded.

    Parameters
    ----------
    lon, lat
        EPSG:4326.
    """
    place = sa.func.ST_Transform(
        sa.func.ST_SetSRID(sa.func.ST_MakePoint(lon, lat), WGS84), WEB_MERCATOR
    )
    near = SNAP_LIMIT_M / math.cos(math.radians(lat))  # as Mercator stretches it
    near_one = sa.exists().where(sa.func.ST_DWithin(Street.geom_3857, place, near))
    there_are = sa.exists(sa.select(Street.id))
    streets, by_one = connection.execute(sa.select(there_are, near_one)).one()
    return by_one if streets else None

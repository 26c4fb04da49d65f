"""Put what was reported on the parcel, the point and in the zone it belongs to."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa

from cases.assignment import OfficerZones
from cases.tying import CaseTie, LonLat, Whereabouts, tie_cases
from geo.compiled import Compiled
from geo.layers import WEB_MERCATOR, WGS84, Town

OUTSIDE = "the point lies outside the town"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a case or a complaint belongs, and the columns by which either says so.

    Attributes
    ----------
    point
        Lon, lat (EPSG:4326) of its place on the map; None where it has none in the town.
    zone_id
        The officer's zone that holds the point, or the nearest; None where there is none.
    """

    tied: CaseTie
    point: LonLat | None
    zone_id: int | None

    @property
    def note(self) -> str | None:
        """What is odd about where it is; None for nothing."""
        outside = OUTSIDE if self.point is None and self.tied.point is not None else None
        return "; ".join(filter(None, (self.tied.tie.note, outside))) or None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns a case and a complaint have in common."""
        placed: dict[str, Any] = {
            "parcel_id": self.tied.tie.parcel_id,
            "parcel_period_id": self.tied.period_id,
            "tie_method": self.tied.tie.method,
            "tie_confidence": self.tied.tie.confidence,
            "tie_note": self.note,
            "zone_id": self.zone_id,
        }
        if self.point is not None:
            drawn = as_point(self.point)
            placed |= {"point": drawn, "point_3857": sa.func.ST_Transform(drawn, WEB_MERCATOR)}
        return placed


def placement(connection: sa.Connection, place: Whereabouts) -> Placement:
    """Tie one place to its parcel, and find its point in the town and its officer's zone."""
    (tied,) = tie_cases(connection, [place])
    point = tied.point if tied.point and _in_town(connection, tied.point) else None
    if point is None:
        return Placement(tied, None, None)
    (zone_id,) = OfficerZones(connection).of(np.array([point]))
    return Placement(tied, point, zone_id)


def as_point(lonlat: LonLat) -> sa.Function[Any]:
    """Write longitude and latitude as a point (EPSG:4326)."""
    return sa.func.ST_SetSRID(sa.func.ST_MakePoint(*lonlat), WGS84)


def _in_town(connection: sa.Connection, point: LonLat) -> bool:
    lon, lat = point
    found = _IN_TOWN.first(connection, lon=lon, lat=lat)
    return found is not None and bool(found.inside)


_IN_TOWN = Compiled(
    sa.select(
        Town.extent.bool_op("~")(
            sa.func.ST_SetSRID(
                sa.func.ST_MakePoint(
                    sa.bindparam("lon", type_=sa.Double), sa.bindparam("lat", type_=sa.Double)
                ),
                WGS84,
            )
        ).label("inside")
    )
)

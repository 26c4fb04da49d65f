"""Part the town into areas that mean something to people, with their parcels and their cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
import sqlalchemy as sa
from numpy.typing import NDArray

from geo.former import is_former
from geo.layers import ParcelPeriod, Zone
from reports.errors import ReportError

type Whole = NDArray[np.int64]

NOWHERE = -1
WORDS: Mapping[str, str] = {
    "neighborhood": "neighborhoods",
    "council": "council districts",
    "ward": "wards",
    "police": "police districts",
    "other": "areas",
    "officer": "officers' zones",
}
"""The kinds of zones that part a town, in the order they are looked for, and what they are called.
"""


class NoAreasError(ReportError):
    """The town has no zones of the kind that is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """Areas of one kind in the order of their codes; what lies in two is of the first.

    Parameters
    ----------
    kind
        Of zones; "" where the town has none that part it.
    codes, names
        Of each.
    shapes
        Outlines in EPSG:4326.
    parcels
        How many of today's parcels have their middle in each.
    facts
        By name, what the layer tells of each in numbers; NaN where it does not.
    """

    kind: str
    codes: Sequence[str]
    names: Sequence[str]
    shapes: NDArray[np.object_]
    parcels: Whole
    facts: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.codes)

    @property
    def bounds(self) -> NDArray[np.float64]:
        """West, south, east and north of them all, in degrees."""
        return np.asarray(shapely.total_bounds(self.shapes))

    def of(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Whole:
        """Return in which area each point lies (EPSG:4326), by its place in the list, or -1."""
        return _within(self.shapes, lon, lat)


def read_areas(connection: sa.Connection, kind: str | None) -> Areas:
    """Read the areas of a kind, or of the first of `WORDS` that the town has.

    Zones that were an officer's once are none.

    Raises
    ------
    NoAreasError
        A kind is asked for, and no zone of it is loaded.
    """
    there = set(connection.scalars(sa.select(Zone.kind).where(~is_former()).distinct()))
    chosen = kind or next((each for each in WORDS if each in there), "")
    if kind and kind not in there:
        msg = (
            f"The town has no {WORDS[kind]}: load them as zones of kind {kind} (lotline import "
            "zones FILE), or ask for other areas."
        )
        raise NoAreasError(msg)
    query = sa.select(
        Zone.code, Zone.name, Zone.facts, sa.func.ST_AsBinary(Zone.geom).label("wkb")
    ).where(Zone.kind == chosen, ~is_former())
    rows = connection.execute(query.order_by(sa.func.length(Zone.code), Zone.code)).all()
    shapes = shapely.from_wkb([bytes(row.wkb) for row in rows])
    return Areas(
        kind=chosen, codes=[row.code for row in rows], names=[row.name for row in rows],
        shapes=shapes, parcels=_parcels(connection, shapes),
        facts=_facts([row.facts for row in rows]),
    )  # fmt: skip


def _facts(told: Sequence[Mapping[str, float]]) -> dict[str, NDArray[np.float64]]:
    names = sorted({name for each in told for name in each})
    return {
        name: np.array([each.get(name, np.nan) for each in told], dtype=np.float64)
        for name in names
    }


def _parcels(connection: sa.Connection, shapes: NDArray[np.object_]) -> Whole:
    """Count today's parcels by the area that holds their middle."""
    middle = sa.func.ST_Centroid(ParcelPeriod.geom)
    columns: tuple[Any, ...] = (sa.func.ST_X(middle), sa.func.ST_Y(middle))
    rows = connection.execute(sa.select(*columns).where(ParcelPeriod.valid_to.is_(None)))
    lonlat = np.array([tuple(row) for row in rows], dtype=np.float64).reshape(-1, 2)
    found = _within(shapes, lonlat[:, 0], lonlat[:, 1])
    return np.bincount(found[found != NOWHERE], minlength=len(shapes)).astype(np.int64)


def _within(
    shapes: NDArray[np.object_], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> Whole:
    found = np.full(len(lon), NOWHERE, dtype=np.int64)
    placed = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    if len(shapes) and len(placed):
        shapely.prepare(shapes)
        points = shapely.points(lon[placed], lat[placed])
        at, area = shapely.STRtree(shapes).query(points, predicate="intersects")
        last_first = np.argsort(area, kind="stable")[::-1]
        found[placed[at[last_first]]] = area[last_first]
    return found

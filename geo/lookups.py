"""Look up what a record may be tied to: in a town read whole, or record by record by index."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import shapely
import sqlalchemy as sa
from numpy.typing import NDArray

from geo.addresses import Address
from geo.compiled import Compiled
from geo.layers import WGS84, Parcel, ParcelPeriod, SitusAddress

type Around = list[tuple[int, float]]
"""The parcels around a point, each with its area in square degrees."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an address stands on its street, and on which parcel."""

    low: int
    high: int
    unit: str | None
    parcel_id: int

    def covers(self, address: Address) -> bool:
        """Tell whether the asked numbers touch these, on the same side of the street."""
        assert address.number_low is not None  # noqa: S101 - asked for before
        assert address.number_high is not None  # noqa: S101 - never missing alone
        same_side = (self.low - address.number_low) % 2 == 0
        return same_side and self.low <= address.number_high and address.number_low <= self.high


class Lookups(Protocol):
    """What tying asks of the parcels of one moment."""

    def numbered(self, parcel_no: str) -> int | None:
        """Return the parcel of just this number."""

    def alike(self, parcel_no: str) -> Sequence[tuple[str, int]]:
        """Return the numbers of the same letters and digits, each with its parcel."""

    @property
    def street_keys(self) -> Iterable[str]:
        """The streets on which a numbered address stands."""

    def stands(self, street_key: str, *, low: int, high: int) -> Sequence[Stand]:
        """Return a street's addresses, all those at least that touch some numbers."""

    def around(self, lonlat: NDArray[np.float64]) -> list[Around]:
        """Return what lies around each point (EPSG:4326), shape (n, 2); nothing for NaN."""


class WholeTown:
    """A town read into memory: for many records.

    Parameters
    ----------
    parcel_nos
        The numbers that will be asked for, where they are known: those that are written as the
        parcel's own are found without reading every parcel.
    """

    def __init__(self, connection: sa.Connection, *, parcel_nos: Iterable[str] = ()) -> None:
        self._connection = connection
        self._foreseen = sorted(set(parcel_nos))

    def numbered(self, parcel_no: str) -> int | None:
        """Return the parcel of just this number."""
        found = self._foreseen_ids.get(parcel_no)
        return self.parcel_ids.get(parcel_no) if found is None else found

    def alike(self, parcel_no: str) -> Sequence[tuple[str, int]]:
        """Return the numbers of the same letters and digits, each with its parcel."""
        return self._by_plain.get(plain(parcel_no), ())

    @property
    def street_keys(self) -> Iterable[str]:
        """The streets on which a numbered address stands."""
        return self._stands

    def stands(self, street_key: str, *, low: int, high: int) -> Sequence[Stand]:  # noqa: ARG002
        """Return all of a street's addresses."""
        return self._stands.get(street_key, ())

    def around(self, lonlat: NDArray[np.float64]) -> list[Around]:
        """Return what lies around each point."""
        shapes, ids, tree = self._shapes
        points, found = tree.query(shapely.points(lonlat, handle_nan="skip"), "intersects")
        around: list[Around] = [[] for _ in range(len(lonlat))]
        for point, at in zip(points, found, strict=True):
            around[int(point)].append((int(ids[at]), float(shapely.area(shapes[at]))))
        return around

    @cached_property
    def parcel_ids(self) -> dict[str, int]:
        """Every parcel's identity, by its number as it is written."""
        rows = self._connection.execute(sa.select(Parcel.parcel_no, Parcel.id))
        return {row.parcel_no: row.id for row in rows}

    @cached_property
    def _foreseen_ids(self) -> dict[str, int]:
        if not self._foreseen:
            return {}
        among = _NUMBERED.all(self._connection, numbers=self._foreseen)
        return {row.parcel_no: row.id for row in among}

    @cached_property
    def _by_plain(self) -> dict[str, list[tuple[str, int]]]:
        by_plain: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for number, parcel_id in self.parcel_ids.items():
            by_plain[plain(number)].append((number, parcel_id))
        return dict(by_plain)

    @cached_property
    def _stands(self) -> dict[str, list[Stand]]:
        stands: dict[str, list[Stand]] = defaultdict(list)
        query = sa.select(SitusAddress.street_key, *_STAND)
        for street_key, low, high, unit, parcel_id in self._connection.execute(query):
            if low is not None and high is not None:
                stands[street_key].append(Stand(low, high, unit, parcel_id))
        return dict(stands)

    @cached_property
    def _shapes(self) -> tuple[NDArray[np.object_], NDArray[np.int64], shapely.STRtree]:
        query = sa.select(ParcelPeriod.parcel_id, sa.func.ST_AsBinary(ParcelPeriod.geom)).where(
            ParcelPeriod.valid_to.is_(None)
        )
        rows = self._connection.execute(query).all()
        shapes = np.asarray(shapely.from_wkb([bytes(wkb) for _, wkb in rows]), dtype=object)
        shapely.prepare(shapes)
        ids = np.array([parcel_id for parcel_id, _ in rows], dtype=np.int64)
        return shapes, ids, shapely.STRtree(shapes)


class ByIndex:
    """A town asked in its database: for few records, whatever its size."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def numbered(self, parcel_no: str) -> int | None:
        """Return the parcel of just this number."""
        found = _NUMBERED.first(self._connection, numbers=[parcel_no])
        return None if found is None else int(found.id)

    def alike(self, parcel_no: str) -> Sequence[tuple[str, int]]:
        """Return the numbers of the same letters and digits, each with its parcel."""
        rows = _ALIKE.all(self._connection, plain=plain(parcel_no))
        return [(row.parcel_no, row.id) for row in rows]

    @cached_property
    def street_keys(self) -> Iterable[str]:
        """The streets on which a numbered address stands."""
        return {row.street_key for row in _STREETS.all(self._connection)}

    def stands(self, street_key: str, *, low: int, high: int) -> Sequence[Stand]:
        """Return those of a street's addresses that touch some numbers."""
        rows = _TOUCHING.all(self._connection, street_key=street_key, low=low, high=high)
        return [Stand(*row) for row in rows]

    def around(self, lonlat: NDArray[np.float64]) -> list[Around]:
        """Return what lies around each point."""
        placed = [(lon, lat) if np.isfinite((lon, lat)).all() else None for lon, lat in lonlat]
        return [self._around(*at) if at else [] for at in placed]

    def _around(self, lon: float, lat: float) -> Around:
        rows = _AROUND.all(self._connection, lon=float(lon), lat=float(lat))
        return [(row.parcel_id, row.area) for row in rows]


def plain(parcel_no: str) -> str:
    """Return a number's letters and digits alone, the letters low; migration 0032 has its twin."""
    return re.sub(r"[^A-Za-z0-9]", "", parcel_no).lower()


_STAND = (
    SitusAddress.number_low,
    SitusAddress.number_high,
    SitusAddress.unit,
    SitusAddress.parcel_id,
)
_WITH_NUMBERS = (SitusAddress.number_low.is_not(None), SitusAddress.number_high.is_not(None))

_NUMBERED = Compiled(
    sa.select(Parcel.parcel_no, Parcel.id).where(
        Parcel.parcel_no == sa.any_(sa.bindparam("numbers", type_=sa.ARRAY(sa.Text)))
    )
)
_ALIKE = Compiled(
    sa.select(Parcel.parcel_no, Parcel.id).where(
        sa.func.lotline.plain_number(Parcel.parcel_no) == sa.bindparam("plain", type_=sa.Text)
    )
)
_TOUCHING = Compiled(
    sa.select(*_STAND).where(
        SitusAddress.street_key == sa.bindparam("street_key", type_=sa.Text),
        SitusAddress.number_low <= sa.bindparam("high", type_=sa.Integer),
        SitusAddress.number_high >= sa.bindparam("low", type_=sa.Integer),
    )
)
_LON, _LAT = (sa.bindparam(name, type_=sa.Double) for name in ("lon", "lat"))
_POINT = sa.func.ST_SetSRID(sa.func.ST_MakePoint(_LON, _LAT), WGS84)
_AROUND = Compiled(
    sa.select(ParcelPeriod.parcel_id, sa.func.ST_Area(ParcelPeriod.geom).label("area")).where(
        ParcelPeriod.valid_to.is_(None), sa.func.ST_Intersects(ParcelPeriod.geom, _POINT)
    )
)


def _streets() -> sa.Select[tuple[str]]:
    """Select each street once: one step in the index a street, however many addresses it has."""
    first = sa.select(sa.func.min(SitusAddress.street_key).label("street_key"))
    walk = first.where(*_WITH_NUMBERS).cte("walk", recursive=True)
    later = sa.select(sa.func.min(SitusAddress.street_key)).where(
        SitusAddress.street_key > walk.c.street_key, *_WITH_NUMBERS
    )
    step = sa.select(later.correlate(walk).scalar_subquery())
    walk = walk.union_all(step.where(walk.c.street_key.is_not(None)))
    return sa.select(walk.c.street_key).where(walk.c.street_key.is_not(None))


_STREETS = Compiled(_streets())

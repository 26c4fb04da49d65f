"""Measure in metres on a plane of the town's own, in which what is straight in degrees is straight.

Zones and parcels are stored in degrees (EPSG:4326). Brought to any projected system their straight
edges would bend by millimetres, and a boundary along a parcel would cut it; so all that is cut and
joined stays in degrees, and is only measured here.
"""

import math
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import EARTH_RADIUS_M, ECCENTRICITY_SQUARED

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]
type Shapes = NDArray[np.object_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """A plane that touches the ellipsoid (WGS 84) in the town's middle.

    Within a town 30 km across a length is right to a quarter of a percent, at its edges.

    Parameters
    ----------
    lon, lat
        Where it touches (EPSG:4326).
    east_m, north_m
        Metres of a degree there, of longitude and of latitude.
    """

    lon: float
    lat: float
    east_m: float
    north_m: float

    @classmethod
    def around(cls, shapes: Shapes) -> Self:
        """Return the plane in the middle of some shapes (EPSG:4326)."""
        west, south, east, north = shapely.total_bounds(shapes)
        lat = float(south + north) / 2
        curve = 1 - ECCENTRICITY_SQUARED * math.sin(math.radians(lat)) ** 2
        degree = math.radians(1) * EARTH_RADIUS_M
        return cls(
            lon=float(west + east) / 2,
            lat=lat,
            east_m=degree * math.cos(math.radians(lat)) / math.sqrt(curve),
            north_m=degree * (1 - ECCENTRICITY_SQUARED) / curve**1.5,
        )

    @property
    def square_m(self) -> float:
        """Square metres of a square degree."""
        return self.east_m * self.north_m

    def from_degrees(self, lonlat: Floats) -> Floats:
        """Bring places, shape (n, 2), from degrees to metres east and north of the middle."""
        return np.asarray((lonlat - (self.lon, self.lat)) * (self.east_m, self.north_m))

    def to_degrees(self, metres: Floats) -> Floats:
        """Bring places, shape (n, 2), from metres back to degrees."""
        return np.asarray(metres / (self.east_m, self.north_m) + (self.lon, self.lat))

    @property
    def grain(self) -> tuple[float, float]:
        """The degrees of the last digit that a stored coordinate has here, a power of two each."""
        return float(np.spacing(abs(self.lon))), float(np.spacing(abs(self.lat)))

    @property
    def grained(self) -> "Plane":
        """The same plane for shapes that are counted in grains (`in_grains`)."""
        east, north = self.grain
        return Plane(lon=0.0, lat=0.0, east_m=self.east_m * east, north_m=self.north_m * north)

    def in_grains(self, shapes: Any) -> Any:
        """Count from the middle in grains: whole numbers, which lines are crossed in.

        That is exact, and so is the way back: what nobody has moved is the same to the last digit,
        and where two lines cross is rounded once, before anything is made of it.
        """
        return shapely.transform(shapes, lambda xy: (xy - (self.lon, self.lat)) / self.grain)

    def from_grains(self, shapes: Any) -> Any:
        """Count in degrees as they are stored again."""
        return shapely.transform(shapes, lambda xy: xy * self.grain + (self.lon, self.lat))

    def flat(self, shapes: Any) -> Any:
        """Bring shapes to metres."""
        return shapely.transform(shapes, self.from_degrees)

    def lonlat(self, shapes: Any) -> Any:
        """Bring shapes back to degrees."""
        return shapely.transform(shapes, self.to_degrees)

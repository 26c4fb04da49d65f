"""Bring longitude and latitude to metres in the town's own projected system, and back."""

import dataclasses
from typing import Self

import numpy as np
import pyproj
from numpy.typing import NDArray

from reports.errors import ReportError

Floats = NDArray[np.float64]

WEB_MERCATOR = pyproj.CRS.from_epsg(3857)


@dataclasses.dataclass(frozen=True, slots=True)
class Metric:
    """The town's projected system, counted in metres even where it counts in feet.

    Parameters
    ----------
    crs
        A projected system.
    unit
        Metres in one of its units.
    """

    crs: pyproj.CRS
    unit: float

    @classmethod
    def of(cls, srid: int) -> Self:
        """Name the system by its EPSG number.

        Raises
        ------
        ReportError
            When the system is not projected, so that it has no metres.
        """
        crs = pyproj.CRS.from_epsg(srid)
        if not crs.is_projected:
            msg = (
                f"The town's coordinate system EPSG:{srid} ({crs.name}) counts in degrees; "
                "distances need a projected one, such as its UTM zone."
            )
            raise ReportError(msg)
        return cls(crs, crs.axis_info[0].unit_conversion_factor)

    def from_lonlat(self, places: Floats) -> Floats:
        """Bring places, shape (n, 2), from degrees (EPSG:4326) to metres."""
        return self._moved(places, "EPSG:4326")

    def from_mercator(self, places: Floats) -> Floats:
        """Bring places, shape (n, 2), from EPSG:3857 to metres of this system."""
        return self._moved(places, WEB_MERCATOR)

    def to_mercator(self, places: Floats) -> Floats:
        """Bring places, shape (n, 2), from metres of this system to EPSG:3857."""
        transformer = pyproj.Transformer.from_crs(self.crs, WEB_MERCATOR, always_xy=True)
        return np.column_stack(transformer.transform(*(places / self.unit).T))

    def to_lonlat(self, places: Floats) -> Floats:
        """Bring places, shape (n, 2), from metres to degrees (EPSG:4326)."""
        transformer = pyproj.Transformer.from_crs(self.crs, "EPSG:4326", always_xy=True)
        return np.column_stack(transformer.transform(*(places / self.unit).T))

    def _moved(self, places: Floats, source: pyproj.CRS | str) -> Floats:
        transformer = pyproj.Transformer.from_crs(source, self.crs, always_xy=True)
        return np.column_stack(transformer.transform(*places.T)) * self.unit

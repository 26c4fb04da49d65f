"""Hold travel times and driven routes, whoever computed them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from shapely import LineString

type Places = NDArray[np.float64]
"""Longitude and latitude of n places, shape (n, 2), EPSG:4326."""


@dataclass(frozen=True)
class Matrix:
    """Driving time between all pairs of n places.

    Attributes
    ----------
    seconds
        Shape (n, n), from row to column. Infinite where there is no way, and to and from a place
        too far from any street. The diagonal is zero for places that can be reached.
    snap_metres
        Shape (n,): how far each place is from the street it was taken to.
    off_streets
        Shape (n,): true where that is too far for the street to serve the place.
    estimated
        True when no streets were known and the figures come from straight lines.
    """

    seconds: NDArray[np.float64]
    snap_metres: NDArray[np.float64]
    off_streets: NDArray[np.bool_]
    estimated: bool

    def among(self, rows: Sequence[int]) -> "Matrix":
        """Return the same figures for some of the places, in the order given."""
        return Matrix(
            seconds=self.seconds[np.ix_(rows, rows)],
            snap_metres=self.snap_metres[list(rows)],
            off_streets=self.off_streets[list(rows)],
            estimated=self.estimated,
        )


@dataclass(frozen=True)
class Step:
    """One instruction to the driver, and the stretch driven after it.

    Attributes
    ----------
    text
        In English.
    kind, turn
        OSRM's type and modifier of the manoeuvre ("turn", "slight left"), from which it is said in
        another language; "" where there is none.
    street
        What is driven after it; "" for a nameless one.
    exit
        Which exit of a roundabout, from 1; 0 where it is none.
    bearing
        Degrees clockwise from north after it.
    lon, lat
        Where it is done (EPSG:4326); None where nobody knows.
    """

    text: str
    seconds: float
    metres: float
    kind: str = ""
    turn: str = ""
    street: str = ""
    exit: int = 0
    bearing: int = 0
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True)
class Leg:
    """The drive from one place to the next; `line` is in EPSG:4326."""

    seconds: float
    metres: float
    line: LineString
    steps: tuple[Step, ...]


class Travel(Protocol):
    """Answer how long it takes to drive between places, and how."""

    def matrix(self, places: Places) -> Matrix:
        """Return driving times between all pairs of places."""

    def route(self, places: Places) -> tuple[Leg, ...]:
        """Return the n - 1 legs of a drive through n places in their order."""

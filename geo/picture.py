"""Draw a lot and its surroundings as a small picture (SVG), north up, for paper."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import shapely
from shapely.affinity import affine_transform

from geo.strokes import (
    FAINT,
    HALF_A_SIGN,
    INK,
    along,
    flag,
    longest,
    north,
    path,
    scale,
    text,
    whole,
    width_of,
)
from geo.surroundings import HIGH, WIDE, Lot, Road, Surroundings, in_mercator

_WIDTHS = {1: 18, 2: 14, 3: 10, 4: 5}
"""How broad a street is drawn, by its rank."""
_APART, _MANY = 18, 3
"""How far from one another two marks are, and how many names one mark bears at the most."""


type Spot = tuple[float, float, str]
"""A place by longitude and latitude (EPSG:4326), and the few signs written at it."""


def draw(ground: Surroundings, *, feet: Callable[[int], str], spots: Sequence[Spot] = ()) -> str:
    """Return the picture, with the lot outlined boldly, house numbers and the streets' names.

    Parameters
    ----------
    feet
        Writes a distance in the reader's language, for the scale.
    spots
        What is marked on it; what lies outside is left out, and what lies at one place is one mark.
    """
    on_paper = _Paper(ground)
    parts = [
        *(on_paper.road(each) for each in ground.roads),
        *(on_paper.lot(each, fill="#f3f4f5", stroke="#8d9297", width=0.8)
          for each in ground.neighbours),
        on_paper.lot(ground.lot, fill="#cfdff0", stroke="#0b3d66", width=3.2),
        *(on_paper.number(each, size=10, ink=FAINT) for each in ground.neighbours),
        on_paper.number(ground.lot, size=15, ink=INK, always=True),
        *(on_paper.name(each) for each in ground.roads),
        *on_paper.marks(spots),
        *scale(ground.unit_m, feet, high=HIGH),
        *north(wide=WIDE),
    ]  # fmt: skip
    return whole(iter(parts), wide=WIDE, high=HIGH)


class _Paper:
    """Brings shapes of the ground onto the paper."""

    def __init__(self, ground: Surroundings) -> None:
        x, y = ground.centre
        one = 1 / ground.unit
        self._matrix = (one, 0, 0, -one, WIDE / 2 - x * one, HIGH / 2 + y * one)
        self._whole = shapely.box(0, 0, WIDE, HIGH)

    def lot(self, lot: Lot, *, fill: str, stroke: str, width: float) -> str:
        """Draw a lot's outline."""
        drawn_as = path(self._brought(lot.shape))
        drawn = f'fill="{fill}" stroke="{stroke}" stroke-width="{width}" fill-rule="evenodd"'
        return drawn_as and f'<path d="{drawn_as}" {drawn}/>'

    def road(self, road: Road) -> str:
        """Draw the ground of a street, which its lots then leave free."""
        drawn_as = path(self._brought(road.shape))
        width = _WIDTHS[road.rank]
        drawn = f'fill="none" stroke="#e6e8ea" stroke-width="{width}" stroke-linecap="round"'
        return drawn_as and f'<path d="{drawn_as}" {drawn}/>'

    def number(self, lot: Lot, *, size: int, ink: str, always: bool = False) -> str:
        """Write a lot's house number where the lot is widest, if there is room for it."""
        shape = shapely.make_valid(self._brought(lot.shape))
        seen: Any = shapely.intersection(shape, self._whole)
        if not lot.label or seen.area < 1:
            return ""
        room = shapely.maximum_inscribed_circle(seen, tolerance=1)
        if not always and room.length < len(lot.label) * size * HALF_A_SIGN:
            return ""
        middle = seen.centroid
        x, y = middle.coords[0] if seen.contains(middle) else room.coords[0]
        return text(lot.label, x, y, size=size, ink=ink, bold=always)

    def name(self, road: Road) -> str:
        """Write a street's name along its longest stretch in the picture."""
        stretch = longest(shapely.intersection(self._brought(road.shape), self._whole))
        size = 12
        if stretch is None or stretch.length < width_of(road.name, size=size):
            return ""
        x, y, angle = along(stretch)
        return text(road.name, x, y, size=size, ink=INK, angle=angle)

    def marks(self, spots: Sequence[Spot]) -> Iterator[str]:
        """Mark places, those that lie on one another by one mark that names them all."""
        shared: list[tuple[tuple[float, float], list[str]]] = []
        for lon, lat, label in spots:
            place = self._brought(shapely.Point(*in_mercator(lon, lat)))
            if not self._whole.contains(place):
                continue
            at = (shapely.get_x(place), shapely.get_y(place))
            near = next((names for other, names in shared if math.dist(at, other) < _APART), None)
            if near is None:
                shared.append((at, [label]))
            else:
                near.append(label)
        for (x, y), names in shared:
            yield flag(x, y, _together(names))

    def _brought(self, shape: shapely.Geometry) -> shapely.Geometry:
        return affine_transform(shape, self._matrix)


def _together(names: Sequence[str]) -> str:
    """Write some marks as one: the first and the last where there are many."""
    return ", ".join(names) if len(names) <= _MANY else f"{names[0]}\N{EN DASH}{names[-1]}"

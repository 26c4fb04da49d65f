"""Draw a lot and its surroundings as a small picture (SVG), north up, for paper."""

import math
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

import shapely
from shapely.affinity import affine_transform

from geo.surroundings import HIGH, WIDE, Lot, Road, Surroundings, in_mercator

FEET = 3.28084
_WIDTHS = {1: 18, 2: 14, 3: 10, 4: 5}
"""How broad a street is drawn, by its rank."""
_HALO, _INK, _FAINT = "#ffffff", "#1b1b1b", "#4d5560"
_HALF_A_SIGN = 0.34
"""Half of how wide a sign is, in its size."""
_ROUND = (20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
_LONGEST_BAR = 110
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
        *(on_paper.number(each, size=10, ink=_FAINT) for each in ground.neighbours),
        on_paper.number(ground.lot, size=15, ink=_INK, always=True),
        *(on_paper.name(each) for each in ground.roads),
        *on_paper.marks(spots),
        *_scale(ground.unit_m, feet),
        *_north(),
    ]  # fmt: skip
    inside = "\n".join(filter(None, parts))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" '
        f'height="{HIGH}" font-family="Public Sans">\n'
        f'<rect x="0" y="0" width="{WIDE}" height="{HIGH}" fill="#ffffff"/>\n{inside}\n</svg>\n'
    )


class _Paper:
    """Brings shapes of the ground onto the paper."""

    def __init__(self, ground: Surroundings) -> None:
        x, y = ground.centre
        one = 1 / ground.unit
        self._matrix = (one, 0, 0, -one, WIDE / 2 - x * one, HIGH / 2 + y * one)
        self._whole = shapely.box(0, 0, WIDE, HIGH)

    def lot(self, lot: Lot, *, fill: str, stroke: str, width: float) -> str:
        """Draw a lot's outline."""
        path = _path(self._brought(lot.shape))
        drawn = f'fill="{fill}" stroke="{stroke}" stroke-width="{width}" fill-rule="evenodd"'
        return path and f'<path d="{path}" {drawn}/>'

    def road(self, road: Road) -> str:
        """Draw the ground of a street, which its lots then leave free."""
        path = _path(self._brought(road.shape))
        width = _WIDTHS[road.rank]
        drawn = f'fill="none" stroke="#e6e8ea" stroke-width="{width}" stroke-linecap="round"'
        return path and f'<path d="{path}" {drawn}/>'

    def number(self, lot: Lot, *, size: int, ink: str, always: bool = False) -> str:
        """Write a lot's house number where the lot is widest, if there is room for it."""
        whole = shapely.make_valid(self._brought(lot.shape))
        seen: Any = shapely.intersection(whole, self._whole)
        if not lot.label or seen.area < 1:
            return ""
        room = shapely.maximum_inscribed_circle(seen, tolerance=1)
        if not always and room.length < len(lot.label) * size * _HALF_A_SIGN:
            return ""
        middle = seen.centroid
        x, y = middle.coords[0] if seen.contains(middle) else room.coords[0]
        return _text(lot.label, x, y, size=size, ink=ink, bold=always)

    def name(self, road: Road) -> str:
        """Write a street's name along its longest stretch in the picture."""
        merged = shapely.line_merge(shapely.intersection(self._brought(road.shape), self._whole))
        stretch = max(shapely.get_parts(merged), key=shapely.length, default=None)
        size = 12
        if stretch is None or stretch.length < len(road.name) * size * 2 * _HALF_A_SIGN:
            return ""
        at = stretch.interpolate(0.5, normalized=True)
        before, after = (stretch.interpolate(share, normalized=True) for share in (0.4, 0.6))
        angle = math.degrees(math.atan2(after.y - before.y, after.x - before.x))
        upright = (angle + 90) % 180 - 90
        return _text(road.name, at.x, at.y, size=size, ink=_INK, angle=upright)

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
            yield _mark(x, y, _together(names))

    def _brought(self, shape: shapely.Geometry) -> shapely.Geometry:
        return affine_transform(shape, self._matrix)


def _path(shape: shapely.Geometry) -> str:
    """Write the lines of a shape as a path, to a tenth of a unit."""
    written = []
    for part in shapely.get_parts(shape):
        rings = (part.exterior, *part.interiors) if part.geom_type == "Polygon" else (part,)
        for ring in rings:
            if ring.geom_type in {"LineString", "LinearRing"}:
                corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in ring.coords)
                closed = " Z" if ring.geom_type == "LinearRing" else ""
                written.append(f"M {corners}{closed}")
    return " ".join(written)


def _text(
    words: str, x: float, y: float, *, size: int, ink: str, angle: float = 0, bold: bool = False
) -> str:
    """Write words about a point, twice: a pale rim beneath keeps them readable on lines."""
    turned = f' transform="rotate({angle:.1f} {x:.1f} {y:.1f})"' if angle else ""
    common = (
        f'x="{x:.1f}" y="{y + size * 0.36:.1f}" font-size="{size}" text-anchor="middle"'
        f"{' font-weight="700"' if bold else ''}{turned}"
    )
    said = escape(words)
    return (
        f'<text {common} fill="{_HALO}" stroke="{_HALO}" stroke-width="3">{said}</text>'
        f'<text {common} fill="{ink}">{said}</text>'
    )


def _together(names: Sequence[str]) -> str:
    """Write some marks as one: the first and the last where there are many."""
    return ", ".join(names) if len(names) <= _MANY else f"{names[0]}\N{EN DASH}{names[-1]}"


def _mark(x: float, y: float, label: str) -> str:
    """Draw a dark flag with a label, whose foot is the place."""
    size = 10
    wide = max(16, len(label) * size * 2 * _HALF_A_SIGN + 6)
    return (
        f'<path d="M {x:.1f},{y:.1f} {x:.1f},{y - 16:.1f}" stroke="{_INK}" stroke-width="1.5"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{_INK}" stroke="{_HALO}"/>'
        f'<rect x="{x - wide / 2:.1f}" y="{y - 30:.1f}" width="{wide:.1f}" height="15" rx="3" '
        f'fill="{_INK}" stroke="{_HALO}"/>'
        f'<text x="{x:.1f}" y="{y - 19:.1f}" font-size="{size}" text-anchor="middle" '
        f'font-weight="700" fill="{_HALO}">{escape(label)}</text>'
    )


def _pale(x: float, y: float, wide: float, high: float) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:.1f}" height="{high:g}" fill="{_HALO}"/>'


def _scale(unit_m: float, feet: Callable[[int], str]) -> Iterator[str]:
    """Draw a bar of a round length at the lower left."""
    unit_ft = unit_m * FEET
    length = max((each for each in _ROUND if each / unit_ft <= _LONGEST_BAR), default=_ROUND[0])
    end, low = 16 + length / unit_ft, HIGH - 14
    yield _pale(8, low - 22, end, 28)
    yield (
        f'<path d="M 16,{low - 6} 16,{low} {end:.1f},{low} {end:.1f},{low - 6}" fill="none" '
        f'stroke="{_INK}" stroke-width="1.5"/>'
    )
    yield _text(feet(length), (16 + end) / 2, low - 9, size=10, ink=_INK)


def _north() -> Iterator[str]:
    """Draw an arrow to the north at the upper right."""
    right = WIDE - 20
    yield _pale(right - 12, 8, 24, 44)
    yield f'<path d="M {right},14 {right + 7},34 {right},29 {right - 7},34 Z" fill="{_INK}"/>'
    yield _text("N", right, 43, size=11, ink=_INK, bold=True)

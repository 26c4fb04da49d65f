"""Draw the lines, words and marks that pictures of the ground are made of (SVG), for paper."""

import math
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import shapely

FEET = 3.28084
HALO, INK, FAINT = "#ffffff", "#1b1b1b", "#4d5560"
HALF_A_SIGN = 0.34
"""Half of how wide a sign is, in its size."""
_ROUND = (20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
_LONGEST_BAR = 110


def whole(parts: Iterator[str], *, wide: float, high: float) -> str:
    """Return a picture of some parts, on white."""
    inside = "\n".join(filter(None, parts))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" '
        f'height="{high}" font-family="Public Sans">\n'
        f'<rect x="0" y="0" width="{wide}" height="{high}" fill="{HALO}"/>\n{inside}\n</svg>\n'
    )


def path(shape: shapely.Geometry) -> str:
    """Write the lines of a shape as a path, to a tenth of a unit."""
    written = []
    for part in _simple(shape):
        rings = (part.exterior, *part.interiors) if part.geom_type == "Polygon" else (part,)
        for ring in rings:
            if ring.geom_type in {"LineString", "LinearRing"}:
                corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in ring.coords)
                closed = " Z" if ring.geom_type == "LinearRing" else ""
                written.append(f"M {corners}{closed}")
    return " ".join(written)


def _simple(shape: shapely.Geometry) -> Iterator[Any]:
    """Yield the parts of a shape, those of collections in it too."""
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.geometry.base.BaseMultipartGeometry):
            yield from _simple(part)
        else:
            yield part


def text(
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
        f'<text {common} fill="{HALO}" stroke="{HALO}" stroke-width="3">{said}</text>'
        f'<text {common} fill="{ink}">{said}</text>'
    )


def along(line: shapely.LineString) -> tuple[float, float, float]:
    """Return the middle of a line, and how words stand there upright along it, in degrees."""
    at = line.interpolate(0.5, normalized=True)
    before, after = (line.interpolate(share, normalized=True) for share in (0.4, 0.6))
    angle = math.degrees(math.atan2(after.y - before.y, after.x - before.x))
    return at.x, at.y, (angle + 90) % 180 - 90


def longest(lines: shapely.Geometry) -> shapely.LineString | None:
    """Return the longest unbroken stretch of some lines; None where there is none."""
    stretches = shapely.get_parts(shapely.line_merge(lines))
    found: shapely.LineString | None = max(stretches, key=shapely.length, default=None)
    return found


def width_of(words: str, *, size: int) -> float:
    """Return about how wide some words are."""
    return len(words) * size * 2 * HALF_A_SIGN


def flag(x: float, y: float, label: str) -> str:
    """Draw a dark flag with a label, whose foot is the place."""
    size = 10
    wide = max(16, width_of(label, size=size) + 6)
    return (
        f'<path d="M {x:.1f},{y:.1f} {x:.1f},{y - 16:.1f}" stroke="{INK}" stroke-width="1.5"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{INK}" stroke="{HALO}"/>'
        f'<rect x="{x - wide / 2:.1f}" y="{y - 30:.1f}" width="{wide:.1f}" height="15" rx="3" '
        f'fill="{INK}" stroke="{HALO}"/>'
        f'<text x="{x:.1f}" y="{y - 19:.1f}" font-size="{size}" text-anchor="middle" '
        f'font-weight="700" fill="{HALO}">{escape(label)}</text>'
    )


def _pale(x: float, y: float, wide: float, high: float) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:.1f}" height="{high:g}" fill="{HALO}"/>'


def scale(unit_m: float, feet: Callable[[int], str], *, high: float) -> Iterator[str]:
    """Draw a bar of a round length at the lower left."""
    unit_ft = unit_m * FEET
    length = max((each for each in _ROUND if each / unit_ft <= _LONGEST_BAR), default=_ROUND[0])
    end, low = 16 + length / unit_ft, high - 14
    yield _pale(8, low - 22, end, 28)
    yield (
        f'<path d="M 16,{low - 6} 16,{low} {end:.1f},{low} {end:.1f},{low - 6}" fill="none" '
        f'stroke="{INK}" stroke-width="1.5"/>'
    )
    yield text(feet(length), (16 + end) / 2, low - 9, size=10, ink=INK)


def north(*, wide: float) -> Iterator[str]:
    """Draw an arrow to the north at the upper right."""
    right = wide - 20
    yield _pale(right - 12, 8, 24, 44)
    yield f'<path d="M {right},14 {right + 7},34 {right},29 {right - 7},34 Z" fill="{INK}"/>'
    yield text("N", right, 43, size=11, ink=INK, bold=True)

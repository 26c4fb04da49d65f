"""Draw the map of an officer's day for paper: streets, the way driven and the stops, numbered."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import shapely

from geo.extent import Extent, Ground, extent_of
from geo.room import Box, Room, box_of_words
from geo.strokes import (
    FAINT,
    HALO,
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
from geo.surroundings import Road, in_mercator
from reports.routes.plan import Route

WIDE, HIGH = 720, 580
_STREETS = {1: (3.4, "#c4c8cc"), 2: (2.4, "#ccd0d4"), 3: (1.4, "#d3d7da"), 4: (0.9, "#dde0e3")}
"""How broad and how dark a street is drawn, by its rank."""
_WATER = "#e4ebf1"
_RADIUS = 9.5
_RINGS = ((0, 1), (22, 8), (36, 12), (52, 16), (72, 20), (96, 24))
"""How far from its place a number is tried, in how many directions."""
_ARROW_EVERY = 90
_NAME_SIZE = 9


def extent_of_day(route: Route) -> Extent:
    """Return the ground of a day: its stops, its ends and the way between them."""
    points = [(place.lon, place.lat) for place in route.places]
    bounds = [drive.line.bounds for drive in route.drives]
    points += [corner for west, south, east, north in bounds
               for corner in ((west, south), (east, north))]  # fmt: skip
    return extent_of(points, wide=WIDE, high=HIGH)


def draw_day(
    route: Route,
    ground: Ground,
    extent: Extent,
    *,
    feet: Callable[[int], str],
    words: Mapping[str, str],
) -> str:
    """Return the picture (SVG), readable in black and white.

    Parameters
    ----------
    feet
        Writes a distance in the reader's language, for the scale.
    words
        What the ends are called: ``start``, ``end`` and ``both`` where they are one place.
    """
    room = Room(WIDE, HIGH)
    numbers, ends = list(_numbers(route, extent, room)), list(_ends(route, extent, room, words))
    parts = [
        *(_filled(extent.brought(each)) for each in ground.water),
        *(_street(extent.brought(each.shape), each.rank) for each in ground.roads),
        *_names(ground.roads, extent, room),
        *_way(route, extent),
        *numbers,
        *ends,
        *scale(extent.unit_m, feet, high=HIGH),
        *north(wide=WIDE),
    ]
    return whole(iter(parts), wide=WIDE, high=HIGH)


def _numbers(route: Route, extent: Extent, room: Room) -> Iterator[str]:
    """Draw the number of each stop at its place, or as near to it as there is room."""
    places = [extent.place(visit.stop.lon, visit.stop.lat) for visit in route.visits]
    numbers = []
    for order, (x, y) in enumerate(places, start=1):
        at = next((spot for spot in _around(x, y) if room.is_free(_about(*spot))), (x, y))
        room.take(_about(*at))
        if at != (x, y):
            yield (
                f'<path d="M {x:.1f},{y:.1f} {at[0]:.1f},{at[1]:.1f}" stroke="{INK}" '
                f'stroke-width="1"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{INK}" '
                f'stroke="{HALO}"/>'
            )
        numbers.append(_numbered(*at, order))
    yield from numbers


def _around(x: float, y: float) -> Iterator[tuple[float, float]]:
    for far, ways in _RINGS:
        for way in range(ways):
            turn = 2 * math.pi * way / ways
            yield x + far * math.cos(turn), y + far * math.sin(turn)


def _about(x: float, y: float) -> Box:
    return (x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS)


def _numbered(x: float, y: float, number: int) -> str:
    size = 11 if number < 100 else 9  # noqa: PLR2004 - three digits
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS}" fill="{HALO}" stroke="{INK}" '
        f'stroke-width="1.8"/><text x="{x:.1f}" y="{y + size * 0.36:.1f}" font-size="{size}" '
        f'text-anchor="middle" font-weight="700" fill="{INK}">{number}</text>'
    )


def _ends(
    route: Route, extent: Extent, room: Room, words: Mapping[str, str]
) -> Iterator[str]:  # fmt: skip
    start, end = route.shift.start_place, route.shift.end_place
    if (start.lon, start.lat) == (end.lon, end.lat):
        named = [(start, words["both"])]
    else:
        named = [(start, words["start"]), (end, words["end"])]
    for place, said in named:
        x, y = extent.place(place.lon, place.lat)
        half = width_of(said, size=10) / 2 + 3
        room.take((x - half, y - 31, x + half, y + 3))
        yield flag(min(max(x, half), WIDE - half), max(y, 32), said)


def _way(route: Route, extent: Extent) -> Iterator[str]:
    """Draw the way driven, dark on a pale rim, with arrows along it."""
    lines = [extent.brought(_mercator(drive.line)) for drive in route.drives]
    drawn = " ".join(path(each) for each in lines)
    yield _stroke(drawn, HALO, 5)
    yield _stroke(drawn, INK, 2.2)
    gone = float(_ARROW_EVERY) / 2
    for line in lines:
        while gone < line.length:
            yield _arrow(line, gone)
            gone += _ARROW_EVERY
        gone -= line.length


def _mercator(line: shapely.LineString) -> shapely.LineString:
    return shapely.LineString([in_mercator(lon, lat) for lon, lat in line.coords])


def _arrow(line: shapely.LineString, at: float) -> str:
    here, ahead = line.interpolate(at), line.interpolate(min(at + 4, line.length))
    turn = math.degrees(math.atan2(ahead.y - here.y, ahead.x - here.x))
    return (
        f'<path d="M 5,0 -4,-4.5 -2,0 -4,4.5 Z" fill="{INK}" stroke="{HALO}" stroke-width="0.8" '
        f'transform="translate({here.x:.1f} {here.y:.1f}) rotate({turn:.0f})"/>'
    )


def _stroke(drawn: str, ink: str, width: float) -> str:
    return (
        f'<path d="{drawn}" fill="none" stroke="{ink}" stroke-width="{width}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _street(shape: shapely.Geometry, rank: int) -> str:
    drawn = path(shape)
    width, ink = _STREETS[rank]
    return drawn and _stroke(drawn, ink, width)


def _filled(shape: shapely.Geometry) -> str:
    drawn = path(shape)
    return drawn and f'<path d="{drawn}" fill="{_WATER}" fill-rule="evenodd"/>'


def _names(roads: Sequence[Road], extent: Extent, room: Room) -> Iterator[str]:
    """Name the streets that have room for it, the wider and the longer first, each once."""
    stretches: list[tuple[int, float, str, Any]] = []
    frame = shapely.box(0, 0, WIDE, HIGH)
    for each in roads:
        stretch = longest(shapely.intersection(extent.brought(each.shape), frame))
        if each.name and stretch is not None:
            stretches.append((each.rank, -stretch.length, each.name, stretch))
    named: set[str] = set()
    for _rank, length, name, stretch in sorted(stretches, key=lambda one: one[:3]):
        wide = width_of(name, size=_NAME_SIZE)
        if name in named or -length < wide:
            continue
        x, y, angle = along(stretch)
        box = box_of_words(x, y, wide=wide, high=_NAME_SIZE, angle=angle)
        if room.is_free(box):
            named.add(name)
            room.take(box)
            yield text(name, x, y, size=_NAME_SIZE, ink=FAINT, angle=angle)

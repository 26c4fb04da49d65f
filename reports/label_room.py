"""Find room for names on a map, so that none lies over another."""

import dataclasses
import math
from collections.abc import Iterable, Sequence

import shapely

EARTH_M = 2 * 20037508.342789244
TILE_PX = 256
ZOOMS = range(10, 18)
LETTER_PX = 6.4
HEIGHT_PX = 15.0
BOLDER = 1.25
MOST_NAMES = 1000


@dataclasses.dataclass(frozen=True, slots=True)
class Name:
    """A name that asks for room.

    Parameters
    ----------
    text, kind
        What to write, and "zone" or "street".
    rank
        Who chooses first: 0 zones, then streets from the widest, 1.
    place
        Where its middle goes, in EPSG:3857.
    angle
        Degrees clockwise from upright.
    room
        How long it may be, in metres of EPSG:3857; infinite for a zone's name.
    """

    text: str
    kind: str
    rank: int
    place: shapely.Point
    angle: float = 0.0
    room: float = math.inf


def along(line: shapely.LineString, *, text: str, rank: int) -> Name:
    """Lay a street's name on the middle of a line (EPSG:3857), never upside down."""
    middle = line.interpolate(0.5, normalized=True)
    before, after = (line.interpolate(share, normalized=True) for share in (0.45, 0.55))
    turned = math.degrees(math.atan2(before.y - after.y, after.x - before.x))
    upright = (turned + 90) % 180 - 90
    return Name(text, "street", rank, middle, round(upright, 1), line.length)


def first_zooms(names: Iterable[Name]) -> list[tuple[Name, int]]:
    """Give each name the first zoom at which it fits its line and overlaps no other name.

    Lower ranks choose first, longer lines among equals. A name that finds no room at the closest
    zoom is left out, and so are those beyond `MOST_NAMES`. Names stay where they are when the map
    is zoomed in, so what has room at one zoom has room at all closer ones.
    """
    waiting = sorted(names, key=lambda name: (name.rank, -name.room, name.text))[:MOST_NAMES]
    placed: list[tuple[Name, int]] = []
    for zoom in ZOOMS:
        pixel = EARTH_M / TILE_PX / 2**zoom
        boxes = [_box(name, pixel=pixel) for name, _ in placed]
        left = []
        for name in waiting:
            box = _box(name, pixel=pixel)
            if name.room > _width(name) * pixel and not _overlaps(box, boxes):
                placed.append((name, zoom))
                boxes.append(box)
            else:
                left.append(name)
        waiting = left
    return placed


def _width(name: Name) -> float:
    return len(name.text) * LETTER_PX * (BOLDER if name.kind == "zone" else 1)


def _box(name: Name, *, pixel: float) -> shapely.Polygon:
    across, up = _width(name) * pixel / 2, HEIGHT_PX * pixel / 2
    turn = math.radians(-name.angle)
    along_x, along_y = across * math.cos(turn), across * math.sin(turn)
    up_x, up_y = -up * math.sin(turn), up * math.cos(turn)
    x, y = name.place.x, name.place.y
    return shapely.Polygon(
        (x + side * along_x + top * up_x, y + side * along_y + top * up_y)
        for side, top in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    )


def _overlaps(box: shapely.Polygon, boxes: Sequence[shapely.Polygon]) -> bool:
    return bool(boxes) and bool(shapely.intersects(boxes, box).any())

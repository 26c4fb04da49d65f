"""Draw the town on paper: its parks and water, its streets, its zones and their names."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape as read_shape
from shapely.geometry.base import BaseGeometry

from geo.crs import EARTH_RADIUS_M
from geo.extent import Extent
from geo.room import Room, box_of_words
from geo.strokes import path, text
from reports.answers.drawing.lettering import width_of
from reports.backdrop import AREA_COLORS, STREET_WIDTHS, Backdrop, Feature
from reports.label_room import EARTH_M, TILE_PX

LAND, CASING, STREET, ZONE, NAME = "#f3f0ea", "#bfb8aa", "#ffffff", "#16294d", "#3d4043"
FINEST = 0.35
"""What is smaller than so many units of the picture is left out of a line."""
_USUAL_ZOOM, _GROWTH, _LEAST, _MOST = 15, 0.8, -1.6, 2.0
_NAME_SIZE, _ZONE_SIZE = 9, 11
_SMALLEST_STREET = 0.35


class OnPaper:
    """Brings GeoJSON shapes (EPSG:4326) into a picture.

    Parameters
    ----------
    extent
        The stretch of ground, and the size of the picture.
    """

    def __init__(self, extent: Extent) -> None:
        self.extent = extent
        self.frame = shapely.box(0, 0, extent.wide, extent.high)

    @property
    def zoom(self) -> float:
        """The web map's zoom at which a pixel is as large as a unit of the picture."""
        return math.log2(EARTH_M / TILE_PX / self.extent.unit)

    def brought(self, geometry: Any) -> BaseGeometry:
        """Return a shape in the picture, whole."""
        moved: BaseGeometry = shapely.transform(read_shape(geometry), self._moved)
        return moved

    def seen(self, geometry: Any) -> BaseGeometry:
        """Return what is seen of a shape, as coarse as the picture shows it."""
        moved = self.brought(geometry)
        if not _touches(moved.bounds, self.extent):
            return shapely.GeometryCollection()
        simple: BaseGeometry = shapely.simplify(moved, FINEST, preserve_topology=False)
        if _is_within(simple.bounds, self.extent):
            return simple
        if not shapely.is_valid(simple):  # made coarser, a ring may cross itself
            simple = shapely.make_valid(simple)
        wide, high = self.extent.wide, self.extent.high
        seen: BaseGeometry = shapely.clip_by_rect(simple, 0, 0, wide, high)
        return seen

    def _moved(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        x0, y0 = self.extent.centre
        x = np.radians(lonlat[:, 0]) * EARTH_RADIUS_M
        y = np.log(np.tan(math.pi / 4 + np.radians(lonlat[:, 1]) / 2)) * EARTH_RADIUS_M
        across, up = (x - x0) / self.extent.unit, (y - y0) / self.extent.unit
        moved: NDArray[np.float64] = np.column_stack(
            [self.extent.wide / 2 + across, self.extent.high / 2 - up]
        )
        return moved


def _touches(bounds: tuple[float, float, float, float], extent: Extent) -> bool:
    west, top, east, low = bounds
    return west <= extent.wide and top <= extent.high and east >= 0 and low >= 0


def _is_within(bounds: tuple[float, float, float, float], extent: Extent) -> bool:
    west, top, east, low = bounds
    return west >= 0 and top >= 0 and east <= extent.wide and low <= extent.high


def draw_ground(backdrop: Backdrop, paper: OnPaper) -> str:
    """Draw what lies beneath the layers."""
    extent = paper.extent
    parts = [f'<rect width="{extent.wide}" height="{extent.high}" fill="{LAND}"/>']
    for area in backdrop.areas:
        drawn = path(paper.seen(area["geometry"]))
        if drawn:
            parts.append(
                f'<path d="{drawn}" fill="{AREA_COLORS[area["properties"]["kind"]]}" '
                'fill-rule="evenodd"/>'
            )
    streets = [(each["properties"]["rank"], path(paper.seen(each["geometry"])))
               for each in backdrop.streets]  # fmt: skip
    for color, more in ((CASING, 1.2), (STREET, 0.0)):
        parts += [_street(drawn, rank, color, more, paper.zoom) for rank, drawn in streets if drawn]
    return "".join(parts)


def _street(drawn: str, rank: int, color: str, more: float, zoom: float) -> str:
    grown = min(max((zoom - _USUAL_ZOOM) * _GROWTH, _LEAST), _MOST)
    width = max((STREET_WIDTHS[rank] + more) * 2**grown, _SMALLEST_STREET)
    return (
        f'<path d="{drawn}" fill="none" stroke="{color}" stroke-width="{width:.2f}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def draw_zones(backdrop: Backdrop, paper: OnPaper) -> str:
    """Draw the officers' zones over the layers."""
    drawn = [path(paper.seen(each["geometry"])) for each in backdrop.zones]
    return "".join(
        f'<path d="{each}" fill="none" stroke="{ZONE}" stroke-width="1.4" stroke-opacity="0.75" '
        'stroke-dasharray="6 4"/>'
        for each in drawn if each
    )  # fmt: skip


def draw_names(backdrop: Backdrop, paper: OnPaper, room: Room) -> Iterator[str]:
    """Write the names that have room at this scale, those of zones first."""
    for label in sorted(backdrop.labels, key=_is_street):
        said = label["properties"]
        is_zone = said["kind"] == "zone"
        if said["from_zoom"] > paper.zoom + 0.5 and not is_zone:
            continue
        size = _ZONE_SIZE if is_zone else _NAME_SIZE
        x, y = _place(paper, label)
        wide = width_of(said["text"], size=size) * (1.08 if is_zone else 1) + 4
        box = box_of_words(x, y, wide=wide, high=size + 3, angle=said["angle"])
        if room.is_free(box):
            room.take(box)
            yield text(said["text"], x, y, size=size, ink=ZONE if is_zone else NAME,
                       angle=said["angle"], bold=is_zone)  # fmt: skip


def _is_street(label: Feature) -> bool:
    return bool(label["properties"]["kind"] == "street")


def _place(paper: OnPaper, label: Feature) -> tuple[float, float]:
    lon, lat = label["geometry"]["coordinates"][:2]
    return paper.extent.place(lon, lat)


def bounds_of(backdrop: Backdrop) -> Sequence[float] | None:
    """Return the corners of the town in degrees; None where nothing of it is drawn."""
    features = [*backdrop.areas, *backdrop.streets, *backdrop.zones]
    if not features:
        return None
    shapes = [read_shape(each["geometry"]) for each in features]
    return [float(each) for each in shapely.total_bounds(np.array(shapes, dtype=object))]

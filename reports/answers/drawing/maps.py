"""Draw the maps of an answer for paper: the town, a layer over it, and what its colours mean."""

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from geo.extent import extent_of
from geo.room import Room
from geo.strokes import north, scale
from reports.answers.answer import Answer, Layer, Look
from reports.answers.cells import plain
from reports.answers.drawing.ground import (
    OnPaper,
    bounds_of,
    draw_ground,
    draw_names,
    draw_zones,
)
from reports.answers.drawing.legends import legend, stacked
from reports.answers.drawing.lettering import FONTS, text, width_of
from reports.answers.drawing.palette import HALO, INK
from reports.answers.drawing.shapes import draw_layer, size_on_paper
from reports.backdrop import Backdrop

MOST_MAPS, MOST_MOMENTS = 6, 4
FILLS = frozenset({Look.AREAS, Look.PICTURE})
"""What covers the ground, so that one hides another."""


@dataclass(frozen=True, slots=True)
class View:
    """What one map of an answer shows: its layers, and the moment of those that have times."""

    layers: Sequence[Layer]
    at: int | None = None

    @property
    def titles(self) -> str:
        """What it is called: the layers, and the moment."""
        named = ", ".join(plain(each.title) for each in self.layers)
        return f"{named}: {self.moment}" if self.moment else named

    @property
    def moment(self) -> str:
        """The name of its moment; "" where it has none."""
        times = next((each.times for each in self.layers if each.times), ())
        return plain(times[self.at]) if times and self.at is not None else ""


@dataclass(frozen=True, slots=True)
class Map:
    """A map as it is drawn.

    Parameters
    ----------
    svg
        The picture.
    pictures
        Those it holds, by the names in their addresses.
    """

    view: View
    svg: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def views_of(answer: Answer) -> list[View]:
    """Return the maps that an answer has on paper.

    One for each layer that covers the ground, with the marks that are shown over it; of those that
    are not shown one each; of a layer with times up to four moments of it alone, from the first to
    the last.
    """
    fills = [each for each in answer.layers if each.look in FILLS]
    marks = [each for each in answer.layers if each.look not in FILLS]
    over = [each for each in marks if each.shown and not each.times]
    apart = [each for each in marks if each.times or not each.shown]
    together = [each for each in fills if each.shown and not each.times]
    views = [View([*together, *over])] if len(together) > 1 else []
    for each in fills:
        if each not in together or len(together) == 1:
            views += _moments(each, over)
    if not fills and over:
        views.append(View(over))
    for each in apart:
        views += _moments(each, [])
    return views[:MOST_MAPS]


def _moments(layer: Layer, over: Sequence[Layer]) -> Iterator[View]:
    count = len(layer.times)
    if not count:
        yield View([layer, *over])
        return
    many = min(count, MOST_MOMENTS)
    for at in sorted({round(each * (count - 1) / max(many - 1, 1)) for each in range(many)}):
        yield View([layer], at)


class Maps:
    """Draws the maps of an answer, all of one stretch of ground.

    Parameters
    ----------
    feet
        Writes a distance in the reader's language, for the scale.
    address
        Makes the address of a picture of its name.
    wide, high
        Of the ground in each picture; its legend is below.
    """

    def __init__(
        self, answer: Answer, backdrop: Backdrop, *, feet: Callable[[int], str],
        address: Callable[[str], str], wide: int = 720, high: int = 520,
    ) -> None:  # fmt: skip
        corners = corners_of(answer, backdrop)
        west, south, east, upper = corners
        self._paper = OnPaper(extent_of([(west, south), (east, upper)], wide=wide, high=high))
        self._backdrop, self._feet, self._address = backdrop, feet, address
        self._wide, self._high = wide, high

    @cached_property
    def _ground(self) -> str:
        return draw_ground(self._backdrop, self._paper)

    @cached_property
    def _over(self) -> str:
        """Return the zones, the names, the scale and the arrow, which each map has alike."""
        room = Room(self._wide, self._high, [(0, 0, 140, 30)])
        return "".join([
            draw_zones(self._backdrop, self._paper),
            *draw_names(self._backdrop, self._paper, room),
            *scale(self._paper.extent.unit_m, self._feet, high=self._high),
            *north(wide=self._wide),
        ])  # fmt: skip

    def draw(self, view: View, *, key: str) -> Map:
        """Draw a map.

        Parameters
        ----------
        key
            By which its pictures are named; another for each map.
        """
        pictures: dict[str, bytes] = {}
        drawn = []
        for at, layer in enumerate(view.layers):
            name = f"{key}-{at}.png"
            if layer.picture is not None:
                pictures[name] = png_of(layer.picture.url)
            address = self._address(name) if layer.picture else ""
            drawn.append(draw_layer(layer, self._paper, at=view.at, picture=address))
        legends = [
            legend(each, wide=self._wide, size=size_on_paper(each, self._paper))
            for each in view.layers
        ]
        below = stacked(legends, x=0, y=self._high + 8)
        inside = "".join([
            self._clip(), self._ground, *drawn, self._over, *_moment(view.moment), self._frame(),
            *below.parts,
        ])  # fmt: skip
        return Map(view, self._whole(inside, high=self._high + 8 + below.high), pictures)

    def _clip(self) -> str:
        inside = f'<rect width="{self._wide}" height="{self._high}"/>'
        return f'<clipPath id="frame">{inside}</clipPath>'

    def _frame(self) -> str:
        return (
            f'<rect x="0.5" y="0.5" width="{self._wide - 1}" height="{self._high - 1}" '
            'fill="none" stroke="#8d9297"/>'
        )

    def _whole(self, inside: str, *, high: float) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self._wide} {high:.0f}" '
            f'width="{self._wide}" height="{high:.0f}" font-family="{FONTS}" '
            f'color="{INK}">{inside}</svg>'
        )


def png_of(url: str) -> bytes:
    """Return the bytes of a picture that a ``data:`` address holds."""
    return base64.b64decode(url.partition(",")[2])


def _moment(words: str) -> Iterator[str]:
    if words:
        wide = width_of(words, size=14) + 16
        yield f'<rect width="{wide:.0f}" height="26" fill="{HALO}" stroke="#8d9297"/>'
        yield text(words, 8, 18, size=14, bold=True)


def corners_of(answer: Answer, backdrop: Backdrop) -> Sequence[float]:
    """Return west, south, east, north of what the maps show."""
    if answer.extent is not None:
        return answer.extent
    return bounds_of(backdrop) or layers_bounds(answer.layers) or (-0.01, -0.01, 0.01, 0.01)


def layers_bounds(layers: Sequence[Layer]) -> Sequence[float] | None:
    """Return the corners of what some layers show, in degrees; None where they show nothing."""
    corners = [bounds for each in layers for bounds in _bounds(each)]
    if not corners:
        return None
    west, south, east, upper = zip(*corners, strict=True)
    return min(west), min(south), max(east), max(upper)


def _bounds(layer: Layer) -> Iterator[Sequence[float]]:
    if layer.picture is not None:
        yield layer.picture.bounds
    for each in layer.features:
        places = list(_places(each["geometry"]["coordinates"]))
        lons, lats = zip(*places, strict=True)
        yield min(lons), min(lats), max(lons), max(lats)


def _places(coordinates: Sequence[object]) -> Iterator[tuple[float, float]]:
    first = coordinates[0]
    if isinstance(first, int | float):
        yield float(first), float(coordinates[1])  # type: ignore[arg-type]
        return
    for each in coordinates:
        yield from _places(each)  # type: ignore[arg-type]

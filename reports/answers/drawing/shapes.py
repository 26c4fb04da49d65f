"""Draw what a layer shows on paper: discs, areas, outlines, a painted surface."""

import math
from collections.abc import Iterator, Sequence

import shapely

from geo.strokes import path
from reports.answers.answer import Feature, Layer, Look
from reports.answers.drawing.ground import OnPaper
from reports.answers.drawing.palette import FORMS, INK, Mark, mark_at, marks_of, outline

AREA_OPACITY, DISC_OPACITY = 0.72, 0.85
_SEPARATE = 4000
"""So many discs each have a rim over those below; more are drawn together, which is quicker."""
_COVERED, _SMALLEST = 0.12, 0.45


def draw_layer(layer: Layer, paper: OnPaper, *, at: int | None = None, picture: str = "") -> str:
    """Draw a layer.

    Parameters
    ----------
    at
        The moment that is shown, of a layer with times.
    picture
        The address of its picture.
    """
    shown = features_at(layer, at)
    match layer.look:
        case Look.PICTURE:
            return _picture(layer, paper, picture)
        case Look.DISCS:
            return "".join(_discs(layer, shown, paper))
    return "".join(_areas(layer, shown, paper))


def features_at(layer: Layer, at: int | None) -> Sequence[Feature]:
    """Return the features of a moment; all of them where the layer has none."""
    if not layer.times or at is None:
        return layer.features
    return [each for each in layer.features if each["properties"].get("at") == at]


def size_on_paper(layer: Layer, paper: OnPaper) -> float:
    """Return by how much discs are drawn smaller than on a screen, which can be zoomed into.

    Together they cover no more than a part of the picture, unless they would be too small to see.
    """
    if layer.look is not Look.DISCS:
        return 1.0
    marks = marks_of(layer)
    covered = sum(math.pi * _radius(each, marks) ** 2 for each in layer.features)
    room = _COVERED * paper.extent.wide * paper.extent.high
    return max(min(1.0, math.sqrt(room / covered)), _SMALLEST) if covered else 1.0


def _radius(feature: Feature, marks: Sequence[Mark]) -> float:
    said = feature["properties"]
    return float(said.get("radius", mark_at(marks, said.get("step")).radius))


def _discs(layer: Layer, shown: Sequence[Feature], paper: OnPaper) -> Iterator[str]:
    marks, grown = marks_of(layer), size_on_paper(layer, paper)
    seen = []
    for each in shown:
        place = paper.brought(each["geometry"]).centroid
        if paper.frame.contains(place):
            mark = mark_at(marks, each["properties"].get("step"))
            seen.append((_radius(each, marks) * grown, mark, place.x, place.y))
    seen.sort(key=lambda one: -one[0])  # the small ones over the large
    if len(seen) <= _SEPARATE:
        yield from (disc(mark, x, y, radius) for radius, mark, x, y in seen)
        return
    by_mark: dict[Mark, list[str]] = {}
    for radius, mark, x, y in seen:
        by_mark.setdefault(mark, []).append(outline(mark.form, x, y, radius))
    for mark, drawn in by_mark.items():
        yield f'<path d="{" ".join(drawn)}" fill="{mark.color}" fill-opacity="0.6"/>'


def disc(mark: Mark, x: float, y: float, radius: float, *, rim: str = "") -> str:
    """Draw a mark about a place.

    Parameters
    ----------
    rim
        Another colour of its rim than on the map.
    """
    width = min(mark.rim_width, radius / 4)
    how = (
        f'fill="{mark.color}" fill-opacity="{DISC_OPACITY}" stroke="{rim or mark.rim}" '
        f'stroke-width="{width:.2f}"'
    )
    if mark.form == FORMS[0]:  # which paper sets in half the time of a path
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {how}/>'
    rule = ' fill-rule="evenodd"' if mark.form == FORMS[-1] else ""
    return f'<path d="{outline(mark.form, x, y, radius)}" {how}{rule}/>'


def _areas(layer: Layer, shown: Sequence[Feature], paper: OnPaper) -> Iterator[str]:
    """Draw the areas of a step as one path, which paper sets in a fraction of the time."""
    marks = marks_of(layer)
    by_mark: dict[Mark, list[str]] = {}
    for each in shown:
        seen = paper.seen(each["geometry"])
        drawn = path(shapely.orient_polygons(seen) if not seen.is_empty else seen)
        if drawn:
            mark = mark_at(marks, each["properties"].get("step"))
            by_mark.setdefault(mark, []).append(drawn)
    for mark, parts in by_mark.items():
        yield f'<path d="{" ".join(parts)}" {area_strokes(mark, layer.look)}/>'


def area_strokes(mark: Mark, look: Look) -> str:
    """Return how an area of a mark is filled and outlined."""
    dashes = " ".join(f"{each:g}" for each in mark.dashes)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    if look is Look.OUTLINES:
        return f'fill="none" stroke="{mark.color}" stroke-width="2.6"{dashed}'
    width = 1.2 if dashes else 0.5
    return (
        f'fill="{mark.color}" fill-opacity="{AREA_OPACITY}" stroke="{INK}" '
        f'stroke-opacity="0.6" stroke-width="{width}"{dashed}'
    )


def _picture(layer: Layer, paper: OnPaper, address: str) -> str:
    if layer.picture is None or not address:
        return ""
    west, south, east, north = layer.picture.bounds
    left, top = paper.extent.place(west, north)
    right, low = paper.extent.place(east, south)
    return (
        f'<image href="{address}" x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
        f'height="{low - top:.1f}" preserveAspectRatio="none" clip-path="url(#frame)"/>'
    )

"""Draw what a layer shows on paper: discs, areas, outlines, a painted surface."""

from collections.abc import Iterator, Sequence

import shapely

from geo.strokes import path
from reports.answers.answer import Feature, Layer, Look
from reports.answers.drawing.ground import OnPaper
from reports.answers.drawing.palette import INK, Mark, mark_at, marks_of, outline

AREA_OPACITY, DISC_OPACITY = 0.72, 0.85
_SEPARATE = 600
"""So many discs each have a rim over those below; more are drawn together."""


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


def _discs(layer: Layer, shown: Sequence[Feature], paper: OnPaper) -> Iterator[str]:
    marks = marks_of(layer)
    drawn = []
    for each in shown:
        place = paper.brought(each["geometry"]).centroid
        if not paper.frame.contains(place):
            continue
        said = each["properties"]
        mark = mark_at(marks, said.get("step"))
        radius = float(said.get("radius", mark.radius))
        drawn.append((radius, mark, outline(mark.form, place.x, place.y, radius)))
    drawn.sort(key=lambda one: -one[0])
    if len(drawn) <= _SEPARATE:
        yield from (_disc(mark, disc) for _radius, mark, disc in drawn)
        return
    by_mark: dict[Mark, list[str]] = {}
    for _radius, mark, disc in drawn:
        by_mark.setdefault(mark, []).append(disc)
    yield from (_disc(mark, " ".join(discs)) for mark, discs in by_mark.items())


def _disc(mark: Mark, drawn: str) -> str:
    return (
        f'<path d="{drawn}" fill="{mark.color}" fill-opacity="{DISC_OPACITY}" '
        f'fill-rule="{"evenodd" if mark.form == "ring" else "nonzero"}" '
        f'stroke="{mark.rim}" stroke-width="{mark.rim_width}"/>'
    )


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

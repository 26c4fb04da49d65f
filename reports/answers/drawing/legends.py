"""Draw what the colours and the sizes of a layer stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reports.answers.answer import Layer, Look
from reports.answers.cells import plain
from reports.answers.drawing.frame import Drawn
from reports.answers.drawing.lettering import SMALL, flowed, shortened, text, width_of
from reports.answers.drawing.palette import HALO, Mark, marks_of, parts_of
from reports.answers.drawing.shapes import area_strokes, disc

RAMP_HIGH = 12.0
_RAMP_SHARE, _LONGEST_RAMP = 0.7, 360.0
_APART, _BOX, _SLICES = 18.0, 22.0, 60


def heading_of(layer: Layer) -> str:
    """Return the words over a legend: the layer's title, and its unit where that is another."""
    title, unit = plain(layer.title), plain(layer.unit)
    return f"{title}, {unit}" if unit and unit.casefold() not in title.casefold() else title


def legend(layer: Layer, *, wide: float, size: float = 1.0) -> Drawn:
    """Draw a legend with its words, for paper.

    Parameters
    ----------
    size
        How large its discs are beside those of a screen.
    """
    parts = [text(shortened(heading_of(layer), wide, size=SMALL), 0, 11, size=SMALL, bold=True)]
    if not layer.legend:
        return Drawn(parts, 18)
    if layer.look is Look.PICTURE:
        long = min(wide * _RAMP_SHARE, _LONGEST_RAMP)
        parts.append(_moved(ramp(layer, wide=long), 0, 18))
        parts += _ramp_words(layer, long=long, y=18 + RAMP_HIGH + 13)
        return Drawn(parts, 18 + RAMP_HIGH + 20)
    marks = [replace(each, radius=each.radius * size) for each in marks_of(layer)]
    return _steps(layer, marks, parts, wide=wide)


def _steps(layer: Layer, marks: list[Mark], parts: list[str], *, wide: float) -> Drawn:
    sizes = [swatch_size(mark, layer.look) for mark in marks]
    names = [shortened(each.words, wide / 2, size=SMALL) for each in layer.legend]
    widths = [
        size + 6 + width_of(name, size=SMALL) for size, name in zip(sizes, names, strict=True)
    ]
    high = max([*sizes, 14.0]) + 4
    lines = 0
    for mark, size, name, (x, line) in zip(
        marks, sizes, names, flowed(widths, wide=wide, apart=_APART), strict=True
    ):
        middle = 18 + high * (line + 0.5)
        parts.append(_moved(swatch(mark, layer.look), x, middle - size / 2))
        parts.append(text(name, x + size + 6, middle + 4, size=SMALL))
        lines = line + 1
    return Drawn(parts, 18 + high * lines + 4)


def swatch_size(mark: Mark, look: Look) -> float:
    """Return how wide and high the piece of a legend is."""
    return 2.6 * mark.radius + 4 if look is Look.DISCS else _BOX


def swatch(mark: Mark, look: Look) -> str:
    """Draw the piece of a legend that one step stands for, from its upper left corner."""
    if look is Look.DISCS:
        middle = swatch_size(mark, look) / 2
        rim = mark.color if mark.rim == HALO else ""  # a pale one is seen on other discs alone
        return disc(mark, middle, middle, mark.radius, rim=rim)
    return f'<rect x="1" y="4" width="20" height="14" {area_strokes(mark, look)}/>'


def ramp(layer: Layer, *, wide: float) -> str:
    """Draw the run of a painted surface's colours, from low to high."""
    one = wide / _SLICES
    slices = "".join(
        f'<rect x="{at * one:.2f}" y="0" width="{one + (at < _SLICES - 1):.2f}" '
        f'height="{RAMP_HIGH:g}" fill="{_between(layer, (at + 0.5) / _SLICES)}"/>'
        for at in range(_SLICES)
    )
    frame = 'fill="none" stroke="#8a8a8a" stroke-width="1"'
    return f'{slices}<rect x="0" y="0" width="{wide:g}" height="{RAMP_HIGH:g}" {frame}/>'


def _between(layer: Layer, share: float) -> str:
    """Return the colour at a share of the run, straight between those of the steps."""
    steps = [parts_of(each.color) for each in layer.legend]
    at = share * (len(steps) - 1)
    low = min(int(at), len(steps) - 1)
    high = min(low + 1, len(steps) - 1)
    pairs = zip(steps[low], steps[high], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * (at - low)):02x}" for a, b in pairs)


def ramp_places(layer: Layer) -> list[float]:
    """Return where along the run each step is, 0 to 1."""
    last = max(len(layer.legend) - 1, 1)
    return [at / last for at in range(len(layer.legend))]


def _ramp_words(layer: Layer, *, long: float, y: float) -> Iterator[str]:
    places = ramp_places(layer)
    free = -1.0
    for step, share in zip(layer.legend, places, strict=True):
        wide = width_of(step.words, size=SMALL)
        left = min(max(share * long - wide / 2, 0), long - wide)
        if left >= free:
            yield text(step.words, left + wide / 2, y, anchor="middle", size=SMALL)
            free = left + wide + 6


def _moved(drawn: str, x: float, y: float) -> str:
    return f'<g transform="translate({x:.1f} {y:.1f})">{drawn}</g>'


def stacked(legends: Sequence[Drawn], *, x: float, y: float) -> Drawn:
    """Lay legends below one another."""
    parts, down = [], y
    for each in legends:
        parts.append(_moved("".join(each.parts), x, down))
        down += each.high + 4
    return Drawn(parts, down - y)

"""Draw what is around the values of a chart: its axes, and which series is which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.answers.drawing.lettering import SMALL, flowed, lines_of, shortened, text, width_of
from reports.answers.drawing.palette import Hand, outline
from reports.answers.drawing.scales import Scale
from reports.answers.drawing.series import Series

LINE = 16.0
"""How high a line of words is."""
_SWATCH, _APART = 26.0, 18.0
_MARK = 4.0
_NAMES_SHARE = 0.42


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of a chart: its parts, how high they are, and what it left out, in words."""

    parts: Sequence[str]
    high: float
    note: str = ""


def grid(x: Scale, y: Scale, *, upright: bool) -> Iterator[str]:
    """Draw a faint line for each tick of the values, a plain one at nothing.

    Parameters
    ----------
    upright
        Whether the values stand up, so that the lines lie.
    """
    of = y if upright else x
    for value, _words in of.ticks:
        at = of.place(value)
        ends = (x.start, at, x.end, at) if upright else (at, y.start, at, y.end)
        opacity = "0.7" if value == 0 else "0.15"
        yield line(ends, f'stroke="currentColor" stroke-opacity="{opacity}" stroke-width="1"')


def line(ends: tuple[float, float, float, float], how: str) -> str:
    """Draw a straight line."""
    x1, y1, x2, y2 = ends
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {how}/>'


def left_words(scale: Scale, *, right: float) -> Iterator[str]:
    """Write the ticks of an axis at the left, their ends at a place."""
    for value, words in scale.ticks:
        yield text(words, right, scale.place(value) + 4, anchor="end", size=SMALL, faint=True)


def name_room(names: Sequence[str], *, wide: float) -> float:
    """Return how much room names have that stand to the left of their values."""
    return min(max((width_of(each) for each in names), default=0) + 10, wide * _NAMES_SHARE)


def row_high(names: Sequence[str], *, room: float, series: int) -> float:
    """Return how high a line of values is: higher where a name needs two."""
    tall = any(width_of(each) > room - 10 for each in names)
    return max(30.0 if tall else 22.0, 11.0 * series + 8)


def names_beside(names: Sequence[str], *, row: float, room: float) -> Iterator[str]:
    """Write names to the left of their values, in two lines where one has no room for it."""
    for at, name in enumerate(names):
        lines = lines_of(name, room - 10)
        middle = row * (at + 0.5) + 4 - 6.5 * (len(lines) - 1)
        for down, words in enumerate(lines):
            yield text(words, room - 8, middle + 13 * down, anchor="end")


def low_words(
    ticks: Sequence[tuple[float, str]], *, y: float, between: tuple[float, float]
) -> Iterator[str]:
    """Write words below an axis about their places, those alone that have room.

    Parameters
    ----------
    ticks
        A place and its words each, from left to right.
    between
        How far they may reach.
    """
    free = between[0]
    for x, words in ticks:
        wide = width_of(words, size=SMALL)
        left = min(max(x - wide / 2, between[0]), between[1] - wide)
        if left >= free:
            yield text(words, left + wide / 2, y, anchor="middle", size=SMALL, faint=True)
            yield line((x, y - 15, x, y - 11), 'stroke="currentColor" stroke-opacity="0.5"')
            free = left + wide + 8


def key(series: Sequence[Series], *, wide: float, is_line: bool) -> Drawn:
    """Draw which series is which, over the chart; nothing where there is one."""
    if len(series) < 2:  # noqa: PLR2004 - one needs no telling apart
        return Drawn([], 0)
    room = wide - _SWATCH
    names = [shortened(each.name, room) for each in series]
    widths = [_SWATCH + width_of(each) for each in names]
    parts, lines = [], 0
    for each, name, (x, down) in zip(
        series, names, flowed(widths, wide=wide, apart=_APART), strict=True
    ):
        y = down * LINE + 8
        parts += [swatch(each.hand, x, y, is_line=is_line), text(name, x + _SWATCH, y + 4)]
        lines = down + 1
    return Drawn(parts, lines * LINE + 8)


def swatch(of: Hand, x: float, y: float, *, is_line: bool) -> str:
    """Draw a short piece of a series."""
    if not is_line:
        return coloured(of, f'<rect x="{x:.1f}" y="{y - 6:.1f}" width="18" height="12" '
                            f"{fill_of(of)}/>")  # fmt: skip
    how = f'fill="none" stroke="currentColor" stroke-width="2"{of.dasharray}'
    return coloured(of, line((x, y, x + 20, y), how) + mark(of, x + 10, y))


def coloured(of: Hand, *parts: str) -> str:
    """Give parts the colour of a series, which a page may change by its class (``series-1``)."""
    inside = "".join(parts)
    return f'<g class="series-{of.number % 8 + 1}" color="{of.color}">{inside}</g>'


def mark(of: Hand, x: float, y: float, *, says: str = "") -> str:
    """Draw a mark of a series; a mouse over it is told what it says."""
    told = f"<title>{says}</title>" if says else ""
    return (
        f'<path d="{outline(of.form, x, y, _MARK)}" fill="currentColor" fill-rule="evenodd" '
        f'stroke="#ffffff" stroke-width="0.6">{told}</path>'
    )


def fill_of(of: Hand) -> str:
    """Return how the bars of a series are filled: each fullness is another to the eye too."""
    opacity = (1.0, 0.5, 0.25)[of.number % 3]
    return (
        f'fill="currentColor" fill-opacity="{opacity:g}" stroke="currentColor" '
        f'stroke-width="1"{of.dasharray if of.number else ""}'
    )

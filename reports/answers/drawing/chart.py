"""Draw a chart of an answer as a picture (SVG) that tells its title to whoever does not see it."""

import re
from collections.abc import Iterator

from reports.answers.answer import Chart, Draw, Table
from reports.answers.cells import ENGLISH, Manner, heading
from reports.answers.drawing.bars import draw_bars
from reports.answers.drawing.dots import draw_dots
from reports.answers.drawing.frame import LINE, Drawn, key
from reports.answers.drawing.lettering import FONTS, SMALL, escape, text
from reports.answers.drawing.lines import draw_lines
from reports.answers.drawing.series import Sketch, sketch
from reports.answers.words import WORDS

WIDE = 640
"""How wide a chart is, in pixels, where nobody says otherwise."""


def draw_chart(
    chart: Chart, table: Table, *, wide: float = WIDE, manner: Manner = ENGLISH,
    prefix: str = "chart", tells: str | None = None,
) -> str:  # fmt: skip
    """Return the picture.

    Parameters
    ----------
    table
        The one it is of.
    wide
        Of the picture, in pixels; its words are twelve high.
    prefix
        What the names of its parts begin with, which no other of the page may have.
    tells
        Where the same figures stand, in a sentence; None says it in English.
    """
    of = sketch(chart, table, wide=wide, manner=manner)
    drawn = _drawn(of, chart.draw) if of.values else Drawn([text(WORDS["no_values"], 0, 14)], 20)
    parts, high = _whole(of, drawn, is_line=chart.draw in {Draw.LINE, Draw.STEPS, Draw.DOTS})
    named = f"{prefix}-{re.sub(r'[^A-Za-z0-9_-]', '-', chart.key)}"
    says = " ".join(
        each for each in (
            chart.says, tells or WORDS["chart_of"].format(table=table.title), drawn.note
        )
        if each
    )  # fmt: skip
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:.0f}" '
        f'width="{wide:g}" height="{high:.0f}" role="img" font-family="{FONTS}" '
        f'aria-labelledby="{named}-title {named}-says">'
        f'<title id="{named}-title">{escape(chart.title)}</title>'
        f'<desc id="{named}-says">{escape(says)}</desc>{"".join(parts)}</svg>'
    )


def _drawn(of: Sketch, draw: Draw) -> Drawn:
    match draw:
        case Draw.BARS:
            return draw_bars(of)
        case Draw.DOTS:
            return draw_dots(of)
    return draw_lines(of, draw=draw)


def _whole(of: Sketch, drawn: Drawn, *, is_line: bool) -> tuple[list[str], float]:
    """Put what tells the series apart over the chart, and what its axes are around it."""
    above = key(of.series, wide=of.wide, is_line=is_line)
    top = above.high
    parts = list(above.parts)
    if of.title:
        parts.append(text(of.title, 0, top + 12, size=SMALL, bold=True))
        top += LINE
    top += 4
    parts.append(f'<g transform="translate(0 {top:g})">{"".join(drawn.parts)}</g>')
    high = top + drawn.high
    for words in _below(of, drawn):
        high += LINE
        parts.append(text(words, of.wide / 2, high - 3, anchor="middle", size=SMALL, faint=True))
    return parts, high + 2


def _below(of: Sketch, drawn: Drawn) -> Iterator[str]:
    if of.along.kind.is_number:
        yield heading(of.along, manner=of.manner)
    if drawn.note:
        yield drawn.note

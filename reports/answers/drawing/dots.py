"""Draw dots: a value a line with its interval, beside its name."""

from collections.abc import Iterator

from reports.answers.answer import Cell
from reports.answers.cells import decimals_for, write_between
from reports.answers.drawing.bars import left_out
from reports.answers.drawing.frame import (
    Drawn,
    coloured,
    grid,
    line,
    low_words,
    mark,
    name_room,
    names_beside,
    row_high,
)
from reports.answers.drawing.lettering import SMALL, escape, text, width_of
from reports.answers.drawing.scales import Scale, axis_words, number_scale
from reports.answers.drawing.series import Series, Sketch

MOST = 60
_LEAST_SHARE = 0.35
"""Of the width is for the dots, or there are no words beside them."""
_PX_A_TICK = 60


def draw_dots(of: Sketch) -> Drawn:
    """Draw a dot for each value on a line of its own; beside one series its values in words."""
    names = of.names[:MOST]
    words = {each: axis_words(each, of.along.kind, of.names, of.manner) for each in names}
    said = list(words.values())
    room = name_room(said, wide=of.wide)
    told = _told(of) if len(of.series) == 1 else {}
    right = max((width_of(each, size=SMALL) for each in told.values()), default=0) + 10
    told = told if of.wide - room - right >= of.wide * _LEAST_SHARE else {}
    end = of.wide - (right if told else 14)
    row = row_high(said, room=room, series=len(of.series))
    x = number_scale(
        of.values, of.series[0].column.kind, span=(room + 8, end), from_zero=False,
        most=max(int((end - room) / _PX_A_TICK), 2), manner=of.manner,
    )  # fmt: skip
    y = Scale(0, 1, 0.0, row * len(names))
    places = {name: row * (at + 0.5) for at, name in enumerate(names)}
    parts = [*grid(x, y, upright=False), *names_beside(said, row=row, room=room)]
    parts += [text(told[name], of.wide, at + 4, anchor="end", size=SMALL)
              for name, at in places.items() if name in told]  # fmt: skip
    for at, series in enumerate(of.series):
        offset = (at - (len(of.series) - 1) / 2) * 12.0
        dots = _dots(of, series, x, {name: y + offset for name, y in places.items()}, words)
        parts.append(coloured(series.hand, *dots))
    ticks = [(x.place(value), said) for value, said in x.ticks]
    parts += low_words(ticks, y=y.end + 18, between=(room - 10, of.wide))
    return Drawn(parts, y.end + 22, left_out(len(of.names), MOST))


def _told(of: Sketch) -> dict[Cell, str]:
    (series,) = of.series
    kind = series.column.kind
    decimals = decimals_for((end for each in series.points for end in each.ends), kind)
    return {
        each.along: write_between(each.value, kind, each.low, each.high, manner=of.manner,
                                  bare=True, decimals=decimals)
        for each in series.points if each.value is not None
    }  # fmt: skip


def _dots(
    of: Sketch, series: Series, x: Scale, places: dict[Cell, float], words: dict[Cell, str]
) -> Iterator[str]:
    for point in series.points:
        if point.value is None or point.along not in places:
            continue
        y = places[point.along]
        low = point.value if point.low is None else point.low
        high = point.value if point.high is None else point.high
        how = 'stroke="currentColor" stroke-width="2"'
        if low < high:
            yield line((x.place(low), y, x.place(high), y), how)
        says = of.says(series, point, along=words[point.along])
        yield mark(series.hand, x.place(point.value), y, says=escape(says))

"""Draw bars: standing along days and numbers, lying beside names that want room."""

from collections.abc import Iterator, Mapping

from reports.answers.answer import Cell, Kind
from reports.answers.cells import decimals_for, write_bare
from reports.answers.drawing.frame import (
    Drawn,
    coloured,
    fill_of,
    grid,
    left_words,
    line,
    low_words,
    name_room,
    names_beside,
    row_high,
)
from reports.answers.drawing.lettering import SMALL, escape, text, width_of
from reports.answers.drawing.scales import Scale, axis_words, number_scale
from reports.answers.drawing.series import Point, Series, Sketch
from reports.answers.words import WORDS

MOST_LYING = 40
"""So many names have a bar; those of more stand in the table."""
_FULL = 0.74
"""How much of its room a group of bars takes."""
_PX_A_TICK = 55
_TALLEST = 22.0
_STRIDES = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120)


def draw_bars(of: Sketch) -> Drawn:
    """Draw a bar for each value; the ends of its interval as a whisker."""
    words = {each: axis_words(each, of.along.kind, of.names, of.manner) for each in of.names}
    if of.along.kind is Kind.TEXT:
        return _lying(of, words)
    return _standing(of, words)


def _standing(of: Sketch, words: Mapping[Cell, str]) -> Drawn:
    high = min(max(of.wide * 0.4, 170), 280)
    top, foot = 8.0, high
    y = _values(of, (foot, top), most=6)
    left = max(width_of(said, size=SMALL) for _, said in y.ticks) + 8
    slot = (of.wide - left) / max(len(words), 1)
    x = Scale(0, 1, left, of.wide)
    parts = [*grid(x, y, upright=True), *left_words(y, right=left - 6)]
    places = {name: left + slot * (at + 0.5) for at, name in enumerate(words)}
    for at, series in enumerate(of.series):
        thick = slot * _FULL / len(of.series)
        offset = (at - (len(of.series) - 1) / 2) * thick
        bars = (
            _upright(of, series, point, x=places[point.along] + offset, y=y, thick=thick,
                     along=words[point.along])
            for point in series.points
        )  # fmt: skip
        parts.append(coloured(series.hand, *bars))
    ticks = [(places[name], said) for name, said in words.items()]
    parts += low_words(_every(ticks, slot), y=foot + 16, between=(0, of.wide))
    return Drawn(parts, foot + 20)


def _every(ticks: list[tuple[float, str]], slot: float) -> list[tuple[float, str]]:
    """Keep every second, third, ... of the words where all of them have no room."""
    widest = max(width_of(said, size=SMALL) for _, said in ticks) + 8
    step = next((each for each in _STRIDES if each * slot >= widest), len(ticks))
    return ticks[::step]


def _values(of: Sketch, span: tuple[float, float], *, most: int) -> Scale:
    return number_scale(of.values, of.series[0].column.kind, span=span, most=most,
                        manner=of.manner)  # fmt: skip


def _upright(
    of: Sketch, series: Series, point: Point, *, x: float, y: Scale, thick: float, along: str
) -> str:
    if point.value is None:
        return ""
    base, top = y.place(0), y.place(point.value)
    bar = _bar(
        (x - thick / 2, min(base, top), thick, abs(base - top)),
        of.says(series, point, along=along), series,
    )  # fmt: skip
    if point.low is None or point.high is None:
        return bar
    return bar + _whisker((x, y.place(point.low), x, y.place(point.high)))


def _bar(box: tuple[float, float, float, float], says: str, series: Series) -> str:
    x, y, wide, high = box
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" '
        f"{fill_of(series.hand)}><title>{escape(says)}</title></rect>"
    )


def _whisker(ends: tuple[float, float, float, float]) -> str:
    """Draw an interval dark on a pale rim, which shows on any bar."""
    x1, y1, x2, y2 = ends
    ends_of = (
        ((x1 - 3, y1, x1 + 3, y1), (x2 - 3, y2, x2 + 3, y2)) if x1 == x2
        else ((x1, y1 - 3, x1, y1 + 3), (x2, y2 - 3, x2, y2 + 3))
    )  # fmt: skip
    rim = 'stroke="#ffffff" stroke-width="3.4"'
    ink = 'stroke="#1b1b1b" stroke-width="1.3"'
    return line(ends, rim) + "".join(line(each, ink) for each in (ends, *ends_of))


def _lying(of: Sketch, words: Mapping[Cell, str]) -> Drawn:
    names = list(words)[:MOST_LYING]
    kept = set(names)
    said = [words[each] for each in names]
    room = name_room(said, wide=of.wide)
    row = row_high(said, room=room, series=len(of.series))
    told = _told(of, kept) if len(of.series) == 1 else {}
    right = max((width_of(each, size=SMALL) for each in told.values()), default=0) + 8
    x = _values(of, (room, of.wide - max(right, 14)), most=_ticks(of.wide - room))
    y = Scale(0, 1, 0.0, row * len(names))
    parts = [*grid(x, y, upright=False), *names_beside(said, row=row, room=room)]
    places = {name: row * (at + 0.5) for at, name in enumerate(names)}
    for at, series in enumerate(of.series):
        thick = min(row, _TALLEST * len(of.series)) * _FULL / len(of.series)
        offset = (at - (len(of.series) - 1) / 2) * thick
        bars = (
            _flat(of, series, point, x=x, y=places[point.along] + offset, thick=thick,
                  along=words[point.along])
            for point in series.points if point.along in kept
        )  # fmt: skip
        parts.append(coloured(series.hand, *bars))
    parts += _told_beside(of, told, x, places)
    ticks = [(x.place(value), said) for value, said in x.ticks]
    parts += low_words(ticks, y=y.end + 18, between=(room - 10, of.wide))
    return Drawn(parts, y.end + 22, left_out(len(words), MOST_LYING))


def left_out(count: int, most: int) -> str:
    """Say that only the first names are drawn, where there are more."""
    return WORDS["first_names"].format(shown=most, rows=f"{count:,}") if count > most else ""


def _ticks(room: float) -> int:
    return max(int(room / _PX_A_TICK), 2)


def _flat(
    of: Sketch, series: Series, point: Point, *, x: Scale, y: float, thick: float, along: str
) -> str:
    if point.value is None:
        return ""
    base, end = x.place(0), x.place(point.value)
    bar = _bar(
        (min(base, end), y - thick / 2, abs(end - base), thick),
        of.says(series, point, along=along), series,
    )  # fmt: skip
    if point.low is None or point.high is None:
        return bar
    return bar + _whisker((x.place(point.low), y, x.place(point.high), y))


def _told(of: Sketch, kept: set[Cell]) -> dict[Cell, str]:
    """Write the value that stands beside each bar."""
    (series,) = of.series
    kind = series.column.kind
    decimals = decimals_for((each.value for each in series.points), kind)
    return {
        point.along: write_bare(point.value, kind, manner=of.manner, decimals=decimals)
        for point in series.points
        if point.along in kept and point.value is not None
    }


def _told_beside(
    of: Sketch, told: Mapping[Cell, str], x: Scale, places: Mapping[Cell, float]
) -> Iterator[str]:
    for point in of.series[0].points:
        if point.along in told:
            end = max(x.place(max(0.0, *point.ends)), x.place(0))
            yield text(told[point.along], end + 6, places[point.along] + 4, size=SMALL)

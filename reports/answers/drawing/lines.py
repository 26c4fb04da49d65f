"""Draw lines and steps: how values change along days or numbers."""

from collections.abc import Iterator, Sequence
from datetime import date

from reports.answers.answer import Cell, Draw, Kind
from reports.answers.drawing.frame import Drawn, coloured, grid, left_words, low_words, mark
from reports.answers.drawing.lettering import SMALL, escape, width_of
from reports.answers.drawing.scales import Scale, axis_words, day_scale, number_scale
from reports.answers.drawing.series import Point, Series, Sketch

MOST_MARKED = 40
"""A line of more values has no marks: they would hide it."""
_PX_A_TICK = 70
_BAND = 'fill="currentColor" fill-opacity="0.16" stroke="none"'

type Place = tuple[float, float]


def draw_lines(of: Sketch, *, draw: Draw) -> Drawn:
    """Draw a line for each series, broken where a value is not known, its interval a band."""
    foot = min(max(of.wide * 0.45, 190), 320)
    kind = of.series[0].column.kind
    y = number_scale(of.values, kind, span=(foot, 8.0), most=6, from_zero=draw is Draw.STEPS,
                     manner=of.manner)  # fmt: skip
    left = max(width_of(said, size=SMALL) for _, said in y.ticks) + 8
    axis = _Along(of, (left + 4, of.wide - 8))
    parts = [*grid(Scale(0, 1, left, of.wide), y, upright=True), *left_words(y, right=left - 6)]
    parts += [coloured(each.hand, *_drawn(of, each, axis, y, draw)) for each in of.series]
    parts += low_words(axis.ticks(), y=foot + 16, between=(0, of.wide))
    return Drawn(parts, foot + 20)


class _Along:
    """The axis that lines run along: of days, of numbers, or of names one after another."""

    def __init__(self, of: Sketch, span: tuple[float, float]) -> None:
        names = [each for each in of.names if each is not None]
        most = max(int((span[1] - span[0]) / _PX_A_TICK), 2)
        self._kind = of.along.kind
        self._order: dict[Cell, int] = {name: at for at, name in enumerate(names)}
        self._scale = self._scale_of(of, names, span, most)

    def _scale_of(
        self, of: Sketch, names: Sequence[Cell], span: tuple[float, float], most: int
    ) -> Scale:
        if self._kind is Kind.TEXT:
            last = max(len(names) - 1, 1)
            said = [(float(at), axis_words(name, self._kind, names, of.manner))
                    for at, name in enumerate(names)]  # fmt: skip
            return Scale(0, last, *span, said)
        if self._kind.is_time:
            days = [each for each in names if isinstance(each, date)]
            return day_scale(days, span=span, most=most, manner=of.manner)
        numbers = [each for each in names if isinstance(each, int | float)]
        return number_scale(numbers, self._kind, span=span, most=most, from_zero=False,
                            tight=True, manner=of.manner)  # fmt: skip

    def place(self, name: Cell) -> float:
        """Return where a value of the axis is."""
        if isinstance(name, date):
            return self._scale.place(name.toordinal())
        if self._kind is Kind.TEXT or not isinstance(name, int | float):
            return self._scale.place(self._order[name])
        return self._scale.place(name)

    def ticks(self) -> list[tuple[float, str]]:
        """Return the places that are marked, and their words."""
        return [(self._scale.place(value), words) for value, words in self._scale.ticks]


def _drawn(of: Sketch, series: Series, axis: _Along, y: Scale, draw: Draw) -> Iterator[str]:
    known = [each for each in series.points if each.along is not None]
    points = sorted(known, key=lambda each: axis.place(each.along))
    for run in _runs(points):
        places = [(axis.place(each.along), y.place(each.value or 0)) for each in run]
        yield _band(run, axis, y, draw)
        yield (
            f'<path d="M {_joined(places, draw)}" fill="none" stroke="currentColor" '
            f'stroke-width="2" stroke-linejoin="round"{series.hand.dasharray}/>'
        )
        if len(points) <= MOST_MARKED or len(run) == 1:
            yield from (_marked(of, series, point, place)
                        for point, place in zip(run, places, strict=True))  # fmt: skip


def _marked(of: Sketch, series: Series, point: Point, place: Place) -> str:
    along = axis_words(point.along, of.along.kind, of.names, of.manner)
    return mark(series.hand, *place, says=escape(of.says(series, point, along=along)))


def _runs(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Part points where a value is not known."""
    run: list[Point] = []
    for point in points:
        if point.value is not None:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _band(run: Sequence[Point], axis: _Along, y: Scale, draw: Draw) -> str:
    both = [each for each in run if each.low is not None and each.high is not None]
    if len(both) < 2:  # noqa: PLR2004 - a band is between two
        return ""
    upper = [(axis.place(each.along), y.place(each.high or 0)) for each in both]
    lower = [(axis.place(each.along), y.place(each.low or 0)) for each in both]
    return f'<path d="M {_joined(upper, draw)} L {_back(lower, draw)} Z" {_BAND}/>'


def _joined(places: Sequence[Place], draw: Draw) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in _corners(places, draw))


def _back(places: Sequence[Place], draw: Draw) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in reversed(list(_corners(places, draw))))


def _corners(places: Sequence[Place], draw: Draw) -> Iterator[Place]:
    """Yield the places of a line; of steps also where they hold before they fall."""
    for at, (x, y) in enumerate(places):
        if draw is Draw.STEPS and at:
            yield x, places[at - 1][1]
        yield x, y

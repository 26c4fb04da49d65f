"""Read the series of a chart from its table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.answers.answer import Cell, Chart, Column, Row, Table
from reports.answers.cells import Manner, heading, write_bare, write_between
from reports.answers.drawing.palette import Hand, hand


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a series and its interval; None where it is not known."""

    along: Cell
    value: float | None
    low: float | None
    high: float | None

    @property
    def ends(self) -> list[float]:
        """The value and the ends of its interval, those that are known."""
        return [each for each in (self.low, self.value, self.high) if each is not None]


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one column, or of those rows that have one value in another.

    Parameters
    ----------
    name
        What it is called.
    column
        Of its values.
    """

    name: str
    column: Column
    points: Sequence[Point]
    hand: Hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What a chart draws, read from its table.

    Parameters
    ----------
    key
        By which its parts are named in the picture.
    along
        The column along the axis.
    wide
        How wide the picture is.
    """

    key: str
    along: Column
    series: Sequence[Series]
    wide: float
    manner: Manner

    @property
    def names(self) -> list[Cell]:
        """The values along the axis, each once, in the order they first stand in."""
        return list(
            dict.fromkeys(point.along for each in self.series for point in each.points)
        )  # fmt: skip

    @property
    def values(self) -> list[float]:
        """All values and ends of intervals."""
        return [end for each in self.series for point in each.points for end in point.ends]

    @property
    def title(self) -> str:
        """What its values are, where one name serves all of them."""
        columns = {each.column.key: each.column for each in self.series}
        return heading(*columns.values(), manner=self.manner) if len(columns) == 1 else ""

    def says(self, series: Series, point: Point, *, along: str) -> str:
        """Say a point in words: whose, where, and its value with the interval."""
        value = write_between(
            point.value, series.column.kind, point.low, point.high, manner=self.manner
        )
        whose = f"{series.name}, {along}" if len(self.series) > 1 else along
        return f"{whose}: {value}"


def sketch(chart: Chart, table: Table, *, wide: float, manner: Manner) -> Sketch:
    """Read a chart from its table."""
    return Sketch(
        key=chart.key, along=table.column(chart.along), wide=wide, manner=manner,
        series=_parted(chart, table, manner) if chart.by else _by_column(chart, table, manner),
    )  # fmt: skip


def _by_column(chart: Chart, table: Table, manner: Manner) -> list[Series]:
    columns = [table.column(key) for key in chart.across]
    return [
        Series(heading(each, manner=manner), each, _points(chart, each, table.rows), hand(at))
        for at, each in enumerate(columns)
    ]


def _parted(chart: Chart, table: Table, manner: Manner) -> list[Series]:
    of, column = table.column(chart.by or ""), table.column(chart.across[0])
    parts: dict[Cell, list[Row]] = {}
    for row in table.rows:
        parts.setdefault(row.cells[of.key], []).append(row)
    return [
        Series(write_bare(value, of.kind, manner=manner), column, _points(chart, column, rows),
               hand(at))
        for at, (value, rows) in enumerate(parts.items())
    ]  # fmt: skip


def _points(chart: Chart, column: Column, rows: Sequence[Row]) -> list[Point]:
    return [
        Point(
            row.cells[chart.along],
            *(_number(row.cells[key]) if key else None
              for key in (column.key, column.low, column.high)),
        )
        for row in rows
    ]  # fmt: skip


def _number(value: Cell) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return None

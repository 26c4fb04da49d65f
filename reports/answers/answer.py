"""Describe an answer: figures, tables, charts and maps, each with its meaning and its cases.

This module loads nothing heavy, for the web process reads answers that a worker made.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

type Cell = str | int | float | bool | date | None
type Feature = dict[str, Any]
"""A GeoJSON feature in EPSG:4326. Its properties: ``key``, ``says`` (a title and lines), and, as
its layer's look needs them, ``step`` (its place in the legend), ``radius`` (pixels) and ``at``
(its place in the layer's times)."""


class Kind(StrEnum):
    """What a value is, which decides how it is written."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"  # 0 to 1, written as a percentage
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    CENTS = "cents"
    DAY = "day"
    MONTH = "month"  # by its first day
    CHANCE = "chance"  # a p-value

    @property
    def is_number(self) -> bool:
        """Whether columns of it stand to the right."""
        return self is not Kind.TEXT and not self.is_time

    @property
    def is_time(self) -> bool:
        """Whether its values are days, and follow one another along an axis."""
        return self in {Kind.DAY, Kind.MONTH}


class Cases:
    """The cases that a figure counts, by id: frozen, so that its list holds exactly those."""

    __slots__ = ("ids",)

    def __init__(self, ids: Iterable[int] = ()) -> None:
        self.ids = array("q", ids)

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self.ids)

    def __eq__(self, other: object) -> bool:
        """Tell whether others are the same, in the same order."""
        return isinstance(other, Cases) and self.ids == other.ids

    __hash__ = None  # type: ignore[assignment] # an array has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number.

    Parameters
    ----------
    words, means
        What it is, and its definition in a sentence.
    low, high
        An interval around it, where it is estimated; the definition names its level.
    cases
        Those that it counts, or rests on; None where it counts none.
    """

    key: str
    value: Cell
    kind: Kind = Kind.COUNT
    words: str
    means: str
    low: float | None = None
    high: float | None = None
    cases: Cases | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    means
        Its definition, where its words are not enough.
    low, high
        Keys of columns with an interval around it; those are not shown apart.
    """

    key: str
    words: str
    kind: Kind = Kind.TEXT
    means: str = ""
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table.

    Parameters
    ----------
    key
        By which a feature of a map is the same thing.
    cells
        By the keys of the columns; what is unknown is None.
    cases
        By column, those that its cell counts.
    of
        By column, what its cell is a page of: ("parcel", number), ("case", number).
    """

    key: str
    cells: Mapping[str, Cell]
    cases: Mapping[str, Cases] = field(default_factory=dict)
    of: Mapping[str, tuple[str, int | str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table, its rows in the order they are to be read.

    Parameters
    ----------
    means
        What it shows and how it is ordered, in sentences.
    shapes
        GeoJSON geometries in EPSG:4326 by the keys of rows, for files that hold shapes.
    is_shown
        Whether pages show it, or files of it alone are wanted: the cells of a surface.
    """

    key: str
    title: str
    means: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    shapes: Mapping[str, Feature] = field(default_factory=dict)
    is_shown: bool = True

    def column(self, key: str) -> Column:
        """Return a column by its key."""
        return next(each for each in self.columns if each.key == key)


class Draw(StrEnum):
    """How a chart draws its columns."""

    BARS = "bars"
    LINE = "line"
    STEPS = "steps"  # a survival curve: it holds until it falls
    DOTS = "dots"  # a value and its interval, a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture of some columns of a table, which says the same in figures.

    Parameters
    ----------
    of
        The table's key.
    along
        The column along the axis.
    across
        The columns drawn, each a series.
    by
        A column whose values part the rows into series; then one column is drawn.
    says
        What is to be seen in it, in a sentence.
    """

    key: str
    title: str
    draw: Draw
    of: str
    along: str
    across: Sequence[str]
    by: str | None = None
    says: str = ""


class Look(StrEnum):
    """How a layer is drawn."""

    DISCS = "discs"
    AREAS = "areas"
    OUTLINES = "outlines"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One colour of a legend and what it stands for; its mark is told apart without colour too."""

    words: str
    color: str
    radius: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A surface painted for a web map, straight between its corners in EPSG:3857.

    Parameters
    ----------
    url
        A ``data:`` address of a PNG.
    bounds
        West, south, east, north in degrees.
    """

    url: str
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """What a map shows over the town.

    Parameters
    ----------
    unit
        What its legend counts: "cases per hectare".
    legend
        From low to high, or by kind.
    times
        Names of the moments that a slider goes through; a feature's ``at`` is its place in them.
    shown
        Whether the map shows it first.
    """

    key: str
    title: str
    look: Look
    unit: str = ""
    features: Sequence[Feature] = ()
    picture: Picture | None = None
    legend: Sequence[Step] = ()
    times: Sequence[str] = ()
    shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a report found.

    Parameters
    ----------
    report, title
        Its name and its heading.
    town, note
        Whose, and a remark that goes wherever the town's data are shown.
    on, made_at
        As of which day, and when it was reckoned.
    asked
        The filters: what each is called, and its value.
    means
        What is counted and how, in sentences.
    says
        What was found, in plain sentences, the most important first.
    figures
        The first is how many cases the answer rests on.
    cautions
        What must not be read into it.
    extent
        West, south, east, north in degrees that its map shows first; None for the whole town.
    """

    report: str
    title: str
    town: str
    note: str | None = None
    on: date
    made_at: datetime
    asked: Sequence[tuple[str, str]] = ()
    means: str
    says: Sequence[str]
    figures: Sequence[Figure]
    tables: Sequence[Table] = ()
    charts: Sequence[Chart] = ()
    layers: Sequence[Layer] = ()
    cautions: Sequence[str] = ()
    extent: tuple[float, float, float, float] | None = None

    def table(self, key: str) -> Table:
        """Return a table by its key."""
        return next(each for each in self.tables if each.key == key)

    def counted(self) -> Iterable[tuple[str, Cell, Cases]]:
        """Yield each figure that has a list: the name of the list, the figure, and its cases."""
        for figure in self.figures:
            if figure.cases is not None:
                yield figure.key, figure.value, figure.cases
        for table in self.tables:
            for row in table.rows:
                for column, cases in row.cases.items():
                    yield f"{table.key}/{row.key}/{column}", row.cells[column], cases

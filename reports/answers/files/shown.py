"""Put an answer into what a page and a paper show of it alike: words, never markup."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reports.answers.answer import Answer, Column, Figure, Row, Table
from reports.answers.cells import ENGLISH, cell_writer, heading, plain, shown_columns, write_figure
from reports.answers.words import WORDS

NARROW = ENGLISH.in_one()


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure in words; `value` is "not known" where there is none."""

    words: str
    value: str
    means: str


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column's head; numbers stand to the right, and days are never broken."""

    words: str
    means: str
    is_number: bool
    is_day: bool

    @property
    def looks(self) -> str:
        """The class of its cells."""
        return "number" if self.is_number else "nowrap" if self.is_day else ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row in words.

    Parameters
    ----------
    key
        What a button of the row opens on the map; "" where nothing of it is there.
    button
        In which cell that stands.
    """

    cells: Sequence[str]
    key: str
    button: int


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table in words.

    Parameters
    ----------
    more
        A sentence where not all of its rows are shown; "" where they are.
    """

    key: str
    title: str
    means: str
    columns: Sequence[ShownColumn]
    rows: Sequence[ShownRow]
    more: str

    @property
    def opens_map(self) -> bool:
        """Whether any row opens the map."""
        return any(row.key for row in self.rows)

    @property
    def definitions(self) -> list[ShownColumn]:
        """The columns whose words are not enough."""
        return [each for each in self.columns if each.means]


def shown_figures(answer: Answer) -> list[ShownFigure]:
    """Return the figures in words."""
    return [
        ShownFigure(plain(each.words), _value(each), plain(each.means)) for each in answer.figures
    ]


def _value(figure: Figure) -> str:
    return write_figure(figure) or WORDS["unknown"]


def shown_tables(
    answer: Answer, *, most: int, on_map: Collection[str] = frozenset()
) -> list[ShownTable]:
    """Return the tables that people are shown.

    Parameters
    ----------
    most
        How many rows of each.
    on_map
        Keys of what a map shows.
    """
    return [_table(each, most, on_map) for each in answer.tables if each.is_shown]


def _table(table: Table, most: int, on_map: Collection[str]) -> ShownTable:
    columns = shown_columns(table)
    rows = table.rows[:most]
    written = cell_writer(table, manner=NARROW, rows=rows)
    count = len(table.rows)
    more = WORDS["first_rows"].format(shown=f"{most:,}", rows=f"{count:,}") if count > most else ""
    return ShownTable(
        table.key, plain(table.title), plain(table.means),
        [
            ShownColumn(heading(each), plain(each.means), each.kind.is_number,
                        each.kind.is_time)
            for each in columns
        ],
        [_row(row, [written(row, each) for each in columns], columns, on_map) for row in rows],
        more,
    )  # fmt: skip


def _row(
    row: Row, cells: Sequence[str], columns: Sequence[Column], on_map: Collection[str]
) -> ShownRow:
    """Let the first words of a row open the map, or the first cell where it has none."""
    worded = (at for at, each in enumerate(columns) if cells[at] and not each.kind.is_number)
    return ShownRow(cells, row.key if row.key in on_map else "", next(worded, 0))

"""Show an answer on a terminal: what was found, its figures, the first rows of its tables."""

from collections.abc import Iterator

import click
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from reports.answers.answer import Answer
from reports.answers.cells import plain
from reports.answers.files.shown import ShownTable, shown_figures, shown_tables

ROWS = 25
NARROWEST, WIDEST = 112, 220
"""How wide a table is at the least, and at the most where no terminal says it."""


def print_answer(answer: Answer) -> None:
    """Print an answer with its tables."""
    tell(answer)
    click.echo(plain(answer.means))
    for words, value in answer.asked:
        click.echo(f"{plain(words)}: {plain(value)}")
    _print(_figures(answer))
    for table in shown_tables(answer, most=ROWS):
        click.echo(table.title)
        _print(_grid(table))
        rest = len(answer.table(table.key).rows) - ROWS
        if rest > 0:
            click.echo(f"{rest:,} more: --format csv --table {table.key} writes all.\n")


def tell(answer: Answer) -> None:
    """Say what an answer found and what must not be read into it."""
    click.echo(f"{plain(answer.title)}, {plain(answer.town)}, as of {answer.on}.")
    for line in _lines(answer):
        click.echo(plain(line))


def _lines(answer: Answer) -> Iterator[str]:
    yield from answer.says
    yield from answer.cautions
    if answer.note:
        yield answer.note


def _print(grid: Grid) -> None:
    """Print a table as wide as it wants to be, or as the terminal lets it."""
    console = Console(highlight=False)
    wanted = Console(width=WIDEST).measure(grid).maximum
    most = max(console.width, NARROWEST) if console.is_terminal else WIDEST
    Console(highlight=False, width=min(wanted, most)).print(grid)


def _figures(answer: Answer) -> Grid:
    grid = Grid(box=SIMPLE, show_header=False)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column()
    grid.add_column()
    for each in shown_figures(answer):
        grid.add_row(Text(each.value, style="bold"), Text(each.words), Text(each.means))
    return grid


def _grid(table: ShownTable) -> Grid:
    grid = Grid(box=SIMPLE)
    for column in table.columns:
        is_short = column.is_number or column.is_day
        words = column.words.replace(" ", "\n") if is_short else column.words
        grid.add_column(
            Text(words), justify="right" if column.is_number else "left", vertical="bottom",
            no_wrap=is_short, overflow="fold",
        )  # fmt: skip
    for row in table.rows:
        grid.add_row(*(Text(cell) for cell in row.cells))
    return grid

"""Tell an answer in another language: every word of it through whoever speaks that language."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from reports.answers.answer import (
    Answer,
    Cell,
    Chart,
    Column,
    Figure,
    Layer,
    Row,
    Step,
    Table,
)

type Say = Callable[[str], str]
"""Gives what is said for some English; names that nobody translates stay as they are."""


def spoken(answer: Answer, say: Say) -> Answer:
    """Return an answer as it is said; keys, lists and what a map draws stay as they are."""
    return replace(
        answer,
        title=say(answer.title),
        note=answer.note and say(answer.note),
        asked=[(say(words), say(value)) for words, value in answer.asked],
        means=say(answer.means),
        says=[*map(say, answer.says)],
        cautions=[*map(say, answer.cautions)],
        figures=[_figure(each, say) for each in answer.figures],
        tables=[_table(each, say) for each in answer.tables],
        charts=[_chart(each, say) for each in answer.charts],
        layers=[_layer(each, say) for each in answer.layers],
    )


def _figure(figure: Figure, say: Say) -> Figure:
    return replace(
        figure, words=say(figure.words), means=say(figure.means), value=_cell(figure.value, say)
    )


def _table(table: Table, say: Say) -> Table:
    return replace(
        table, title=say(table.title), means=say(table.means),
        columns=[_column(each, say) for each in table.columns],
        rows=[_row(each, say) for each in table.rows],
    )  # fmt: skip


def _column(column: Column, say: Say) -> Column:
    return replace(column, words=say(column.words), means=say(column.means))


def _row(row: Row, say: Say) -> Row:
    cells: Mapping[str, Cell] = {key: _cell(value, say) for key, value in row.cells.items()}
    # A cell that names what has a page is a name.
    return replace(row, cells={**cells, **{key: row.cells[key] for key in row.of}})


def _cell(value: Cell, say: Say) -> Cell:
    return say(value) if isinstance(value, str) else value


def _chart(chart: Chart, say: Say) -> Chart:
    return replace(chart, title=say(chart.title), says=say(chart.says))


def _layer(layer: Layer, say: Say) -> Layer:
    return replace(
        layer, title=say(layer.title), unit=say(layer.unit), times=[*map(say, layer.times)],
        legend=[_step(each, say) for each in layer.legend],
    )  # fmt: skip


def _step(step: Step, say: Say) -> Step:
    return replace(step, words=say(step.words))

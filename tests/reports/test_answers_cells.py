"""A value is written by its kind: the same on a page, on paper and on a terminal."""

from datetime import date

import pytest

from reports.answers.answer import Cell, Column, Figure, Kind, Row, Table
from reports.answers.cells import (
    ENGLISH,
    Manner,
    cell_writer,
    heading,
    plain,
    shown_columns,
    write,
    write_bare,
    write_between,
    write_figure,
)


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (1204, Kind.COUNT, "1,204"),
        (0, Kind.COUNT, "0"),
        (0.125, Kind.SHARE, "12.5%"),
        (0.07, Kind.SHARE, "7%"),
        (0.0004, Kind.SHARE, "0.0400%"),
        (1.0, Kind.SHARE, "100%"),
        (120050, Kind.CENTS, "$1,200.50"),
        (-400, Kind.CENTS, "-$4.00"),
        (1, Kind.DAYS, "1 day"),
        (31.25, Kind.DAYS, "31.2 days"),
        (2, Kind.HOURS, "2 hours"),
        (90, Kind.MINUTES, "90 minutes"),
        (4.567, Kind.NUMBER, "4.57"),
        (1234.567, Kind.NUMBER, "1,234.6"),
        (0.01234, Kind.NUMBER, "0.0123"),
        (12.0, Kind.NUMBER, "12"),
        (0.0004, Kind.CHANCE, "< 0.001"),
        (0.034, Kind.CHANCE, "0.034"),
        (0.9999, Kind.CHANCE, "> 0.999"),
        (1, Kind.CHANCE, "1.000"),
        (0, Kind.CHANCE, "< 0.001"),
        (date(2026, 3, 2), Kind.DAY, "2026-03-02"),
        (True, Kind.TEXT, "yes"),
        (None, Kind.COUNT, ""),
        (float("nan"), Kind.NUMBER, ""),
        (float("inf"), Kind.NUMBER, ""),
        ("1 Elm St", Kind.TEXT, "1 Elm St"),
        ("two\r\nlines\x00\x1b", Kind.TEXT, "two lines "),
    ],
)
def test_a_value_is_written_by_its_kind(value: Cell, kind: Kind, said: str) -> None:
    assert write(value, kind) == said


@pytest.mark.parametrize(
    ("value", "low", "high", "kind", "said"),
    [
        (12, 8, 17, Kind.COUNT, "12 (8 to 17)"),
        (12, 8.4, 16.6, Kind.COUNT, "12 (8 to 17)"),
        (0.12, 0.08, 0.1725, Kind.SHARE, "12.0% (8.0% to 17.2%)"),
        (31.0, 28.5, None, Kind.DAYS, "31.0 days (28.5 or more)"),
        (31.0, None, 35.0, Kind.DAYS, "31 days (up to 35)"),
        (1.5, 1.25, 1.75, Kind.NUMBER, "1.50 (1.25 to 1.75)"),
        (100, 50, 200, Kind.CENTS, "$1.00 ($0.50 to $2.00)"),
        (3, None, None, Kind.COUNT, "3"),
        (None, 1, 2, Kind.COUNT, ""),
    ],
)
def test_an_interval_stands_behind_its_value(
    value: Cell, low: float | None, high: float | None, kind: Kind, said: str
) -> None:
    assert write_between(value, kind, low, high) == said
    if value is None or isinstance(value, int | float):
        figure = Figure(key="x", value=value, kind=kind, words="x", means="x", low=low, high=high)
        assert write_figure(figure) == said


TABLE = Table(
    key="t", title="T", means="",
    columns=(
        Column(key="name", words="Name"),
        Column(key="mean", words="Mean time", kind=Kind.DAYS, low="from", high="to"),
        Column(key="from", words="From", kind=Kind.DAYS),
        Column(key="to", words="To", kind=Kind.DAYS),
        Column(key="exempt", words="Exempt"),
    ),
    rows=(
        Row(key="a", cells={"name": "A", "mean": 3, "from": 2.5, "to": 4, "exempt": None}),
        Row(key="b", cells={"name": "B", "mean": 11, "from": None, "to": None, "exempt": None}),
    ),
)  # fmt: skip


def test_a_column_is_written_with_one_number_of_decimals_and_its_unit_over_it() -> None:
    shown = shown_columns(TABLE)
    assert [heading(each) for each in shown] == ["Name", "Mean time (days)"]
    write_cell = cell_writer(TABLE)
    assert [[write_cell(row, each) for each in shown] for row in TABLE.rows] == [
        ["A", "3.0 (2.5 to 4.0)"], ["B", "11.0"],
    ]  # fmt: skip
    named = Column(key="gap", words="Days between", kind=Kind.DAYS)
    assert heading(named) == "Days between"


def test_a_table_without_rows_shows_all_that_it_would() -> None:
    empty = Table(key="t", title="T", means="", columns=TABLE.columns, rows=())
    assert [each.key for each in shown_columns(empty)] == ["name", "mean", "exempt"]


def test_another_language_writes_in_its_own_manner() -> None:
    spanish = Manner(
        number=lambda value, decimals: f"{value:.{decimals}f}".replace(".", ","),
        units={Kind.DAYS: ("días", "{} día", "{} días")},
        share="{} %", between="de {low} a {high}", yes="sí",
    )  # fmt: skip
    assert write(2.5, Kind.DAYS, manner=spanish) == "2,5 días"
    assert write(True, Kind.TEXT, manner=spanish) == "sí"
    assert write_between(0.5, Kind.SHARE, 0.25, 0.75, manner=spanish) == "50 % (de 25 % a 75 %)"
    assert heading(TABLE.columns[1], manner=spanish) == "Mean time (días)"
    assert write_bare(2, Kind.DAYS, manner=ENGLISH) == "2"


def test_signs_that_no_page_bears_are_left_out() -> None:
    assert plain("a\x00b\tc\ud800d\uffff") == "a b c d "

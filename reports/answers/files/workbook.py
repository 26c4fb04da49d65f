"""Write an answer as an Excel workbook: a sheet about it, and one a table with real numbers."""

import math
import re
from collections.abc import Collection, Sequence
from datetime import UTC, date
from pathlib import Path
from typing import Any

import xlsxwriter

from reports.answers.answer import Answer, Cell, Column, Kind, Table
from reports.answers.cells import cell_writer, decimals_for, heading, plain
from reports.answers.files.columns import dollars
from reports.answers.files.placing import PLACE
from reports.answers.files.templates import moment
from reports.answers.words import WORDS

LONGEST_NAME = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\s]+")
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
NARROWEST, WIDEST = 7, 60
BEGINS = date(1900, 3, 1)
"""Before it Excel counts a day that never was."""
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def put_xlsx(answer: Answer, path: Path) -> None:
    """Write a workbook; no cell of it is a formula or a link."""
    with xlsxwriter.Workbook(path, OPTIONS) as book:
        made_at = answer.made_at.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({
            "title": plain(answer.title), "company": plain(answer.town), "created": made_at,
        })  # fmt: skip
        formats = _Formats(book)
        _About(book, formats).put(answer)
        taken = {WORDS["about"].casefold()}
        for table in answer.tables:
            if table.is_shown:
                name = sheet_name(table.title, taken=taken)
                taken.add(name.casefold())
                _put_table(book.add_worksheet(name), table, formats)


def sheet_name(title: str, *, taken: Collection[str]) -> str:
    """Return a name that Excel takes for a sheet, and that no other has.

    Parameters
    ----------
    taken
        Those there are, in small letters.
    """
    bare = FORBIDDEN.sub(" ", title).strip(" '") or "Table"
    if bare.casefold() == "history":  # Excel keeps that one for itself
        bare = f"{bare} 1"
    name, number = bare[:LONGEST_NAME].strip(" '"), 1
    while name.casefold() in taken:
        number += 1
        name = f"{bare[: LONGEST_NAME - 5].strip()} ({number})"
    return name


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def get(self, **how: object) -> Any:
        """Return a format of those properties."""
        key = tuple(sorted(how.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(how)
        return self._made[key]

    def of(self, kind: Kind, values: Sequence[Cell]) -> Any:
        """Return how the values of a kind are shown."""
        decimals = decimals_for(values, kind)
        part = f".{'0' * decimals}" if decimals else ""
        shown = {
            Kind.CENTS: '"$"#,##0.00;-"$"#,##0.00',
            Kind.CHANCE: "0.000",
            Kind.DAY: "yyyy-mm-dd",
            Kind.MONTH: "mmm yyyy",
            Kind.SHARE: f"0{part}%",
            Kind.TEXT: "General",
        }.get(kind, f"#,##0{part}")
        return self.get(num_format=shown, valign="top")

    def heading(self, kind: Kind) -> Any:
        """Return how the head of a column looks."""
        right = {"align": "right"} if kind.is_number else {}
        return self.get(bold=True, bottom=1, text_wrap=True, valign="bottom", **right)


def _put_table(sheet: Any, table: Table, formats: _Formats) -> None:
    rows = table.rows[:MOST_ROWS]
    written = cell_writer(table, rows=rows[:500])
    for at, column in enumerate(table.columns):
        head = heading(column)
        sheet.write_string(0, at, _cut(head), formats.heading(column.kind))
        if column.means:
            sheet.write_comment(0, at, _cut(column.means), {"x_scale": 2, "y_scale": 1.2})
        shown = formats.of(column.kind, [row.cells[column.key] for row in rows])
        if column in PLACE:
            shown = formats.get(num_format="0.000000", valign="top")
        for down, row in enumerate(rows, start=1):
            put_cell(sheet, (down, at), row.cells[column.key], column.kind, shown)
        longest = max((len(written(row, column)) for row in rows[:500]), default=0)
        sheet.set_column(at, at, _width(column, longest))
    sheet.freeze_panes(1, 0)
    if table.columns:
        sheet.autofilter(0, 0, max(len(rows), 1), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _width(column: Column, longest: int) -> float:
    words = max((len(each) for each in heading(column).split()), default=0)
    return min(max(longest + 2, words + 4, NARROWEST), WIDEST)  # and the filter's arrow


def put_cell(sheet: Any, place: tuple[int, int], value: Cell, kind: Kind, shown: Any) -> None:
    """Write a value as what it is; what is unknown leaves its cell empty."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return
    if isinstance(value, bool):
        sheet.write_boolean(*place, value, shown)
    elif isinstance(value, date) and value >= BEGINS:
        sheet.write_datetime(*place, value, shown)
    elif isinstance(value, int | float):
        number = float(dollars(value)) if kind is Kind.CENTS else value
        sheet.write_number(*place, number, shown)
    else:
        sheet.write_string(*place, _cut(str(value)), shown)


def _cut(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")[:LONGEST_CELL]


class _About:
    """Writes the sheet that says what the workbook is, from its top down."""

    def __init__(self, book: Any, formats: _Formats) -> None:
        self._sheet, self._formats, self._row = book.add_worksheet(WORDS["about"]), formats, 0
        self._sheet.set_column(0, 0, 34)
        self._sheet.set_column(1, 3, 14)
        self._sheet.set_column(4, 4, 90)
        self._sheet.hide_gridlines(2)

    def put(self, answer: Answer) -> None:
        """Write it whole."""
        self._words(answer.title, self._formats.get(bold=True, font_size=16))
        self._pair(WORDS["town"], answer.town)
        if answer.note:
            self._pair(WORDS["note"], answer.note)
        self._pair(WORDS["as_of"], answer.on)
        self._pair(WORDS["made"], moment(answer.made_at))
        self._part(WORDS["findings"], answer.says)
        self._part(WORDS["cautions"], answer.cautions)
        self._part(WORDS["means"], [answer.means])
        self._head(WORDS["asked"])
        for words, value in answer.asked:
            self._pair(words, value)
        if not answer.asked:
            self._words(WORDS["asked_nothing"])
        self._figures(answer)

    def _part(self, title: str, lines: Sequence[str]) -> None:
        if lines:
            self._head(title)
            for line in lines:
                self._words(line)

    def _head(self, title: str) -> None:
        self._row += 1
        self._words(title, self._formats.get(bold=True, font_size=12))

    def _words(self, text: str, shown: Any = None) -> None:
        self._sheet.write_string(self._row, 0, _cut(text), shown)
        self._row += 1

    def _pair(self, words: str, value: Cell) -> None:
        self._sheet.write_string(self._row, 0, _cut(words), self._formats.get(font_color="#4d5560"))
        kind = Kind.DAY if isinstance(value, date) else Kind.TEXT
        shown = self._formats.get(align="left", num_format="yyyy-mm-dd")
        put_cell(self._sheet, (self._row, 1), value, kind, shown)
        self._row += 1

    def _figures(self, answer: Answer) -> None:
        self._row += 1
        names = ("figure", "value", "low", "high", "definition")
        for at, name in enumerate(names):
            kind = Kind.NUMBER if 0 < at < len(names) - 1 else Kind.TEXT
            self._sheet.write_string(self._row, at, WORDS[name], self._formats.heading(kind))
        for figure in answer.figures:
            self._row += 1
            numbers = (figure.value, figure.low, figure.high)
            shown = self._formats.of(figure.kind, numbers)
            top = self._formats.get(valign="top", text_wrap=True)
            self._sheet.write_string(self._row, 0, _cut(figure.words), top)
            for at, value in enumerate(numbers, start=1):
                put_cell(self._sheet, (self._row, at), value, figure.kind, shown)
            self._sheet.write_string(self._row, len(names) - 1, _cut(figure.means), top)

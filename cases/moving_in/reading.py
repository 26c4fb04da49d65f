"""Read the files of an export into typed rows, and name every cell that cannot be what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from cases.money import read_cents
from cases.moving_in.addresses import join_addresses
from cases.moving_in.columns import Column, ExportFile, Sort
from cases.moving_in.errors import Fault
from cases.moving_in.files import FILES
from cases.moving_in.mapping import Allowed, Mapping, words_of
from cases.moving_in.text import rows_of
from geo.loading.values import dates

type Row = dict[str, Any]
"""A row by our columns, None where a cell is empty; ``line`` is its place in the file, and
``said`` what it says itself of a word that was translated."""


@dataclass(frozen=True, slots=True)
class Export:
    """An export as it was read.

    Attributes
    ----------
    rows, counted
        The rows of each file, those with faults left out, and how many there are with them.
    numbers
        Of all cases, those with faults among them.
    """

    folder: Path
    mapping: Mapping
    rows: dict[str, list[Row]] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)

    def is_whole(self, *names: str) -> bool:
        """Tell whether no row of some files has a fault of its own."""
        return all(len(self.rows[name]) == self.counted[name] for name in names)


def read_export(folder: Path, mapping: Mapping, *, allowed: Allowed, faults: list[Fault]) -> Export:
    """Read all files of an export; a file that need not be there and is not has no rows.

    Parameters
    ----------
    faults
        What is wrong with them is added here.
    """
    export = Export(folder, mapping)
    for file in FILES:
        rows = _read(export, file, allowed=allowed, faults=faults)
        export.counted[file.name] = len(rows)
        if file.name == "cases":
            export.numbers.update(row["case_no"] for row in rows)
            faults += join_addresses(rows, mapping=mapping)
        export.rows[file.name] = [row for row in rows if row.pop("whole")]
    return export


def _read(export: Export, file: ExportFile, *, allowed: Allowed, faults: list[Fault]) -> list[Row]:
    path, mapping = export.folder / file.file, export.mapping
    if not path.is_file():
        if file.needed:
            remedy = f"Export it; docs/moving-in.md tells what {file.file} holds"
            faults.append(Fault(file.file, 0, "", "", "is missing", remedy))
        return []
    header, lines = rows_of(path, name=file.file, encoding=mapping.system.encoding, faults=faults)
    rows: list[Row] = [{"line": number, "said": {}, "whole": True} for number, _ in lines]
    for column in file.columns:
        theirs = mapping.theirs(file, column)
        cells = _cells(file, column, theirs, header, lines, faults=faults)
        if cells is None:
            _leave_out(rows, column)
            continue
        reader = _Reader(file, column, theirs, allowed=allowed, mapping=mapping)
        reader.fill(rows, cells, faults=faults)
    return rows


def _cells(
    file: ExportFile,
    column: Column,
    theirs: str,
    header: Sequence[str],
    lines: Sequence[tuple[int, list[str]]],
    *,
    faults: list[Fault],
) -> list[str] | None:
    """Return a column's cells, all empty where the file need not have it; None where it must."""
    if theirs in header:
        at = header.index(theirs)
        return [cells[at].strip() for _, cells in lines]
    if column.needed and header:
        remedy = (
            f"Export it, or say under [columns.{file.name}] of mapping/system.toml which of "
            f"{', '.join(header)} it is"
        )
        faults.append(Fault(file.file, 1, theirs, "", "this column is missing", remedy))
        return None
    return [""] * len(lines)


def _leave_out(rows: Sequence[Row], column: Column) -> None:
    """Say of no row what a column would have said that is missing; that was told once."""
    for row in rows:
        row |= {column.name: None, "whole": False}


class _Reader:
    """Reads one column of one file."""

    def __init__(
        self, file: ExportFile, column: Column, theirs: str, *, allowed: Allowed, mapping: Mapping
    ) -> None:
        self._file, self._column, self._theirs = file, column, theirs
        self._mapping = mapping
        self._known = frozenset(column.words) or allowed.get((file.name, column.name), frozenset())

    def fill(self, rows: Sequence[Row], cells: Sequence[str], *, faults: list[Fault]) -> None:
        """Put what the cells say into the rows, and say which cannot be."""
        column = self._column
        days: Any = ()
        bad: Any = ()
        if column.sort is Sort.DAY:
            days, bad = dates(pd.Series(cells, dtype="str"))
        for at, (row, cell) in enumerate(zip(rows, cells, strict=True)):
            problem: tuple[str, str] | None = None
            value: Any = None
            if not cell:
                if column.needed:
                    problem = ("is empty", "Fill it in the old system and export again")
            elif column.sort is Sort.DAY:
                value, problem = days[at], self._of_day(days[at], is_bad=bool(bad[at]))
            elif column.sort is Sort.WORD:
                value, problem = self._word(cell)
                row["said"][column.name] = cell
            else:
                value, problem = _plain(cell, column.sort)
            row[column.name] = value
            row["whole"] &= problem is None and not (cell and value is None)
            if problem is not None:
                where = (self._file.file, row["line"], self._theirs, cell)
                faults.append(Fault(*where, *problem))

    def _of_day(self, day: Any, *, is_bad: bool) -> tuple[str, str] | None:
        if is_bad or day is None:
            return "is no date", "Write it as 2026-10-31 or 10/31/2026"
        as_of = self._mapping.system.as_of
        if self._column.past and day > as_of:
            why = f"lies after {as_of}, the day the export speaks of"
            return why, "Mend the date, or as_of in mapping/system.toml"
        return None

    def _word(self, cell: str) -> tuple[str | None, tuple[str, str] | None]:
        ours = self._mapping.ours((self._file.name, self._column.name), cell)
        if ours in self._known:
            return ours, None
        if ours == "":  # the mapping itself has a fault there, which was told of
            return None, None
        file = words_of(self._file, self._column)
        known = ", ".join(sorted(self._known)) or "none yet"
        remedy = f"Add the line {cell},... to {file}; ours may be: {known}"
        return None, (f"is not in {file}", remedy)


def _plain(cell: str, sort: Sort) -> tuple[Any, tuple[str, str] | None]:
    if sort is Sort.TEXT:
        return cell, None
    if sort is Sort.COUNT:
        plain = cell.replace(",", "")
        if plain.isdecimal():
            return int(plain), None
        return None, ("is no whole number", "Write how many there are: 1250")
    below = sort is Sort.SIGNED and cell.startswith(("-", "("))
    bare = cell.strip("-()") if below else cell
    cents = read_cents(bare)
    if cents is None:
        return None, ("is no amount in dollars and cents", "Write it as 1250.00")
    return (-cents if below else cents), None

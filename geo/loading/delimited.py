"""Read a table of separated text, and name the rows that are not whole."""

import csv
import gzip
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, override

import pandas as pd

from geo.loading.layer import Layer, Shapes, told

LONGEST_FIELD = 1 << 30
"""In letters; an outline as WKT is longer than what Python's reader takes by itself."""


class CsvLayer(Layer):
    """A table of comma, semicolon or tab separated text, gzipped or not."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        with told(self):
            first = self._first_line
            self._separator = max(",;\t", key=first.count)
            self.columns = tuple(self._read(nrows=0).columns)

    @override
    def read(self, columns: Sequence[str]) -> tuple[pd.DataFrame, Shapes | None]:
        with told(self):
            frame = self._read(usecols=list(columns))[list(columns)]
            self.torn = self._torn(rows=len(frame))
            return frame, None

    def _torn(self, *, rows: int) -> dict[int, str]:
        """Count each row's fields, of which pandas says nothing; empty ones too many tear none."""
        lines = self._lines()
        width = len(next(lines))
        torn = {}
        number = 0
        for number, fields in enumerate(lines, 1):
            if len(fields) < width or any(fields[width:]):
                torn[number] = f"it has {len(fields)} fields where the first line names {width}"
        if number != rows:
            msg = f"its lines make {number:,} rows or {rows:,}"
            raise ValueError(msg)
        return torn

    def _lines(self) -> Iterator[list[str]]:
        """Take the text apart into rows, leaving out the blank lines as pandas does."""
        csv.field_size_limit(LONGEST_FIELD)
        opener = gzip.open if self.path.suffix == ".gz" else open
        with opener(self.path, "rt", encoding=self._encoding, newline="") as file:
            for fields in csv.reader(file, delimiter=self._separator):
                if len(fields) > 1 or (fields and not fields[0].isspace()):
                    yield fields

    def _read(self, **options: Any) -> pd.DataFrame:
        frame: pd.DataFrame = pd.read_csv(
            self.path,
            sep=self._separator,
            dtype="str",
            encoding=self._encoding,
            index_col=False,
            keep_default_na=False,
            na_values=[""],
            **options,
        )
        return frame

    @cached_property
    def _bytes_of_first_lines(self) -> bytes:
        opener = gzip.open if self.path.suffix == ".gz" else open
        with opener(self.path, "rb") as file:
            return file.read(1 << 24)

    @cached_property
    def _encoding(self) -> str:
        # Old county systems still write Windows-1252, in which every byte means something.
        try:
            self._bytes_of_first_lines.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            whole = problem.end < len(self._bytes_of_first_lines)
            return "cp1252" if whole else "utf-8-sig"
        return "utf-8-sig"

    @cached_property
    def _first_line(self) -> str:
        if b"\0" in self._bytes_of_first_lines:
            msg = "it holds binary data, not text"
            raise ValueError(msg)
        return self._bytes_of_first_lines.decode(self._encoding, "replace").partition("\n")[0]

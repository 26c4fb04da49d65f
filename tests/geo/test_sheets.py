"""Cells of the tables Lotline writes: what a spreadsheet makes of them."""

import csv
from pathlib import Path

import pytest

from geo.loading.rows import Reject, write_rejects
from geo.sheets import defused


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_cell_that_would_run_as_a_formula_is_quoted(start: str) -> None:
    assert defused(f"{start}cmd|'/c calc'!A0") == f"'{start}cmd|'/c calc'!A0"


def test_the_list_of_rejects_holds_no_formula_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    link = '=HYPERLINK("http://elsewhere")'
    write_rejects(path, rejects=[Reject(7, "12-1", "no_shape", "-"), Reject(2, link, "x", "+1")])
    with path.open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file)) == [
            ["row", "key", "code", "reason"],
            ["2", f"'{link}", "x", "'+1"],
            ["7", "12-1", "no_shape", "'-"],
        ]

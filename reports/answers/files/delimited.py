"""Write a table of an answer as CSV: a column each, by its key, the ends of intervals too."""

from pathlib import Path

from reports.answers.answer import Table
from reports.answers.files.columns import filed
from reports.export import put_rows


def put_csv(table: Table, path: Path) -> None:
    """Write a table; days as ``2026-03-02``, money in dollars, what is unknown as nothing.

    No cell is a formula to a spreadsheet (`geo.sheets.defused`).
    """
    kinds = {each.key: each.kind for each in table.columns}
    rows = ([filed(row.cells[key], kind) for key, kind in kinds.items()] for row in table.rows)
    put_rows(list(kinds), rows, path)

"""Hand a table out as CSV, no cell of which a spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from geo.sheets import defused


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[object]], *, name: str) -> Response:
    """Return a table as a file to be kept.

    Parameters
    ----------
    name
        What the file is called: ``receipts-2026-06-15.csv``.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    answer = Response(file.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

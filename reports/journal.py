"""Write the journal of some days as a file a town's general ledger can take in."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from cases.ledger.queries import journal
from reports.export import write_rows

HEADING = (
    "posting", "posted_on", "effective_on", "case", "kind", "account", "component", "debit",
    "credit", "method", "reference", "memo", "actor", "reverses",
)  # fmt: skip
_AT_ONCE = 5_000


class Totals(NamedTuple):
    """What a journal comes to; debits and credits in cents, which are equal."""

    entries: int
    debits: int
    credits: int


def export_journal(connection: sa.Connection, path: Path, *, first: date, last: date) -> Totals:
    """Write the entries posted on some days of the town, both included, in dollars and cents.

    Raises
    ------
    ReportError
        When the folder is missing or closed to us.
    """
    totals = Totals(0, 0, 0)

    def rows() -> Iterator[tuple[Any, ...]]:
        nonlocal totals
        query = journal(first=first, last=last)
        for entry in connection.execute(query, execution_options={"yield_per": _AT_ONCE}):
            totals = Totals(
                totals.entries + 1, totals.debits + entry.debit, totals.credits + entry.credit
            )
            yield (*entry[:7], _dollars(entry.debit), _dollars(entry.credit), *entry[9:])

    write_rows(HEADING, rows(), path)
    return totals


def _dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"

"""Export the ledger and check it on the command line."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webmap.cli.days import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import sqlalchemy as sa

# What asks the database is imported by the command that does: it costs seconds, help must not.


@click.group()
def ledger() -> None:
    """Export the ledger, and check that it adds up.

    Example: lotline ledger check
    """


@ledger.command()
@click.option("--from", "first", type=DAY, required=True, help="The first day.")
@click.option("--to", "last", type=DAY, required=True, help="The last day, itself included.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write."
)
def export(first: date, last: date, out: Path) -> None:
    """Write the journal of some days as CSV, for the town's general ledger.

    A day holds what was posted on it by the town's clock, so that it never changes once it is
    over. Every posting stands in lines of double entry; debits and credits have the same sum.

    Example: lotline ledger export --from 2026-11-01 --to 2026-11-30 --out november.csv
    """
    if first > last:
        msg = f"--from {first} lies after --to {last}: no day is in both."
        raise click.UsageError(msg)
    from cases.ledger.errors import LedgerError  # noqa: PLC0415 - seconds of imports
    from cases.money import write_cents  # noqa: PLC0415
    from reports.journal import export_journal  # noqa: PLC0415

    with _reading() as connection:
        totals = export_journal(connection, out, first=first, last=last)
    if totals.debits != totals.credits:
        told = f"{write_cents(totals.debits)} and credits {write_cents(totals.credits)}"
        msg = f"The debits in {out} are {told}: run lotline ledger check before you use it."
        raise LedgerError(msg)
    both = write_cents(totals.debits)
    click.echo(f"{totals.entries:,} entries, debits and credits {both} each.")
    click.echo(f"Wrote {out}")


@ledger.command()
def check() -> None:
    """Say which balance or posting is not what its entries come to; exit 1 where one is not.

    Example: lotline ledger check
    """
    from cases.ledger.checking import unequal  # noqa: PLC0415
    from cases.ledger.errors import LedgerError  # noqa: PLC0415

    with _reading() as connection:
        found = list(unequal(connection))
    for fault in found:
        click.echo(fault)
    if found:
        msg = f"{len(found)} places in the ledger are not what their entries come to."
        raise LedgerError(msg)
    click.echo("Every posting balances, and every balance is what its entries come to.")


@contextmanager
def _reading() -> Iterator[sa.Connection]:
    from geo.database import open_database  # noqa: PLC0415
    from webmap.settings import read_settings  # noqa: PLC0415

    settings = read_settings(os.environ)
    with (
        open_database(settings.home, settings.environ) as database,
        database.app.connect() as connection,
    ):
        yield connection

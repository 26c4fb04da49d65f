"""Run the clock on the command line, or see what it would notice."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from webmap.cli.days import DAY

if TYPE_CHECKING:
    from geo.database import Database
    from webmap.worker.clock import TownsDay

# What asks the database is imported by the command that does: it costs seconds, help must not.

SHOWN = 200


@click.group()
def clock() -> None:
    """Notice what falls due: a worker does so every day by itself.

    Example: lotline clock run --dry-run
    """


@clock.command()
@click.option("--as-of", type=DAY, help="The town's day; today unless given.")
@click.option("--dry-run", is_flag=True, help="Only say what would be noticed.")
def run(as_of: date | None, dry_run: bool) -> None:
    """Notice what fell due and was not noticed yet, mail it to whom it concerns, publish the root.

    Done once a day, however often it is run. A day to come can only be looked at (--dry-run).

    Example: lotline clock run --as-of 2026-12-24 --dry-run
    """
    from geo.database import open_database  # noqa: PLC0415
    from webmap.settings import read_settings  # noqa: PLC0415
    from webmap.worker.clock import run_day, telling_by, towns_day  # noqa: PLC0415

    settings = read_settings(os.environ)
    with open_database(settings.home, settings.environ) as database:
        day = towns_day(database.app, now=datetime.now(UTC))
        if day is None:
            msg = "No town is loaded yet, so nothing falls due: lotline import parcels FILE"
            raise click.ClickException(msg)
        on = as_of or day.today
        if dry_run:
            _foretell(database, day, on=on)
            return
        if on > day.today:
            msg = f"{on} is still to come: add --dry-run to see what will be due."
            raise click.BadParameter(msg, param_hint="--as-of")
        ran = run_day(database.app, day, on=on, told=telling_by(settings))
    if ran is None:
        click.echo(f"The clock ran for {on} already: each thing is noticed once.")
        return
    told = ", ".join(f"{count:,} {kind}" for kind, count in ran.noticed.items() if count)
    click.echo(f"Noticed for {on}: {told or 'nothing'}. {ran.mailed:,} mails queued.")


def _foretell(database: Database, day: TownsDay, *, on: date) -> None:
    from cases.clock.noticing import notice, noticed  # noqa: PLC0415

    with database.app.connect() as connection:  # never committed
        count = sum(notice(connection, on=on, now=day.now).values())
        for row in connection.execute(noticed(on=on, at=day.now).limit(SHOWN)):
            click.echo(f"{row.kind:<12} {row.due_on}  {row.number}")
    if count > SHOWN:
        click.echo(f"... and {count - SHOWN:,} more")
    click.echo(f"{count:,} would be noticed for {on}.")

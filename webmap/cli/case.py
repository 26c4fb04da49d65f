"""Tell of one case on the command line."""

import os

import click

from cases.errors import CaseError
from cases.story import case_numbered, events_of, told
from geo.database import open_database
from webmap.settings import read_settings


@click.group()
def case() -> None:
    """Tell of one case.

    Example: lotline case story CE-2026-00017
    """


@case.command()
@click.argument("number")
def story(number: str) -> None:
    """Tell a case's life in plain words, with the law each step rests on.

    Example: lotline case story CE-2026-00017
    """
    settings = read_settings(os.environ)
    with (
        open_database(settings.home, settings.environ) as database,
        database.app.connect() as connection,
    ):
        found = connection.execute(case_numbered(number)).first()
        if found is None:
            msg = f"There is no case numbered {number}: check the number on the notice."
            raise CaseError(msg)
        click.echo(f"{found.number}  {found.category}  ({found.phase})")
        for line in told(connection.execute(events_of(found.id)).all()):
            click.echo(f"{line.on or 'day unknown'!s:<12}  {line.text}")

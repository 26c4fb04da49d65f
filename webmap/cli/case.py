"""Tell of one case on the command line."""

import os

import click

from cases.errors import CaseError
from cases.story import whole
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
    """Tell a case's life and which complaints fed it, or a complaint's own, in plain words.

    Example: lotline case story CE-2026-00017
    """
    settings = read_settings(os.environ)
    with (
        open_database(settings.home, settings.environ) as database,
        database.app.connect() as connection,
    ):
        lines = list(whole(connection, number.strip().upper()))
    if not lines:
        msg = f"There is no case numbered {number}: check the number on the notice."
        raise CaseError(msg)
    click.echo("\n".join(lines))

"""Say which folder Lotline keeps its data in."""

import os

import click

from webmap.settings import read_settings


@click.command()
def home() -> None:
    """Print LOTLINE_HOME as it is understood here. Example: lotline home."""
    click.echo(read_settings(os.environ).home)

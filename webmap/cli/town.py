"""Build the generated demo town from the command line."""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from cases.published import PUBLISHED
from data.town.build import Plan, build, is_empty
from geo.database import open_database
from geo.schema import upgrade
from webmap.cli.progress import steps
from webmap.settings import read_settings

TOWN_ZONE = ZoneInfo("America/New_York")


@click.group()
def town() -> None:
    """Build the generated demo town.

    Example: lotline town build --parcels 3200 --years 2 --seed 7
    """


@town.command("build")
@click.option("--parcels", type=click.IntRange(50), default=3200, show_default=True)
@click.option("--years", type=click.IntRange(1, 30), default=2, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True)
@click.option("--if-empty", is_flag=True, help="Do nothing when a town is loaded already.")
def build_(parcels: int, years: int, seed: int, if_empty: bool) -> None:
    """Generate a town with its cases and load it. Same seed, same town.

    Example: lotline town build --parcels 3200 --years 2 --seed 7
    """
    settings = read_settings(os.environ)
    with open_database(settings.home, settings.environ) as database:
        upgrade(database, published=PUBLISHED)
        with steps() as progress, database.owner.begin() as connection:
            if if_empty and not is_empty(connection):
                return
            files = build(
                connection,
                Plan(parcels=parcels, years=years, seed=seed),
                folder=settings.home / "town",
                network=settings.streets,
                today=datetime.now(TOWN_ZONE).date(),
                progress=progress,
            )
    counts = ", ".join(f"{number:,} {kind}" for kind, number in files.counts.items())
    click.echo(f"{files.name}: {counts}. Its files are in {settings.home / 'town'}.")

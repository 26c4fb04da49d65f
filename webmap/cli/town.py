"""Build the generated demo town from the command line."""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from cases.published import PUBLISHED
from data.town.build import Plan, build
from geo.database import Database, open_database
from geo.schema import upgrade
from geo.streets.dataset import replacing
from webmap.cli.progress import steps
from webmap.settings import Settings, read_settings

TOWN_ZONE = ZoneInfo("America/New_York")
USUAL = Plan(parcels=3200, years=2, seed=7)


@click.group()
def town() -> None:
    """Build the generated demo town.

    Example: lotline town build --parcels 3200 --years 2 --seed 7
    """


@town.command("build")
@click.option("--parcels", type=click.IntRange(200), default=USUAL.parcels, show_default=True)
@click.option("--years", type=click.IntRange(1, 30), default=USUAL.years, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=USUAL.seed, show_default=True)
def build_(parcels: int, years: int, seed: int) -> None:
    """Generate a town with its cases and load it. Same seed, same town.

    Example: lotline town build --parcels 3200 --years 2 --seed 7
    """
    settings = read_settings(os.environ)
    with open_database(settings.home, settings.environ) as database:
        upgrade(database, published=PUBLISHED)
        build_town(database, settings, plan=Plan(parcels=parcels, years=years, seed=seed))


def build_town(database: Database, settings: Settings, *, plan: Plan = USUAL) -> None:
    """Generate a town into an empty database of the newest schema, and say what is in it."""
    with (
        steps() as progress,
        replacing(settings.streets) as network,
        database.owner.begin() as connection,
    ):
        files = build(
            connection,
            plan,
            folder=settings.home / "town",
            network=network,
            today=datetime.now(TOWN_ZONE).date(),
            progress=progress,
        )
    counts = ", ".join(f"{number:,} {kind}" for kind, number in files.counts.items())
    click.echo(f"{files.name}: {counts}. Its files are in {settings.home / 'town'}.")

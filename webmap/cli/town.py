"""Build the generated demo town from the command line."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

if TYPE_CHECKING:
    from data.town.build import Plan
    from geo.database import Database
    from webmap.settings import Settings

# What generates and loads is imported by what uses it: it costs seconds, help must not.
TOWN_ZONE = ZoneInfo("America/New_York")
PARCELS, YEARS, SEED = 1600, 2, 7
"""Large enough for each kind of course a case may take, small enough to be played in a minute."""


@click.group()
def town() -> None:
    """Build the generated demo town.

    Example: lotline town build --parcels 1600 --years 2 --seed 7
    """


@town.command("build")
@click.option("--parcels", type=click.IntRange(200), default=PARCELS, show_default=True)
@click.option("--years", type=click.IntRange(1, 30), default=YEARS, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True)
def build_(parcels: int, years: int, seed: int) -> None:
    """Generate a town with its cases and load it. Same seed, same town.

    Example: lotline town build --parcels 1600 --years 2 --seed 7
    """
    from cases.published import PUBLISHED  # noqa: PLC0415 - seconds of imports
    from data.town.build import Plan  # noqa: PLC0415
    from geo.database import open_database  # noqa: PLC0415
    from geo.schema import upgrade  # noqa: PLC0415
    from webmap.settings import read_settings  # noqa: PLC0415

    settings = read_settings(os.environ)
    with open_database(settings.home, settings.environ) as database:
        upgrade(database, published=PUBLISHED)
        build_town(database, settings, plan=Plan(parcels=parcels, years=years, seed=seed))


def build_town(database: Database, settings: Settings, *, plan: Plan | None = None) -> None:
    """Generate a town into an empty database of the newest schema, and say what is in it."""
    from data.town.build import Plan, build  # noqa: PLC0415
    from webmap.cli.progress import steps  # noqa: PLC0415

    with steps() as progress:
        files = build(
            database,
            plan or Plan(parcels=PARCELS, years=YEARS, seed=SEED),
            folder=settings.home / "town",
            streets=settings.streets,
            documents=settings.documents,
            now=datetime.now(TOWN_ZONE),
            progress=progress,
        )
    counts = ", ".join(f"{number:,} {kind}" for kind, number in files.counts.items())
    click.echo(f"{files.name}: {counts}. Example files are in {settings.home / 'town'}.")

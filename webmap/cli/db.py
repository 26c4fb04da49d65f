"""Start, stop, upgrade and describe the database from the command line."""

import os

import click
import sqlalchemy as sa

from cases.published import PUBLISHED
from geo.cluster import Cluster
from geo.database import Database, from_settings, open_database
from geo.errors import DatabaseError
from geo.schema import is_newest, revisions, server_versions, upgrade
from webmap.cli.telling import keep_public_rule
from webmap.settings import Settings, read_settings


@click.group()
def db() -> None:
    """Start, stop and upgrade the database.

    Example: lotline db status
    """


@db.command()
def up() -> None:
    """Start the private cluster (made on first use). Example: lotline db up."""
    running = _own_cluster().up()
    word = "started" if running.started else "already up"
    click.echo(f"The database is {word} (socket in {running.socket}).")


@db.command()
def down() -> None:
    """Stop the private cluster. Example: lotline db down."""
    stopped = _own_cluster().down()
    click.echo("The database is stopped." if stopped else "The database was not running.")


@db.command("upgrade")
def upgrade_() -> None:
    """Bring the schema to the newest revision. Example: lotline db upgrade."""
    settings = read_settings(os.environ)
    rule = settings.public_rule
    with open_database(settings.home, settings.environ) as database:
        before, _ = revisions(database)
        upgrade(database, published=PUBLISHED)
        keep_public_rule(database, rule)
        after, _ = revisions(database)
    click.echo(f"The schema is at revision {after} (was {before or 'empty'}).")


@db.command()
def status() -> None:
    """Say where the database is and how its schema stands. Example: lotline db status."""
    settings = read_settings(os.environ)
    if not settings.environ.get("DATABASE_URL") and not _own_cluster().answers():
        click.echo(f"The private cluster in {settings.home} is down. Start it: lotline db up")
        return
    with from_settings(settings.home, settings.environ) as database:
        for line in _describe(settings, database):
            click.echo(line)


def _describe(settings: Settings, database: Database) -> list[str]:
    postgres, postgis = server_versions(database)
    current, newest = revisions(database)
    where = sa.make_url(database.app_url).render_as_string(hide_password=True)
    lines = [
        f"home        {settings.home}",
        f"database    {where}",
        f"server      PostgreSQL {postgres}, PostGIS {postgis}",
        f"schema      {current or 'empty'} of {newest}",
    ]
    if not is_newest(database, published=PUBLISHED):
        lines.append("            run: lotline db upgrade")
    return lines


def _own_cluster() -> Cluster:
    settings = read_settings(os.environ)
    if settings.environ.get("DATABASE_URL"):
        msg = (
            "DATABASE_URL names a server of your own: Lotline neither starts nor stops it. "
            "Unset DATABASE_URL to use the private cluster."
        )
        raise DatabaseError(msg)
    return Cluster(settings.home, settings.environ)

"""Add the people who may sign in, on the command line."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
import sqlalchemy as sa

from cases.accounts import links, members, passwords, people
from cases.accounts.errors import AccountError
from cases.workflow.roles import Role
from geo.database import open_database
from webmap.settings import Settings, read_settings

BY = "the command line"


@click.group()
def user() -> None:
    """Add the people who may sign in.

    Example: lotline user add rivera --role officer
    """


@user.command()
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([str(role) for role in members.ROLES]))
@click.option("--full-name", help="As letters and records show it; the sign-in name unless given.")
@click.option("--email", help="For a forgotten password and for the city's own sign-in.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(
    name: str, role: str, full_name: str | None, email: str | None, password_stdin: bool
) -> None:
    """Add somebody who signs in as NAME; prints a link by which they set their password.

    Example: lotline user add rivera --role officer --full-name "M. Rivera"
    """
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    now = datetime.now(UTC)
    with _connected() as (settings, connection):
        staff_id = people.add(
            connection, login=name, name=full_name or name, role=Role(role), email=email,
            by=BY, now=now,
        )  # fmt: skip
        if password is not None:
            passwords.set_password(connection, staff_id, password, by=BY, now=now)
        else:
            _say_link(connection, staff_id, settings, now=now)
    click.echo(f"{name} may sign in as {role.replace('_', ' ')}.")


@user.command()
@click.argument("name")
def link(name: str) -> None:
    """Print a new link by which NAME sets a password; links given out before no longer work.

    Example: lotline user link rivera
    """
    with _connected() as (settings, connection):
        person = members.find(connection, name)
        if person is None:
            msg = f"Nobody signs in as {name}: lotline user list names everybody."
            raise AccountError(msg)
        _say_link(connection, person.id, settings, now=datetime.now(UTC))


@user.command("list")
def list_() -> None:
    """List everybody who may sign in, or could.

    Example: lotline user list
    """
    with _connected() as (_, connection):
        for row in connection.execute(members.everyone()):
            access = "" if row.active else "  (no access)"
            click.echo(f"{row.login:<20}{row.role:<17}{row.name}{access}")


@contextmanager
def _connected() -> Iterator[tuple[Settings, sa.Connection]]:
    settings = read_settings(os.environ)
    with (
        open_database(settings.home, settings.environ) as database,
        database.app.begin() as connection,
    ):
        yield settings, connection


def _say_link(
    connection: sa.Connection, staff_id: int, settings: Settings, *, now: datetime
) -> None:
    token = links.make(connection, staff_id, lasting=links.INVITATION, by=BY, now=now)
    click.echo(f"Set the password within three days: {settings.url}/set-password/{token}")

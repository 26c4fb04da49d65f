"""Tell of one case on the command line."""

import os
from collections.abc import Iterator
from typing import Any

import click
import sqlalchemy as sa

from cases.errors import CaseError
from cases.story import (
    case_numbered,
    complaint_numbered,
    complaints_of,
    events_of,
    events_of_complaint,
    told,
)
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
        lines = [*_of_case(connection, number)] or [*_of_complaint(connection, number)]
    if not lines:
        msg = f"There is no case numbered {number}: check the number on the notice."
        raise CaseError(msg)
    click.echo("\n".join(lines))


def _of_case(connection: sa.Connection, number: str) -> Iterator[str]:
    found = connection.execute(case_numbered(number)).first()
    if found is None:
        return
    yield f"{found.number}  {found.category}  ({found.phase})"
    for fed in connection.execute(complaints_of(found.id)):
        came = f"{fed.channel or 'channel unknown'}, received {fed.received_on or 'day unknown'}"
        yield f"Fed by complaint {fed.number}  ({came}, {fed.status})"
    yield from _life(connection, events_of(found.id))


def _of_complaint(connection: sa.Connection, number: str) -> Iterator[str]:
    found = connection.execute(complaint_numbered(number)).first()
    if found is None:
        return
    yield f"{found.number}  {found.category}  (complaint, {found.status})"
    yield from _life(connection, events_of_complaint(found.id))


def _life(connection: sa.Connection, events: sa.Select[Any]) -> Iterator[str]:
    for line in told(connection.execute(events).all()):
        yield f"{line.on or 'day unknown'!s:<12}  {line.text}"

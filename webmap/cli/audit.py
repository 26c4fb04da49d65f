"""Check every history on the command line, and write the root that anchors them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import sqlalchemy as sa

from cases.anchors import cut_off, root_lines
from cases.errors import HistoryError
from cases.history import faults
from geo.database import open_database
from webmap.settings import read_settings


@click.group()
def audit() -> None:
    """Check the history of every case and complaint.

    Example: lotline audit verify
    """


@audit.command()
@click.option(
    "--root",
    "anchor",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A root written earlier: finds histories whose end was cut away since.",
)
def verify(anchor: Path | None) -> None:
    """Say where a history was edited, cut or put out of order; exit 1 where one was.

    Example: lotline audit verify --root root-2026-11-25.txt
    """
    with _reading() as connection:
        found = list(faults(connection))
        if anchor is not None:
            found += cut_off(connection, anchor.read_text(encoding="utf-8").splitlines())
    for fault in found:
        click.echo(fault)
    if found:
        msg = f"{len(found)} places in the histories are not as they were written."
        raise HistoryError(msg)
    click.echo("Every history is as it was written.")


@audit.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
def root(out: Path) -> None:
    """Write where every history ends now, to be kept where this computer cannot reach it.

    Example: lotline audit root --out root-2026-11-25.txt
    """
    last = ""
    with _reading() as connection, out.open("w", encoding="utf-8") as file:
        for last in root_lines(connection):
            file.write(f"{last}\n")
    click.echo(f"{last}\nKeep {out} elsewhere: it shows what is cut away later.")


@contextmanager
def _reading() -> Iterator[sa.Connection]:
    settings = read_settings(os.environ)
    with (
        open_database(settings.home, settings.environ) as database,
        database.app.connect() as connection,
    ):
        yield connection

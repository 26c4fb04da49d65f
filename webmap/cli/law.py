"""Check a law pack from the command line, and say who may do what under it."""

import getpass
import os
from collections.abc import Iterator
from pathlib import Path

import click

from cases.lawpack.reading import DEFAULT, read_pack
from cases.permissions import Permission, permissions, rights_of
from cases.plain_law.telling import in_plain_words
from cases.workflow.roles import Role

_WIDEST = 38
"""Columns for what is done; a longer one is written all the same."""
_ROLES = [str(each) for each in Role]


@click.group()
def law() -> None:
    """Check a town's law, kept in one TOML file, and say who may do what under it.

    Example: lotline law check my-town.toml
    """


@law.command()
@click.argument("file", type=click.Path(path_type=Path), default=DEFAULT)
def check(file: Path) -> None:
    """Say whether a law pack may be used; the bundled one when no FILE is given.

    Whatever is wrong is named by its line, and the pack's own vectors are tried. What it says is
    then told in plain words.

    Example: lotline law check data/law/florida-town.toml
    """
    pack = read_pack(file)
    about = pack.pack
    click.echo(f"{about.title} ({about.name} {about.version}, {about.state})")
    click.echo(f"{len(pack.ordinances)} provisions, {len(pack.vectors)} vectors hold.")
    click.echo(about.notice)
    for subject in in_plain_words(pack):
        click.echo(f"\n{subject.title}")
        for line in subject.lines:
            click.echo(f"  {line.words}")


@law.command(name="adopt")
@click.argument("file", type=click.Path(path_type=Path), default=DEFAULT)
def adopt_(file: Path) -> None:
    """Put a law pack in force for the cases opened from today on; the bundled one without a FILE.

    A case keeps to the text it was opened under; a changed pack needs a version of its own.

    Example: lotline law adopt my-town.toml
    """
    from cases.adopted import adopt  # noqa: PLC0415 - seconds of imports
    from geo.database import open_database  # noqa: PLC0415
    from webmap.cli.taking_in import bring_up_to_date, one_transaction  # noqa: PLC0415
    from webmap.clock import TownClock  # noqa: PLC0415
    from webmap.settings import read_settings  # noqa: PLC0415

    about = read_pack(file).pack
    settings = read_settings(os.environ)
    with open_database(settings.home, settings.environ) as database:
        bring_up_to_date(database)
        today = TownClock(database.owner).today()
        with one_transaction(database) as connection:
            adopt(connection, file, on=today, by=getpass.getuser())
    click.echo(f"{about.name} {about.version} is in force for cases opened from {today} on.")
    click.echo(about.notice)


@law.command(name="permissions")
@click.argument("file", type=click.Path(path_type=Path), default=DEFAULT)
@click.option(
    "--role", type=click.Choice([str(each) for each in Role]), help="Tell of this role only."
)
def permissions_(file: Path, role: str | None) -> None:
    """Say what each role may do under a law pack, and the provision each step rests on.

    Steps that the town leaves out are left out here.

    Example: lotline law permissions --role clerk
    """
    pack = read_pack(file)
    roles = [Role(role)] if role else list(Role)
    told = rights_of(Role(role), pack) if role else permissions(pack)
    for section, listed in told.items():
        click.echo(_row(_plain(section).upper(), [_plain(each) for each in roles]))
        for line in _matrix(listed, roles):
            click.echo(line)
        click.echo()


def _matrix(listed: tuple[Permission, ...], roles: list[Role]) -> Iterator[str]:
    for each in listed:
        marks = ["yes" if role in each.by else "-" for role in roles]
        cells = [f"{mark:{len(role)}}" for mark, role in zip(marks, roles, strict=True)]
        source = f"  [{'; '.join(each.sources)}]" if each.sources else ""
        yield (_row(f"  {each.words}", cells) + source).rstrip()


def _row(first: str, cells: list[str]) -> str:
    return f"{first:{_WIDEST}}  {'  '.join(cells)}"


def _plain(word: str) -> str:
    return word.replace("_", " ")

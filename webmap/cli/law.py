"""Check a law pack from the command line."""

from pathlib import Path

import click

from cases.lawpack.reading import DEFAULT, read_pack


@click.group()
def law() -> None:
    """Check a town's law, kept in one TOML file.

    Example: lotline law check my-town.toml
    """


@law.command()
@click.argument("file", type=click.Path(path_type=Path), default=DEFAULT)
def check(file: Path) -> None:
    """Say whether a law pack may be used; the bundled one when no FILE is given.

    Whatever is wrong is named by its line, and the pack's own vectors are tried.

    Example: lotline law check data/law/florida-town.toml
    """
    pack = read_pack(file)
    about = pack.pack
    click.echo(f"{about.title} ({about.name} {about.version}, {about.state})")
    click.echo(f"{len(pack.ordinances)} provisions, {len(pack.vectors)} vectors hold.")
    click.echo(about.notice)

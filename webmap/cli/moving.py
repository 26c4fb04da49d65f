"""Move a town in from its old system, from the command line."""

from __future__ import annotations

import getpass
import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from webmap.cli.taking_in import EXISTING, bring_up_to_date, one_transaction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cases.moving_in.control import Control, Figures
    from cases.moving_in.outcome import Moved
    from geo.database import Database
    from webmap.settings import Settings

# What reads and stores is imported by what uses it: it costs seconds, help must not.


@click.command("moving-in")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--dry-run", is_flag=True, help="Tell what would happen; change nothing.")
@click.option("--cut-over", is_flag=True, help="Take this as the last export, and end the move.")
@click.option("--exceptions", type=EXISTING, help="Where to name what waits for a person (CSV).")
def moving_in(*, folder: Path, dry_run: bool, cut_over: bool, exceptions: Path | None) -> None:
    """Move in from another system: cases, balances, liens and documents.

    FOLDER holds one CSV file a kind, the old system's own totals, and mapping files that say what
    its words mean here; docs/moving-in.md tells all of it, and data/moving-in/orrin-bay is an
    example. It is checked whole first: what is wrong is named by file, line and column, and nothing
    is written. The same folder again changes nothing.

    Example: lotline import moving-in export-2026-10-31 --dry-run
    """
    from geo.database import open_database  # noqa: PLC0415 - seconds of imports
    from webmap.settings import read_settings  # noqa: PLC0415

    settings = read_settings(os.environ)
    with open_database(settings.home, settings.environ) as database:
        bring_up_to_date(database)
        moved = _move(database, settings, folder=folder, dry_run=dry_run, cut_over=cut_over)
    kept = None if dry_run else settings.home / "imports"  # a dry run keeps nothing of its own
    named = _name_exceptions(moved, to=exceptions, folder=kept)
    _tell(moved, folder=folder, dry_run=dry_run)
    if named is not None:
        click.echo(f"To settle: {named}")
    if cut_over and not dry_run:
        system = moved.system.system
        click.echo(f"The cut-over from {system} is made: no export is taken in any more.")


def _move(
    database: Database, settings: Settings, *, folder: Path, dry_run: bool, cut_over: bool
) -> Moved:
    from cases.actors import Moment  # noqa: PLC0415 - seconds of imports
    from cases.documents.store import Store  # noqa: PLC0415
    from cases.moving_in.cutting_over import cut_over as end_move  # noqa: PLC0415
    from cases.moving_in.moving import Move, move_in  # noqa: PLC0415
    from webmap.cli.progress import steps  # noqa: PLC0415
    from webmap.clock import TownClock  # noqa: PLC0415

    clock, actor = TownClock(database.owner), getpass.getuser()
    moment = Moment(on=clock.today(), now=clock.now())
    with ExitStack() as held:
        # Of a dry run no file may stay either.
        documents = held.enter_context(TemporaryDirectory()) if dry_run else settings.documents
        move = Move(
            folder=folder, store=Store(documents), actor=actor, moment=moment,
            progress=held.enter_context(steps()),
        )  # fmt: skip
        connection = held.enter_context(one_transaction(database))
        moved = move_in(connection, move)
        if cut_over:
            end_move(
                connection, moved.system.system, run_id=moved.run_id, on=moment.on, actor=actor
            )
        if dry_run:
            connection.rollback()
    return moved


def _name_exceptions(moved: Moved, *, to: Path | None, folder: Path | None) -> Path | None:
    """Write what waits for a person where it was asked for, or else into a folder, if any."""
    path = to or (folder and folder / f"{moved.run_id:05d}-moving-in-exceptions.csv")
    if path is None or not moved.set_aside:
        return None
    from cases.moving_in.steps import Aside  # noqa: PLC0415 - seconds of imports
    from geo.loading.rows import write_named  # noqa: PLC0415

    write_named(path, Aside._fields, moved.set_aside)
    return path


def _tell(moved: Moved, *, folder: Path, dry_run: bool) -> None:
    kept = " (dry run: nothing kept)" if dry_run else ""
    system = moved.system
    click.echo(f"Moving in from {system.system}, as of {system.as_of}: {folder.name}{kept}")
    for count, meaning in (
        (moved.new, "new cases"),
        (moved.changed, "brought to what the export says now"),
        (moved.unchanged, "unchanged"),
        (len(moved.worked_on), "worked on here since they came in, left alone"),
        (len({each.number for each in moved.set_aside}), "with something for a person to settle"),
    ):
        click.echo(f"  {count:>8,} {meaning}")
    for number in moved.conflicts:
        click.echo(f"Left alone, though the export says something new of it: {number}")
    for each in moved.set_aside:
        where = f"{each.file}, line {each.line}"
        click.echo(f"To settle: {each.number} ({where}, {each.code}): {each.reason}")
    _tell_controls(moved.controls)


_HEADS = ("control total", "old system", "here", "set aside", "worked on", "difference")


def _tell_controls(controls: Sequence[Control]) -> None:
    """Write the control totals as a table, each column as wide as it must be."""
    rows: list[tuple[str, ...]] = [_HEADS]
    for each in controls:
        figures = (each.theirs, each.here, each.set_aside, each.worked_on, each.difference)
        counts = each.what != "balance"
        rows.append((f"{each.what} {each.of}".strip(), *(_cell(of, counts) for of in figures)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *cells in rows:
        told = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        click.echo("  ".join((first.ljust(widths[0]), *told)))


def _cell(of: Figures, counts: bool) -> str:
    from cases.money import write_cents  # noqa: PLC0415 - seconds of imports

    return f"{of.count:,} / {write_cents(of.cents)}" if counts else write_cents(of.cents)

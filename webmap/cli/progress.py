"""Show how far long work is, on a terminal that someone watches or in a log that someone reads."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.loading.runs import Progress as Tell

LINE_SECONDS = 20.0
"""What goes to a log says how far it is so often, and nothing of what takes less."""


@contextmanager
def steps(*, percent: bool = False) -> Iterator[Tell]:
    """Give a function that is told of each step, how far it is and of how many.

    A bar is drawn on a terminal; where standard error is none, a line is written now and then.

    Parameters
    ----------
    percent
        Whether "how many" is always a hundred parts of the whole.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _in_lines(percent=percent)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn() if percent else MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Starting", total=None)

        def tell(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total if total > 1 else None)

        yield tell


def _in_lines(*, percent: bool) -> Tell:
    said = time.monotonic()

    def tell(step: str, done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said < LINE_SECONDS:
            return
        said = time.monotonic()
        far = f"{done} %" if percent else f"{done:,} of {total:,}"
        click.echo(f"{step}: {far}" if total > 1 else step, err=True)

    return tell

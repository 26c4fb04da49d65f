"""Show the best plan so far while it is searched, and let Ctrl-C end the search with it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from webmap.cli.progress import LINE_SECONDS
from webmap.cli.stopping import ended_by_hand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.status import Status

    from reports.routes.search import Watch

TOGETHER = "driving and what is left undone taken together"
STOPPED = "The search was ended early: this is the best plan found until then."


@contextmanager
def searching(*, stops: int) -> Iterator[Watch]:
    """Give who looks on at a search, on standard error; Ctrl-C ends it, and a second one all.

    On a terminal each better plan takes the place of the one before it; where standard error is
    none, a line is written now and then.

    Parameters
    ----------
    stops
        Among how many the plan is made.
    """
    from rich.console import Console  # noqa: PLC0415 - seconds of imports

    from reports.routes.search import Watch  # noqa: PLC0415

    console = Console(stderr=True)
    words = f"Planning among {stops:,} {'stop' if stops == 1 else 'stops'}"
    with ended_by_hand() as ended, console.status(words) as status:
        shown = _Shown(words, status if console.is_terminal else None)
        yield Watch(on_best=shown.better, stopped=ended.is_asked)
    if ended.is_asked():
        click.echo(STOPPED, err=True)


class _Shown:
    """The best so far, on a terminal or as lines."""

    def __init__(self, words: str, status: Status | None) -> None:
        self._words, self._status = words, status
        self._said = time.monotonic()

    def better(self, cost: int) -> None:
        words = f"{self._words}: the best so far costs {_span(cost)}, {TOGETHER}"
        if self._status is not None:
            self._status.update(f"{words} (Ctrl-C keeps it)")
        elif time.monotonic() - self._said >= LINE_SECONDS:
            self._said = time.monotonic()
            click.echo(words, err=True)


def _span(seconds: int) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"

"""Let Ctrl-C end a search with the best so far, and a second one end all."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

STOPPING = "Ending the search with the best so far; press Ctrl-C again to end all."


class Ended:
    """Whether somebody has asked for the end of the search."""

    def __init__(self) -> None:
        self._asked = False

    def is_asked(self) -> bool:
        """Tell whether somebody has."""
        return self._asked

    def by_hand(self, *_signal: Any) -> None:
        """Take the first Ctrl-C for that; the next is as it always is."""
        self._asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
        click.echo(STOPPING, err=True)


@contextmanager
def ended_by_hand() -> Iterator[Ended]:
    """Give whether Ctrl-C was pressed once while a search goes on."""
    ended = Ended()
    before = signal.signal(signal.SIGINT, ended.by_hand)
    try:
        yield ended
    finally:
        signal.signal(signal.SIGINT, before)

"""Tell every second that a process still works, and learn whether it is to stop."""

import os
import threading
import time
from collections.abc import Callable
from typing import Self

import sqlalchemy as sa

TELL_SECONDS = 1.0


class Heartbeat:
    """Tells every second how far a process is, and learns whether it is to stop.

    It is also to stop, with the best there is, when the process that started this one is gone.

    Parameters
    ----------
    tell
        Tells it, given the seconds since the beginning; gives whether to go on.
    longest
        Seconds after which it is to stop as well; None for never.

    Attributes
    ----------
    was_too_long
        Whether it was to stop for that.
    """

    def __init__(self, tell: Callable[[float], bool], *, longest: float | None = None) -> None:
        self.was_too_long = False
        self._tell, self._longest = tell, longest
        self._began, self._parent = time.monotonic(), os.getppid()
        self._stop, self._done = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def is_to_stop(self) -> bool:
        """Tell whether the process is to stop."""
        return self._stop.is_set()

    def __enter__(self) -> Self:
        """Begin to tell."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Tell once more, and no more then."""
        self._done.set()
        self._thread.join()
        self._beat()

    def _run(self) -> None:
        while not self._done.is_set():
            self._beat()
            if self._longest is not None and time.monotonic() - self._began > self._longest:
                self.was_too_long = True
            if self.was_too_long or os.getppid() != self._parent:
                self._stop.set()
            self._done.wait(TELL_SECONDS)

    def _beat(self) -> None:
        try:
            goes_on = self._tell(time.monotonic() - self._began)
        except sa.exc.OperationalError:  # it is told a second later
            return
        if not goes_on:
            self._stop.set()


class Doing(Heartbeat):
    """Tells what is being done as well, and which share of it is behind.

    Parameters
    ----------
    tell
        Tells it, given what is being done, None at first, and the share, 0 to 1; gives whether to
        go on.
    longest
        As `Heartbeat` has it.
    """

    def __init__(
        self, tell: Callable[[str | None, float], bool], *, longest: float | None = None
    ) -> None:
        super().__init__(lambda _seconds: tell(self._doing, self._share), longest=longest)
        self._doing: str | None = None
        self._share = 0.0

    def at(self, doing: str, share: float) -> None:
        """Take what is done now, and how far it is."""
        self._doing, self._share = doing, share

"""Begin a web process of ``lotline serve``: one that can be stopped from its first instant on."""

import ctypes
import os
import signal

from flask import Flask

from webmap import application

STOPS = (signal.SIGTERM, signal.SIGINT)
MOST_SECONDS = 30
"""After so long a web process that was told to stop is ended, whatever it was doing."""
SERVER = "LOTLINE_SERVER_PID"
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def hold_stops() -> None:
    """Have what stops this process's forks wait until they can be stopped.

    A fork begins with its parent's handlers, which note the signal in a copy that nobody looks
    at. So the signals are blocked from before the fork until `create_app` has put the handlers
    back; one that came meanwhile is then delivered.
    """
    os.environ[SERVER] = str(os.getpid())
    os.register_at_fork(
        before=lambda: _mask(signal.SIG_BLOCK), after_in_parent=lambda: _mask(signal.SIG_UNBLOCK)
    )


def create_app() -> Flask:
    """Return the web application in a process of its own, which ends when its server does."""
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    _die_with(int(os.environ[SERVER]))
    return application.create_app()


def _mask(how: int) -> None:
    """Block or unblock in the server alone: what its forks fork goes its own way."""
    if os.environ[SERVER] == str(os.getpid()):
        signal.pthread_sigmask(how, STOPS)


def _die_with(server: int) -> None:
    """Have the system kill this process when its server is gone, by -9 or else.

    By SIGKILL, which nothing misses, so that the port is free at once for the next server: a
    transaction under way is taken back, and a form sent again counts once. Elsewhere than on
    Linux there is no such order, and an orphan is left to whoever killed its server.
    """
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != server:  # it was gone before the order was given
        os._exit(1)

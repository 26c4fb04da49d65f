"""Keep what compiled code writes out of a command's own answer."""

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

STDOUT, STDERR = 1, 2

_one_at_a_time = threading.Lock()


@contextmanager
def hushed() -> Iterator[None]:
    """Send standard output to standard error meanwhile, also what C code writes there.

    HiGHS writes lines to standard output now and then even where it is asked to be still (1.12, in
    `transformNewIntegerFeasibleSolution`), which no option stops and `redirect_stdout` does not
    see; in the middle of an answer in JSON they would spoil it. C keeps its lines in a buffer of
    its own, so it is emptied before standard output is given back.
    """
    with _one_at_a_time:
        sys.stdout.flush()
        kept = os.dup(STDOUT)
        os.dup2(STDERR, STDOUT)
        try:
            yield
        finally:
            ctypes.CDLL(None).fflush(None)
            os.dup2(kept, STDOUT)
            os.close(kept)

"""Do a job in a process of its own, and end it there when it takes too long."""

from collections.abc import Callable
from multiprocessing.context import BaseContext
from typing import Any


class TookTooLongError(Exception):
    """A job was ended, for it took longer than it may."""


def run_apart(
    target: Callable[..., None], *args: object, context: BaseContext, seconds: float
) -> int | None:
    """Run something in a process; gives the code with which that ended.

    Parameters
    ----------
    context
        How the process begins.
    seconds
        How long it may take.

    Raises
    ------
    TookTooLongError
        It took longer, and was ended.
    """
    child: Any = context.Process(target=target, args=args)  # type: ignore[attr-defined] # each has
    child.start()
    child.join(seconds)
    if child.is_alive():
        child.kill()
        child.join()
        raise TookTooLongError
    code: int | None = child.exitcode
    return code

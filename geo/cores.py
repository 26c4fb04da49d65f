"""Run a function of many rows on all cores, where its C code lets go of Python's lock."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

WORTH_SHARING = 10_000


def on_all_cores(
    function: Callable[[NDArray[Any]], NDArray[Any]], rows: NDArray[Any]
) -> NDArray[Any]:
    """Return what a function says of rows, each core having done some of them.

    Parameters
    ----------
    function
        Says of every row something that does not depend on the others, as one array. Of Shapely's
        functions the measures and predicates gain by it; those that make shapes or bytes do not.
    rows
        An array, divided along its first axis.
    """
    cores = os.cpu_count() or 1
    if len(rows) < WORTH_SHARING or cores == 1:
        return function(rows)
    with ThreadPoolExecutor(cores) as threads:
        return np.concatenate(list(threads.map(function, np.array_split(rows, cores))))

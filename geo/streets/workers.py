"""Compute matrices in processes of their own, for a process that must keep answering.

The street engine holds Python's global lock while it computes; here only the workers wait, and
the rows are shared out among them.
"""

import ctypes
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Self

from geo.streets.dataset import StreetsDataset
from geo.streets.engine import Block, Streets, join_blocks, row_blocks
from geo.streets.travel import Leg, Matrix, Places

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
KEPT_BYTES, PIECE_BYTES = 256 << 20, 32 << 20
"""What a worker may keep of the memory of one answer for the next, and in pieces of what size:
the largest that the C library allows."""

_streets: Streets
"""The worker's own streets, opened once when it starts."""


class StreetWorkers:
    """The streets of a town, asked from other processes; close it, or use it in a `with`.

    Parameters
    ----------
    dataset
        A dataset built by `geo.streets.dataset`.
    count
        How many processes; as many as there are cores when not given.
    """

    def __init__(self, dataset: StreetsDataset, *, count: int | None = None) -> None:
        self._count = count or os.cpu_count() or 1
        self._pool = ProcessPoolExecutor(
            self._count, get_context("spawn"), initializer=_open, initargs=(dataset,)
        )

    def matrix(self, places: Places) -> Matrix:
        """Return the same as `Streets.matrix`, computed by all workers."""
        parts = row_blocks(len(places), at_least=self._count)
        blocks = self._pool.map(_block, [places] * len(parts), parts)
        return join_blocks(blocks, count=len(places))

    def route(self, places: Places) -> tuple[Leg, ...]:
        """Return the same as `Streets.route`."""
        return self._pool.submit(_route, places).result()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the workers."""
        self._pool.shutdown()


def _open(dataset: StreetsDataset) -> None:
    global _streets  # noqa: PLW0603 - a worker process has one engine for its whole life
    _keep_memory()
    _streets = Streets(dataset)


def _keep_memory() -> None:
    """Have the C library keep freed memory, where it can.

    The engine's answer takes some 100 bytes a pair. Given back and taken anew with each question,
    it costs a tenth of the time.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(M_TRIM_THRESHOLD, KEPT_BYTES)
        set_option(M_MMAP_THRESHOLD, PIECE_BYTES)


def _block(places: Places, part: range) -> Block:
    return _streets.block(places, part)


def _route(places: Places) -> tuple[Leg, ...]:
    return _streets.route(places)

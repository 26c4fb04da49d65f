"""Compute matrices in processes of their own, for a process that must keep answering.

The street engine holds Python's global lock while it computes; here only the workers wait, and
the rows are shared out among them.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Self

from geo.streets.dataset import StreetsDataset
from geo.streets.engine import Block, Streets, drive_order, join_blocks, row_blocks
from geo.streets.travel import Leg, Matrix, Places

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
        order = drive_order(places)
        rows = row_blocks(len(places), at_least=self._count)
        blocks = list(self._pool.map(_block, [places[order]] * len(rows), rows))
        return join_blocks(blocks, order=order)

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
    _streets = Streets(dataset)


def _block(places: Places, rows: range) -> Block:
    return _streets.block(places, rows)


def _route(places: Places) -> tuple[Leg, ...]:
    return _streets.route(places)

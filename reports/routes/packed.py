"""Pack the driving times a plan was made with into few bytes, and unpack them.

Seconds are kept to the tenth, as the streets answer them.
"""

import io
import json
from collections.abc import Mapping

import numpy as np

from geo.streets.travel import Matrix
from reports.routes.problem import Place

NO_WAY = np.iinfo(np.uint32).max

type Rows = Mapping[Place | str, int]


def pack(matrix: Matrix, rows: Rows) -> bytes:
    """Return a matrix and what its rows are as bytes.

    Parameters
    ----------
    rows
        The row of each end of a shift, and of each measured stop by its identifier.
    """
    known = np.isfinite(matrix.seconds)
    tenths = np.where(known, np.rint(np.where(known, matrix.seconds, 0) * 10), NO_WAY)
    keys = [
        [row, key] if isinstance(key, str) else [row, [key.label, key.lon, key.lat]]
        for key, row in rows.items()
    ]
    packed = io.BytesIO()
    np.savez_compressed(
        packed,
        tenths=tenths.astype(np.uint32),
        snap_metres=matrix.snap_metres,
        off_streets=matrix.off_streets,
        estimated=np.array(matrix.estimated),
        rows=np.frombuffer(json.dumps(keys).encode(), dtype=np.uint8),
    )
    return packed.getvalue()


def unpack(packed: bytes) -> tuple[Matrix, dict[Place | str, int]]:
    """Return the matrix and its rows that `pack` has packed."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as held:
        tenths, keys = held["tenths"], json.loads(held["rows"].tobytes())
        matrix = Matrix(
            seconds=np.where(tenths == NO_WAY, np.inf, tenths / 10),
            snap_metres=held["snap_metres"],
            off_streets=held["off_streets"],
            estimated=bool(held["estimated"]),
        )
    rows = {key if isinstance(key, str) else Place(*key): row for row, key in keys}
    return matrix, rows

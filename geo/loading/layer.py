"""Say what a layer of any format gives, and turn what goes wrong in reading one into a sentence."""

import warnings
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError

from geo.loading.errors import ReadingError

Shapes = NDArray[np.object_]
"""Shapely geometries, one per row; None where a row has none."""

READABLE = (
    "Shapefile (also zipped), GeoPackage, File Geodatabase, GeoJSON, TopoJSON, FlatGeobuf, "
    "GeoParquet or CSV"
)


class Layer(ABC):
    """One layer of one file: what columns it has, before any row is read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notes: list[str] = []
        self.torn: dict[int, str] = {}
        """By number from 1, why a row that was read is not whole."""

    columns: tuple[str, ...]
    crs: str | None = None
    """The stored coordinate system, as an authority code or WKT."""
    is_table: bool = True
    """There is no geometry besides what columns may say."""

    @abstractmethod
    def read(self, columns: Sequence[str]) -> tuple[pd.DataFrame, Shapes | None]:
        """Read all rows: the named columns as text, and the shapes in the layer's own CRS.

        Raises
        ------
        ReadingError
            The file breaks off or is damaged.
        """


def empty(path: Path) -> ReadingError:
    """Make the error for a file without a single row."""
    return ReadingError(f"{path.name} has no rows; there is nothing to import.")


@contextmanager
def told(layer: Layer) -> Iterator[None]:
    """Note what the readers warn of, and turn what they raise over a bad file into a sentence."""
    path = layer.path
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            yield
        layer.notes += dict.fromkeys(f"{path.name}: {warning.message}" for warning in warned)
    except DataSourceError as problem:
        if "not recognized" in str(problem):
            what = "a folder without a layer" if path.is_dir() else "in no format"
            msg = f"{path.name} is {what} Lotline reads: {READABLE}."
        else:
            msg = _damaged(path, problem)
        raise ReadingError(msg) from problem
    except PermissionError as problem:
        msg = f"Not allowed to read {path}."
        raise ReadingError(msg) from problem
    # What GDAL, Arrow, pandas and gzip raise, in this order, when bytes are missing or wrong.
    except (DataLayerError, IndexError, ValueError, OSError, EOFError, RuntimeError) as problem:
        raise ReadingError(_damaged(path, problem)) from problem


def _damaged(path: Path, problem: Exception) -> str:
    why = str(problem).strip().split("\n")[0].rstrip(".")
    return f"{path.name} is damaged or breaks off ({why}). Copy or download it again."

"""Open a layer in any format a town may hand over, and read chosen columns of it as text."""

import gzip
import json
import struct
import warnings
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, override

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError

from geo.loading.errors import ReadingError
from geo.loading.values import text_frame

Shapes = NDArray[np.object_]
"""Shapely geometries, one per row; None where a row has none."""

READABLE = (
    "Shapefile (also zipped), GeoPackage, File Geodatabase, GeoJSON, TopoJSON, FlatGeobuf, "
    "GeoParquet or CSV"
)
DRIVERS = frozenset(
    {
        "ESRI Shapefile",
        "GPKG",
        "OpenFileGDB",
        "GeoJSON",
        "GeoJSONSeq",
        "ESRIJSON",
        "TopoJSON",
        "FlatGeobuf",
        "MapInfo File",
        "GML",
        "KML",
        "LIBKML",
    }
)


class Layer(ABC):
    """One layer of one file: what columns it has, before any row is read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notes: list[str] = []

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


class CsvLayer(Layer):
    """A table of comma, semicolon or tab separated text, gzipped or not."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        with _told(self):
            first = self._first_line
            self._separator = max(",;\t", key=first.count)
            self.columns = tuple(self._read(nrows=0).columns)

    @override
    def read(self, columns: Sequence[str]) -> tuple[pd.DataFrame, Shapes | None]:
        with _told(self):
            return self._read(usecols=list(columns))[list(columns)], None

    def _read(self, **options: Any) -> pd.DataFrame:
        frame: pd.DataFrame = pd.read_csv(
            self.path,
            sep=self._separator,
            dtype="str",
            encoding=self._encoding,
            index_col=False,
            keep_default_na=False,
            na_values=[""],
            **options,
        )
        return frame

    @cached_property
    def _bytes_of_first_lines(self) -> bytes:
        opener = gzip.open if self.path.suffix == ".gz" else open
        with opener(self.path, "rb") as file:
            return file.read(1 << 24)

    @cached_property
    def _encoding(self) -> str:
        # Old county systems still write Windows-1252, in which every byte means something.
        try:
            self._bytes_of_first_lines.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            whole = problem.end < len(self._bytes_of_first_lines)
            return "cp1252" if whole else "utf-8-sig"
        return "utf-8-sig"

    @cached_property
    def _first_line(self) -> str:
        if b"\0" in self._bytes_of_first_lines:
            msg = "it holds binary data, not text"
            raise ValueError(msg)
        return self._bytes_of_first_lines.decode(self._encoding, "replace").partition("\n")[0]


class ParquetLayer(Layer):
    """A Parquet file, with the GeoParquet notes on its geometry or as a plain table."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        with _told(self):
            schema = pq.read_schema(path)
            self._shape_column = _shape_column(schema)
        self.is_table = self._shape_column is None
        self.columns = tuple(name for name in schema.names if name != self._shape_column)

    @override
    def read(self, columns: Sequence[str]) -> tuple[pd.DataFrame, Shapes | None]:
        with _told(self):
            frame = text_frame(pq.read_table(self.path, columns=list(columns)))
            return frame, self._shapes()

    def _shapes(self) -> Shapes | None:
        if self._shape_column is None:
            return None
        import geopandas as gpd  # noqa: PLC0415 - slow to load, needed for this format alone

        series = gpd.read_parquet(self.path, columns=[self._shape_column]).geometry
        self.crs = None if series.crs is None else series.crs.to_wkt()
        return np.asarray(series.array, dtype=object)


def _shape_column(schema: pa.Schema) -> str | None:
    geo = json.loads((schema.metadata or {}).get(b"geo", b"null"))
    if geo is None:
        return None
    column = geo.get("primary_column") if isinstance(geo, dict) else None
    if column not in schema.names:
        msg = "its notes on geometry, the metadata called geo, name no column of it"
        raise ValueError(msg)
    return str(column)


class VectorLayer(Layer):
    """A layer of anything GDAL reads, through Arrow."""

    def __init__(self, path: Path, *, layer: str | None) -> None:
        super().__init__(path)
        with _told(self):
            self._name = _choose_layer(path, layer=layer)
            info = pyogrio.read_info(path, layer=self._name, force_feature_count=True)
        if info["driver"] not in DRIVERS:
            msg = f"{path.name} is a {info['driver']} file; Lotline reads {READABLE}."
            raise ReadingError(msg)
        self.columns = tuple(str(field) for field in info["fields"])
        self.crs = info["crs"]
        self.is_table = info["geometry_type"] is None
        self._rows = int(info["features"])
        if self._rows == 0:
            raise empty(path)
        if info["driver"] == "ESRI Shapefile" and path.suffix.lower() == ".shp":
            _check_shapefile_length(path)

    @override
    def read(self, columns: Sequence[str]) -> tuple[pd.DataFrame, Shapes | None]:
        with _told(self):
            meta, table = pyogrio.read_arrow(self.path, layer=self._name, columns=list(columns))
            if table.num_rows != self._rows:
                msg = f"it promises {self._rows:,} rows and holds {table.num_rows:,}"
                raise ValueError(msg)
            shape_column = meta["geometry_name"] or "wkb_geometry"
            frame = text_frame(table.select(list(columns)))
            return frame, None if self.is_table else self._shapes(table.column(shape_column))

    def _shapes(self, column: pa.ChunkedArray) -> Shapes:
        try:
            shapes = shapely.from_wkb(column.to_numpy(), on_invalid="ignore")
        except NotImplementedError:
            # Geodatabases keep true arcs; read without Arrow, GDAL turns them into short chords.
            raw = pyogrio.raw.read(self.path, layer=self._name, columns=[])
            shapes = shapely.from_wkb(raw[2], on_invalid="ignore")
        return np.asarray(shapely.force_2d(shapes), dtype=object)


def open_layer(path: Path, *, layer: str | None = None) -> Layer:
    """Open a file's layer by what the file is.

    Raises
    ------
    ReadingError
        No such file, unknown format, damaged, several layers and none named.
    """
    if not path.exists():
        msg = f"There is no file {path}."
        raise ReadingError(msg)
    name = path.name.lower()
    if name.endswith((".csv", ".csv.gz", ".tsv", ".txt")):
        return CsvLayer(path)
    if name.endswith((".parquet", ".geoparquet", ".pq")):
        return ParquetLayer(path)
    return VectorLayer(path, layer=layer)


def empty(path: Path) -> ReadingError:
    """Make the error for a file without a single row."""
    return ReadingError(f"{path.name} has no rows; there is nothing to import.")


def _choose_layer(path: Path, *, layer: str | None) -> str:
    found = [(str(name), kind) for name, kind in pyogrio.list_layers(path)]
    mapped = [name for name, kind in found if kind is not None] or [name for name, _ in found]
    if layer is None and len(mapped) == 1:
        return mapped[0]
    if layer is not None and layer in dict(found):
        return layer
    listed = ", ".join(name for name, _ in found) or "none"
    wanted = "Name one with --layer." if layer is None else f'None is called "{layer}".'
    msg = f"{path.name} holds several layers: {listed}. {wanted}"
    if len(found) <= 1:
        msg = f"{path.name} has these layers: {listed}. {wanted}"
    raise ReadingError(msg)


def _check_shapefile_length(path: Path) -> None:
    # GDAL reads a .shp that breaks off as rows without geometry; its header says how long it was.
    with path.open("rb") as file:
        head = file.read(28)
    promised = 2 * int(struct.unpack(">i", head[24:28])[0])
    if path.stat().st_size < promised:
        msg = (
            f"{path.name} breaks off: it should be {promised:,} bytes long and is "
            f"{path.stat().st_size:,}. Copy or download it again."
        )
        raise ReadingError(msg)


@contextmanager
def _told(layer: Layer) -> Iterator[None]:
    """Note what the readers warn of, and turn what they raise over a bad file into a sentence."""
    path = layer.path
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            yield
        layer.notes += dict.fromkeys(f"{path.name}: {warning.message}" for warning in warned)
    except DataSourceError as problem:
        if "not recognized" in str(problem):
            msg = f"{path.name} is in no format Lotline reads: {READABLE}."
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

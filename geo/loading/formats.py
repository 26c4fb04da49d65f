"""Open a layer in any format a town may hand over, and read chosen columns of it as text."""

import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import override

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely

from geo.loading.delimited import CsvLayer
from geo.loading.errors import ReadingError
from geo.loading.layer import READABLE, Layer, Shapes, empty, told
from geo.loading.values import text_frame

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


class ParquetLayer(Layer):
    """A Parquet file, with the GeoParquet notes on its geometry or as a plain table."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        with told(self):
            schema = pq.read_schema(path)
            self._shape_column = _shape_column(schema)
        self.is_table = self._shape_column is None
        self.columns = tuple(name for name in schema.names if name != self._shape_column)

    @override
    def read(self, columns: Sequence[str]) -> tuple[pd.DataFrame, Shapes | None]:
        with told(self):
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
        with told(self):
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
        with told(self):
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
    if path.is_file() and path.stat().st_size == 0:
        msg = f"{path.name} is empty, it holds not a single byte. Copy or download it again."
        raise ReadingError(msg)
    name = path.name.lower()
    if not path.is_dir() and name.endswith((".csv", ".csv.gz", ".tsv", ".txt")):
        return CsvLayer(path)
    if name.endswith((".parquet", ".geoparquet", ".pq")):
        return ParquetLayer(path)
    return VectorLayer(path, layer=layer)


def _choose_layer(path: Path, *, layer: str | None) -> str:
    found = [(str(name), kind) for name, kind in pyogrio.list_layers(path)]
    mapped = [name for name, kind in found if kind is not None] or [name for name, _ in found]
    if layer is None and len(mapped) == 1:
        return mapped[0]
    if layer is not None and layer in dict(found):
        return layer
    if not found:
        msg = f"{path.name} holds no layer; there is nothing to import."
        raise ReadingError(msg)
    listed = ", ".join(name for name, _ in found)
    wanted = "Name one with --layer." if layer is None else f'None is called "{layer}".'
    msg = f"{path.name} holds several layers: {listed}. {wanted}"
    if len(found) == 1:
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

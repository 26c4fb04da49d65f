"""Write tables of an answer with their shapes: GeoPackage, GeoJSON, GeoParquet."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely
from shapely.geometry import mapping, shape

from reports.answers.answer import Answer, Cell, Column, Kind, Row, Table
from reports.answers.cells import write_bare
from reports.answers.files.columns import filed
from reports.answers.words import WORDS

CRS = 4326
ABOUT = "about"
DEGREES_KEPT = 7
"""A centimetre, in decimals of a degree."""


def put_gpkg(answer: Answer, path: Path) -> None:
    """Write a layer for each table, those without shapes as tables, and one about the answer."""
    first = True
    for name, frame in _layers(answer):
        pyogrio.write_dataframe(
            frame, path, layer=name, driver="GPKG", append=not first, use_arrow=True,
            geometry_type=_kind_of(frame) if isinstance(frame, gpd.GeoDataFrame) else None,
        )  # fmt: skip
        first = False


def put_geojson(answer: Answer, table: Table, path: Path) -> None:
    """Write a table as features in EPSG:4326, each with its row's key as its identity.

    What the answer says of itself stands beside them as ``about``.
    """
    about = dict(about_rows(answer))
    heading = {"type": "FeatureCollection", "name": table.key, "about": about}
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(heading, ensure_ascii=False)[:-1] + ', "features": [\n')
        file.write(",\n".join(_features(table)))
        file.write("\n]}\n")


def put_parquet(table: Table, path: Path) -> None:
    """Write a table as GeoParquet."""
    shaped(table).to_parquet(path, index=False)


def shaped(table: Table) -> gpd.GeoDataFrame:
    """Return a table with its shapes in EPSG:4326; a row without one has none."""
    shapes = [shape(table.shapes[row.key]) if row.key in table.shapes else None
              for row in table.rows]  # fmt: skip
    geometry = gpd.GeoSeries(np.array(shapes, dtype=object), crs=CRS)
    return gpd.GeoDataFrame(bare(table), geometry=geometry, crs=CRS)


def bare(table: Table) -> pd.DataFrame:
    """Return a table without its shapes, each column of the kind it says."""
    columns = {each.key: _values(each, table.rows) for each in table.columns}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(table.rows)))


def about_rows(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield what an answer says of itself: what, and the words."""
    yield WORDS["title"], answer.title
    yield WORDS["town"], answer.town
    if answer.note:
        yield WORDS["note"], answer.note
    yield WORDS["as_of"], answer.on.isoformat()
    yield WORDS["asked"], "; ".join(f"{words}: {value}" for words, value in answer.asked)
    yield WORDS["means"], answer.means
    yield WORDS["findings"], " ".join(answer.says)
    if answer.cautions:
        yield WORDS["cautions"], " ".join(answer.cautions)


def _layers(answer: Answer) -> Iterator[tuple[str, pd.DataFrame]]:
    for table in answer.tables:
        yield table.key, shaped(table) if table.shapes else bare(table)
    if not answer.tables:
        yield answer.report, gpd.GeoDataFrame({"key": []}, geometry=[], crs=CRS)
    if ABOUT not in {table.key for table in answer.tables}:
        yield ABOUT, pd.DataFrame(about_rows(answer), columns=["what", "says"], dtype="string")


def _kind_of(frame: gpd.GeoDataFrame) -> str:
    kinds = sorted(set(frame.geom_type.dropna()))
    return kinds[0] if len(kinds) == 1 else "Unknown"


def _values(column: Column, rows: Sequence[Row]) -> Any:
    cells: Any = [row.cells[column.key] for row in rows]
    match column.kind:
        case Kind.TEXT:
            words = [None if each is None else write_text(each) for each in cells]
            return pd.array(words, dtype="string")
        case Kind.DAY | Kind.MONTH:
            return pd.array(cells, dtype=pd.ArrowDtype(pa.date32()))
        case Kind.COUNT if all(each is None or isinstance(each, int) for each in cells):
            return pd.array(cells, dtype="Int64")
    numbers = [_number(each, column.kind) for each in cells]
    return np.array(numbers, dtype=np.float64)


def write_text(value: Cell) -> str:
    """Return a cell of words as words, to the letter."""
    return value if isinstance(value, str) else write_bare(value, Kind.TEXT)


def _number(value: Cell, kind: Kind) -> float:
    held = filed(value, kind)
    return float(held) if isinstance(held, int | float | Decimal) else np.nan


def _features(table: Table) -> Iterator[str]:
    for row in table.rows:
        feature = {
            "type": "Feature",
            "id": row.key,
            "geometry": _geometry(table, row),
            "properties": {each.key: _property(row.cells[each.key], each.kind)
                           for each in table.columns},
        }  # fmt: skip
        yield json.dumps(feature, ensure_ascii=False, allow_nan=False)


def _geometry(table: Table, row: Row) -> Any:
    if row.key not in table.shapes:
        return None
    held = shape(table.shapes[row.key])
    # The outer ring against the clock, as RFC 7946 has it.
    turned = shapely.orient_polygons(held) if held.geom_type.endswith("Polygon") else held
    return mapping(shapely.transform(turned, lambda xy: xy.round(DEGREES_KEPT)))


def _property(value: Cell, kind: Kind) -> Any:
    held = filed(value, kind)
    if isinstance(held, Decimal):
        return float(held)
    if isinstance(held, float):
        return held if np.isfinite(held) else None
    return held.isoformat() if isinstance(held, date) else held

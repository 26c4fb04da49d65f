"""Write a file whole or not at all: text, rows as CSV, or a table with its shapes."""

import contextlib
import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.sheets import defused
from reports.errors import ReportError

DRIVERS = {"geojson": "GeoJSON", "gpkg": "GPKG"}


def write_frame(frame: gpd.GeoDataFrame, path: Path, *, kind: str, layer: str) -> None:
    """Write a table with its shapes; a file of that name is replaced.

    Parameters
    ----------
    frame
        With its coordinate system. GeoJSON is written in EPSG:4326, GeoPackage in the frame's own;
        CSV keeps the columns and leaves the shapes out.
    path
        Where to.
    kind
        "csv", "geojson", "gpkg" or "parquet" (GeoParquet).
    layer
        The layer's name in formats that have one.

    Raises
    ------
    ReportError
        When the folder is missing or closed to us.
    """
    with whole(path, kind=kind) as unfinished:
        if kind == "csv":
            plain = pd.DataFrame(frame.drop(columns=frame.geometry.name))
            plain.map(defused).to_csv(unfinished, index=False)
        elif kind == "parquet":
            frame.to_parquet(unfinished, index=False)
        else:
            shapes = frame.to_crs(4326) if kind == "geojson" else frame
            shapes.to_file(
                unfinished, driver=DRIVERS[kind], layer=layer, engine="pyogrio",
                use_arrow=kind == "gpkg",  # without it a day is written as words
            )  # fmt: skip


def write_text(text: str, path: Path) -> None:
    """Write a page; a file of that name is replaced.

    Raises
    ------
    ReportError
        When the folder is missing or closed to us.
    """
    with whole(path, kind="html") as unfinished:
        unfinished.write_text(text, encoding="utf-8")


def write_rows(heading: Sequence[str], rows: Iterable[Sequence[object]], path: Path) -> None:
    """Write a table without shapes as CSV, row by row; a file of that name is replaced.

    Raises
    ------
    ReportError
        When the folder is missing or closed to us.
    """
    with whole(path, kind="csv") as unfinished:
        put_rows(heading, rows, unfinished)


def put_rows(heading: Sequence[str], rows: Iterable[Sequence[object]], path: Path) -> None:
    """Write the same into a file that is begun already, as `whole` gives it."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows([defused(cell) for cell in row] for row in rows)


@contextlib.contextmanager
def whole(path: Path, *, kind: str) -> Iterator[Path]:
    """Give a file to write in, which takes its place under its name once it is written.

    Raises
    ------
    ReportError
        When the folder is missing or closed to us.
    """
    folder = path.parent
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        msg = f"{path} cannot be written: {folder} is no folder, or is closed to you. Choose --out."
        raise ReportError(msg)
    unfinished = path.with_name(f".{path.stem}.part.{kind}")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)

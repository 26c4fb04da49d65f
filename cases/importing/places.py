"""Read where a case file's rows say they are."""

import re

import numpy as np
import shapely
import sqlalchemy as sa
from numpy.typing import NDArray

from geo.loading.layer import Shapes
from geo.loading.placing import POINTS, locate
from geo.loading.reading import Source
from geo.loading.rows import Rows
from geo.loading.runs import Request
from geo.loading.town import settle_town

type Points = dict[int, tuple[float, float]]
"""Longitude and latitude (EPSG:4326) by row of the file."""

_PAIR = re.compile(r"^\D*?(-?\d+(?:\.\d+)?)[^\d.-]+(-?\d+(?:\.\d+)?)\D*$")


def read_points(
    connection: sa.Connection, rows: Rows, *, source: Source, request: Request
) -> tuple[Points, str | None, list[str]]:
    """Bring the points of the rows that have one to EPSG:4326.

    Rejects ``bad_point`` and what `geo.loading.placing.locate` and the town's extent reject.

    Returns
    -------
    points
        Longitude and latitude by row.
    crs, notes
        The coordinate system of the points, None without any, and how it was settled.
    """
    _read_pairs(rows)
    if rows.shapes is None or shapely.is_missing(rows.shapes).all():
        return {}, None, []
    has = ~shapely.is_missing(rows.shapes)
    placed = Rows(frame=rows.frame[has], shapes=rows.shapes[has], key=rows.key, read=0)
    crs, notes = locate(placed, kinds=POINTS, stored=source.crs, given=request.crs)
    settle_town(connection, placed, names=source.mapping.town, file_name=source.path.name)
    rows.rejects += placed.rejects
    rows.keep(~rows.frame.index.isin([reject.row for reject in placed.rejects]))
    lonlat = shapely.get_coordinates(placed.shapes).tolist()
    points = {row: (lon, lat) for row, (lon, lat) in zip(placed.numbers, lonlat, strict=True)}
    return points, crs.to_string(), notes


def _read_pairs(rows: Rows) -> None:
    """Make points of a column that holds both coordinates in one text."""
    for name, order in (("latlon", [1, 0]), ("lonlat", [0, 1])):
        if rows.shapes is None and name in rows.frame:
            pairs = rows.frame[name].str.extract(_PAIR).astype(float)
            bad = (rows.frame[name].notna() & pairs.isna().any(axis=1)).to_numpy()
            reasons = [f'"{text}" holds no two coordinates' for text in rows.frame[name][bad]]
            rows.reject(bad, code="bad_point", reason=reasons)
            rows.shapes = _points(pairs[~bad].to_numpy()[:, order])


def _points(pairs: NDArray[np.float64]) -> Shapes:
    shapes = np.full(len(pairs), None, dtype=object)
    there = ~np.isnan(pairs).any(axis=1)
    shapes[there] = shapely.points(pairs[there])
    return shapes

"""Bring a layer's shapes to the ground: whole, finite, valid, in the two stored systems."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray
from shapely import GeometryType

from geo.clean import HOW, repair
from geo.cores import on_all_cores
from geo.crs import WGS84, area_m2, refuse_unlikely, settle_crs, to_lonlat, to_web_mercator
from geo.loading.errors import ColumnError
from geo.loading.layer import Shapes
from geo.loading.rows import Repair, Rows
from geo.loading.values import Mask

MOST_VERTICES = 200_000
"""More than any real boundary here has (a state's coast has fewer); a bomb has more."""

AREAS = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)
LINES = (GeometryType.LINESTRING, GeometryType.MULTILINESTRING)
POINTS = (GeometryType.POINT,)
_WORDS = {AREAS: "a polygon", LINES: "a line", POINTS: "a point"}


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Shapes ready to be stored, one per row: the two columns, and what is measured of them."""

    lonlat: Shapes
    mercator: Shapes

    @cached_property
    def area_m2(self) -> NDArray[np.float64]:
        """Areas on the ellipsoid, in square metres."""
        return area_m2(self.mercator)

    @cached_property
    def parts(self) -> NDArray[np.int64]:
        """How many pieces each shape has."""
        return np.asarray(shapely.get_num_geometries(self.lonlat))


def locate(
    rows: Rows, *, kinds: tuple[GeometryType, ...], stored: str | None, given: str | None
) -> tuple[pyproj.CRS, list[str]]:
    """Bring the shapes to EPSG:4326, rejecting the rows that have none to bring.

    Rejects ``no_shape``, ``wrong_shape``, ``not_finite``, ``too_many_vertices`` and
    ``outside_crs``. Returns the coordinate system and notes on how it was settled.

    Raises
    ------
    ColumnError
        The file is a table without places.
    CrsError
        The coordinate system is unknown or cannot be right.
    """
    if rows.shapes is None:
        msg = (
            f"The file says nowhere where its rows are: each needs {_WORDS[kinds]}. Give a file "
            "with geometry, or name a column of WKT as wkt under [columns] in a mapping file."
        )
        raise ColumnError(msg)
    _reject_unfit(rows, kinds=kinds)
    if not len(rows):
        return WGS84, []
    crs, notes = settle_crs(_shapes(rows), stored=stored, given=given)
    rows.shapes = _moved(_shapes(rows), to=to_lonlat(_coordinates(rows), crs=crs))
    refuse_unlikely(_middles(_shapes(rows)), crs=crs)
    rows.reject(
        ~_on_globe(_shapes(rows)),
        code="outside_crs",
        reason=f"its coordinates are nowhere on Earth in {crs.name}",
    )
    return crs, notes


def mend(rows: Rows) -> None:
    """Repair invalid polygons in EPSG:4326; rejects ``unrepairable`` and ``no_area``."""
    shapes = _shapes(rows)
    invalid = ~_valid(shapes)
    mended = repair(list(shapes[invalid]))
    before = _area_of(shapes[invalid])
    shapes[invalid] = [answer.shape for answer in mended]
    after = np.nan_to_num(_area_of(shapes[invalid]))
    failed = invalid & shapely.is_missing(shapes)
    changes = zip(
        rows.frame.index[invalid], rows.frame[rows.key][invalid], after - before, strict=True
    )
    fixed = {int(row): Repair(int(row), str(key), HOW, float(by)) for row, key, by in changes}
    rows.reject(
        failed, code="unrepairable", reason=[answer.problem for answer in mended if answer.problem]
    )
    rows.reject(
        shapely.area(_shapes(rows)) == 0, code="no_area", reason="its outline encloses no area"
    )
    rows.repairs += [fixed[row] for row in rows.numbers if row in fixed]


def unite(rows: Rows, *, group: pd.Series) -> None:
    """Replace rows of one group by their first, holding the union of their shapes."""
    leads = (group == group.index).to_numpy(dtype=np.bool_)
    if leads.all():
        return
    shapes = _shapes(rows)
    for leader in group[~leads].unique():
        together = (group == leader).to_numpy(dtype=np.bool_)
        shapes[leads & together] = shapely.union_all(shapes[together])
        rows.followers[int(leader)] = [int(row) for row in group.index[together & ~leads]]
    rows.keep(leads)


def project(rows: Rows, *, kinds: tuple[GeometryType, ...]) -> Ground:
    """Give both stored columns, each valid in its own right.

    Projecting moves vertices by rounding, and a sliver may cross itself after it, so validity is
    looked at again in EPSG:3857. Rejects ``no_length`` (lines) and ``unrepairable``.
    """
    lonlat = _multiple(_shapes(rows), kinds=kinds)
    mercator = _moved(lonlat, to=to_web_mercator(shapely.get_coordinates(lonlat)))
    bad = shapely.is_empty(mercator) | ~_valid(mercator)
    if kinds == AREAS and bad.any():
        again = [answer.shape for answer in repair(list(mercator[bad]))]
        mercator[bad] = _multiple(np.array(again, dtype=object), kinds=kinds)
        bad[bad] = shapely.is_empty(mercator[bad]) | ~shapely.is_valid(mercator[bad])
    keep = ~bad
    code = "unrepairable" if kinds == AREAS else "no_length"
    rows.shapes = lonlat
    rows.reject(bad, code=code, reason="nothing valid is left of it on the map")
    return Ground(lonlat=lonlat[keep], mercator=mercator[keep])


def _reject_unfit(rows: Rows, *, kinds: tuple[GeometryType, ...]) -> None:
    shapes = _shapes(rows)
    rows.reject(
        shapely.is_missing(shapes),
        code="no_shape",
        reason="it has no geometry, or one that cannot be read",
    )
    rows.reject(
        shapely.is_empty(_shapes(rows)),
        code="no_shape",
        reason="its geometry is empty: it has no coordinates, or they are no numbers",
    )
    rows.reject(
        ~np.isin(shapely.get_type_id(_shapes(rows)), kinds),
        code="wrong_shape",
        reason=f"its geometry is not {_WORDS[kinds]}",
    )
    rows.reject(
        ~_finite(_shapes(rows)),
        code="not_finite",
        reason="its coordinates are no numbers, or one of them is not finite",
    )
    rows.reject(
        shapely.get_num_coordinates(_shapes(rows)) > MOST_VERTICES,
        code="too_many_vertices",
        reason=f"its outline has more than {MOST_VERTICES:,} vertices",
    )


def _shapes(rows: Rows) -> Shapes:
    assert rows.shapes is not None  # noqa: S101 - only layers with shapes are placed
    return rows.shapes


def _coordinates(rows: Rows) -> NDArray[np.float64]:
    return np.asarray(shapely.get_coordinates(_shapes(rows)))


def _moved(shapes: Shapes, *, to: NDArray[np.float64]) -> Shapes:
    return np.asarray(shapely.set_coordinates(shapes.copy(), to), dtype=object)


def _middles(shapes: Shapes) -> NDArray[np.float64]:
    west, south, east, north = shapely.bounds(shapes).T
    return np.column_stack([(west + east) / 2, (south + north) / 2])


def _finite(shapes: Shapes) -> Mask:
    # A measure is infinite or NaN when any coordinate is, and bounds skip NaN.
    coordinates, index = shapely.get_coordinates(shapes, return_index=True)
    finite = np.ones(len(shapes), dtype=bool)
    finite[index[~np.isfinite(coordinates).all(axis=1)]] = False
    return finite


def _on_globe(shapes: Shapes) -> Mask:
    bounds = np.abs(shapely.bounds(shapes))
    return np.asarray((bounds <= [180, 85.06, 180, 85.06]).all(axis=1))


def _valid(shapes: Shapes) -> Mask:
    return on_all_cores(shapely.is_valid, shapes)


def _area_of(shapes: Shapes) -> NDArray[np.float64]:
    return area_m2(_moved(shapes, to=to_web_mercator(shapely.get_coordinates(shapes))))


def _multiple(shapes: Shapes, *, kinds: Collection[GeometryType]) -> Shapes:
    """Make every shape of its plural type, as the column is declared."""
    if kinds == POINTS:
        return shapes
    single, plural = kinds
    make = (
        shapely.multipolygons if plural == GeometryType.MULTIPOLYGON else shapely.multilinestrings
    )
    alone = shapely.get_type_id(shapes) == single
    several = shapes.copy()
    several[alone] = make(shapes[alone], indices=np.arange(alone.sum()))
    return several

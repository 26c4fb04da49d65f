"""Say at each place which way streets run and how far apart they lie."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from data.town import noise
from data.town.noise import Array

CELL_M = 8.0
SHORE_REACH_M = 150.0
EDGE_REACH_M = 90.0
CHUNK = 4000


@dataclass(frozen=True, slots=True)
class Style:
    """
    How one kind of quarter is laid out.

    Attributes
    ----------
    name
        core, old, winding, loops or industrial.
    row_m, cross_m
        Distance between long streets, and between the cross streets, metres.
    sway
        How far streets swing off the quarter's own bearing, radians.
    align
        Pull of the quarter's edges and of the shore on the bearing, 0 to 1.
    lot_m, depth_m
        Usual width and depth of a lot, metres.
    """

    name: str
    row_m: float
    cross_m: float
    sway: float
    align: float
    lot_m: float
    depth_m: float


STYLES = {
    "core": Style("core", 76, 112, 0.03, 0.15, 12, 31),
    "old": Style("old", 80, 150, 0.13, 0.4, 14.5, 33),
    "winding": Style("winding", 88, 190, 0.5, 0.8, 18.5, 35),
    "loops": Style("loops", 150, 230, 0.7, 0.9, 21, 36),
    "industrial": Style("industrial", 165, 260, 0.05, 0.6, 42, 66),
    "region": Style("region", 430, 520, 0.30, 0.6, 0, 0),
}


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter of the town: its polygon (local metres), its style and its bearing, radians."""

    area: Polygon
    style: Style
    bearing: float


@dataclass(frozen=True, slots=True)
class Field:
    """
    Rasters of street direction and spacing.

    Attributes
    ----------
    left, bottom
        Corner of the raster, local metres; cells are `CELL_M` wide.
    bearing
        (rows, columns) direction of the long streets, radians; cross streets are at right angles.
    row_m, cross_m
        (rows, columns) spacing, metres.
    open
        (rows, columns) whether a street may run here.
    """

    left: float
    bottom: float
    bearing: Array
    row_m: Array
    cross_m: Array
    open: np.ndarray

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the (row, column) that holds a point, or None outside the raster."""
        row, column = int((y - self.bottom) // CELL_M), int((x - self.left) // CELL_M)
        rows, columns = self.bearing.shape
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None


def weave(
    rng: np.random.Generator, quarters: list[Quarter], *, ground: BaseGeometry, water: BaseGeometry
) -> Field:
    """
    Weave the quarters' own bearings, their edges and the shore into one field.

    Parameters
    ----------
    rng
        Source of the sway; advanced by this call.
    quarters
        Polygons that together cover the ground.
    ground
        Where streets may run, local metres.
    water
        Water whose banks streets follow.

    Returns
    -------
    Field
        Covering the bounds of the ground.
    """
    left, bottom, right, top = ground.bounds
    xs = np.arange(left + CELL_M / 2, right, CELL_M)
    ys = np.arange(bottom + CELL_M / 2, top, CELL_M)
    x, y = np.meshgrid(xs, ys)
    bearing, row_m, cross_m = (np.zeros_like(x) for _ in range(3))
    sway = noise.surface(rng, wavelength=420)(x, y)
    for quarter in quarters:
        here = shapely.contains_xy(quarter.area, x, y)
        if not here.any():
            continue
        own = quarter.bearing + quarter.style.sway * sway[here]
        bearing[here] = _pulled(own, x[here], y[here], quarter=quarter, water=water)
        row_m[here], cross_m[here] = quarter.style.row_m, quarter.style.cross_m
    shapely.prepare(ground)
    open_ = shapely.contains_xy(ground, x, y) & (row_m > 0)
    return Field(left, bottom, bearing, row_m, cross_m, open_)


def _pulled(own: Array, x: Array, y: Array, *, quarter: Quarter, water: BaseGeometry) -> Array:
    """Turn the quarter's bearing towards its edges and the banks, keeping right angles alike."""
    align = quarter.style.align
    cos4, sin4 = np.cos(4 * own), np.sin(4 * own)
    pulls: list[tuple[BaseGeometry, float, float]] = [
        (shapely.boundary(quarter.area), EDGE_REACH_M, 1.0)
    ]
    nearby = shapely.boundary(water).intersection(quarter.area.buffer(2 * SHORE_REACH_M))
    pulls.append((nearby, SHORE_REACH_M, 1.5))
    for lines, reach, strength in pulls:
        at, tangent = _tangents(lines)
        if not len(at):
            continue
        for part in np.array_split(np.arange(len(x)), len(x) // CHUNK + 1):
            far = (x[part, None] - at[:, 0]) ** 2 + (y[part, None] - at[:, 1]) ** 2
            weight = np.exp(-far / reach**2)
            pull = align * strength / np.maximum(weight.sum(axis=1), 0.8)
            cos4[part] += pull * (weight @ np.cos(4 * tangent))
            sin4[part] += pull * (weight @ np.sin(4 * tangent))
    turned = np.arctan2(sin4, cos4) / 4
    quarter_turns = np.round((own - turned) / (np.pi / 2))
    return np.asarray(turned + quarter_turns * np.pi / 2)


def _tangents(lines: BaseGeometry) -> tuple[Array, Array]:
    """Sample points and bearings every 25 m or so of some linework."""
    coordinates, index = shapely.get_coordinates(
        shapely.get_parts(shapely.segmentize(shapely.simplify(lines, 2), 25)), return_index=True
    )
    if len(coordinates) == 0:
        return np.empty((0, 2)), np.empty(0)
    step = np.diff(coordinates, axis=0)
    real = (np.diff(index) == 0) & (np.hypot(step[:, 0], step[:, 1]) > 0)
    middle = (coordinates[1:] + coordinates[:-1]) / 2
    return middle[real], np.arctan2(step[:, 1], step[:, 0])[real]

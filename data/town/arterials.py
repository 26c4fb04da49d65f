"""Lay what a town grows along: highway, main street, shore drive, railway and the roads between."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from data.town import field, noise
from data.town.field import STYLES, Quarter
from data.town.terrain import Terrain
from data.town.tracing import Tracer

SHORE_SETBACK_M = 62.0
RAIL_OFFSET_M = 150.0


@dataclass(frozen=True, slots=True)
class Street:
    """A line laid as one street: local metres, and primary, secondary or residential."""

    line: LineString
    kind: str


@dataclass(frozen=True, slots=True)
class Arterials:
    """
    The main lines of the town.

    Attributes
    ----------
    streets
        Primary and secondary streets, the main street first.
    shore, rail
        The middle lines of the shore drive and of the railway.
    bearing
        Direction of the main street and so of the old grid, radians.
    """

    streets: list[Street]
    shore: LineString
    rail: LineString
    bearing: float


def lay(rng: np.random.Generator, terrain: Terrain) -> Arterials:
    """
    Lay the arterials of a town.

    Parameters
    ----------
    rng
        Source of every bend; advanced by this call.
    terrain
        The ground.

    Returns
    -------
    Arterials
        Clipped to the town's limit; they may cross the creek, never the lagoon.
    """
    bearing = np.radians(rng.choice([-1, 1]) * rng.uniform(9, 17))
    highway, rail = _highway(rng, terrain)
    main = _main_street(terrain, bearing=bearing)
    shore = _shore_drive(terrain)
    dry = shapely.difference(terrain.limit, terrain.lagoon.buffer(20))
    fixed = [Street(main, "primary"), Street(highway, "primary"), Street(shore, "secondary")]
    region = [Quarter(Polygon(terrain.limit.exterior), STYLES["region"], bearing)]
    ground = shapely.difference(dry, terrain.lagoon.buffer(SHORE_SETBACK_M * 1.5))
    woven = field.weave(rng, region, ground=ground, water=terrain.lagoon)
    tracer = Tracer(woven, rng)
    for street in fixed:
        tracer.adopt(street.line)
    traced = [Street(line, "secondary") for line in tracer.grow()]
    return Arterials(_clipped([*fixed, *traced], dry), shore, _longest(rail, dry), bearing)


def _highway(rng: np.random.Generator, terrain: Terrain) -> tuple[LineString, LineString]:
    side = terrain.side
    y = np.linspace(-0.2 * side, 1.2 * side, 120)
    bend = noise.curve(rng, wavelength=1.3 * side)(y) * 0.045 * side
    lean = rng.uniform(-0.10, 0.10) * (y - terrain.centre[1])
    x = terrain.centre[0] - 0.30 * side + bend + lean
    highway = LineString(np.column_stack([x, y]))
    rail = LineString(np.column_stack([x - RAIL_OFFSET_M - 0.4 * bend, y]))
    return highway, rail


def _main_street(terrain: Terrain, *, bearing: float) -> LineString:
    cx, cy = terrain.centre
    along = np.array([np.cos(bearing), np.sin(bearing)])
    reach = 0.34 * terrain.side
    straight = [(cx + d * along[0], cy + d * along[1]) for d in np.linspace(-reach, reach, 60)]
    start = np.array(straight[0])
    west = np.linspace(1, 0, 30, endpoint=False)[:, None]
    away = np.hstack([west * -0.5 * terrain.side, 0.06 * terrain.side * np.sin(2.6 * west)])
    curve = start + away * [1.0, 1.0] + np.hstack([0 * west, west * -0.5 * terrain.side * along[1]])
    return LineString(np.vstack([curve, straight]))


def _shore_drive(terrain: Terrain) -> LineString:
    bank = shapely.boundary(terrain.lagoon.buffer(SHORE_SETBACK_M))
    eased = shapely.boundary(
        terrain.lagoon.buffer(2.6 * SHORE_SETBACK_M).buffer(-1.6 * SHORE_SETBACK_M)
    )
    line = eased if not eased.is_empty else bank
    return _longest(line, terrain.limit.buffer(30))


def _clipped(streets: list[Street], ground: BaseGeometry) -> list[Street]:
    return [
        Street(part, street.kind)
        for street in streets
        for part in _lines(shapely.intersection(street.line, ground))
        if part.length > field.CELL_M * 4
    ]


def _longest(line: BaseGeometry, ground: BaseGeometry) -> LineString:
    return max(_lines(shapely.intersection(line, ground)), key=lambda part: part.length)


def _lines(geometry: BaseGeometry) -> list[LineString]:
    merged = shapely.line_merge(geometry)
    return [part for part in shapely.get_parts(merged) if isinstance(part, LineString)]

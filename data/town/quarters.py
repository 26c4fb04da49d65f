"""Part the ground between the arterials into quarters and give each a style."""

import numpy as np
import shapely
from shapely.geometry import Polygon

from data.town.arterials import Arterials
from data.town.field import STYLES, Quarter
from data.town.terrain import Terrain

CORE_SHARE = 0.19
OLD_SHARE = 0.33
SECOND_GRID_TURN = 0.72
OLD_TURNS = (0.0, 0.2, 0.42, -0.3)


def part(rng: np.random.Generator, terrain: Terrain, arterials: Arterials) -> list[Quarter]:
    """
    Part the town into quarters along its arterials and the creek.

    Parameters
    ----------
    rng
        Source of styles and bearings; advanced by this call.
    terrain, arterials
        The ground and its main lines.

    Returns
    -------
    list of Quarter
        Polygons that cover the limit, ordered from the centre outwards.
    """
    edge = terrain.limit.exterior
    lines = [*(s.line for s in arterials.streets), terrain.creek_line, edge, arterials.rail]
    pieces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines)]))
    centre = shapely.Point(terrain.centre)
    outwards = sorted(pieces, key=lambda piece: shapely.distance(piece.centroid, centre))
    return [_quarter(rng, piece, terrain=terrain, arterials=arterials) for piece in outwards]


def _quarter(
    rng: np.random.Generator, piece: Polygon, *, terrain: Terrain, arterials: Arterials
) -> Quarter:
    point = shapely.point_on_surface(piece)
    away = shapely.distance(point, shapely.Point(terrain.centre)) / terrain.side
    west_of_rail = (
        point.x
        < shapely.line_interpolate_point(
            arterials.rail, shapely.line_locate_point(arterials.rail, point)
        ).x
    )
    bearing = arterials.bearing
    if away < CORE_SHARE and not west_of_rail:
        return Quarter(piece, STYLES["core"], bearing)
    by_rail = shapely.distance(piece, arterials.rail) < 5  # noqa: PLR2004 - metres
    if by_rail and west_of_rail and rng.random() < 0.6:  # noqa: PLR2004 - a share
        return Quarter(piece, STYLES["industrial"], bearing + 0.1)
    if away < OLD_SHARE or by_rail:
        across_creek = shapely.intersects(
            terrain.creek_line, shapely.shortest_line(point, shapely.Point(terrain.centre))
        )
        turn = SECOND_GRID_TURN if across_creek or west_of_rail else rng.choice(OLD_TURNS)
        return Quarter(piece, STYLES["old"], bearing + turn)
    name = "winding" if rng.random() < 0.55 else "loops"  # noqa: PLR2004 - a share
    return Quarter(piece, STYLES[name], bearing + rng.uniform(0, np.pi))

"""Make the town's street network: arterials, traced streets, joined and cleaned."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from data.town import arterials, crossings, field, infill, joining, network, quarters, thinning
from data.town.arterials import Street
from data.town.field import Quarter
from data.town.infill import Reserve
from data.town.network import Network
from data.town.terrain import Terrain
from data.town.tracing import Tracer

BANK_SETBACK_M = 12.0
RAIL_HALF_M = 13.0
SHORT_EDGE_M = 19.0
CELL_AREA_M2 = 2000.0
CELL_WIDTH_M = 42.0


@dataclass(frozen=True, slots=True)
class StreetPlan:
    """
    The streets of a town and what they are laid between.

    Attributes
    ----------
    network
        Streets, banks and the railway, cut at every crossing.
    quarters
        Polygons with their style.
    kept
        Ground left whole for public use.
    main, shore, rail
        The middle lines of the main street, the shore drive and the railway.
    bearing
        Direction of the main street, radians.
    """

    network: Network
    quarters: list[Quarter]
    kept: list[Reserve]
    main: LineString
    shore: LineString
    rail: LineString
    bearing: float


def lay(rng: np.random.Generator, terrain: Terrain) -> StreetPlan:
    """
    Lay the streets of a town on its ground.

    Parameters
    ----------
    rng
        Source of every choice; advanced by this call.
    terrain
        The ground.

    Returns
    -------
    StreetPlan
        In local metres; every residential street is connected at both ends.
    """
    trunk = arterials.lay(rng, terrain)
    parts = quarters.part(rng, terrain, trunk)
    water = shapely.union(terrain.lagoon, terrain.creek)
    local = _local_streets(rng, terrain, trunk=trunk, parts=parts, water=water)
    bounds = _bounds(terrain, water, trunk.rail)
    joined = joining.join(
        [*trunk.streets, *local], [b.line for b in bounds], barrier=water.buffer(-2)
    )
    made = _cleaned([*joined, *bounds])
    thinning.thin(rng, made)
    kept = infill.reserve(rng, made, centre=terrain.centre, away_m=0.16 * terrain.side)
    made = infill.fill(rng, made, parts, kept=kept)
    _tidy(made)
    made = crossings.connect(made)
    return StreetPlan(
        made, parts, kept, trunk.streets[0].line, trunk.shore, trunk.rail, trunk.bearing
    )


def _bounds(terrain: Terrain, water: BaseGeometry, rail: LineString) -> list[Street]:
    edge = shapely.boundary(terrain.land)
    wet = water.buffer(0.05)
    return [
        *(Street(bank, "bank") for bank in _lines(shapely.intersection(edge, wet))),
        *(Street(part, "limit") for part in _lines(shapely.difference(edge, wet))),
        Street(rail, "rail"),
    ]


def _local_streets(
    rng: np.random.Generator,
    terrain: Terrain,
    *,
    trunk: arterials.Arterials,
    parts: list[Quarter],
    water: BaseGeometry,
) -> list[Street]:
    ground = shapely.difference(terrain.limit, water.buffer(BANK_SETBACK_M))
    ground = shapely.difference(ground, trunk.rail.buffer(RAIL_HALF_M))
    tracer = Tracer(field.weave(rng, parts, ground=ground, water=water), rng)
    for street in trunk.streets:
        tracer.adopt(street.line)
    return [Street(line, "residential") for line in tracer.grow()]


def _cleaned(streets: list[Street]) -> Network:
    made = network.node(streets)
    network.prune_dangles(made, kinds=frozenset({"residential"}))
    network.contract_short(made, below_m=SHORT_EDGE_M)
    _tidy(made)
    return made


def _tidy(made: Network) -> None:
    network.prune_dangles(made, kinds=network.CARRIES - {"court"})
    network.drop_cramped(made, area_m2=CELL_AREA_M2, width_m=CELL_WIDTH_M)


def _lines(geometry: BaseGeometry) -> list[LineString]:
    merged = shapely.line_merge(geometry)
    return [part for part in shapely.get_parts(merged) if isinstance(part, LineString)]

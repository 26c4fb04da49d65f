"""Say what each lot is used for, and join neighbours where a larger building stands."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import Point, Polygon

from data.town.blocks import HALF_WIDTH_M, Block
from data.town.streets import StreetPlan
from data.town.terrain import Terrain

MAIN_REACH_M = 16.0
BAYFRONT_SHARE = 0.11
ACREAGE_M2 = 3800.0
JOINED = {"commercial": 0.42, "apartments": 0.6, "institutional": 0.5}
"""The share of lots of a use that take in a neighbour."""
RESIDENTIAL = {
    "core": (0.50, 0.24, 0.13, 0.04, 0.04, 0.05),
    "old": (0.68, 0.17, 0.06, 0.015, 0.02, 0.055),
    "winding": (0.91, 0.03, 0.005, 0.0, 0.005, 0.05),
    "loops": (0.93, 0.01, 0.005, 0.0, 0.005, 0.05),
}
"""Shares of `KINDS` among lots off the main streets, by the quarter's style."""
KINDS = ("single_family", "two_family", "apartments", "commercial", "institutional", "vacant")


@dataclass(frozen=True, slots=True)
class Ground:
    """One lot: its polygon (local metres), its block's number and its use."""

    shape: Polygon
    block: int
    use: str


def settle(
    rng: np.random.Generator,
    blocks: list[Block],
    divided: list[list[Polygon]],
    *,
    plan: StreetPlan,
    terrain: Terrain,
) -> list[Ground]:
    """
    Give every lot a use.

    Parameters
    ----------
    rng
        Source of the choices; advanced by this call.
    blocks, divided
        Blocks and, for each, its lots; local metres.
    plan, terrain
        Where the busy streets and the bay are.

    Returns
    -------
    list of Ground
        Fewer than the lots divided: some were joined.
    """
    busy = shapely.union_all(
        [
            e.line.buffer(HALF_WIDTH_M[e.kind] + 2)
            for e in plan.network.edges.values()
            if e.kind == "primary"
        ]
    )
    shapely.prepare(busy)
    settled: list[Ground] = []
    for number, (block, lots) in enumerate(zip(blocks, divided, strict=True)):
        if _on_bayfront(block, terrain):
            settled.append(Ground(block.ground, number, "park"))
            continue
        uses = [block.use or _use(rng, lot, block, busy=bool(busy.intersects(lot))) for lot in lots]
        settled += [Ground(lot, number, use) for lot, use in _joined(rng, lots, uses)]
    return settled


def _on_bayfront(block: Block, terrain: Terrain) -> bool:
    near = (
        shapely.distance(block.ground, Point(terrain.centre)) < 1.8 * BAYFRONT_SHARE * terrain.side
    )
    return bool(near and shapely.distance(block.ground, terrain.lagoon) < 1)


def _use(rng: np.random.Generator, lot: Polygon, block: Block, *, busy: bool) -> str:
    style = block.style.name
    draw = rng.random()
    if style == "industrial":
        return "vacant" if draw < 0.12 else "commercial" if draw < 0.3 else "industrial"  # noqa: PLR2004
    if busy and draw < (0.9 if style == "core" else 0.55):
        return "commercial"
    if lot.area > ACREAGE_M2:
        return str(rng.choice(["apartments", "institutional", "vacant"], p=[0.5, 0.2, 0.3]))
    return str(rng.choice(KINDS, p=RESIDENTIAL[style]))


def _joined(
    rng: np.random.Generator, lots: list[Polygon], uses: list[str]
) -> list[tuple[Polygon, str]]:
    """Let lots of the larger uses take in a neighbour or two of any private use."""
    tree = STRtree(lots)
    gone: set[int] = set()
    shapes = list(lots)
    for i, use in enumerate(uses):
        if i in gone or rng.random() >= JOINED.get(use, 0):
            continue
        beside = [int(j) for j in sorted(tree.query(lots[i], predicate="intersects"))]
        fit = [j for j in beside if j != i and j not in gone and _sidelong(lots[i], lots[j])]
        for j in fit[: int(rng.integers(1, 3))]:
            joined = shapely.union(shapes[i], lots[j])
            if uses[j] not in JOINED and isinstance(joined, Polygon) and not joined.interiors:
                shapes[i] = joined
                gone.add(j)
    return [(shapes[i], uses[i]) for i in range(len(lots)) if i not in gone]


def _sidelong(one: Polygon, other: Polygon) -> bool:
    """Tell whether two lots share enough of a side to be one."""
    return bool(shapely.intersection(one, other).length > 0.35 * np.sqrt(one.area))

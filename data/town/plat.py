"""Lay out a whole town: ground, streets, blocks, lots, their uses and addresses."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from data.town import blocks, fronts, lots, naming, streets, terrain, uses, words
from data.town.blocks import Block
from data.town.errors import TownError
from data.town.fronts import Front
from data.town.streets import StreetPlan
from data.town.terrain import Terrain
from data.town.uses import Ground

LEAST_PARCELS = 200
GROSS_M2 = 1310.0
"""Square of the layout's side per parcel, a little more than seeds have needed."""
TRIES = 6
SHEET_M = 600.0
EASE_M = 0.5


@dataclass(frozen=True, slots=True)
class Plat:
    """
    A town on paper, in local metres.

    Attributes
    ----------
    name
        Of the town.
    terrain, plan, blocks
        Ground, streets and blocks.
    lots, fronts, parcel_nos
        One entry a lot each, in map-block-lot order.
    edge_names
        Street name of each edge that carries traffic.
    """

    name: str
    terrain: Terrain
    plan: StreetPlan
    blocks: list[Block]
    lots: list[Ground]
    fronts: list[Front]
    parcel_nos: list[str]
    edge_names: dict[int, str]

    @property
    def outline(self) -> BaseGeometry:
        """The town's limit without the lagoon, eased so that every lot lies within."""
        return shapely.difference(self.terrain.limit, self.terrain.lagoon).buffer(EASE_M)


def lay(*, parcels: int, seed: int) -> Plat:
    """
    Lay out a town of at least so many lots.

    Parameters
    ----------
    parcels
        Least number of lots, 200 or more.
    seed
        The same seed gives the same town.

    Returns
    -------
    Plat
        In local metres.

    Raises
    ------
    TownError
        If the number is too small for a town.
    """
    if parcels < LEAST_PARCELS:
        msg = f"A town of {parcels} parcels is too small: ask for {LEAST_PARCELS} or more."
        raise TownError(msg)
    side = float(np.sqrt(parcels * GROSS_M2))
    name = words.TOWN_NAMES[seed % len(words.TOWN_NAMES)]
    for _ in range(TRIES):
        plat = _lay(np.random.default_rng([seed, 1]), side=side, name=name)
        if len(plat.lots) >= parcels:
            return plat
        side *= float(np.sqrt(parcels / len(plat.lots))) * 1.03
    msg = f"Seed {seed} gives no town of {parcels} parcels: try another seed."
    raise TownError(msg)


def _lay(rng: np.random.Generator, *, side: float, name: str) -> Plat:
    ground = terrain.lay(rng, side=side)
    plan = streets.lay(rng, ground)
    cut = blocks.cut(plan, land=ground.land)
    cut.sort(key=_sheet_order)
    divided = [_around(block, lots.divide(rng, block)) for block in cut]
    settled = uses.settle(rng, cut, divided, plan=plan, terrain=ground)
    named = naming.name(rng, plan, centre=ground.centre, bearing=plan.bearing)
    return Plat(
        name=name,
        terrain=ground,
        plan=plan,
        blocks=cut,
        lots=settled,
        fronts=fronts.number(plan.network, named, [lot.shape for lot in settled]),
        parcel_nos=_parcel_nos(cut, settled),
        edge_names=fronts.carried_names(plan.network, named),
    )


def _sheet_order(block: Block) -> tuple[int, int, float, float]:
    """Order blocks as an assessor's map book does: by sheet, then down the sheet."""
    point = block.face.centroid
    return int(-point.y // SHEET_M), int(point.x // SHEET_M), -point.y, point.x


def _around(block: Block, shapes: list[Polygon]) -> list[Polygon]:
    """Order a block's lots clockwise from its north."""
    heart = block.ground.centroid

    def turn(shape: Polygon) -> float:
        point = shapely.point_on_surface(shape)
        return float(np.arctan2(point.x - heart.x, point.y - heart.y))

    return sorted(shapes, key=turn)


def _parcel_nos(cut: list[Block], settled: list[Ground]) -> list[str]:
    """Give lots their map-block-lot numbers: 12-045-03."""
    sheets: dict[tuple[int, int], int] = {}
    block_on_sheet: dict[int, str] = {}
    used: dict[int, int] = {}
    for number, block in enumerate(cut):
        sheet = sheets.setdefault(_sheet_order(block)[:2], len(sheets) + 1)
        used[sheet] = used.get(sheet, 0) + 1
        block_on_sheet[number] = f"{sheet:02d}-{used[sheet]:03d}"
    numbers = []
    count: dict[int, int] = {}
    for lot in settled:
        count[lot.block] = count.get(lot.block, 0) + 1
        numbers.append(f"{block_on_sheet[lot.block]}-{count[lot.block]:02d}")
    return numbers

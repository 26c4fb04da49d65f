"""Divide a block into lots that stand square to their street and back onto each other."""

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from data.town import rows
from data.town.blocks import Block

LEAST_FRONT_M = 5.5
LEAST_AREA_SHARE = 0.4
CRUMB_M2 = 0.5
THINNEST = 0.026


def divide(rng: np.random.Generator, block: Block) -> list[Polygon]:
    """
    Divide a block into lots.

    Parameters
    ----------
    rng
        Source of lot widths; advanced by this call.
    block
        The block, local metres.

    Returns
    -------
    list of Polygon
        They fill the block's ground without overlap; each has a street front where the block has.
    """
    if block.use:
        return [block.ground]
    lines = [*block.tails, *rows.spines(block)]
    pieces = _pieces(block.ground, lines)
    cuts = [cut for piece in pieces for cut in rows.cuts(rng, piece, block=block)]
    return _merged(_pieces(block.ground, [*lines, *cuts]), block)


def _pieces(ground: Polygon, lines: list[LineString]) -> list[Polygon]:
    noded = shapely.union_all([ground.exterior, *lines])
    found = shapely.get_parts(shapely.polygonize([noded]))
    inner = shapely.point_on_surface(found)
    shapely.prepare(ground)
    return [piece for piece, point in zip(found, inner, strict=True) if ground.contains(point)]


def _merged(pieces: list[Polygon], block: Block) -> list[Polygon]:
    """Give what is too small, too thin or without a front to the neighbour beside it."""
    lots = list(pieces)
    near_front = block.front.buffer(0.05)
    least = LEAST_AREA_SHARE * block.style.lot_m * block.style.depth_m
    pending = sorted(range(len(lots)), key=lambda i: lots[i].area)
    alive = dict(enumerate(lots))
    for number in pending:
        lot = alive[number]
        if len(alive) == 1 or not _unfit(lot, near_front, least):
            continue
        if lot.area < CRUMB_M2:
            del alive[number]
            continue
        keys = [key for key in alive if key != number]
        neighbour = _neighbour(lot, keys, [alive[key] for key in keys])
        if neighbour is None:
            continue
        joined = shapely.union(lot, alive[neighbour])
        if isinstance(joined, Polygon):
            alive[neighbour] = joined
            del alive[number]
    return list(alive.values())


def _unfit(lot: Polygon, near_front: BaseGeometry, least: float) -> bool:
    if lot.area < least or lot.area / lot.length**2 < THINNEST:
        return True
    return bool(shapely.intersection(lot.exterior, near_front).length < LEAST_FRONT_M)


def _neighbour(lot: Polygon, keys: list[int], others: list[Polygon]) -> int | None:
    tree = STRtree(others)
    near = sorted(int(i) for i in tree.query(lot, predicate="intersects"))
    shared = [shapely.intersection(lot, others[i]).length for i in near]
    if not shared or max(shared) < 1:
        return None
    return keys[near[int(np.argmax(shared))]]

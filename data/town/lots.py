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
CRUMB_M2 = 40.0
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
    near_front = block.front.buffer(0.05)
    least = LEAST_AREA_SHARE * block.style.lot_m * block.style.depth_m
    alive = dict(enumerate(pieces))
    for number in sorted(alive, key=lambda i: pieces[i].area):
        lot = alive[number]
        if len(alive) == 1 or not _unfit(lot, near_front, least):
            continue
        del alive[number]
        taker, joined = _taken_in(lot, alive)
        if taker is not None:
            alive[taker] = joined
        elif lot.area > CRUMB_M2:
            alive[number] = lot
    return list(alive.values())


def _unfit(lot: Polygon, near_front: BaseGeometry, least: float) -> bool:
    if lot.area < least or lot.area / lot.length**2 < THINNEST:
        return True
    return bool(shapely.intersection(lot.exterior, near_front).length < LEAST_FRONT_M)


def _taken_in(lot: Polygon, others: dict[int, Polygon]) -> tuple[int | None, Polygon]:
    """Return the neighbour with the longest common side and the two as one; None if none fits."""
    keys = list(others)
    tree = STRtree([others[key] for key in keys])
    near = [keys[int(i)] for i in sorted(tree.query(lot, predicate="intersects"))]
    near.sort(key=lambda key: -shapely.intersection(lot, others[key]).length)
    for key in near:
        joined = shapely.union(lot, others[key])
        if isinstance(joined, Polygon):
            return key, joined
    return None, lot

"""Draw officer zones, wards, neighborhoods, parks and water along the streets."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from data.town import words
from data.town.noise import Array
from data.town.plat import Plat

OFFICER_PARCELS = 700
OFFICERS = (4, 6)
WARDS = 4
NEIGHBORHOOD_PARCELS = 330
LLOYD_ROUNDS = 25
BALANCE = 0.35


@dataclass(frozen=True, slots=True)
class Zone:
    """
    One zone: officer, council, neighborhood, water, park or town.

    Attributes
    ----------
    kind, code, name, officer_name
        `officer_name` is empty but for officer zones.
    shape
        Local metres.
    """

    kind: str
    code: str
    name: str
    officer_name: str
    shape: BaseGeometry


def draw(rng: np.random.Generator, plat: Plat) -> list[Zone]:
    """
    Draw every zone of a town.

    Parameters
    ----------
    rng
        Source of the zones' seeds and names; advanced by this call.
    plat
        The town on paper.

    Returns
    -------
    list of Zone
        Officer zones, wards and neighborhoods each cover every lot once, along street middles.
    """
    many = np.clip(round(len(plat.lots) / OFFICER_PARCELS), *OFFICERS)
    names = [
        f"{rng.choice(words.FIRST_NAMES)} {last}" for last in rng.permutation(words.LAST_NAMES)
    ]
    return [
        Zone("town", "TOWN", plat.name, "", plat.outline),
        *(
            Zone("officer", f"Z{i + 1}", f"Zone {i + 1}", names[i], shape)
            for i, shape in enumerate(_parted(rng, plat, int(many)))
        ),
        *(
            Zone("council", f"W{i + 1}", f"Ward {i + 1}", "", shape)
            for i, shape in enumerate(_parted(rng, plat, WARDS))
        ),
        *_neighborhoods(rng, plat),
        *_parks(plat),
        *_water(plat),
    ]


def _parted(rng: np.random.Generator, plat: Plat, count: int) -> list[BaseGeometry]:
    """Part the blocks' faces into compact groups of about equal numbers of lots."""
    centres = np.array([block.face.centroid.coords[0] for block in plat.blocks])
    weight = np.bincount([lot.block for lot in plat.lots], minlength=len(plat.blocks)) + 0.5
    group = _groups(rng, centres, weight, count)
    faces = np.array([block.face for block in plat.blocks])
    return [shapely.union_all(faces[group == i]) for i in range(count)]


def _groups(rng: np.random.Generator, centres: Array, weight: np.ndarray, count: int) -> np.ndarray:
    """Cluster by k-means, heavy groups pushed back a little in each round."""
    seeds = centres[rng.choice(len(centres), 1)]
    for _ in range(count - 1):
        away = _distance(centres, seeds).min(axis=1)
        seeds = np.vstack([seeds, centres[np.argmax(away)]])
    handicap = np.ones(count)
    group = np.zeros(len(centres), int)
    for _ in range(LLOYD_ROUNDS):
        group = np.argmin(_distance(centres, seeds) * handicap, axis=1)
        load = np.bincount(group, weights=weight, minlength=count)
        handicap *= (np.maximum(load, 1) / load.mean()) ** (BALANCE / 3)
        for i in np.unique(group):
            seeds[i] = np.average(centres[group == i], axis=0, weights=weight[group == i])
    return np.asarray(group)


def _distance(points: Array, seeds: Array) -> Array:
    return np.asarray(np.hypot(*(points[:, None] - seeds[None, :]).transpose(2, 0, 1)))


def _neighborhoods(rng: np.random.Generator, plat: Plat) -> list[Zone]:
    count = max(5, round(len(plat.lots) / NEIGHBORHOOD_PARCELS))
    shapes = [shape for shape in _parted(rng, plat, count) if not shape.is_empty]
    places = [shapely.point_on_surface(block.face) for block in plat.blocks]
    left = {style: list(names) for style, names in words.NEIGHBORHOODS.items()}
    spare = [f"{a} {b}" for a in words.WINDING for b in words.SECOND]
    zones = []
    for number, shape in enumerate(shapes):
        inside = [
            block.style.name
            for block, place in zip(plat.blocks, places, strict=True)
            if shapely.contains(shape, place)
        ]
        style = max(sorted(set(inside)), key=inside.count)
        name = left[style].pop(0) if left[style] else spare.pop(int(rng.integers(len(spare))))
        zones.append(Zone("neighborhood", f"N{number + 1:02d}", name, "", shape))
    return zones


def _parks(plat: Plat) -> list[Zone]:
    """Make a zone of each park; what adjoins along the bay is one park."""
    green = [lot.shape for lot in plat.lots if lot.use == "park"]
    bay = plat.terrain.lagoon.buffer(5)
    shore = [shape for shape in green if shapely.intersects(shape, bay)]
    inland = [shape for shape in green if not shapely.intersects(shape, bay)]
    shapes = [shapely.union_all(shore), *inland] if shore else inland
    names = words.PARKS if shore else words.PARKS[1:]
    heart = Point(plat.terrain.centre)
    order = sorted(shapes[len(shapes) - len(inland) :], key=lambda s: shapely.distance(s, heart))
    shapes = [*shapes[: len(shapes) - len(inland)], *order]
    return [
        Zone("park", f"P{i + 1:02d}", names[i] if i < len(names) else f"Pocket Park {i + 1}", "", s)
        for i, s in enumerate(shapes)
    ]


def _water(plat: Plat) -> list[Zone]:
    ground = plat.terrain
    view = shapely.box(*ground.limit.buffer(0.35 * ground.side).bounds)
    lagoon = shapely.intersection(ground.lagoon, view)
    creek = shapely.difference(shapely.intersection(ground.creek, view), ground.lagoon)
    creek_name = str(words.STREETS[len(plat.lots) % len(words.STREETS)]) + " Creek"
    return [
        Zone("water", "L1", f"{plat.name.split()[0]} Lagoon", "", lagoon),
        Zone("water", "C1", creek_name, "", creek),
    ]

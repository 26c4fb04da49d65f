"""Check that the generated lots make a sound cadastre."""

import numpy as np
import pytest
import shapely

from data.town import plat, zones
from data.town.errors import TownError
from data.town.plat import Plat

PUBLIC = {"park", "school", "hospital", "cemetery"}


@pytest.fixture(scope="module")
def paper() -> Plat:
    return plat.lay(parcels=900, seed=5)


def test_no_two_lots_overlap_and_none_is_broken(paper: Plat) -> None:
    lots = np.array([lot.shape for lot in paper.lots])
    assert shapely.is_valid(lots).all()
    assert shapely.area(lots).sum() == pytest.approx(shapely.union_all(lots).area, abs=0.01)


def test_a_block_is_filled_by_its_lots_without_gaps(paper: Plat) -> None:
    for number, block in enumerate(paper.blocks):
        lots = [lot.shape for lot in paper.lots if lot.block == number]
        assert sum(lot.area for lot in lots) == pytest.approx(block.ground.area, abs=40)


def test_no_lot_is_a_sliver(paper: Plat) -> None:
    areas = np.array([lot.shape.area for lot in paper.lots])
    assert areas.min() > 60
    assert np.quantile(areas, 0.02) > 120


def test_streets_between_blocks_are_as_wide_as_streets_are(paper: Plat) -> None:
    grounds = np.array([block.ground for block in paper.blocks])
    tree = shapely.STRtree(grounds)
    pairs = tree.query(grounds, predicate="dwithin", distance=9.0).T
    strangers = [(a, b) for a, b in pairs if a < b]
    faces = [block.face for block in paper.blocks]
    apart = [p for p in strangers if not faces[p[0]].equals(faces[p[1]])]
    assert len(apart) < 0.05 * len(grounds)


def test_every_lot_has_an_address_of_its_own_with_its_door_inside(paper: Plat) -> None:
    labels = [(front.number, front.street) for front in paper.fronts]
    assert len(set(labels)) == len(labels) == len(paper.lots)
    assert all(
        lot.shape.contains(front.place) for lot, front in zip(paper.lots, paper.fronts, strict=True)
    )
    assert len(set(paper.parcel_nos)) == len(paper.lots)


def test_numbers_on_one_side_of_a_street_are_odd_and_on_the_other_even(paper: Plat) -> None:
    sides = {(front.street, front.number % 2) for front in paper.fronts}
    streets = {street for street, _ in sides}
    assert len(sides) > 1.5 * len(streets)


def test_nearly_every_private_lot_fronts_a_street(paper: Plat) -> None:
    fronts = {n: block.front.buffer(0.1) for n, block in enumerate(paper.blocks)}
    private = [lot for lot in paper.lots if lot.use not in PUBLIC]
    faced = [lot.shape.intersects(fronts[lot.block]) for lot in private]
    assert np.mean(faced) > 0.99


def test_every_lot_lies_in_the_town_and_in_one_zone_of_each_kind(paper: Plat) -> None:
    drawn = zones.draw(np.random.default_rng(1), paper)
    inner = shapely.point_on_surface([lot.shape for lot in paper.lots])
    for kind in ("town", "officer", "council", "neighborhood"):
        shapes = [zone.shape for zone in drawn if zone.kind == kind]
        held = sum(shapely.contains(shape, inner).astype(int) for shape in shapes)
        assert (held == 1).all()
    assert all(paper.outline.covers(lot.shape) for lot in paper.lots)
    assert 4 <= sum(zone.kind == "officer" for zone in drawn) <= 6
    assert {zone.kind for zone in drawn} >= {"water", "park"}


def test_no_lot_lies_in_water_beyond_its_bank(paper: Plat) -> None:
    water = shapely.union(paper.terrain.lagoon, paper.terrain.creek)
    assert sum(shapely.intersection(lot.shape, water).area for lot in paper.lots) < 50


def test_a_town_too_small_is_refused_with_what_to_ask_for() -> None:
    with pytest.raises(TownError, match="ask for 200 or more"):
        plat.lay(parcels=20, seed=1)

"""A town is cut into blocks along its streets, or between them, and no lot is cut."""

import numpy as np
import pytest
import shapely
from city_blocks import LOT, PLANE, STREET, blocks, degrees
from zone_checks import cut_m2, gap_m2, overlap_m2

from reports.workload.arrangement import arrange, together
from reports.workload.borders import OUTSIDE, arcs_around, edges_of, shared
from reports.workload.ground import Ground
from reports.workload.outline import outline_of
from reports.workload.pieces import parted, pieces_of
from reports.workload.plane import Plane, Shapes
from reports.workload.tidying import moved, moves_of, without
from reports.workload.units import components, units_of

NONE: Shapes = np.array([], dtype=object)


def ground(
    lots: Shapes, streets: Shapes, *, outline: object = None, water: object = None
) -> Ground:
    """Lay the ground of a town from metres."""
    parcels = degrees(lots)
    plane = Plane.around(parcels)
    drawn = NONE if outline is None else np.array([degrees(outline)], dtype=object)
    return Ground(
        plane=plane,
        parcel_ids=np.arange(len(parcels)),
        parcel_numbers=[f"{at}" for at in range(len(parcels))],
        parcels=parcels,
        outline=outline_of(drawn, parcels, plane=plane),
        streets=degrees(streets) if len(streets) else NONE,
        water=None if water is None else degrees(water),  # type: ignore[arg-type]
        zones=[],
    )


def _is_sound(shapes: Shapes, parcels: Shapes) -> None:
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert overlap_m2(shapes) < 1e-6
    assert gap_m2(shapes) < 1e-6
    assert cut_m2(parcels, shapes) < 1e-6


def test_each_block_is_a_unit_and_its_border_runs_along_the_streets() -> None:
    lots, streets = blocks(3, 4)
    town = ground(lots, streets)
    units = units_of(pieces_of(town), town)
    assert units.count == 12
    assert (np.bincount(units.of_parcel) == 12).all()
    _is_sound(units.ground, town.parcels)
    assert sorted(len(there) for there in units.beside) == [2] * 4 + [3] * 6 + [4] * 2
    street = shapely.union_all(town.plane.flat(town.streets))
    for one, there in enumerate(units.beside):
        for other in there:
            border = shapely.intersection(units.ground[one], units.ground[other])
            middle = town.plane.flat(border).interpolate(0.5, normalized=True)
            assert street.distance(middle) < 0.01


def test_without_streets_borders_keep_in_the_middle_between_blocks() -> None:
    lots, streets = blocks(3, 4)
    town = ground(lots, NONE)
    units = units_of(pieces_of(town), town)
    assert units.count == 12
    assert not units.pieces.by_streets
    _is_sound(units.ground, town.parcels)
    lines = shapely.union_all(PLANE.flat(degrees(streets)))
    for one, there in enumerate(units.beside):
        for other in there:
            border = PLANE.flat(shapely.intersection(units.ground[one], units.ground[other]))
            assert lines.distance(border.interpolate(0.5, normalized=True)) < 1.5


def test_a_lot_across_a_street_is_one_units_whole() -> None:
    lots, streets = blocks(3, 2)
    wide = shapely.box(5 * LOT, 0, 6 * LOT + STREET + LOT, LOT)
    covered = shapely.intersects(lots, shapely.point_on_surface(wide)) | shapely.contains(
        wide.buffer(0.1), lots
    )
    town = ground(np.append(lots[~covered], [wide]), streets)
    units = units_of(pieces_of(town), town)
    assert units.pieces.cells.across == 1
    home = units.ground[units.of_parcel[-1]]
    left = shapely.difference(town.parcels[-1], home)
    assert left.area * PLANE.square_m < 1e-6  # what rounding may do, which `tidying` mends
    _is_sound(units.ground, town.parcels)


def test_a_lot_that_reaches_a_bit_across_a_street_stays_with_its_block() -> None:
    lots, streets = blocks(3, 2)
    lots[11] = shapely.box(5 * LOT, LOT, 6 * LOT + STREET / 2 + 3, 2 * LOT)
    town = ground(lots, streets)
    units = units_of(pieces_of(town), town)
    assert units.pieces.cells.across == 1
    assert (np.bincount(units.of_parcel) == 12).all()
    assert units.of_parcel[11] == units.of_parcel[0]
    _is_sound(units.ground, town.parcels)


def test_lots_that_overlap_stay_together_and_are_told() -> None:
    lots, _ = blocks(1, 1)
    lots = np.append(lots, [shapely.box(1.5 * LOT, 0.5 * LOT, 2.5 * LOT, 1.5 * LOT)])
    groups, least = together(degrees(lots), plane=PLANE)
    assert least == pytest.approx(1e-6)
    assert np.bincount(groups).max() == 5
    town = ground(lots, NONE)
    fine = parted(pieces_of(town), town, np.ones(len(lots)), heaviest=2.0)
    cells = fine.cells
    assert len(set(cells.of_parcel[groups == groups[-1]].tolist())) == 1
    _is_sound(cells.ground, town.parcels)


def test_the_parts_of_a_lot_in_two_blocks_join_these() -> None:
    lots, streets = blocks(3, 1)
    far = shapely.union_all([lots[0], lots[-1]])
    town = ground(np.append(lots[1:-1], [far]), streets)
    units = units_of(pieces_of(town), town)
    assert units.count == 1  # the block between them is on the way
    assert shapely.covers(units.ground[0], town.parcels[-1])


@pytest.mark.parametrize("with_streets", [True, False])
def test_a_block_that_is_too_heavy_is_parted_along_its_lots(with_streets: bool) -> None:
    lots, streets = blocks(2, 2, lots=12)
    town = ground(lots, streets if with_streets else NONE)
    weight = np.where(np.arange(len(lots)) < 24, 10.0, 1.0)
    whole = pieces_of(town)
    fine = parted(whole, town, weight, heaviest=60.0)
    assert fine.parted == 1
    units = units_of(fine, town)
    heavy = np.bincount(units.of_parcel, weights=weight)
    assert units.count > 8
    assert heavy.max() <= 40
    _is_sound(units.ground, town.parcels)
    assert (components(units.beside) == 0).all()


def test_ground_without_lots_goes_to_those_around_it_each_to_the_nearest() -> None:
    lots, streets = blocks(3, 3)
    emptied = np.array([at for at in range(len(lots)) if at // 12 != 4])
    town = ground(lots[emptied], streets)
    units = units_of(pieces_of(town), town)
    assert units.count == len(units.ground) == 8
    _is_sound(units.ground, town.parcels)
    middle = degrees(shapely.union_all(lots[48:60]))
    shares = shapely.area(shapely.intersection(units.ground, middle)) / middle.area
    assert shares.sum() == pytest.approx(1)
    assert sorted(shares > 0.05) == [False] * 4 + [True] * 4


def test_no_unit_reaches_around_the_town() -> None:
    """The strip between the outermost streets and the outline is shared out as well."""
    lots, streets = blocks(4, 4)
    town = ground(lots, streets, outline=shapely.union_all(lots).convex_hull.buffer(150))
    units = units_of(pieces_of(town), town)
    assert units.count == len(units.ground) == 16
    assert all(not part.interiors for part in units.ground)
    _is_sound(units.ground, town.parcels)
    at_edge = [any(arc.beyond == OUTSIDE for ring in each for arc in ring) for each in units.around]
    assert sum(at_edge) == 12


def test_a_river_parts_a_town_but_where_a_street_crosses_it() -> None:
    """No street runs along it, so that its middle is the border between the blocks beside it."""
    lots, streets = blocks(4, 1)
    across = 6 * LOT + STREET
    river = shapely.box(2 * across - STREET + 1, -200, 2 * across - 1, 300)
    town = ground(lots, NONE, water=river)
    units = units_of(pieces_of(town), town)
    assert int(components(units.beside).max()) == 1
    assert len(units.links) == 1
    bridged = ground(lots, streets, water=river)
    units = units_of(pieces_of(bridged), bridged)
    assert int(components(units.beside).max()) == 0
    assert not units.links


def test_a_town_on_an_island_is_linked_by_the_shortest_way() -> None:
    lots, streets = blocks(2, 2)
    island = shapely.transform(lots[:12], lambda xy: xy + np.array([900.0, 0.0]))
    town = ground(np.append(lots, island), NONE)
    units = units_of(pieces_of(town), town)
    assert units.count == 5
    assert len(shapely.get_parts(town.outline)) == 2
    ((here, there),) = units.links
    assert {components(units.beside)[here], components(units.beside)[there]} == {0, 1}
    assert len(streets)


def test_borders_are_measured_and_told_in_order_with_what_is_touched_at_corners() -> None:
    cells = degrees(np.array([shapely.box(x, y, x + 50, y + 50) for y in (0, 50) for x in (0, 50)]))
    edges = edges_of(cells, plane=PLANE)
    assert shared(edges) == {
        pair: pytest.approx(50, rel=0.01) for pair in ((0, 1), (0, 2), (1, 3), (2, 3))
    }
    for at, (ring,) in enumerate(arcs_around(edges, 4)):
        beyond = [arc.beyond for arc in ring]
        assert sorted(beyond) == sorted({OUTSIDE, 0, 1, 2, 3} - {at, 3 - at})
        assert [arc.touched for arc in ring if arc.touched] == [(3 - at,)]


def test_a_corner_amid_a_lots_side_is_put_outside_or_taken_out() -> None:
    """As if rounding had put it a nanometre within the lot."""
    lot = shapely.Polygon([(0, 0), (1, 0), (1, 1), (0, 1)])
    within = (0.5, 1 - 1e-10)
    west = shapely.Polygon([(0, 0), (1, 0), (1, 1), within, (0.5, 2), (-1, 2), (-1, 0)])
    east = shapely.Polygon([(1, 0), (2, 0), (2, 2), (0.5, 2), within, (1, 1)])
    plane = Plane(lon=0, lat=0, east_m=1, north_m=1)
    zones = np.array([west, east])
    assert not shapely.covers(west, lot)
    lots = np.array([lot])
    better = moved(zones, moves_of(zones, lots, around=lots, plane=plane))
    assert shapely.covers(better[0], lot)
    assert shapely.coverage_is_valid(better)
    straight = shapely.Polygon([(0, 0), (1, 0), (1, 1), within, (0, 1)])
    zone = np.array([straight])
    moves = moves_of(zone, lots, around=lots, plane=plane)
    (plain,) = moved(zone, moves)
    assert plain.equals(lot)
    assert without(moves, lots, plane=plane) == {}


def test_streets_left_out_between_zones_belong_to_the_town() -> None:
    lots, _ = blocks(2, 2)
    parcels = degrees(lots)
    halves = np.array([shapely.union_all(parcels[:24]), shapely.union_all(parcels[24:])])
    zones = shapely.convex_hull(halves)
    assert len(shapely.get_parts(outline_of(zones, parcels, plane=PLANE))) == 2
    outline = outline_of(zones, parcels, plane=PLANE, are_zones=True)
    assert len(shapely.get_parts(outline)) == 1
    assert shapely.area(shapely.difference(zones, outline)).max() * PLANE.square_m < 1e-6
    across = shapely.area(outline) - shapely.area(zones).sum()
    assert across * PLANE.square_m == pytest.approx(STREET * (4 * LOT + STREET), rel=0.05)


def test_lines_that_lead_nowhere_part_nothing() -> None:
    lots, streets = blocks(1, 1)
    town = ground(lots, np.append(streets, [shapely.LineString([(10, -8), (10, 30)])]))
    cells = arrange(
        town.streets, town.outline, town.parcels, groups=np.arange(len(lots)), plane=town.plane
    )
    assert len(set(cells.of_parcel.tolist())) == 1

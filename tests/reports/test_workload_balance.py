"""Work is shared out evenly in one piece each, compactly, and much as it is today."""

import math
from dataclasses import replace
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from geo.streets.estimate import CrowFlight
from reports.workload.balance import Today, balance
from reports.workload.driven import Visited, drive
from reports.workload.plane import Plane
from reports.workload.search import Watch
from reports.workload.shares import Scales, Shares, Town, Wishes
from reports.workload.starting import compact, enclosed_by, mended, parts_of
from reports.workload.travel import Pace

SIDE = 100.0


def checkered(
    wide: int, high: int, *, hours: np.ndarray | None = None, seed: int = 0
) -> tuple[Town, np.ndarray]:
    """Lay out square units with work that thickens towards the south-west."""
    places = np.array([(x * SIDE, y * SIDE) for y in range(high) for x in range(wide)])
    if hours is None:
        dice = np.random.default_rng(seed)
        thick = 1 + 6 * np.exp(-(places**2).sum(axis=1) / (SIDE * wide / 3) ** 2)
        hours = dice.gamma(2.0, thick)
    visits = hours.copy()
    rings = [_ring(x, y, wide, high) for y in range(high) for x in range(wide)]
    beside = [[unit for (unit,) in ring[::2] if unit >= 0] for ring in rings]
    return Town(
        hours=hours.tolist(), visits=visits.tolist(), east=(visits * places[:, 0]).tolist(),
        north=(visits * places[:, 1]).tolist(), square=(visits * (places**2).sum(axis=1)).tolist(),
        beside=beside, borders=[dict.fromkeys(there, SIDE) for there in beside],
        around=[[ring] for ring in rings], at_edge=[(-1,) in ring for ring in rings],
        area=wide * high * SIDE**2, pace=Pace(days=250, start=(0.0, 0.0)),
    ), places  # fmt: skip


TURN = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)]


def _at(x: int, y: int, wide: int, high: int) -> tuple[int, ...]:
    return (y * wide + x if 0 <= x < wide and 0 <= y < high else -1,)


def _ring(x: int, y: int, wide: int, high: int) -> list[tuple[int, ...]]:
    """Go around a square: what lies across each side, and what is touched at each corner."""
    return [_at(x + dx, y + dy, wide, high) for dx, dy in TURN]


def nobody(town: Town) -> Today:
    """Say that nobody has anything today."""
    return Today(
        zone=np.full(town.count, -1), kept=np.zeros((town.count, 0)), whole=np.array(town.hours)
    )


def striped(town: Town, wide: int, zones: int) -> Today:
    """Have zones today that are strips of the same width."""
    zone = np.arange(town.count) % wide * zones // wide
    kept = np.zeros((town.count, zones))
    kept[np.arange(town.count), zone] = town.hours
    return Today(zone=zone, kept=kept, whole=np.array(town.hours))


def _is_sound(town: Town, zone: list[int], zones: int) -> None:
    assert set(zone) == set(range(zones))
    graph = nx.Graph((one, other) for one, there in enumerate(town.beside) for other in there)
    for each in range(zones):
        units = [unit for unit, at in enumerate(zone) if at == each]
        assert nx.is_connected(graph.subgraph(units))
        others = [unit for unit, at in enumerate(zone) if at != each]
        rest = nx.Graph(graph.subgraph(others))
        rest.add_edges_from((unit, "outside") for unit in others if town.at_edge[unit])
        assert zones == 1 or nx.is_connected(rest)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("zones", [2, 7])
def test_shares_are_even_and_each_in_one_piece_around_no_other(seed: int, zones: int) -> None:
    town, places = checkered(14, 12, seed=seed)
    found = balance(town, places, zones=zones, today=nobody(town), wishes=Wishes(), seed=seed)
    _is_sound(town, found.zone, zones)
    assert found.ratio <= 1.1
    assert found.ratio == pytest.approx(max(found.work) / min(found.work))
    sums = np.bincount(found.zone, weights=town.hours)
    assert np.allclose(sums + found.driven, found.work)


@pytest.mark.parametrize("seed", [1, 2])
def test_shares_are_as_even_in_the_hours_that_the_report_counts(seed: int) -> None:
    """In the east these are less than what is shared out, as where a base is laid on lots."""
    town, places = checkered(14, 12, seed=4)
    hours = np.array(town.hours)
    counted = np.maximum(hours - hours.mean() * 0.1 * (places[:, 0] > 9 * SIDE), 0)
    asked = {"zones": 6, "today": nobody(town), "wishes": Wishes(), "seed": seed}
    alone = balance(town, places, **asked)  # type: ignore[arg-type]
    assert (alone.reported, _uneven(counted, alone.zone) > 1.12) == (1.0, True)
    both = replace(town, reported=counted.tolist())
    found = balance(both, places, **asked)  # type: ignore[arg-type]
    _is_sound(town, found.zone, 6)
    assert found.ratio == pytest.approx(max(found.work) / min(found.work))
    assert found.ratio <= 1.1
    assert found.reported == pytest.approx(_uneven(counted, found.zone))
    assert found.reported <= 1.1


@pytest.mark.parametrize("zones", [3, 6])
def test_the_work_comes_first_where_both_cannot_be_even(zones: int) -> None:
    town, places = checkered(14, 12, seed=4)
    counted = np.array(town.hours) * np.where(np.arange(town.count) == 80, 500.0, 1.0)
    both = replace(town, reported=counted.tolist())
    found = balance(both, places, zones=zones, today=nobody(town), wishes=Wishes(), seed=1)
    _is_sound(town, found.zone, zones)
    assert found.ratio <= 1.1 < found.reported


def _uneven(hours: np.ndarray, zone: list[int]) -> float:
    sums = np.bincount(zone, weights=hours)
    return float(sums.max() / sums.min())


def test_the_same_seed_gives_the_same_zones_and_another_may_give_others() -> None:
    town, places = checkered(12, 12, seed=1)
    asked = {"zones": 5, "today": nobody(town), "wishes": Wishes()}
    first = balance(town, places, **asked, seed=3)  # type: ignore[arg-type]
    again = balance(town, places, **asked, seed=3)  # type: ignore[arg-type]
    other = balance(town, places, **asked, seed=4)  # type: ignore[arg-type]
    assert first == again
    assert first.zone != other.zone
    assert other.cost == pytest.approx(first.cost, rel=0.05)


def test_zones_are_compact() -> None:
    """Borders are shorter than those of the power diagram that the search begins with."""
    town, places = checkered(20, 20, seed=2)
    found = balance(town, places, zones=6, today=nobody(town), wishes=Wishes(), seed=0)
    plain = compact(places, np.array(town.hours), zones=6, seed=0)
    assert _border(town, found.zone) < _border(town, plain.tolist())


def _border(town: Town, zone: list[int]) -> float:
    return sum(
        metres
        for one, there in enumerate(town.borders)
        for other, metres in there.items()
        if one < other and zone[one] != zone[other]
    )


def test_the_more_keeping_counts_the_less_changes_hands() -> None:
    town, places = checkered(15, 15, seed=5)
    today = striped(town, 15, 5)
    moved = []
    for keeping in (0.0, 1.0, 10.0):
        found = balance(
            town, places, zones=5, today=today, wishes=Wishes(keeping=keeping), seed=0
        )  # fmt: skip
        _is_sound(town, found.zone, 5)
        assert found.ratio <= 1.1
        assert sorted(each for each in found.of_today if each is not None) == [0, 1, 2, 3, 4]
        label = np.array(found.of_today)[found.zone]
        moved.append(float(np.array(town.hours)[label != today.zone].sum()))
    assert moved[0] > moved[1] > moved[2]


def test_zones_that_are_even_today_stay_where_they_are() -> None:
    town, places = checkered(12, 6, hours=np.ones(72))
    today = striped(town, 12, 4)
    found = balance(
        town, places, zones=4, today=today, wishes=Wishes(keeping=10, driving=0, shape=0.1), seed=0
    )  # fmt: skip
    label = np.array(found.of_today)[found.zone]
    assert (label == today.zone).mean() > 0.9


@pytest.mark.parametrize(("before", "after"), [(3, 6), (6, 3)])
def test_more_or_fewer_zones_go_on_from_those_of_today(before: int, after: int) -> None:
    town, places = checkered(12, 12, seed=7)
    found = balance(
        town, places, zones=after, today=striped(town, 12, before), wishes=Wishes(), seed=0
    )  # fmt: skip
    _is_sound(town, found.zone, after)
    going_on = [each for each in found.of_today if each is not None]
    assert len(set(going_on)) == len(going_on) == min(before, after)


def test_a_search_that_is_stopped_gives_the_best_so_far() -> None:
    town, places = checkered(16, 16, seed=3)
    told: list[float] = []

    def tell(step: str, share: float) -> None:
        assert step
        told.append(share)

    watch = Watch(on_progress=tell, stopped=lambda: len(told) > 3)
    found = balance(town, places, zones=6, today=nobody(town), wishes=Wishes(), watch=watch)
    _is_sound(town, found.zone, 6)
    assert found.ratio <= 1.2
    assert len(told) < 40
    told.clear()
    balance(town, places, zones=6, today=nobody(town), wishes=Wishes(), watch=Watch(tell))
    assert all(here <= there + 1e-9 for here, there in pairwise(told))
    assert 0 <= told[0] < 0.1 < told[-1] <= 1


def test_one_zone_has_everything_and_a_zone_for_each_unit_is_found() -> None:
    town, places = checkered(4, 3)
    whole = balance(town, places, zones=1, today=nobody(town), wishes=Wishes())
    assert (whole.zone, whole.ratio) == ([0] * 12, 1.0)
    each = balance(town, places, zones=12, today=nobody(town), wishes=Wishes())
    assert sorted(each.zone) == list(range(12))


def test_all_work_in_one_unit_leaves_the_rest_shared_out() -> None:
    town, places = checkered(8, 8, hours=np.where(np.arange(64) == 27, 500.0, 0.05))
    found = balance(town, places, zones=4, today=nobody(town), wishes=Wishes())
    _is_sound(town, found.zone, 4)
    assert found.ratio > 10


def test_no_zone_closes_around_another_and_none_is_broken_up() -> None:
    town, _ = checkered(5, 5)
    ring = [1 if at % 5 == 2 and at // 5 in {2, 3, 4} else 0 for at in range(25)]
    shares = Shares(
        town, ring, zones=2, wishes=Wishes(), stays=[[0.0, 0.0]] * 25,
        scales=Scales(work=1, driving=1, border=1, moved=1),
    )  # fmt: skip
    assert not shares.may_move(17, 0)  # the middle of three: neither end may be alone
    assert not shares.may_move(22, 0)  # the way out
    assert shares.may_move(12, 0)  # the end within
    assert shares.may_move(11, 1)
    assert not shares.may_move(0, 1)  # not beside it
    before = shares.cost()
    more = shares.weigh(11, 1)
    shares.move(11, 1)
    assert shares.cost() == pytest.approx(before + more)


def test_a_move_is_weighed_as_it_changes_the_cost_of_both_counts_of_hours() -> None:
    town, places = checkered(6, 6, seed=8)
    reported = np.array(town.hours) * (1 + places[:, 1] / SIDE)
    shares = Shares(
        replace(town, reported=reported.tolist()), [at % 6 // 3 for at in range(36)], zones=2,
        wishes=Wishes(), stays=[[0.0, 0.0]] * 36,
        scales=Scales(
            work=sum(town.hours) / 2, driving=9, border=900, moved=1, reported=reported.sum() / 2
        ),
    )  # fmt: skip
    before, more = shares.cost(), shares.weigh(8, 1)
    shares.move(8, 1)
    assert shares.cost() == pytest.approx(before + more)
    one, other = (each.reported for each in shares.sums)
    assert shares.reported_ratio() == pytest.approx(max(one, other) / min(one, other))


def test_shares_in_pieces_or_around_others_are_mended() -> None:
    town, _ = checkered(9, 9)
    ring = [1 if 2 <= at % 9 <= 6 and 2 <= at // 9 <= 6 else 0 for at in range(81)]
    ring[40] = 2
    assert enclosed_by(ring, town, zones=3) == {0: {1, 2}, 1: {2}}
    found = mended(ring, town.hours, town, zones=3)
    _is_sound(town, found, 3)
    scattered = [at % 3 for at in range(81)]
    assert len(parts_of([at for at in range(81) if scattered[at] == 0], town)) == 3
    _is_sound(town, mended(scattered, town.hours, town, zones=3), 3)
    _is_sound(town, mended([0] * 81, town.hours, town, zones=4), 4)


def test_the_formula_of_driving_is_near_to_what_is_driven() -> None:
    """Of visits strewn over a square, each day's driven in a short round, by straight lines."""
    dice = np.random.default_rng(1)
    plane = Plane(lon=-80.4, lat=27.3, east_m=99_000.0, north_m=110_800.0)
    flat = dice.uniform(-2_000, 2_000, (4_000, 2))
    for start in (None, (3_000.0, 0.0)):
        lonlat = None if start is None else plane.to_degrees(np.array([start]))[0]
        visited = Visited(
            places=plane.to_degrees(flat), times=np.ones(4_000), parcel=np.arange(4_000),
            a_day=12.0, start=None if lonlat is None else (float(lonlat[0]), float(lonlat[1])),
        )  # fmt: skip
        (driven,) = drive(visited, [np.zeros(4_000, dtype=int)], CrowFlight(), count=1, seed=0)
        pace = Pace(days=4_000 / 12, start=start)
        square = float((flat**2).sum())
        said = pace.hours(4_000, *flat.sum(axis=0).tolist(), square) * 60 / pace.days
        assert driven.minutes[0] == pytest.approx(said, rel=0.25)
        assert driven.estimated


def test_days_are_driven_the_same_in_each_way_to_part_a_town() -> None:
    dice = np.random.default_rng(2)
    places = np.column_stack([dice.uniform(-80.41, -80.39, 200), dice.uniform(27.29, 27.31, 200)])
    visited = Visited(
        places=places, times=np.ones(200), parcel=np.arange(200), a_day=10.0, start=(-80.4, 27.3)
    )
    halves = (places[:, 0] > -80.4).astype(int)
    whole, parted, again = drive(
        visited, [np.zeros(200, dtype=int), halves, 1 - halves], CrowFlight(), count=2, seed=5
    )  # fmt: skip
    assert whole.minutes[1] == 0
    assert whole.days == parted.days == 60
    assert parted.minutes == pytest.approx(again.minutes[::-1])
    assert parted.all > 0.9 * whole.all
    nobody_drives = drive(
        replace(visited, places=places[:0], times=np.zeros(0), parcel=np.zeros(0, int), a_day=0),
        [np.zeros(0, int)], CrowFlight(), count=1, seed=0,
    )  # fmt: skip
    assert nobody_drives[0].all == 0


def test_nothing_is_driven_where_nothing_is_visited() -> None:
    assert Pace(days=250, start=(0, 0)).hours(0, 0, 0, 0) == 0
    one = Pace(days=250, start=None).hours(1, 500, 500, 500_000)
    assert one == 0
    far = Pace(days=250, start=(0, 0)).hours(1, 3_000, 4_000, 25e6)
    assert far == pytest.approx(10_000 * 1.4 / 11 / 3600, rel=0.01)
    assert math.isclose(Pace(days=250, start=(0, 0), scale=2).hours(1, 3_000, 4_000, 25e6), 2 * far)

"""Zones are proposed that share the work evenly, whatever the town; what cannot be is said."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
import shapely
import sqlalchemy as sa
from city_blocks import blocks, degrees
from generated_ground import UNTIL, lay_generated
from lots_town import ON, lay_lots
from zone_checks import cut_m2, gap_m2, hang_together, in_one_part, overlap_m2

from cases.zone_drafts import Asked
from geo.cluster import Cluster
from geo.database import from_cluster
from reports.errors import NothingToReportError, ReportError
from reports.workload.ground import read_ground
from reports.workload.pieces import pieces_of
from reports.workload.proposal import propose
from reports.workload.search import Watch
from reports.workload.units import units_of
from reports.workload.values import Proposal
from reports.workload.written import proposal_from_json, proposal_to_json

YEAR = {"first": ON - timedelta(days=364), "last": ON}


def shapes_of(proposal: Proposal) -> np.ndarray:
    """Return the zones proposed."""
    return np.array([each.shape for each in proposal.zones if each.shape is not None])


def is_sound(connection: sa.Connection, proposal: Proposal, *, cut: float = 1e-9) -> None:
    """Check zones by other means than those that made them; `cut` in square metres."""
    ground = read_ground(connection, on=proposal.asked.last)
    shapes = shapes_of(proposal)
    assert len(shapes) == proposal.asked.zones
    assert shapely.is_valid(shapes).all()
    assert overlap_m2(shapes) < 1e-6
    assert gap_m2(shapes) < 1e-6
    assert cut_m2(ground.parcels, shapes) <= cut
    units = units_of(pieces_of(ground), ground)
    for shape in shapes:
        own = shapely.intersection(units.ground[: units.count], shape)
        own = own[shapely.area(own) > 1e-12]
        assert proposal.parts or hang_together(own)
    work = [each.after.work for each in proposal.zones if each.after is not None]
    assert proposal.ratio is None or proposal.ratio == pytest.approx(max(work) / min(work))


@pytest.fixture(scope="module", params=[21, pytest.param(22, marks=pytest.mark.full)])
def generated(
    request: pytest.FixtureRequest,
    cluster: Cluster,
    worker_id: str,
    clone: Callable[[str], None],
) -> Iterator[sa.Connection]:
    name = f"zones_{request.param}_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database, database.owner.connect() as connection:
        transaction = connection.begin()
        lay_generated(connection, parcels=700, seed=request.param)
        yield connection
        transaction.rollback()


@pytest.mark.parametrize("zones", [4, 5, 9])
def test_a_generated_towns_zones_are_even_whole_and_told(
    generated: sa.Connection, zones: int
) -> None:
    asked = Asked(zones=zones, first=UNTIL - timedelta(days=729), last=UNTIL)
    proposal = propose(generated, asked)
    # Generated lots beside each other do not agree on their side, by the last digit.
    is_sound(generated, proposal, cut=1e-8)
    assert proposal.ratio is not None
    assert proposal.ratio <= 1.1
    assert proposal.reported is not None
    assert proposal.reported <= 1.1
    assert in_one_part(list(shapes_of(proposal)))
    assert (proposal.parts, proposal.cut_parcels) == (0, 0)
    assert proposal.driven_before is not None
    assert proposal.driven.days == proposal.driven_before.days > 0
    assert proposal.driven.all > 0
    parcels = generated.scalar(sa.text("SELECT count(*) FROM lotline.parcel"))
    now = [each.after for each in proposal.zones if each.after]
    was = [each.before for each in proposal.zones if each.before]
    for shares in (now, was):
        assert sum(each.parcels for each in shares) == parcels
    assert sum(each.hours for each in now) == pytest.approx(sum(each.hours for each in was))
    assert sum(each.cases for each in now) == sum(each.cases for each in was)
    new = [each for each in proposal.zones if each.zone_id is None]
    ended = [each for each in proposal.zones if each.shape is None]
    assert (len(new), len(ended)) == (max(zones - len(was), 0), max(len(was) - zones, 0))


def test_a_proposal_is_written_and_read_back_without_loss(generated: sa.Connection) -> None:
    asked = Asked(zones=4, first=UNTIL - timedelta(days=364), last=UNTIL, seed=3)
    proposal = propose(generated, asked, moves=20_000)
    again = proposal_from_json(proposal_to_json(proposal))
    assert again == proposal
    assert propose(generated, asked, moves=20_000) == proposal
    told = proposal_to_json(proposal)
    assert told.pop("reported") is not None
    assert told.pop("reported_before") is not None
    older = proposal_from_json(told)  # a draft made before these were told
    assert older == replace(proposal, reported=None, reported_before=None)
    with pytest.raises(ValueError, match="form 1 was expected"):
        proposal_from_json({"form": 0})


@pytest.fixture
def lots() -> tuple[np.ndarray, np.ndarray]:
    """Sixteen blocks of twelve lots, and the streets around them, in degrees."""
    shapes, lines = blocks(4, 4)
    return degrees(shapes), degrees(lines)


def _spread(count: int) -> Mapping[int, int]:
    return {at: 1 + at % 3 for at in range(0, count, 2)}


def _asked(**changes: Any) -> Asked:
    return Asked(**{"zones": 4, **YEAR, **changes})


def test_blocks_are_shared_out_along_streets(connection: sa.Connection, lots: Any) -> None:
    parcels, streets = lots
    halves = {"1": _part(parcels, 0, 96), "2": _part(parcels, 96, 192)}
    lay_lots(connection, parcels, cases=_spread(192), streets=streets, zones=halves)
    told: list[str] = []
    proposal = propose(
        connection, _asked(), watch=Watch(lambda step, _: told.append(step))
    )  # fmt: skip
    is_sound(connection, proposal)
    assert proposal.ratio is not None
    assert proposal.ratio <= 1.1
    assert told[0] == "Reading the town"
    assert told[-1] == "Drawing the zones"
    assert [each.zone_id is None for each in proposal.zones] == [False, False, True, True]
    assert [each.name for each in proposal.zones] == ["Zone 1", "Zone 2", "Zone 3", "Zone 4"]
    assert proposal.ratio_before == pytest.approx(1, abs=0.2)


def _part(parcels: np.ndarray, first: int, last: int) -> shapely.Geometry:
    return shapely.union_all(parcels[first:last]).convex_hull


def test_one_zone_has_the_whole_town(connection: sa.Connection, lots: Any) -> None:
    lay_lots(connection, lots[0], cases=_spread(192), streets=lots[1])
    proposal = propose(connection, _asked(zones=1))
    is_sound(connection, proposal)
    (zone,) = proposal.zones
    assert proposal.ratio == 1
    assert zone.after is not None
    assert zone.after.parcels == 192
    assert zone.name == "Zone 1"
    assert proposal.moved_cases == proposal.moved_parcels == 0
    assert proposal.driven_before is None


def test_more_zones_than_lots_are_refused_in_a_sentence(connection: sa.Connection) -> None:
    parcels = degrees(blocks(1, 1)[0])
    lay_lots(connection, parcels, cases={0: 1})
    with pytest.raises(ReportError, match=r"13 zones are asked for, and the town has \d+ lots"):
        propose(connection, _asked(zones=13))
    is_sound(connection, propose(connection, _asked(zones=6)))


def test_a_town_without_lots_is_told_so(connection: sa.Connection) -> None:
    with pytest.raises(NothingToReportError, match="No parcels are loaded yet"):
        propose(connection, _asked())
    lay_lots(connection, np.array([]))
    with pytest.raises(NothingToReportError, match="No parcels are loaded yet"):
        propose(connection, _asked())


def test_without_cases_zones_are_even_by_their_lots(connection: sa.Connection, lots: Any) -> None:
    lay_lots(connection, lots[0], streets=lots[1])
    proposal = propose(connection, _asked())
    is_sound(connection, proposal)
    assert [each.after.parcels for each in proposal.zones if each.after] == [48] * 4
    assert "are even by the number of their parcels" in proposal.notes[0]
    assert proposal.driven.all == 0


def test_without_streets_boundaries_keep_between_blocks(
    connection: sa.Connection, lots: Any
) -> None:
    lay_lots(connection, lots[0], cases=_spread(192))
    proposal = propose(connection, _asked())
    is_sound(connection, proposal)
    assert proposal.ratio is not None
    assert proposal.ratio <= 1.1
    assert any(note.startswith("No streets are loaded: boundaries") for note in proposal.notes)


def test_a_town_in_two_pieces_says_which_zones_lie_in_both(connection: sa.Connection) -> None:
    shapes, _ = blocks(4, 4)
    island = shapely.transform(shapes[:24], lambda xy: xy + np.array([1_500.0, 200.0]))
    parcels = degrees(np.append(shapes, island))
    lay_lots(connection, parcels, cases=_spread(216))
    proposal = propose(connection, _asked())
    is_sound(connection, proposal)
    assert proposal.ratio is not None
    assert proposal.ratio <= 1.1
    assert proposal.parts == 1
    assert any("lies in 2 pieces" in note and "1 zone has" in note for note in proposal.notes)


def test_a_lot_larger_than_all_others_is_one_zones_whole(connection: sa.Connection) -> None:
    shapes, lines = blocks(4, 4)
    whole = shapely.union_all(shapes).convex_hull
    park = shapely.difference(whole.buffer(800), whole.buffer(20))
    parcels = degrees(
        np.append(shapes, [shapely.intersection(park, shapely.box(300, -900, 2e3, 2e3))])
    )
    lay_lots(connection, parcels, cases=_spread(192), streets=degrees(lines))
    proposal = propose(connection, _asked())
    is_sound(connection, proposal)
    assert proposal.ratio is not None
    assert proposal.ratio <= 1.1


def test_all_work_on_one_lot_is_named_as_the_reason(connection: sa.Connection, lots: Any) -> None:
    lay_lots(connection, lots[0], cases={77: 60}, streets=lots[1])
    proposal = propose(connection, _asked())
    is_sound(connection, proposal)
    assert proposal.ratio is not None
    assert proposal.ratio > 10
    assert any("the parcel L-77 alone has 95% of it" in note for note in proposal.notes)
    assert proposal.reported is None


def test_a_search_that_is_stopped_proposes_the_best_so_far(
    connection: sa.Connection, lots: Any
) -> None:
    lay_lots(connection, lots[0], cases=_spread(192), streets=lots[1])
    proposal = propose(connection, _asked(), watch=Watch(stopped=lambda: True))
    is_sound(connection, proposal)
    assert proposal.ratio is not None
    assert proposal.ratio < 1.5


def test_work_that_has_no_place_counts_for_no_zone_and_is_told(
    connection: sa.Connection, lots: Any
) -> None:
    lay_lots(connection, lots[0], cases=_spread(192), streets=lots[1])
    lost = """UPDATE lotline.case_file SET parcel_id = NULL, parcel_period_id = NULL, point = NULL,
        point_3857 = NULL, tie_method = 'none', tie_confidence = 0 WHERE number = '0-0'"""
    connection.exec_driver_sql(lost)
    proposal = propose(connection, _asked())
    assert any(note.startswith("1 case or complaint with work") for note in proposal.notes)
    cases = sum(each.after.cases for each in proposal.zones if each.after)
    assert cases == sum(_spread(192).values()) - 1


def test_a_day_without_a_working_day_is_looked_at_all_the_same(
    connection: sa.Connection, lots: Any
) -> None:
    lay_lots(connection, lots[0], cases=_spread(192), streets=lots[1])
    sunday = date(2026, 6, 14)
    proposal = propose(connection, replace(_asked(), first=sunday, last=sunday))
    is_sound(connection, proposal)

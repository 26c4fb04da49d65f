"""Proposed zones are put in force from their draft, all at once, after saying what follows."""

from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
import shapely
import sqlalchemy as sa
from city_blocks import blocks, degrees
from desk import MANAGER, day
from lots_town import ON, lay_lots
from seats import hire

from cases import zone_drafts
from cases.drawings import drawings
from cases.models import Case
from cases.workflow.roles import Role
from cases.zone_drafts import Asked
from cases.zoning import StaleZoneError
from geo.layers import Zone
from reports.workload.adopting import adopt_zones, foretell, outlines_of
from reports.workload.proposal import propose
from reports.workload.written import proposal_from_json, proposal_to_json

JUNE = day(6, 15)
WHO = {"actor": MANAGER, "moment": JUNE}
ASKED = Asked(zones=3, first=ON - timedelta(days=364), last=ON)


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    """Sixteen blocks in two officers' zones, one of which has three times the other's work."""
    shapes, lines = blocks(4, 4)
    parcels, streets = degrees(shapes), degrees(lines)
    halves = {
        code: shapely.union_all(parcels[first : first + 96]).convex_hull
        for code, first in (("1", 0), ("2", 96))
    }
    for name in ("Officer 1", "Officer 2", "Officer 3"):
        hire(connection, Role.OFFICER, name=name)
    cases = {at: 3 if at < 96 else 1 for at in range(0, 192, 3)}
    officers = {"1": "Officer 1", "2": "Officer 2"}
    lay_lots(connection, parcels, cases=cases, streets=streets, zones=halves, officers=officers)
    return connection


def _drafted(connection: sa.Connection) -> int:
    draft_id = zone_drafts.ask_zones(connection, ASKED, key=uuid4(), **WHO)
    asked = zone_drafts.claim(connection, draft_id, now=JUNE.now)
    assert asked is not None
    made = proposal_to_json(propose(connection, asked, moves=20_000))
    assert zone_drafts.finish(connection, draft_id, proposal=made, now=JUNE.now)
    return draft_id


def test_a_draft_is_adopted_as_it_was_told(town: sa.Connection) -> None:
    draft_id = _drafted(town)
    row = zone_drafts.draft(town, draft_id)
    assert row is not None
    proposal = proposal_from_json(row.proposal)
    named = {2: ("Harbor", "Officer 3")}
    told = foretell(town, proposal, named=named, **WHO)
    assert town.execute(drawings()).all() == []
    done = adopt_zones(town, draft_id, named=named, told=told.mark, **WHO)
    assert (done.hands, done.moved, done.mark) == (told.hands, told.moved, told.mark)
    assert len(done.hands) == proposal.moved_cases > 0
    zones = town.execute(
        sa.select(Zone.name, Zone.officer_name, sa.func.ST_AsBinary(Zone.geom).label("shape"))
        .where(Zone.kind == "officer")
        .order_by(Zone.name)
    ).all()
    assert [(each.name, each.officer_name) for each in zones] == [
        ("Harbor", "Officer 3"), ("Zone 1", "Officer 1"), ("Zone 2", "Officer 2")
    ]  # fmt: skip
    kept = np.array([shapely.get_parts(shapely.from_wkb(bytes(each.shape)))[0] for each in zones])
    drawn = np.array([each.shape for each in outlines_of(proposal)])
    assert {each.wkb for each in shapely.normalize(kept)} == {
        each.wkb for each in shapely.normalize(drawn)
    }
    assert shapely.coverage_is_valid(kept)
    counted = dict.fromkeys([each.name for each in proposal.zones], 0)
    rows = town.execute(sa.select(Zone.name).join(Case, Case.zone_id == Zone.id))
    for each in rows:
        counted["Zone 3" if each.name == "Harbor" else each.name] += 1
    assert counted == {each.name: each.after.open_cases for each in proposal.zones if each.after}
    adopted = zone_drafts.draft(town, draft_id)
    assert adopted is not None
    assert (adopted.adopted_by, adopted.adopted_at) == (MANAGER.name, JUNE.now)


@pytest.mark.parametrize(
    "officers", [(None, None), ("Officer 1", None), ("Officer 1", "Officer 1")]
)
def test_what_a_draft_says_changes_hands_is_what_adopting_it_hands_over(
    town: sa.Connection, officers: tuple[str | None, ...]
) -> None:
    """Zones nobody has are one in this: no case changes hands between them."""
    for code, officer in zip(("1", "2"), officers, strict=True):
        town.execute(sa.update(Zone).where(Zone.code == code).values(officer_name=officer))
    proposal = propose(town, ASKED, moves=20_000)
    assert proposal.moved_parcels > 0
    assert proposal.moved_cases == len(foretell(town, proposal, **WHO).hands)
    assert bool(proposal.moved_cases) == any(officers)
    said = [each for each in proposal.notes if "changes hands" in each or "change hands" in each]
    assert bool(said) == (not any(officers))


def test_cases_outside_of_all_zones_come_to_who_has_them_then(town: sa.Connection) -> None:
    town.exec_driver_sql("UPDATE lotline.case_file SET zone_id = NULL")
    proposal = propose(town, ASKED, moves=20_000)
    assert proposal.moved_cases == len(foretell(town, proposal, **WHO).hands) > 0


def test_a_draft_is_not_adopted_twice_nor_over_zones_drawn_since(town: sa.Connection) -> None:
    first, second = _drafted(town), _drafted(town)
    adopt_zones(town, first, **WHO)
    for draft_id in (first, second):
        trial = town.begin_nested()
        with pytest.raises(StaleZoneError, match="Zones were changed since"):
            adopt_zones(town, draft_id, **WHO)
        trial.rollback()


def test_a_draft_without_zones_is_not_adopted(town: sa.Connection) -> None:
    draft_id = zone_drafts.ask_zones(town, ASKED, key=uuid4(), **WHO)
    for each in (draft_id, 999_999):
        with pytest.raises(StaleZoneError, match="has no zones"):
            adopt_zones(town, each, **WHO)


def test_what_is_proposed_anew_once_adopted_hardly_changes_anything(town: sa.Connection) -> None:
    adopt_zones(town, _drafted(town), **WHO)
    again = propose(town, ASKED, moves=20_000)
    assert again.ratio_before is not None
    assert again.ratio_before <= 1.1
    assert again.moved_parcels < 0.4 * 192

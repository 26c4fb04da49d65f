"""A manager draws an officer's zone: what follows is told first, what it was stays on record."""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from geoalchemy2.shape import to_shape
from seats import hire
from small_town import TODAY, import_cases, lay_out, violation, write

from cases.assigning import NoSuchOfficerError
from cases.assignment import assign_zones
from cases.drawings import drawings
from cases.models import Case, Staff, ZoneDrawing
from cases.outlines import MOST_CORNERS, Ring, UnusableOutlineError, outline, rings_of
from cases.workflow.roles import Role
from cases.zoning import (
    Drawn,
    Plan,
    StaleZoneError,
    ZoneError,
    ZonesNotYoursError,
    draw_zone,
    foretell_zone,
    mark_of,
    trimmed,
    zone_to_draw,
)
from geo.layers import Zone
from geo.loading.rows import Outcome
from geo.loading.runs import Request
from geo.loading.zones import load_zones

JUNE = day(6, 15)
WEST, MIDDLE, EAST, SOUTH, NORTH = -80.399, -80.396, -80.393, 27.299, 27.302
WHO = {"actor": MANAGER, "moment": JUNE}


TOWN = """
    INSERT INTO lotline.zone (kind, code, name, content_sha, import_run_id, source_row, geom,
        geom_3857)
    SELECT 'town', 'T', 'Town', '', (SELECT max(id) FROM lotline.import_run), 1, shape,
        ST_Transform(shape, 3857)
    FROM (SELECT ST_Multi(ST_MakeEnvelope(-80.399, 27.299, -80.393, 27.302, 4326)) AS shape) box
"""


def _box(west: float, south: float, east: float, north: float) -> Ring:
    return [(west, south), (east, south), (east, north), (west, north)]


@pytest.fixture
def town(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    """Lots A-1 and A-2 with a case in zone 1, A-4 and A-5 in zone 2; A-4's is closed."""
    lay_out(connection)
    for name in ("Officer 1", "Officer 2"):
        hire(connection, Role.OFFICER, name=name)
    cases = [violation(case_no=f"C-{n}", parcel_no=f"A-{n}") for n in (1, 2, 4, 5)]
    cases[2]["status"] = "corrected"
    import_cases(connection, tmp_path, *cases)
    return connection


def _id(connection: sa.Connection, name: str) -> int:
    return int(connection.scalar(sa.select(Staff.id).where(Staff.name == name)) or 0)


def _plan(connection: sa.Connection, code: str, *rings: Ring, **changes: object) -> Plan:
    """Draw a zone as it is, but for its rings and what else is said."""
    zone_id = connection.scalar(sa.select(Zone.id).where(Zone.code == code))
    row = connection.execute(zone_to_draw(zone_id or 0)).one()
    said = {
        "zone_id": row.id, "name": row.name, "officer_id": row.officer_id,
        "rings": rings or rings_of(to_shape(row.geom)), "seen": mark_of(row.content_sha),
    }  # fmt: skip
    return Plan(**{**said, **changes})  # type: ignore[arg-type]


def _hands(drawn: Drawn) -> list[tuple[str, str | None, str | None]]:
    return [(hand.number, hand.before, hand.after) for hand in drawn.hands]


def _zones_of_cases(connection: sa.Connection) -> dict[str, str]:
    rows = connection.execute(sa.select(Case.number, Zone.code).outerjoin(Zone).order_by(Case.id))
    return {row.number: row.code for row in rows}


def test_a_boundary_that_moves_hands_over_the_open_cases_it_passes(town: sa.Connection) -> None:
    town.execute(sa.update(Zone).where(Zone.code == "2").values(geom=_shape(
        -80.3965, SOUTH, EAST, NORTH), geom_3857=sa.func.ST_Transform(_shape(
            -80.3965, SOUTH, EAST, NORTH), 3857)))  # fmt: skip
    wider = _plan(town, "1", _box(WEST, SOUTH, -80.394, NORTH))
    before = _zones_of_cases(town)
    told = foretell_zone(town, wider, **WHO)
    assert _zones_of_cases(town) == before
    done = draw_zone(town, wider, **WHO)
    assert (done.hands, done.moved) == (told.hands, told.moved)
    assert _hands(done) == [("C-5", "Officer 2", "Officer 1")]
    assert done.moved == 2  # the closed case's lot lies in the other zone as well
    assert list(done.overlaps) == ["Zone 2"]


def test_an_overlap_is_ended_by_cutting_the_neighbour_or_the_new_outline(
    town: sa.Connection,
) -> None:
    wider = _plan(town, "1", _box(WEST, SOUTH, -80.394, NORTH))
    told = foretell_zone(town, wider, **WHO)
    assert list(told.overlaps) == ["Zone 2"]
    (shared,) = told.shared
    assert shapely.from_geojson(shared.geojson).bounds[0] == pytest.approx(MIDDLE)
    own = foretell_zone(town, replace(wider, rings=trimmed(town, wider), name="Cut"), **WHO)
    assert (own.overlaps, own.cut, _hands(own)) == ({}, [], [])
    before = _zones_of_cases(town)
    cut = replace(wider, cuts_neighbours=True)
    told = foretell_zone(town, cut, **WHO)
    assert _zones_of_cases(town) == before
    other = replace(told, cut=["Zone 3"]).mark  # as if a neighbour had been redrawn meanwhile
    trial = town.begin_nested()
    with pytest.raises(StaleZoneError, match="Something changed since you were shown"):
        draw_zone(town, cut, told=other, **WHO)
    trial.rollback()
    done = draw_zone(town, cut, told=told.mark, **WHO)
    assert (done.overlaps, done.cut) == ({}, ["Zone 2"])
    assert _hands(done) == _hands(told) == [("C-5", "Officer 2", "Officer 1")]
    left = town.scalars(sa.select(Zone.geom).where(Zone.code == "2")).one()
    assert to_shape(left).bounds == pytest.approx((-80.394, SOUTH, EAST, NORTH))
    assert {each.name for each in town.execute(drawings())} == {"Zone 1", "Zone 2"}


def test_no_neighbour_is_cut_to_nothing(town: sa.Connection) -> None:
    whole = _plan(town, "1", _box(WEST, SOUTH, EAST, NORTH), cuts_neighbours=True)
    with pytest.raises(ZoneError, match="Nothing would be left of Zone 2"):
        foretell_zone(town, whole, **WHO)
    within = Plan(
        zone_id=None, name="Inner", officer_id=None,
        rings=[_box(-80.398, 27.2995, -80.397, 27.3005)],
    )  # fmt: skip
    with pytest.raises(UnusableOutlineError, match="hold all of it"):
        trimmed(town, within)


def _shape(west: float, south: float, east: float, north: float) -> sa.ColumnElement[object]:
    return sa.func.ST_Multi(sa.func.ST_MakeEnvelope(west, south, east, north, 4326))


def test_what_a_zone_was_stays_on_record_with_who_and_when(town: sa.Connection) -> None:
    draw_zone(town, _plan(town, "1", _box(WEST, SOUTH, -80.397, NORTH), name="Shore"), **WHO)
    row = town.execute(sa.select(ZoneDrawing.__table__)).one()
    assert (row.actor, row.drawn_on, row.recorded_at) == (MANAGER.name, JUNE.on, JUNE.now)
    assert (row.old_name, row.name, row.officer_name) == ("Zone 1", "Shore", "Officer 1")
    assert to_shape(row.old_geom).bounds == pytest.approx((WEST, SOUTH, MIDDLE, NORTH))
    assert to_shape(row.geom).bounds == pytest.approx((WEST, SOUTH, -80.397, NORTH))
    assert [each.reshaped for each in town.execute(drawings())] == [True]


def test_a_new_zone_takes_the_cases_in_it_and_tells_of_overlaps(town: sa.Connection) -> None:
    town.execute(sa.delete(Case).where(sa.false()))
    plan = Plan(
        zone_id=None, name="Harbor", officer_id=_id(town, "Officer 2"),
        rings=[_box(-80.3985, 27.2975, -80.397, 27.2989)],
    )  # fmt: skip
    done = draw_zone(town, plan, **WHO)
    assert (_hands(done), done.overlaps) == ([], {})
    row = town.execute(zone_to_draw(done.zone_id)).one()
    assert (row.name, row.officer_name, row.drawn_on) == ("Harbor", "Officer 2", JUNE.on)
    (record,) = town.execute(drawings()).all()
    assert (record.old_name, record.name) == (None, "Harbor")


def test_what_of_a_zone_lies_outside_the_town_is_told_where_its_boundary_is_known(
    town: sa.Connection,
) -> None:
    half = _plan(town, "1", _box(WEST - 0.002, SOUTH, -80.397, NORTH))
    assert foretell_zone(town, half, **WHO).outside is None
    town.exec_driver_sql(TOWN)
    assert foretell_zone(town, half, **WHO).outside == pytest.approx(0.5, rel=0.01)
    inside = _plan(town, "1", _box(WEST, SOUTH, -80.397, NORTH))
    assert foretell_zone(town, inside, **WHO).outside == 0


def test_a_gap_that_a_drawing_leaves_is_told_apart_from_one_that_stood(
    town: sa.Connection,
) -> None:
    smaller = _plan(town, "1", _box(WEST, SOUTH, -80.397, NORTH))
    done = draw_zone(town, smaller, **WHO)
    metres = 0.001 * 111_320 * math.cos(math.radians(27.3)) * 0.003 * 110_800
    assert done.old_gap_m2 < 1
    assert done.gap_m2 == pytest.approx(metres, rel=0.01)
    # In a town whose outline is known, with as large a gap in its midst as comes in the west.
    town.exec_driver_sql(TOWN)
    east = _box(-80.397, SOUTH, MIDDLE, NORTH)
    draw_zone(town, _plan(town, "1", _box(WEST, SOUTH, -80.398, NORTH), east), **WHO)
    moved = _plan(town, "1", _box(WEST + 0.0005, SOUTH, -80.398, NORTH), east)
    done = draw_zone(town, moved, **WHO)
    assert done.new_gap_m2 == pytest.approx(metres / 2, rel=0.01)
    assert done.old_gap_m2 == pytest.approx(metres, rel=0.01)


def test_another_officer_of_the_zone_has_its_open_cases_but_those_given_to_somebody(
    town: sa.Connection,
) -> None:
    own = sa.update(Case).where(Case.number == "C-2")
    town.execute(own.values(officer_id=_id(town, "Officer 1")))
    done = draw_zone(town, _plan(town, "1", officer_id=_id(town, "Officer 2")), **WHO)
    assert _hands(done) == [("C-1", "Officer 1", "Officer 2")]
    assert done.moved == 0
    gone = draw_zone(town, _plan(town, "1", officer_id=None), **WHO)
    assert _hands(gone) == [("C-1", "Officer 2", None)]
    assert [each.reshaped for each in town.execute(drawings())] == [False, False]


def test_only_cases_thereabouts_are_looked_at(town: sa.Connection) -> None:
    """One far off that stands in the wrong zone keeps it: no drawing walks through every case."""
    away = sa.update(Case).where(Case.number == "C-5")
    point = sa.func.ST_SetSRID(sa.func.ST_MakePoint(-80.3, 27.4), 4326)
    town.execute(away.values(point=point, point_3857=sa.func.ST_Transform(point, 3857)))
    draw_zone(town, _plan(town, "1", _box(WEST, SOUTH, -80.397, NORTH)), **WHO)
    assert _zones_of_cases(town)["C-5"] == "2"
    assign_zones(town)
    assert _zones_of_cases(town)["C-5"] is None


STAR = [(-80.398, 27.3), (-80.396, 27.301), (-80.398, 27.301), (-80.396, 27.3)]
SPIKES = [
    (-80.397 + (0.001 if n % 2 else 0.0005) * math.cos(n), 27.3 + 0.001 * math.sin(n))
    for n in range(2_000)
]
TURN = math.tau / 5_000
CIRCLE = [
    (-80.397 + 0.001 * math.cos(n * TURN), 27.3 + 0.001 * math.sin(n * TURN)) for n in range(5_000)
]
WHOLE = _box(WEST, SOUTH, MIDDLE, NORTH)
BAD: dict[str, Sequence[Ring]] = {
    "nothing": [],
    "two corners": [[(-80.4, 27.3), (-80.39, 27.3)]],
    "one corner, often": [[(-80.4, 27.3)] * 9],
    "a line": [[(-80.4, 27.3), (-80.39, 27.3), (-80.38, 27.3)]],
    "self-crossing": [STAR],
    "a hostile star": [SPIKES],
    "not a number": [[(-80.4, 27.3), (math.nan, 27.3), (-80.39, 27.31)]],
    "endless": [[(-80.4, 27.3), (math.inf, 27.3), (-80.39, 27.31)]],
    "off the globe": [[(-80.4, 27.3), (-80.39, 91.0), (-80.38, 27.3)]],
    "outside the town": [_box(-70, 40, -69.9, 40.1)],
    "reaching beyond the town": [_box(-80.7, 27.2, -80.3, 27.3)],
    "5,000 corners": [CIRCLE],
    "a speck": [_box(-80.4, 27.3, -80.399999, 27.300001)],
    "a hole across the edge": [WHOLE, _box(-80.3965, 27.3, -80.39, 27.301)],
    "two parts that overlap": [WHOLE, _box(-80.397, 27.2995, EAST, NORTH)],
}  # fmt: skip


@pytest.mark.parametrize("shape", BAD)
def test_what_encloses_nothing_is_refused_and_nothing_is_changed(
    town: sa.Connection, shape: str
) -> None:
    plan = _plan(town, "1", *(BAD[shape] or [[]]))
    plan = Plan(zone_id=plan.zone_id, name="X", officer_id=None, rings=BAD[shape], seen=plan.seen)
    with pytest.raises(UnusableOutlineError, match=r"(?i)corner|outline|town"):
        draw_zone(town, plan, **WHO)
    assert town.execute(drawings()).all() == []
    assert town.scalar(sa.select(sa.func.count()).where(Zone.name == "X")) == 0


def test_an_outline_that_crosses_itself_says_where() -> None:
    bow = [(-80.4, 27.3), (-80.39, 27.31), (-80.39, 27.3), (-80.4, 27.31)]
    with pytest.raises(UnusableOutlineError, match=r"itself at 27\.30500, -80\.39500: move"):
        outline([bow])


def test_a_hole_and_a_second_part_are_drawn_as_rings_and_read_back_so(town: sa.Connection) -> None:
    """A case in the hole is no longer the zone's; within 200 m it would be, so the hole is wide."""
    rings = [
        _box(-80.41, 27.29, -80.38, 27.31), _box(-80.3995, 27.2945, -80.3935, 27.3055),
        _box(-80.41, 27.32, -80.40, 27.33), _box(-80.397, 27.2995, -80.3965, 27.3),
    ]  # fmt: skip
    shape = outline(rings)
    assert len(shape.geoms) == 3
    assert sum(len(part.interiors) for part in shape.geoms) == 1
    town.execute(sa.update(Zone).where(Zone.code == "2").values(kind="council"))
    draw_zone(town, _plan(town, "1", *rings), **WHO)
    found = town.execute(zone_to_draw(_plan(town, "1").zone_id or 0)).one()
    assert outline(rings_of(to_shape(found.geom))).equals(shape)


def test_as_many_corners_as_may_be_are_drawn() -> None:
    assert len(outline([CIRCLE[::3]]).geoms[0].exterior.coords) <= MOST_CORNERS + 1


@pytest.mark.parametrize(
    ("changes", "refusal", "because"),
    [
        ({"name": " "}, ZoneError, "name of 1 to 60"),
        ({"name": "x" * 61}, ZoneError, "name of 1 to 60"),
        ({"name": "zone 2"}, ZoneError, "Another zone is called"),
        ({"seen": "0" * 16}, StaleZoneError, "changed while you drew"),
        ({"zone_id": 999_999}, ZoneError, "no officer's zone"),
        ({"officer_id": 999_999}, NoSuchOfficerError, "no officer's"),
        ({}, ZoneError, "Nothing is changed"),
    ],
)
def test_what_a_zone_cannot_be_is_refused_in_a_sentence(
    town: sa.Connection, changes: dict[str, object], refusal: type[Exception], because: str
) -> None:
    with pytest.raises(refusal, match=because):
        draw_zone(town, _plan(town, "1", **changes), **WHO)


def test_the_decimals_of_a_page_move_no_boundary(town: sa.Connection) -> None:
    kept = rings_of(to_shape(town.execute(zone_to_draw(_plan(town, "1").zone_id or 0)).one().geom))
    shown = [[(lon + 4e-8, lat - 4e-8) for lon, lat in ring] for ring in kept]
    draw_zone(town, _plan(town, "1", *shown, name="Shore"), **WHO)
    assert [each.reshaped for each in town.execute(drawings())] == [False]


def test_two_managers_who_draw_the_same_zone_do_not_undo_each_other(town: sa.Connection) -> None:
    mine = _plan(town, "1", name="Shore")
    theirs = _plan(town, "1", name="Beach")
    draw_zone(town, mine, **WHO)
    with pytest.raises(StaleZoneError, match="Shore was changed"):
        draw_zone(town, theirs, **WHO)


@pytest.mark.parametrize("actor", [OFFICER, CLERK])
def test_only_a_manager_draws(town: sa.Connection, actor: object) -> None:
    with pytest.raises(ZonesNotYoursError, match="a manager does"):
        draw_zone(town, _plan(town, "1", name="X"), actor=actor, moment=JUNE)  # type: ignore[arg-type]


def _import(connection: sa.Connection, folder: Path, *, replace: bool = False) -> Outcome:
    """Import both zones with other officers, their outlines as they first were."""
    rows = [
        {"kind": "officer", "code": code, "name": f"Zone {code}", "officer_name": f"File {code}",
         "wkt": f"POLYGON(({w} {SOUTH}, {e} {SOUTH}, {e} {NORTH}, {w} {NORTH}, {w} {SOUTH}))"}
        for code, w, e in (("1", WEST, MIDDLE), ("2", MIDDLE, EAST))
    ]  # fmt: skip
    path = write(folder / "zones.csv", rows)
    asked = Request(path=path, today=TODAY, actor="clerk", crs="EPSG:4326", replace_drawn=replace)
    return load_zones(connection, asked)


def test_a_later_file_leaves_what_was_drawn_here_and_says_so(
    town: sa.Connection, tmp_path: Path
) -> None:
    draw_zone(town, _plan(town, "1", _box(WEST, SOUTH, -80.397, NORTH)), **WHO)
    outcome = _import(town, tmp_path)
    assert [(each.key, each.code) for each in outcome.rejects] == [("1", "drawn_here")]
    assert "drawn here on 2026-06-15" in outcome.rejects[0].reason
    named = sa.select(Zone.officer_name).where(Zone.kind == "officer").order_by(Zone.code)
    assert town.scalars(named).all() == ["Officer 1", "File 2"]


def test_a_file_that_is_told_to_replaces_what_was_drawn(
    town: sa.Connection, tmp_path: Path
) -> None:
    draw_zone(town, _plan(town, "1", _box(WEST, SOUTH, -80.397, NORTH)), **WHO)
    assert _import(town, tmp_path, replace=True).rejects == ()
    row = town.execute(zone_to_draw(_plan(town, "1").zone_id or 0)).one()
    assert (row.officer_name, row.drawn_on) == ("File 1", None)
    assert to_shape(row.geom).bounds == pytest.approx((WEST, SOUTH, MIDDLE, NORTH))

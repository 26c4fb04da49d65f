"""A manager draws all officers' zones anew at once: told first, whole or not at all, on record."""

from dataclasses import replace
from pathlib import Path

import pytest
import shapely
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from geoalchemy2.shape import to_shape
from seats import hire
from shapely.geometry.base import BaseGeometry
from small_town import import_cases, lay_out, violation, write

from cases.drawings import drawings
from cases.handings import handed_before
from cases.models import Case, Complaint, Staff, ZoneDrawing
from cases.outlines import UnusableOutlineError, rings_of
from cases.redrawing import Redrawn, foretell_zones, redraw_zones
from cases.redrawn import Outline
from cases.workflow.roles import Role
from cases.zoning import (
    Plan,
    StaleZoneError,
    ZoneError,
    ZonesNotYoursError,
    draw_zone,
    mark_of,
)
from geo.layers import Zone
from geo.loading.rows import Outcome
from geo.loading.runs import Request
from geo.loading.zones import load_zones
from reports.fairness.areas import NoAreasError, read_areas

JUNE = day(6, 15)
WHO = {"actor": MANAGER, "moment": JUNE}
WEST, MIDDLE, EAST, SOUTH, NORTH = -80.399, -80.396, -80.393, 27.299, 27.302


@pytest.fixture
def town(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    """Lots A-1 and A-2 with a case in zone 1, A-4 and A-5 in zone 2; A-4's is closed."""
    lay_out(connection)
    for name in ("Officer 1", "Officer 2", "Officer 3"):
        hire(connection, Role.OFFICER, name=name)
    cases = [violation(case_no=f"C-{n}", parcel_no=f"A-{n}") for n in (1, 2, 4, 5)]
    cases[3] |= {"complaint_no": "R-5", "complaint_received_on": "2026-05-30"}
    cases[2]["status"] = "corrected"
    import_cases(connection, tmp_path, *cases)
    return connection


def _box(west: float, east: float) -> BaseGeometry:
    return shapely.box(west, SOUTH, east, NORTH)


def _ids(connection: sa.Connection) -> dict[str, int]:
    query = sa.select(Zone.code, Zone.id).where(Zone.kind == "officer")
    return {row.code: row.id for row in connection.execute(query)}


def _seen(connection: sa.Connection) -> dict[int, str]:
    query = sa.select(Zone.id, Zone.content_sha).where(Zone.kind == "officer")
    return {row.id: mark_of(row.content_sha) for row in connection.execute(query)}


def _outlines(connection: sa.Connection, border: float = -80.398) -> list[Outline]:
    ids = _ids(connection)
    return [
        Outline(zone_id=ids["1"], name="Zone 1", officer="Officer 1", shape=_box(WEST, border)),
        Outline(zone_id=ids["2"], name="Zone 2", officer="Officer 2", shape=_box(border, EAST)),
    ]


def _redraw(
    connection: sa.Connection, outlines: list[Outline], *, told: str | None = None
) -> Redrawn:
    return redraw_zones(connection, outlines, seen=_seen(connection), told=told, **WHO)


def _zones_of_cases(connection: sa.Connection) -> dict[str, str | None]:
    rows = connection.execute(sa.select(Case.number, Zone.name).outerjoin(Zone).order_by(Case.id))
    return {row.number: row.name for row in rows}


def test_all_zones_are_drawn_at_once_and_hand_over_what_they_pass(town: sa.Connection) -> None:
    before = _zones_of_cases(town)
    outlines = _outlines(town)
    told = foretell_zones(town, outlines, seen=_seen(town), **WHO)
    assert _zones_of_cases(town) == before
    assert town.execute(drawings()).all() == []
    done = _redraw(town, outlines, told=told.mark)
    assert done == told
    assert [(hand.number, hand.before, hand.after) for hand in done.hands] == [
        ("C-2", "Officer 1", "Officer 2")
    ]
    assert (done.moved, done.ended) == (1, [])
    assert _zones_of_cases(town) == {**before, "C-2": "Zone 2"}
    record = {row.name: (row.cases_moved, row.handed) for row in town.execute(drawings())}
    assert record == {"Zone 1": (0, 0), "Zone 2": (1, 1)}
    case = town.scalar(sa.select(Case.id).where(Case.number == "C-2"))
    (kept,) = town.execute(handed_before(case or 0)).all()
    assert (kept.before, kept.after, kept.actor) == ("Officer 1", "Officer 2", MANAGER.name)


def _report_at(connection: sa.Connection, number: str, **changes: object) -> None:
    """Have the town's complaint lie in zone 1, on the lot of a case."""
    at, flat = (
        sa.select(each).where(Case.number == number).scalar_subquery()
        for each in (Case.point, Case.point_3857)
    )
    lies = {"zone_id": _ids(connection)["1"], "point": at, "point_3857": flat, **changes}
    connection.execute(sa.update(Complaint).values(lies))


def test_undecided_reports_go_to_the_zone_that_has_their_place_now(town: sa.Connection) -> None:
    ids, outlines = _ids(town), _outlines(town)
    plain = foretell_zones(town, outlines, seen=_seen(town), **WHO)
    _report_at(town, "C-2", status="received", closed_on=None, case_id=None)
    told = foretell_zones(town, outlines, seen=_seen(town), **WHO)
    assert (plain.reports, told.reports) == (0, 1)
    assert plain.mark != told.mark
    assert _redraw(town, outlines, told=told.mark).reports == 1
    assert town.scalars(sa.select(Complaint.zone_id)).all() == [ids["2"]]


def test_undecided_reports_go_with_the_ground_of_one_zone_drawn_by_hand(
    town: sa.Connection,
) -> None:
    two = town.execute(sa.select(Zone).where(Zone.code == "2")).one()
    _report_at(town, "C-2", status="received", closed_on=None, case_id=None)
    plan = Plan(
        zone_id=two.id, name=two.name, officer_id=None, rings=rings_of(_box(-80.398, EAST)),
        cuts_neighbours=True, seen=mark_of(two.content_sha),
    )  # fmt: skip
    draw_zone(town, plan, **WHO)
    assert town.scalars(sa.select(Complaint.zone_id)).all() == [two.id]


def test_reports_that_were_decided_stay_in_a_zone_that_goes_on(town: sa.Connection) -> None:
    _report_at(town, "C-2")
    assert _redraw(town, _outlines(town)).reports == 0
    assert town.scalars(sa.select(Complaint.zone_id)).all() == [_ids(town)["1"]]


def test_a_zone_that_stays_as_it_is_is_not_drawn(town: sa.Connection) -> None:
    done = _redraw(town, _outlines(town, MIDDLE))
    assert (done.hands, done.moved) == ([], 0)
    assert town.execute(drawings()).all() == []


def test_new_zones_come_and_others_end_with_their_last_day(town: sa.Connection) -> None:
    ids = _ids(town)
    at, flat = (
        sa.select(each).where(Case.number == "C-5").scalar_subquery()
        for each in (Case.point, Case.point_3857)
    )
    lies = {"zone_id": ids["2"], "point": at, "point_3857": flat}
    town.execute(sa.update(Complaint).values(lies))
    outlines = [
        Outline(zone_id=ids["1"], name="West", officer="Officer 1", shape=_box(WEST, -80.398)),
        Outline(zone_id=None, name="East", officer="Officer 3", shape=_box(-80.398, EAST)),
    ]
    done = _redraw(town, outlines)
    assert done.ended == ["Zone 2"]
    assert [hand.after for hand in done.hands] == ["Officer 3", "Officer 3"]
    assert _zones_of_cases(town) == {"C-1": "West", "C-2": "East", "C-4": "East", "C-5": "East"}
    new = _ids(town)
    assert set(new.values()) == {ids["1"], done.zone_ids[1]}
    (old,) = town.execute(sa.select(Zone.__table__).where(Zone.kind == "other")).all()
    assert (old.id, old.name, old.officer_name) == (
        ids["2"], "Zone 2 (2026-06-15)", None
    )  # fmt: skip
    assert to_shape(old.geom).bounds == pytest.approx((MIDDLE, SOUTH, EAST, NORTH))
    assert town.scalars(sa.select(Complaint.zone_id)).all() == [done.zone_ids[1]]
    named = {(row.old_name, row.name, row.handed) for row in town.execute(drawings())}
    assert named == {
        ("Zone 1", "West", 0), (None, "East", 2), ("Zone 2", "Zone 2 (2026-06-15)", 0)
    }  # fmt: skip
    again = replace(outlines[1], zone_id=done.zone_ids[1], name="Zone 2")
    _redraw(town, [replace(outlines[0]), again])
    assert _ids(town).keys() == new.keys()


def _end_zone_2(connection: sa.Connection) -> Redrawn:
    west, _ = _outlines(connection)
    return _redraw(connection, [replace(west, shape=_box(WEST, EAST))])


def test_a_zone_that_ended_is_no_area_of_the_town(town: sa.Connection) -> None:
    _end_zone_2(town)
    areas = read_areas(town, None)
    assert (areas.kind, areas.codes) == ("officer", ["1"])
    with pytest.raises(NoAreasError, match="no areas"):
        read_areas(town, "other")
    shape = sa.select(Zone.geom).where(Zone.code == "1").scalar_subquery()
    flat = sa.select(Zone.geom_3857).where(Zone.code == "1").scalar_subquery()
    town.execute(sa.insert(Zone).values(
        kind="other", code="H", name="Harbor", content_sha=b"", drawn_on=JUNE.on, geom=shape,
        geom_3857=flat,
    ))  # fmt: skip
    assert read_areas(town, "other").codes == ["H"]


def _import(connection: sa.Connection, folder: Path, *, replaced: bool = False) -> Outcome:
    """Import zone 2 as it first was."""
    rows = [{"kind": "officer", "code": "2", "name": "Zone 2", "officer_name": "Officer 2",
             "wkt": _box(MIDDLE, EAST).wkt}]  # fmt: skip
    asked = Request(
        path=write(folder / "zones.csv", rows), today=JUNE.on, actor="clerk", crs="EPSG:4326",
        replace_drawn=replaced,
    )  # fmt: skip
    return load_zones(connection, asked)


def test_a_later_file_brings_no_zone_back_that_ended_unless_it_is_told_to(
    town: sa.Connection, tmp_path: Path
) -> None:
    _end_zone_2(town)
    (left,) = _import(town, tmp_path).rejects
    assert (left.key, left.code) == ("2", "drawn_here")
    assert "it ended here on 2026-06-15 and stays so; --replace-drawn" in left.reason
    assert _ids(town).keys() == {"1"}
    assert _import(town, tmp_path, replaced=True).rejects == ()
    assert _ids(town).keys() == {"1", "2"}
    assert _import(town, tmp_path).rejects == (), "it is the file's again"


def test_what_a_file_told_of_a_zone_ends_with_the_outline_it_told_it_of(
    town: sa.Connection,
) -> None:
    town.execute(sa.update(Zone).values(facts={"residents": 900}))
    west, east = _outlines(town, MIDDLE)
    facts = sa.select(Zone.facts).order_by(Zone.code)
    _redraw(town, [replace(west, name="West"), east])
    assert town.scalars(facts).all() == [{"residents": 900}, {"residents": 900}]
    _redraw(town, [replace(west, shape=_box(WEST, -80.398)), east])
    assert town.scalars(facts).all() == [{}, {"residents": 900}]


def test_cases_given_by_name_stay_with_whom_they_were_given(town: sa.Connection) -> None:
    officer = sa.select(Staff.id).where(Staff.name == "Officer 1").scalar_subquery()
    town.execute(sa.update(Case).where(Case.number == "C-2").values(officer_id=officer))
    done = _redraw(town, _outlines(town))
    assert (done.hands, done.moved) == ([], 1)


def test_an_officer_whose_account_is_gone_keeps_the_zone_but_gets_no_other(
    town: sa.Connection,
) -> None:
    town.execute(sa.update(Staff).where(Staff.name == "Officer 1").values(active=False))
    outlines = _outlines(town)
    _redraw(town, outlines)
    with pytest.raises(ZoneError, match="Officer 1 is no officer who works here"):
        _redraw(town, [replace(outlines[0], shape=_box(WEST, -80.397)),
                       replace(outlines[1], officer="Officer 1")])  # fmt: skip


BOW = shapely.Polygon([(WEST, SOUTH), (EAST, NORTH), (EAST, SOUTH), (WEST, NORTH)])


@pytest.mark.parametrize(
    ("changes", "refusal", "because"),
    [
        ({"name": " "}, ZoneError, "name of 1 to 60"),
        ({"name": "zone 2"}, ZoneError, "Two zones are called"),
        ({"zone_id": 999_999}, ZoneError, "from one that there is"),
        ({"zone_id": -1}, ZoneError, "from one that there is"),
        ({"officer": "Nobody Known"}, ZoneError, "no officer who works here"),
        ({"shape": BOW}, UnusableOutlineError, "not valid"),
        ({"shape": shapely.box(-70, 40, -69.9, 40.1)}, UnusableOutlineError, "beyond the town"),
        ({"shape": shapely.Point(WEST, SOUTH)}, UnusableOutlineError, "no area"),
        ({"shape": shapely.Polygon()}, UnusableOutlineError, "no area"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(
    town: sa.Connection, changes: dict[str, object], refusal: type[Exception], because: str
) -> None:
    before = _zones_of_cases(town)
    outlines = _outlines(town)
    if changes.get("zone_id") == -1:
        changes = {"zone_id": outlines[1].zone_id}
    trial = town.begin_nested()
    with pytest.raises(refusal, match=because):
        _redraw(town, [replace(outlines[0], **changes), outlines[1]])  # type: ignore[arg-type]
    trial.rollback()
    assert _zones_of_cases(town) == before
    assert town.scalar(sa.select(sa.func.count()).select_from(ZoneDrawing)) == 0


def test_no_zone_at_all_is_refused(town: sa.Connection) -> None:
    with pytest.raises(ZoneError, match="No zone is given"):
        _redraw(town, [])


def test_zones_that_somebody_has_drawn_meanwhile_are_not_undone(town: sa.Connection) -> None:
    seen, outlines = _seen(town), _outlines(town)
    other = _outlines(town, -80.397)
    redraw_zones(town, other, seen=seen, **WHO)
    with pytest.raises(StaleZoneError, match="Zones were changed since"):
        redraw_zones(town, outlines, seen=seen, **WHO)


def test_only_what_was_told_is_done(town: sa.Connection) -> None:
    outlines = _outlines(town)
    told = foretell_zones(town, outlines, seen=_seen(town), **WHO)
    town.execute(sa.update(Case).where(Case.number == "C-2").values(
        officer_id=sa.select(Staff.id).where(Staff.name == "Officer 2").scalar_subquery()
    ))  # fmt: skip
    trial = town.begin_nested()
    with pytest.raises(StaleZoneError, match="Something changed since you were shown"):
        _redraw(town, outlines, told=told.mark)
    trial.rollback()


@pytest.mark.parametrize("actor", [OFFICER, CLERK])
def test_only_a_manager_draws_them(town: sa.Connection, actor: object) -> None:
    with pytest.raises(ZonesNotYoursError, match="a manager does"):
        redraw_zones(
            town, _outlines(town), seen=_seen(town), actor=actor, moment=JUNE  # type: ignore[arg-type]
        )  # fmt: skip

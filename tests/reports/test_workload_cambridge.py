"""Cambridge's nine car routes, as zones, are shared out anew: evenly, whole, along streets."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
import sqlalchemy as sa
from real_cities import build_city, cambridge_lines
from seats import hire
from zone_checks import METRES, cut_m2, gap_m2, hang_together, in_one_part, overlap_m2

from cases.actors import Actor, Moment
from cases.assignment import assign_zones
from cases.models import Case, ZoneDrawing, ZoneHanding
from cases.redrawing import Redrawn, redraw_zones
from cases.workflow.roles import Role
from cases.zone_drafts import Asked
from geo.layers import Zone
from geo.loading.kinds import STREETS, ZONES
from geo.loading.mapping import load_mapping
from geo.loading.runs import Request
from geo.loading.streets import load_streets
from geo.loading.zones import load_zones
from geo.streets.dataset import StreetsDataset
from geo.streets.engine import Streets
from reports.workload.adopting import foretell, outlines_of
from reports.workload.ground import read_ground
from reports.workload.hours import Window, hours_by_zone, hours_in_all, worked_cases
from reports.workload.minutes import minutes_in_force
from reports.workload.pieces import pieces_of
from reports.workload.proposal import propose
from reports.workload.units import units_of
from reports.workload.values import Proposal

pytestmark = pytest.mark.realdata

FIRST, LAST = date(2015, 4, 2), date(2016, 4, 1)
ROUTES = 9
MAPPINGS = Path(__file__).parents[2] / "data" / "mappings"
HALL = """INSERT INTO lotline.office_place (label, lon, lat, set_at, set_by)
    VALUES ('City Hall', -71.1056, 42.3671, now(), 'x')"""
MANAGER = Actor("A. Stone", Role.MANAGER)


@dataclass(frozen=True)
class City:
    """Cambridge with its zones, officers and streets, and the zones proposed for it."""

    connection: sa.Connection
    streets: StreetsDataset
    proposal: Proposal


@pytest.fixture(scope="module")
def city(cambridge: sa.Connection, realdata: Path) -> City:
    folder = realdata / "cambridge"
    zones, streets = "PUBLICSAFETY_PoliceCarRoutes.geojson", "TRANS_Centerlines.geojson"
    load_zones(cambridge, _asked(folder / zones, ZONES))
    load_streets(cambridge, _asked(folder / streets, STREETS), network=None)
    cambridge.exec_driver_sql(HALL)
    for number, code in enumerate(cambridge.scalars(sa.select(Zone.code).order_by(Zone.code)), 1):
        hire(cambridge, Role.OFFICER, name=f"Officer {number}")
        give = sa.update(Zone).where(Zone.code == code)
        cambridge.execute(give.values(officer_name=f"Officer {number}"))
    assign_zones(cambridge)
    built = build_city("cambridge", realdata=realdata)
    asked = Asked(zones=ROUTES, first=FIRST, last=LAST)
    return City(cambridge, built, propose(cambridge, asked, travel=Streets(built)))


def _asked(path: Path, kind: object) -> Request:
    mapping = load_mapping(MAPPINGS / f"cambridge-{kind.name}.toml", kind=kind)  # type: ignore[attr-defined,arg-type]
    return Request(path=path, today=LAST, actor="clerk", mapping=mapping)


def test_shares_of_the_work_are_even(city: City) -> None:
    proposal = city.proposal
    work = [each.after.work for each in proposal.zones if each.after]
    assert len(work) == ROUTES
    assert proposal.ratio == pytest.approx(max(work) / min(work))
    assert proposal.ratio <= 1.1
    assert proposal.ratio_before is not None
    assert proposal.ratio_before > 5


def test_every_zone_is_in_one_piece_along_streets_and_no_lot_is_cut(
    city: City, realdata: Path
) -> None:
    ground = read_ground(city.connection, on=LAST)
    shapes = np.array([each.shape for each in city.proposal.zones])
    assert shapely.is_valid(shapes).all()
    assert in_one_part(list(shapes))
    assert overlap_m2(shapes) < 1e-6
    assert gap_m2(shapes) < 1e-6
    today = shapely.union_all([each.shape for each in ground.zones])
    assert shapely.difference(today, shapely.union_all(shapes)).area * METRES**2 < 1e-6
    assert cut_m2(ground.parcels, shapes) <= 1e-9
    assert (city.proposal.parts, city.proposal.cut_parcels) == (0, 0)
    units = units_of(pieces_of(ground), ground)
    for shape in shapes:
        held = shapely.area(shapely.intersection(units.ground, shape))
        own = units.ground[held > shapely.area(units.ground) / 2]
        assert hang_together(own, least_m=5)
    along = _share_along_streets(shapes, cambridge_lines(realdata).geometry.to_numpy())
    assert along > 0.85, along


def _share_along_streets(shapes: np.ndarray, streets: np.ndarray) -> float:
    """Return which part of the borders between zones lies within three metres of a centreline."""
    between = shapely.union_all([
        shapely.intersection(shapely.boundary(one), shapely.boundary(other))
        for at, one in enumerate(shapes) for other in shapes[at + 1 :]
    ])  # fmt: skip
    near = shapely.buffer(shapely.union_all(streets), 3 / 100_000)
    return float(shapely.intersection(between, near).length / between.length)


def test_travel_against_todays_zones_is_told_on_the_same_days_along_the_streets(city: City) -> None:
    before, after = city.proposal.driven_before, city.proposal.driven
    assert before is not None
    assert not before.estimated
    assert not after.estimated
    assert before.days == after.days >= 20
    assert after.all < 1.1 * before.all
    assert all("keeps none of the lots" in note for note in city.proposal.notes)


def test_before_and_after_are_the_same_cases_and_lots(city: City) -> None:
    zones = city.proposal.zones
    assert [each.zone_id is not None and each.shape is not None for each in zones] == [True] * 9
    parcels = city.connection.scalar(sa.text("SELECT count(*) FROM lotline.parcel_period"))
    for shares in ([each.before for each in zones], [each.after for each in zones]):
        assert sum(each.parcels for each in shares if each) == parcels == 13_020
    window = Window(FIRST, LAST)
    counted = city.connection.scalars(worked_cases(city.connection, window)).all()
    assert sum(each.after.cases for each in zones if each.after) == len(counted) == 4_097


def test_what_changes_hands_is_what_adopting_hands_over(city: City) -> None:
    trial = city.connection.begin_nested()
    told = foretell(city.connection, city.proposal, **WHO)
    assert len(told.hands) == city.proposal.moved_cases
    assert told.ended == []
    held = dict(_held(city.connection))
    done = _adopt(city)
    assert done == told
    moved = {each.case_id for each in done.hands}
    now = dict(_held(city.connection))
    assert {each for each in now if now[each] != held[each]} == moved
    shares = {each.zone_id: each.after for each in city.proposal.zones}
    counted = {
        row.id: row.cases
        for row in city.connection.execute(
            sa.select(Zone.id, sa.func.count().label("cases"))
            .join(Case, Case.zone_id == Zone.id)
            .where(Case.open_violations > 0)
            .group_by(Zone.id)
        )
    }
    assert counted == {zone: share.open_cases for zone, share in shares.items() if share}
    drawn = sa.select(sa.func.count()).select_from(ZoneDrawing)
    assert city.connection.scalar(drawn) == ROUTES
    kept = sa.select(sa.func.count()).select_from(ZoneHanding)
    assert city.connection.scalar(kept) == len(moved)
    trial.rollback()


@pytest.mark.parametrize("zones", [ROUTES, pytest.param(12, marks=pytest.mark.full)])
def test_the_report_of_hours_counts_shares_as_even_once_zones_are_adopted(
    city: City, zones: int
) -> None:
    proposal = city.proposal
    if zones != ROUTES:
        travel = Streets(city.streets)
        asked = replace(proposal.asked, zones=zones)
        proposal = propose(city.connection, asked, travel=travel)
    trial = city.connection.begin_nested()
    before = _reported(city.connection)
    redraw_zones(city.connection, outlines_of(proposal), seen=proposal.seen, **WHO)  # type: ignore[arg-type]
    after = _reported(city.connection)
    trial.rollback()
    assert (len(before), len(after)) == (ROUTES, zones)
    assert sum(after) == pytest.approx(sum(before))
    assert proposal.reported == pytest.approx(max(after) / min(after))
    assert max(after) / min(after) <= 1.1
    assert proposal.reported_before == pytest.approx(max(before) / min(before))
    assert max(before) / min(before) > 5
    assert proposal.ratio is not None
    assert proposal.ratio <= 1.1


def _reported(connection: sa.Connection) -> list[float]:
    """Return the hours of each zone, as the report of them counts."""
    window = Window(FIRST, LAST)
    minutes = minutes_in_force(connection, on=LAST)
    return [each.hours.all for each in hours_by_zone(connection, window, minutes)]


WHO = {"actor": MANAGER, "moment": Moment(on=LAST, now=pd.Timestamp("2016-04-01 12:00Z"))}


def _adopt(city: City) -> Redrawn:
    outlines = outlines_of(city.proposal)
    return redraw_zones(city.connection, outlines, seen=city.proposal.seen, **WHO)  # type: ignore[arg-type]


def _held(connection: sa.Connection) -> list[tuple[int, str]]:
    query = sa.select(Case.id, Zone.officer_name).join(Zone).where(Case.open_violations > 0)
    return [(row.id, row.officer_name) for row in connection.execute(query)]


def test_hours_are_those_pandas_counts_from_the_file(city: City, realdata: Path) -> None:
    """Of the file of violations: a look each day one was found, another when the case closed."""
    read = pd.read_csv(realdata / "cambridge" / "violations.csv.gz", dtype=str)
    days = ["complaint_date", "complaint_close_date", "violation_date"]
    read = read.assign(**{each: pd.to_datetime(read[each], errors="coerce") for each in days})
    read = read.assign(told=read["comply_by"].notna() & read["comply_by"].ne("1900-01-01"))
    cases = read.groupby("complaint_no").agg(
        opened=("complaint_date", "first"), closed=("complaint_close_date", "first"),
        is_open=("violation_status", lambda said: said.eq("Open").any()),
    )  # fmt: skip
    looks = read.groupby(["complaint_no", "violation_date"], as_index=False).agg(
        told=("told", "any")
    )
    within = {"left": pd.Timestamp(FIRST), "right": pd.Timestamp(LAST)}
    looks = looks[looks["violation_date"].between(**within)]
    opened = cases[cases["opened"].between(**within)]
    closed = cases[cases["closed"].between(**within) & ~cases["is_open"]]
    minutes = minutes_in_force(city.connection, on=LAST)
    ours = hours_in_all(city.connection, Window(FIRST, LAST), minutes)
    assert ours.visits == len(looks) + len(closed) == 6_289
    every = {*looks["complaint_no"], *opened.index, *closed.index}
    assert ours.cases == len(every) == 4_097
    assert ours.at_door == pytest.approx(ours.visits * 15 / 60)
    desk = 20 * len(opened) + 10 * ours.visits + 20 * looks["told"].sum() + 10 * len(closed)
    assert ours.at_desk == pytest.approx(desk / 60)
    zones = hours_by_zone(city.connection, Window(FIRST, LAST), minutes)
    assert sum(each.hours.all for each in zones) == pytest.approx(ours.all)

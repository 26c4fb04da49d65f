from datetime import date, datetime
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import street_walk
from real_cities import build_city

from geo.streets.engine import Streets
from reports.routes.day import plan_day
from reports.routes.plan import LeftReason, Plan
from reports.routes.problem import DueCase, Shift, from_cases, middle_of
from reports.routes.sheet import to_geojson
from reports.routes.solve import Effort

pytestmark = pytest.mark.realdata

SHIFT_HOURS = (8 * 3600, 16 * 3600 + 1800)


def cambridge_cases(realdata: Path) -> tuple[list[DueCase], date]:
    """Nine hundred parcels with violations, each stood at some street corner of the city."""
    table = pd.read_csv(realdata / "cambridge" / "violations.csv.gz", low_memory=False)
    places = np.array(sorted(street_walk.cambridge(realdata).nodes)) / street_walk.MICRO
    spots = places[pd.factorize(table["ML"])[0] * 37 % len(places)]
    table = table.assign(lon=spots[:, 0], lat=spots[:, 1]).drop_duplicates("ML").head(900)
    day = date(2024, 6, 3)
    return [
        DueCase(number, row.ML, row.ML, row.lon, row.lat, date(2024, 5, 1), 3, 1, number)
        for number, row in enumerate(table.itertuples())
    ], day


def baltimore_cases(realdata: Path) -> tuple[list[DueCase], date]:
    """Vacant-building notices of the council districts that the street extract covers."""
    table = pd.read_csv(realdata / "baltimore" / "vacant_building_notices.csv.gz")
    table = table[table["CouncilDistrict"].isin([1, 13])]
    places = table["Location"].str.extract(r"\(([-\d.]+), ([-\d.]+)\)").astype(float)
    table = table.assign(lat=places[0], lon=places[1]).dropna(subset=["lat", "lon"])
    return [
        DueCase(
            case_id=number,
            number=row.ReferenceID,
            label=row.BuildingAddress,
            lon=row.lon,
            lat=row.lat,
            due_on=datetime.strptime(row.NoticeDate, "%m/%d/%Y").date(),  # noqa: DTZ007
            priority=3,
            open_violations=1,
            parcel_id=None,
        )
        for number, row in enumerate(table.itertuples())
    ], date(2017, 6, 5)


@pytest.fixture(scope="module", params=["cambridge", "baltimore"])
def planned(request: pytest.FixtureRequest, realdata: Path) -> tuple[nx.DiGraph, Plan, int]:
    streets = Streets(build_city(request.param, realdata=realdata))
    cases, day = globals()[f"{request.param}_cases"](realdata)
    base = middle_of(cases)
    problem = from_cases(
        cases, day=day, shift=Shift(*SHIFT_HOURS, start_place=base, end_place=base)
    )
    plan = plan_day(problem, streets, effort=Effort(iterations=500))
    return getattr(street_walk, request.param)(realdata), plan, len(problem.stops)


def test_the_plan_follows_the_streets_and_no_one_way_backwards(
    planned: tuple[nx.DiGraph, Plan, int],
) -> None:
    graph, plan, _ = planned
    assert [street_walk.faults(graph, drive.line) for drive in plan.drives] == [[]] * len(
        plan.drives
    )


def test_the_sum_of_the_legs_is_the_total(planned: tuple[nx.DiGraph, Plan, int]) -> None:
    collection = to_geojson(planned[1])
    legs = [
        feature["properties"]
        for feature in collection["features"]
        if feature["properties"]["role"] == "leg"
    ]
    figures = collection["properties"]
    assert sum(leg["seconds"] for leg in legs) == figures["total_seconds"] > 0
    assert sum(leg["metres"] for leg in legs) == figures["total_metres"] > 0
    assert all(leg["steps"] for leg in legs)


def test_the_shift_is_well_used_and_every_stop_accounted_for(
    planned: tuple[nx.DiGraph, Plan, int],
) -> None:
    _, plan, stops = planned
    assert len(plan.visits) + len(plan.left_out) == stops
    assert plan.finish - plan.shift.start > 0.9 * (plan.shift.end - plan.shift.start)
    assert LeftReason.OFF_STREETS not in plan.left_by_reason()

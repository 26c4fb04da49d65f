"""How evenly Cambridge's thirteen neighborhoods fare, against GeoPandas and pandas."""

from datetime import UTC, date, datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import sqlalchemy as sa
from cambridge_by_pandas import cases_of
from real_cases import MAPPINGS
from survival_by_hand import kaplan_meier, within

from cases.models import Case
from geo.layers import ParcelPeriod
from geo.loading.kinds import ZONES
from geo.loading.mapping import load_mapping
from geo.loading.runs import Request
from geo.loading.zones import load_zones
from reports.answers.answer import Answer, Row
from reports.answers.options import ask
from reports.fairness.suppressing import LEAST
from reports.registry import find_report, make

pytestmark = pytest.mark.realdata

ON = date(2016, 4, 1)
FILE = "BOUNDARY_CDDNeighborhoods.geojson"


@pytest.fixture(scope="module")
def town(cambridge: sa.Connection, realdata: Path) -> sa.Connection:
    """The city with its neighborhoods."""
    mapping = load_mapping(MAPPINGS / "cambridge-neighborhood-zones.toml", kind=ZONES)
    path = realdata / "cambridge" / FILE
    load_zones(cambridge, Request(path=path, today=ON, actor="clerk", mapping=mapping))
    return cambridge


@pytest.fixture(scope="module")
def areas(realdata: Path) -> gpd.GeoDataFrame:
    return gpd.read_file(realdata / "cambridge" / FILE)[["N_HOOD", "NAME", "geometry"]]


@pytest.fixture(scope="module")
def truth(town: sa.Connection, realdata: Path, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """The file's cases, with the neighborhood that holds the place each has here."""
    columns = (Case.number, Case.id, sa.func.ST_X(Case.point), sa.func.ST_Y(Case.point))
    read = pd.DataFrame(
        [tuple(each) for each in town.execute(sa.select(*columns))],
        columns=["number", "id", "lon", "lat"],
    ).set_index("number")
    places = gpd.GeoSeries(gpd.points_from_xy(read["lon"], read["lat"]), read.index, crs=4326)
    joined = gpd.GeoDataFrame(geometry=places).sjoin(areas.set_crs(4326, allow_override=True))
    return cases_of(realdata).join(read["id"]).join(joined["N_HOOD"])


@pytest.fixture(scope="module")
def answer(town: sa.Connection) -> Answer:
    question = ask(
        "fairness", find_report("fairness").options,
        now=datetime(2026, 6, 15, 15, tzinfo=UTC), values={"date": ON},
    )  # fmt: skip
    return make(town, question)


def rows(answer: Answer, table: str) -> dict[str, Row]:
    return {each.key: each for each in answer.table(table).rows}


def test_cases_and_parcels_lie_where_geopandas_finds_them(
    answer: Answer, town: sa.Connection, truth: pd.DataFrame, areas: gpd.GeoDataFrame
) -> None:
    told = rows(answer, "origins")
    assert set(told) == {"(all)", *areas["N_HOOD"]}
    for code, theirs in truth.groupby("N_HOOD"):
        assert set(told[str(code)].cases["cases"].ids) == set(theirs["id"])
    middle = sa.func.ST_Centroid(ParcelPeriod.geom)
    query = sa.select(sa.func.ST_X(middle), sa.func.ST_Y(middle))
    lots = town.execute(query.where(ParcelPeriod.valid_to.is_(None))).all()
    x, y = zip(*(tuple(each) for each in lots), strict=True)
    places = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=4326)
    counted = places.sjoin(areas.set_crs(4326, allow_override=True))["N_HOOD"].value_counts()
    assert {code: told[code].cells["parcels"] for code in areas["N_HOOD"]} == counted.to_dict()
    for code, many in truth["N_HOOD"].value_counts().items():
        assert told[str(code)].cells["rate"] == pytest.approx(100 * many / counted[code])
    nowhere = next(each for each in answer.figures if each.key == "nowhere")
    assert nowhere.value == truth["N_HOOD"].isna().sum()


def test_how_a_case_began_is_not_made_up(answer: Answer) -> None:
    assert answer.says[0] == (
        "How 16,069 of 16,069 cases began is not on record, so that they are neither."
    )
    for each in rows(answer, "origins").values():
        assert each.cells["complaint_rate"] is None
        assert each.cells["share"] is None


def test_going_beyond_a_warning_is_held_against_the_categories(
    answer: Answer, truth: pd.DataFrame
) -> None:
    old = (pd.Timestamp(ON) - truth["opened"]).dt.days >= 90
    asked = truth[old & truth["N_HOOD"].notna()]
    expected = asked.groupby("category")["further"].transform("mean")
    told = rows(answer, "further")
    hidden = 0
    for code, theirs in asked.groupby("N_HOOD"):
        did = theirs["id"][theirs["further"]]
        if told[str(code)].cells["did"] is None:
            hidden += 1
            continue
        assert len(did) == 0 or len(did) >= LEAST
        assert set(told[str(code)].cases["did"].ids) == set(did)
        ratio = len(did) / expected[theirs.index].sum()
        assert told[str(code)].cells["ratio"] == pytest.approx(ratio)
    assert hidden != 1  # one alone would follow from the sum


def test_the_middle_case_is_closed_as_soon_as_pandas_says(
    answer: Answer, truth: pd.DataFrame
) -> None:
    on = pd.Timestamp(ON)
    still = truth["is_open"] | (truth["closed"] > on)
    shut = truth["closed"] <= on
    days = (truth["closed"].where(shut, on) - truth["opened"]).dt.days
    asked = truth.assign(days=days, shut=shut)[(still | shut) & (days >= 0)]
    told = rows(answer, "closing")
    for code, theirs in asked.groupby("N_HOOD"):
        if told[str(code)].cells["reached"] is not None:
            longer = kaplan_meier(theirs["days"], theirs["shut"])
            assert told[str(code)].cells["median"] == within(longer, 0.5)


def test_each_neighborhood_is_drawn(answer: Answer, areas: gpd.GeoDataFrame) -> None:
    (layer,) = answer.layers
    assert {each["properties"]["key"] for each in layer.features} == set(areas["N_HOOD"])
    assert len(layer.legend) == 5

"""Facts of who lives in areas: rates per resident, and what goes with what, worded to inform."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
import sqlalchemy as sa
from asked_answers import answered
from scipy import stats

from geo.loading.kinds import ZONES
from geo.loading.mapping import load_mapping
from geo.loading.runs import Request
from geo.loading.zones import load_zones
from reports.answers.answer import Column, Row, Table
from reports.fairness.areas import Areas
from reports.fairness.people import NO_CAUSE, people_of, people_says, people_tables

MAPPINGS = Path(__file__).parents[2] / "data" / "mappings"
ON = date(2016, 4, 1)
NAN = float("nan")


def areas_of(**facts: list[float]) -> Areas:
    many = len(next(iter(facts.values()), [0.0] * 6))
    return Areas(
        kind="ward", codes=[f"{at}" for at in range(many)],
        names=[f"Ward {at}" for at in range(many)],
        shapes=np.array([shapely.Point(0, 0)] * many, dtype=object),
        parcels=np.full(many, 100), facts={key: np.array(each) for key, each in facts.items()},
    )  # fmt: skip


def origins(*cases: int | None) -> Table:
    rows = [
        Row(key=f"{at}", cells={"cases": many, "rate": None if many is None else float(many)})
        for at, many in enumerate(cases)
    ]
    columns = [Column(key="cases", words=""), Column(key="rate", words="")]
    return Table(key="origins", title="", means="", columns=columns, rows=rows)


def test_areas_without_facts_are_told_nothing_of() -> None:
    assert people_of(areas_of(), origins(1, 2, 3, 4, 5, 6)) is None


def test_cases_are_told_per_thousand_residents_where_enough_live_there() -> None:
    areas = areas_of(residents=[2000, 500, 99, NAN, 1000, 1000, 1000, 1000])
    found = people_of(areas, origins(20, 10, 3, 4, None, 7, 8, 9))
    assert found is not None
    assert [each.value for each in found.rates] == [10, 20, None, None, None, 7, 8, 9]
    assert found.relations == [], "a rate per resident is not held against residents"
    table, *more = people_tables(found)
    assert not more
    assert [row.cells["people_rate"] for row in table.rows] == [10, 20, None, None, None, 7, 8, 9]


def test_a_hidden_count_stays_hidden() -> None:
    found = people_of(areas_of(residents=[1000.0] * 6), origins(9, None, 9, 9, 9, 9))
    assert found is not None
    [table] = people_tables(found)
    assert table.rows[1].cells["cases"] is None
    assert table.rows[1].cells["people_rate"] is None


def test_what_goes_with_a_fact_is_told_by_its_order_and_chance() -> None:
    income = [10.0, 20, 30, 40, 50, 60]
    areas = areas_of(residents=[1000.0] * 6, median_income=income, households=[3, 1, 2, 6, 5, 4])
    found = people_of(areas, origins(60, 50, 40, 30, 20, 10))
    assert found is not None
    by_fact = {each.fact: each for each in found.relations}
    assert by_fact["median_income"].tau == pytest.approx(-1)
    assert by_fact["median_income"].p == pytest.approx(2 * 2 / 720), (
        "exactly 2 of 6! orders, and two facts are looked at"
    )
    says = [*people_says(found)]
    assert any("with more of median income have fewer cases" in each for each in says)
    assert any("Cases go with households no more than chance" in each for each in says)
    assert "does not say why" in NO_CAUSE


def test_among_few_areas_nothing_is_told_and_without_residents_parcels_count() -> None:
    few = people_of(areas_of(income=[1, 2, 3, NAN, NAN, NAN]), origins(1, 2, 3, 4, 5, 6))
    assert few is not None
    assert [(each.areas, each.tau) for each in few.relations] == [(3, None)]
    assert any("income is not told: too few areas have both" in each for each in people_says(few))
    many = people_of(areas_of(income=[1, 2, 3, 4, 5, 6]), origins(1, 2, 3, 4, 5, 6))
    assert many is not None
    assert not many.by_residents
    assert many.relations[0].tau == pytest.approx(1)
    assert "100 parcels" in [*people_tables(many)][1].means


def test_of_many_facts_that_are_looked_at_one_by_chance_is_not_told() -> None:
    """Tau of -0.87 among six areas: chance of 2 in 100 alone, and not among four facts."""
    near, none = [60.0, 50, 40, 30, 10, 20], [3.0, 1, 2, 6, 5, 4]
    alone = people_of(areas_of(income=near), origins(1, 2, 3, 4, 5, 6))
    among = people_of(areas_of(income=near, a=none, b=none, c=none), origins(1, 2, 3, 4, 5, 6))
    assert alone is not None
    assert among is not None
    assert any("with more of income have fewer cases" in each for each in people_says(alone))
    assert any("with income no more than chance" in each for each in people_says(among))
    assert "false-discovery rate" in [*people_tables(among)][1].columns[-1].means


def test_where_few_areas_have_residents_cases_are_held_by_parcels() -> None:
    areas = areas_of(residents=[1000, 1000, NAN, NAN, NAN, NAN], income=[1, 2, 3, 4, 5, 6])
    found = people_of(areas, origins(1, 2, 3, 4, 5, 6))
    assert found is not None
    assert not found.by_residents
    assert {each.fact: each.areas for each in found.relations} == {"residents": 2, "income": 6}


@pytest.mark.realdata
def test_cambridges_neighborhoods_are_held_against_facts_as_scipy_does(
    cambridge: sa.Connection, realdata: Path
) -> None:
    """The facts are made up here: the real layer tells none."""
    trial = cambridge.begin_nested()
    path = realdata / "cambridge" / "BOUNDARY_CDDNeighborhoods.geojson"
    mapping = load_mapping(MAPPINGS / "cambridge-neighborhood-zones.toml", kind=ZONES)
    load_zones(cambridge, Request(path=path, today=ON, actor="clerk", mapping=mapping))
    plain = answered(cambridge, "fairness", date=ON)
    assert "people" not in {each.key for each in plain.tables}
    assert any("No facts of residents are loaded" in each for each in plain.cautions)
    cambridge.exec_driver_sql("""UPDATE lotline.zone SET facts = jsonb_build_object(
        'residents', 4000 + 500 * code::integer, 'median_income', 90000 - 1000 * code::integer)
        WHERE kind = 'neighborhood'""")
    answer = answered(cambridge, "fairness", date=ON)
    rows = answer.table("people").rows
    told = [row for row in rows if row.cells["people_rate"] is not None]
    assert len(rows) == 13
    assert len(told) >= 12
    for row in told:
        residents = 4000 + 500 * int(row.key)
        assert row.cells["people_rate"] == pytest.approx(
            1000 * int(str(row.cells["cases"])) / residents
        )
    [relation] = answer.table("relations").rows
    theirs = stats.kendalltau(
        [row.cells["people_rate"] for row in told], [90_000 - 1000 * int(row.key) for row in told]
    )
    assert relation.cells["tau"] == pytest.approx(theirs.statistic)
    assert relation.cells["chance"] == pytest.approx(theirs.pvalue)
    assert NO_CAUSE in answer.cautions
    trial.rollback()

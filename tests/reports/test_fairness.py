"""How evenly the code is enforced, against a reckoning by pandas of the table a town is made of."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa
from course_town import ON, deal, lay_out_courses
from scipy.stats import poisson
from survival_by_hand import days_between, kaplan_meier, within

from geo.database import Database
from reports.answers.answer import Answer, Row, Table
from reports.answers.options import Value, ask
from reports.answers.written import to_json, to_parts
from reports.fairness.areas import NoAreasError
from reports.registry import find_report, make

NOON = datetime.combine(ON, time(12), UTC)
WEST = "1"
"""The ward of lots A-1 to A-3; A-4 to A-6 are in the other."""

WARDS = """
    INSERT INTO lotline.zone (kind, code, name, content_sha, import_run_id, source_row, geom,
        geom_3857)
    SELECT 'ward', code, 'Ward ' || code, '', import_run_id, source_row, geom, geom_3857
    FROM lotline.zone WHERE kind = 'officer'"""
MANY_PARCELS = """
    WITH made AS (INSERT INTO lotline.parcel (parcel_no)
                  SELECT 'B-' || z || '-' || n FROM generate_series(1, 2) z,
                         generate_series(1, 40) n RETURNING id, parcel_no)
    INSERT INTO lotline.parcel_period (parcel_id, area_m2, content_sha, import_run_id, source_row,
        geom, geom_3857)
    SELECT id, 1, '', (SELECT max(id) FROM lotline.import_run), 1, shape, ST_Transform(shape, 3857)
    FROM made, LATERAL (SELECT ST_Multi(ST_MakeEnvelope(
        -80.402 + 0.003 * z + 0.00005 * n, 27.3012, -80.402 + 0.003 * z + 0.00005 * n + 0.00004,
        27.3014, 4326)) AS shape
        FROM (SELECT split_part(parcel_no, '-', 2)::integer AS z,
                     split_part(parcel_no, '-', 3)::integer AS n) at) place"""


@pytest.fixture(scope="module")
def truth() -> pd.DataFrame:
    return deal(cases=300, seed=20260302)


@pytest.fixture(scope="module")
def town(worker_database: Database, truth: pd.DataFrame) -> Iterator[sa.Connection]:
    """The town, parted into two wards of 43 parcels each."""
    with worker_database.owner.connect() as connection:
        transaction = connection.begin()
        lay_out_courses(connection, truth)
        connection.execute(sa.text(WARDS))
        connection.execute(sa.text(MANY_PARCELS))
        yield connection
        transaction.rollback()


@pytest.fixture
def changed(town: sa.Connection) -> Iterator[sa.Connection]:
    """The town, in which what a test changes is taken back."""
    with town.begin_nested() as savepoint:
        yield town
        savepoint.rollback()


def answered(connection: sa.Connection, **values: Value) -> Answer:
    options = find_report("fairness").options
    return make(connection, ask("fairness", options, now=NOON, values=values))


@pytest.fixture(scope="module")
def answer(town: sa.Connection) -> Answer:
    return answered(town)


@pytest.fixture(scope="module")
def told(truth: pd.DataFrame) -> pd.DataFrame:
    """The truth, with the ward, how it began, and what it came to."""
    officer = truth["channel"].isna() | (truth["channel"] == "officer")
    complied = truth["fate"].isin(["early", "noticed", "cited", "heard", "ordered"])
    return truth.assign(
        ward=np.where(truth["lot"] < 4, "1", "2"),
        origin=np.where(officer, "officer", "complaint"),
        verified=complied | truth["fate"].isin(["standing", "closed"]),
        further=truth[["cited", "heard", "ordered"]].notna().any(axis=1),
        is_cited=truth["cited"].notna(),
        complied=complied,
    )


def row(table: Table, key: str) -> Row:
    return next(each for each in table.rows if each.key == key)


def ids(of: Row, column: str) -> set[int]:
    return set(of.cases[column].ids)


def test_each_case_began_in_one_way_in_one_ward(answer: Answer, told: pd.DataFrame) -> None:
    table = answer.table("origins")
    for ward in ("1", "2"):
        mine = told[told["ward"] == ward]
        found = row(table, ward)
        assert found.cells["parcels"] == 43
        assert ids(found, "cases") == set(mine["id"])
        for origin in ("complaint", "officer"):
            theirs = mine["origin"] == origin
            assert ids(found, origin) == set(mine["id"][theirs])
            assert found.cells[f"{origin}_rate"] == pytest.approx(100 * theirs.sum() / 43)
        share = (mine["origin"] == "officer").mean()
        assert found.cells["share"] == pytest.approx(share)
    assert row(table, "(all)").cells["cases"] == len(told)
    assert answer.says[0].startswith(f"Of {len(told)} cases whose beginning is on record, ")


def test_a_rate_has_the_interval_that_its_count_allows(answer: Answer, told: pd.DataFrame) -> None:
    found = row(answer.table("origins"), WEST)
    many = int((told["ward"] == WEST).sum())
    for end, more in (("rate_low", True), ("rate_high", False)):
        limit = found.cells[end]
        assert isinstance(limit, float)
        mean = limit * 0.43
        beyond = poisson.sf(many, mean) if more else poisson.cdf(many - 1, mean)
        assert beyond + poisson.pmf(many, mean) / 2 == pytest.approx(0.025, abs=1e-4)  # mid-P


@pytest.mark.parametrize(("outcome", "column"), [("further", "further"), ("cited", "is_cited")])
def test_an_outcome_is_held_against_cases_of_the_same_categories(
    answer: Answer, told: pd.DataFrame, outcome: str, column: str
) -> None:
    old = told[told["verified"] & (told["opened"] <= ON - timedelta(days=90))]
    expected = old.groupby("category")[column].transform("mean")
    for ward in ("1", "2"):
        mine = old["ward"] == ward
        found = row(answer.table(outcome), ward)
        assert ids(found, "cases") == set(old["id"][mine])
        assert ids(found, "did") == set(old["id"][mine & old[column]])
        assert found.cells["share"] == pytest.approx(old[column][mine].mean())
        assert found.cells["expected"] == pytest.approx(expected[mine].mean())
        ratio = old[column][mine].sum() / expected[mine].sum()
        assert found.cells["ratio"] == pytest.approx(ratio)
        low, high = found.cells["ratio_low"], found.cells["ratio_high"]
        assert isinstance(low, float)
        assert isinstance(high, float)
        assert low < ratio < high


def test_how_soon_is_held_against_each_category_day_by_day(
    answer: Answer, told: pd.DataFrame
) -> None:
    last = told["ended"].where(told["ended"].notna(), ON)
    days = days_between(told["opened"], last)
    at_hand = told.assign(days=days)
    expected = Counter[str]()
    for _category, part in at_hand.groupby("category"):
        for day in part["days"][part["complied"]].unique():
            now = int((part["complied"] & (part["days"] == day)).sum())
            waits = part[part["days"] >= day]
            for ward, many in waits["ward"].value_counts().items():
                expected[str(ward)] += now * many / len(waits)
    for ward in ("1", "2"):
        mine = at_hand[at_hand["ward"] == ward]
        found = row(answer.table("correction"), ward)
        assert ids(found, "reached") == set(mine["id"][mine["complied"]])
        assert found.cells["median"] == within(kaplan_meier(mine["days"], mine["complied"]), 0.5)
        assert found.cells["ratio"] == pytest.approx(mine["complied"].sum() / expected[ward])


def test_pairs_are_counted_and_nobody_is_named(answer: Answer, told: pd.DataFrame) -> None:
    called = told[told["channel"].isin(["phone", "web"])]
    pairs = called.groupby(["reporter", "lot"])["id"].agg(list)
    repeated = pairs[pairs.map(len) > 1]
    table = answer.table("pairs")
    assert sum(int(str(each.cells["pairs"])) for each in table.rows) == len(repeated)
    assert min(int(str(each.cells["pairs"])) for each in table.rows) >= 5
    assert sum(int(str(each.cells["complaints"])) for each in table.rows) == repeated.map(len).sum()
    every = {one for each in table.rows for one in ids(each, "cases")}
    assert every == {one for group in repeated for one in group}
    two = {one for group in repeated if len(group) == 2 for one in group}
    assert table.rows[0].cells["complaints_each"] == "2"
    assert ids(table.rows[0], "cases") == two
    parts = b" ".join(to_parts(answer).values())
    words = json.dumps(to_json(answer)) + parts.decode("latin-1")
    assert not [each for each in ("Caller", "Quince", "Owner 1", "Elm St") if each in words]


def test_people_outside_are_told_nothing_of_complainants(town: sa.Connection) -> None:
    answer = answered(town, outside=True)
    assert "pairs" not in {each.key for each in (*answer.tables, *answer.figures)}
    assert (
        "For people outside the office nothing is told of repeated complaints." in answer.cautions
    )


def test_too_few_pairs_are_not_told(town: sa.Connection, told: pd.DataFrame) -> None:
    answer = answered(town, until=date(2024, 2, 15))
    called = told[told["channel"].isin(["phone", "web"]) & (told["opened"] <= date(2024, 2, 15))]
    pairs = called.groupby(["reporter", "lot"]).size()
    assert 0 < (pairs > 1).sum() < 5, "another seed is needed"
    assert "pairs" not in {each.key for each in (*answer.tables, *answer.figures)}
    assert any("too few to be told" in each for each in answer.says)


def test_small_counts_are_left_out_with_what_would_tell_them(
    changed: sa.Connection, told: pd.DataFrame
) -> None:
    west = told[(told["ward"] == WEST) & (told["origin"] == "officer")]
    kept = west["id"].tolist()[3:]
    changed.execute(sa.text("UPDATE lotline.case_file SET opened_on = '2023-01-01' "
                            "WHERE id = ANY(:ids)"), {"ids": kept})  # fmt: skip
    answer = answered(changed, since=date(2024, 1, 1))
    table = answer.table("origins")
    for ward in ("1", "2"):
        found = row(table, ward)
        assert found.cells["officer"] is None
        assert found.cells["complaint"] is None
        assert found.cells["share"] is None
        assert not {"officer", "complaint"} & set(found.cases)
        assert isinstance(found.cells["cases"], int)
    assert row(table, "(all)").cells["officer"] is not None
    assert any("fewer than 5 cases are left out" in each for each in answer.cautions)


@pytest.mark.parametrize("outside", [False, True])
def test_no_figure_or_sentence_tells_what_the_tables_leave_out(
    changed: sa.Connection, told: pd.DataFrame, outside: bool
) -> None:
    west = told[told["ward"] == WEST]
    few = west["id"][west["origin"] == "officer"].tolist()[:3]
    many = west["id"][west["origin"] == "complaint"].tolist()[:40]
    changed.execute(sa.text("UPDATE lotline.case_file SET category = 'Narrow' "
                            "WHERE id = ANY(:ids)"), {"ids": [*few, *many]})  # fmt: skip
    answer = answered(changed, category="Narrow", outside=outside)
    figures = {each.key: each for each in answer.figures}
    assert figures["cases"].value == 43
    for key in ("complaint", "officer"):
        assert figures[key].value is None
        assert figures[key].cases is None
    assert "share" not in figures
    assert figures["unknown"].value == 0
    assert figures["nowhere"].value == 0
    assert not {"complaint", "officer"} & set(row(answer.table("origins"), "(all)").cases)
    lists = [set(cases.ids) for _name, _value, cases in answer.counted()]
    assert set(few) not in lists
    assert set(many) not in lists
    assert answer.says[0].startswith("How many cases came from complaints and how many officers")
    assert not [each for each in answer.says if "40 came" in each or "3 were found" in each]


def test_too_few_that_came_to_an_outcome_are_not_told(
    changed: sa.Connection, told: pd.DataFrame
) -> None:
    old = told[told["verified"] & (told["opened"] <= ON - timedelta(days=90))]
    few, many = old["id"][old["is_cited"]].tolist()[:3], old["id"][~old["further"]].tolist()[:40]
    changed.execute(sa.text("UPDATE lotline.case_file SET category = 'Narrow' "
                            "WHERE id = ANY(:ids)"), {"ids": [*few, *many]})  # fmt: skip
    answer = answered(changed, category="Narrow")
    assert "Too few cases were cited, or too few were not, to be told." in answer.says
    assert not [each for each in answer.says if "3 of 43" in each]
    for each in answer.table("cited").rows:
        assert (each.cells["did"], each.cells["share"], each.cells["expected"]) == (None,) * 3


def test_too_few_that_lie_in_no_ward_are_not_told(
    changed: sa.Connection, told: pd.DataFrame
) -> None:
    changed.execute(sa.text("DELETE FROM lotline.zone WHERE kind = 'ward' AND code = '2'"))
    away = told["id"][told["ward"] == "2"].tolist()[3:]
    changed.execute(sa.text("UPDATE lotline.case_file SET opened_on = '2023-01-01' "
                            "WHERE id = ANY(:ids)"), {"ids": away})  # fmt: skip
    answer = answered(changed, since=date(2024, 1, 1))
    figures = {each.key: each for each in answer.figures}
    assert (figures["nowhere"].value, figures["nowhere"].cases) == (None, None)
    everywhere = row(answer.table("origins"), "(all)")
    assert everywhere.cells["cases"] is None, "beside all cases it would tell of those in no ward"
    assert row(answer.table("origins"), WEST).cells["cases"] is None


def test_the_map_draws_each_ward_by_its_rate(answer: Answer) -> None:
    assert [each.key for each in answer.layers] == ["rate", "complaint_rate", "officer_rate"]
    for layer in answer.layers:
        assert {each["properties"]["key"] for each in layer.features} == {"1", "2"}
        assert all(each["properties"]["step"] < len(layer.legend) for each in layer.features)
        rates = [row(answer.table("origins"), ward).cells[layer.key] for ward in ("1", "2")]
        steps = [each["properties"]["step"] for each in layer.features]
        assert (steps[0] < steps[1]) == (str(rates[0]) != str(rates[1]) and rates[0] < rates[1])  # type: ignore[operator]
    assert [each.shown for each in answer.layers] == [True, False, False]


def test_every_chart_draws_columns_of_a_table_that_is_there(answer: Answer) -> None:
    for chart in answer.charts:
        keys = {each.key for each in answer.table(chart.of).columns}
        assert {chart.along, *chart.across} <= keys, chart.key


def test_wards_are_taken_before_officers_zones_and_either_may_be_asked_for(
    town: sa.Connection,
) -> None:
    def named(answer: Answer) -> list[object]:
        return [each.cells["area"] for each in answer.table("origins").rows[1:]]

    assert named(answered(town)) == ["Ward 1", "Ward 2"]
    assert named(answered(town, areas="officer")) == ["Zone 1", "Zone 2"]
    with pytest.raises(NoAreasError, match="The town has no neighborhoods: load them as zones"):
        answered(town, areas="neighborhood")


@pytest.mark.parametrize("code", ["0", "3"])
def test_what_lies_in_two_wards_is_of_the_first_by_its_code(
    changed: sa.Connection, told: pd.DataFrame, code: str
) -> None:
    changed.execute(
        sa.text(
            "INSERT INTO lotline.zone (kind, code, name, content_sha, import_run_id, "
            "source_row, geom, geom_3857) "
            "SELECT 'ward', :code, 'Everywhere', '', max(import_run_id), 1, "
            "ST_Multi(ST_Union(geom)), "
            "ST_Multi(ST_Union(geom_3857)) FROM lotline.zone WHERE kind = 'ward'"
        ),
        {"code": code},
    )
    table = answered(changed).table("origins")
    many = {each.key: each.cells["cases"] for each in table.rows[1:]}
    both = {ward: (told["ward"] == ward).sum() for ward in ("1", "2")}
    assert many == ({"0": len(told), "1": 0, "2": 0} if code == "0" else {**both, "3": 0})


def test_what_cannot_be_told_is_said(answer: Answer) -> None:
    said = " ".join(answer.cautions)
    assert "No facts of residents are loaded" in said
    assert "no proof of unfairness, and none of fairness" in said


def test_a_town_without_areas_says_so(changed: sa.Connection) -> None:
    changed.execute(sa.text("UPDATE lotline.case_file SET zone_id = NULL"))
    changed.execute(sa.text("DELETE FROM lotline.zone"))
    answer = answered(changed)
    assert any(
        each.startswith("No areas are loaded, so nothing is compared") for each in answer.says
    )
    assert [each.key for each in answer.tables] == ["pairs"]
    assert not answer.layers
    assert answer.extent is None


def test_a_town_without_cases_and_one_of_a_single_case_are_told_plainly(
    changed: sa.Connection, told: pd.DataFrame
) -> None:
    nothing = answered(changed, until=date(2020, 1, 1))
    assert nothing.says == ("No case answers the question, so there is nothing to compare.",)
    assert nothing.figures[0].value == 0
    only = int(told["id"][told["fate"] == "standing"].iloc[0])
    changed.execute(sa.text("UPDATE lotline.case_file SET category = 'Alone' WHERE id = :id"),
                    {"id": only})  # fmt: skip
    one = answered(changed, category="Alone")
    assert one.figures[0].value == 1
    assert "Too few wards have enough cases and parcels for rates to be compared." in one.says

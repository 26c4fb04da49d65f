"""How Cambridge's cases went, against a reckoning by pandas from the file itself."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa
from cambridge_by_pandas import cases_of
from survival_by_hand import incidence, kaplan_meier, within

from cases.models import Case
from reports.answers.answer import Answer, Row
from reports.answers.options import Value, ask
from reports.registry import find_report, make

pytestmark = pytest.mark.realdata

ON = date(2016, 4, 1)
NOW = datetime(2026, 6, 15, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def truth(cambridge: sa.Connection, realdata: Path) -> pd.DataFrame:
    """The file's cases, with the identity that each has here."""
    numbers = dict(tuple(row) for row in cambridge.execute(sa.select(Case.number, Case.id)))
    cases = cases_of(realdata)
    return cases.assign(id=cases.index.map(numbers))


def answered(connection: sa.Connection, **values: Value) -> Answer:
    options = find_report("performance").options
    return make(connection, ask("performance", options, now=NOW, values=values))


@pytest.fixture(scope="module")
def answer(cambridge: sa.Connection) -> Answer:
    return answered(cambridge, date=ON)


def row(answer: Answer, table: str, key: str) -> Row:
    return next(each for each in answer.table(table).rows if each.key == key)


def ids(of: Row, column: str) -> set[int]:
    return set(of.cases[column].ids)


def test_the_time_to_closing_is_the_one_pandas_reckons(answer: Answer, truth: pd.DataFrame) -> None:
    on = pd.Timestamp(ON)
    shut = truth["closed"] <= on
    still = truth["is_open"] | (truth["closed"] > on)
    last = truth["closed"].where(shut, on)
    days = (last - truth["opened"]).dt.days
    kept = (shut | still) & (days >= 0)
    days, shut = days[kept], shut[kept]
    told = row(answer, "steps", "closing")
    assert ids(told, "reached") == set(truth["id"][kept & (truth["closed"] <= on)])
    assert ids(told, "waiting") == set(truth["id"][kept & still])
    longer = kaplan_meier(days, shut)
    assert told.cells["median"] == within(longer, 0.5)
    assert told.cells["ninetieth"] == within(longer, 0.9)
    for horizon in (30, 90, 365):
        by = incidence(days, shut.astype(int), of=1, by=horizon)
        assert told.cells[f"within_{horizon}"] == pytest.approx(by, abs=1e-9)


def test_a_violation_found_stands_for_the_first_inspection(
    answer: Answer, truth: pd.DataFrame
) -> None:
    days = (truth["found"] - truth["opened"]).dt.days
    told = row(answer, "steps", "inspection")
    assert ids(told, "reached") == set(truth["id"][days >= 0])
    assert told.cells["median"] == within(kaplan_meier(days[days >= 0], days[days >= 0] >= 0), 0.5)
    before = int((days < 0).sum())
    assert any(
        each.startswith(f"Complaint to first inspection: {before:,} cases are left out")
        for each in answer.cautions
    )


@pytest.mark.parametrize("step", ["notice", "correction", "citation", "hearing"])
def test_what_the_file_does_not_tell_is_not_told(answer: Answer, step: str) -> None:
    assert row(answer, "steps", step).cells["cases"] == 0
    assert any(each.startswith("16,069 cases came by a file") for each in answer.cautions)


def test_the_backlog_is_as_old_as_the_file_says(answer: Answer, truth: pd.DataFrame) -> None:
    on = pd.Timestamp(ON)
    still = truth[truth["is_open"] | (truth["closed"] > on)]
    age = (on - still["opened"]).dt.days
    ends = {"month": 30, "quarter": 90, "half": 180, "from_181": 365, "from_366": 730}
    low = -1
    for key, high in ends.items():
        assert ids(row(answer, "backlog", key), "cases") == set(
            still["id"][(age > low) & (age <= high)]
        )
        low = high
    assert answer.figures[1].value == len(still)


def test_months_are_the_files_and_end_where_the_file_does(
    answer: Answer, truth: pd.DataFrame
) -> None:
    months = truth["opened"].dt.strftime("%Y-%m").value_counts()
    told = {
        each.key: each.cells["cases"]
        for each in answer.table("months").rows
        if each.cells["cases"] is not None
    }
    # The newest case is of 7 March 2016: what the file has of that month is no whole month.
    assert [min(told), max(told)] == ["2012-02", "2016-02"]
    assert told == {key: months.get(key, 0) for key in told}
    coming = [each for each in answer.table("months").rows if each.cells["cases"] is None]
    assert [each.key for each in coming][:1] == ["2016-03"]
    assert len(coming) == 12
    assert all(_is_within(each) for each in coming)


def _is_within(of: Row) -> bool:
    low, expected, high = (of.cells[each] for each in ("low", "expected", "high"))
    assert isinstance(low, float)
    assert isinstance(expected, float)
    assert isinstance(high, float)
    return 0 <= low <= expected <= high


def test_asked_today_no_forecast_is_made_of_a_record_that_ended_ten_years_ago(
    cambridge: sa.Connection,
) -> None:
    answer = answered(cambridge)
    assert (
        "The newest case was opened on 2016-03-07, so that no months to come are forecast: "
        "another last day forecasts from there." in answer.says
    )
    assert "expected" not in {each.key for each in answer.figures}


def test_nobody_wrote_down_that_anybody_complied(answer: Answer, truth: pd.DataFrame) -> None:
    on = pd.Timestamp(ON)
    ended = ~truth["is_open"] & ~(truth["closed"] > on)
    assert ids(row(answer, "compliance", "closed"), "cases") == set(truth["id"][ended])
    shares = [each.cells["share"] for each in answer.table("compliance").rows]
    assert np.isclose(sum(each for each in shares if isinstance(each, float)), 1)

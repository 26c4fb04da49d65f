"""Repeat parcels of Cambridge against a count made by pandas from the file itself."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from asked_answers import answered

from reports.answers.files.frames import bare
from reports.repeat import Question

pytestmark = pytest.mark.realdata

TODAY = date(2016, 4, 1)
COLUMNS = [
    "parcel_no",
    "rank",
    "cases",
    "open_cases",
    "violations",
    "sections",
    "first_opened",
    "last_opened",
    "mean_days_between",
]


@pytest.fixture(scope="module")
def violations(realdata: Path) -> pd.DataFrame:
    path = realdata / "cambridge" / "violations.csv.gz"
    read = pd.read_csv(path, dtype=str, parse_dates=["complaint_date"])
    # One of the 417 texts is another with a blank behind it: the same provision.
    return read.assign(code=read["code"].str.strip())


def by_pandas(violations: pd.DataFrame, *, after: str, until: str, at_least: int) -> pd.DataFrame:
    days = violations["complaint_date"]
    chosen = violations[(days > after) & (days <= until)]
    chosen = chosen.assign(is_open=chosen["violation_status"].eq("Open"))
    cases = chosen.groupby(["ML", "complaint_no"], as_index=False).agg(
        day=("complaint_date", "first"), is_open=("is_open", "any")
    )
    table = cases.groupby("ML").agg(
        cases=("day", "size"),
        open_cases=("is_open", "sum"),
        first_opened=("day", "min"),
        last_opened=("day", "max"),
    )
    table = table[table["cases"] >= at_least]
    cited = chosen.groupby("ML").agg(violations=("code", "size"), sections=("code", "nunique"))
    table = table.join(cited)
    gaps = (table["last_opened"] - table["first_opened"]).dt.days / (table["cases"] - 1)
    table = table.assign(
        mean_days_between=[round(each, 1) for each in gaps],
        rank=table["cases"].rank(method="min", ascending=False).astype(int),
        first_opened=table["first_opened"].dt.strftime("%Y-%m-%d"),
        last_opened=table["last_opened"].dt.strftime("%Y-%m-%d"),
    )
    return table.reset_index(names="parcel_no")[COLUMNS]


@pytest.mark.parametrize(("years", "at_least", "listed"), [(5, 2, 3427), (2, 3, None)])
def test_the_list_is_exactly_the_one_pandas_makes(
    cambridge: sa.Connection,
    violations: pd.DataFrame,
    years: int,
    at_least: int,
    listed: int | None,
) -> None:
    question = Question(on=TODAY, years=years, at_least=at_least)
    answer = answered(cambridge, "repeat", date=TODAY, years=years, at_least=at_least)
    ours = bare(answer.tables[0])
    for day in ("first_opened", "last_opened"):
        ours[day] = ours[day].astype(str)
    truth = by_pandas(
        violations, after=str(question.after), until=str(question.on), at_least=at_least
    )
    assert listed is None or len(ours) == listed
    assert ours["cases"].is_monotonic_decreasing
    pd.testing.assert_frame_equal(
        pd.DataFrame(ours[COLUMNS]).sort_values("parcel_no", ignore_index=True),
        truth.sort_values("parcel_no", ignore_index=True),
        check_dtype=False,
    )

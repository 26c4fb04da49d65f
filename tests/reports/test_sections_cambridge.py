"""Sections of Cambridge against a count made by pandas from the file itself."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa
from asked_answers import answered
from scipy import stats

from reports.answers.files.frames import bare

pytestmark = pytest.mark.realdata

ON = pd.Timestamp("2016-04-01")
YEARS, MONTHS = 5, 12
COUNTS = ["violations", "cases", "parcels", "open", "followed", "again"]


@pytest.fixture(scope="module")
def violations(realdata: Path) -> pd.DataFrame:
    days = ["complaint_date", "violation_date"]
    read = pd.read_csv(
        realdata / "cambridge" / "violations.csv.gz", dtype=str, parse_dates=days,
        na_values=["1900-01-01"],
    )  # fmt: skip
    day = read["violation_date"].fillna(read["complaint_date"])
    read = read.assign(code=read["code"].str.strip(), day=day)
    return read[(day > ON - pd.DateOffset(years=YEARS)) & (day <= ON)]


def by_pandas(violations: pd.DataFrame, kind: str) -> pd.DataFrame:
    table = violations.groupby(kind).agg(
        violations=("violation_no", "size"), cases=("complaint_no", "nunique"),
        parcels=("ML", "nunique"),
        open=("violation_status", lambda said: said.eq("Open").sum()),
    )  # fmt: skip
    events = violations.groupby([kind, "ML", "complaint_no"], as_index=False)["day"].min()
    events = events.assign(until=events["day"] + pd.DateOffset(months=MONTHS))
    days = events[[kind, "ML", "day"]].drop_duplicates().rename(columns={"day": "next"})
    events = pd.merge_asof(
        events.sort_values("day"), days.sort_values("next"), left_on="day", right_on="next",
        by=[kind, "ML"], direction="forward", allow_exact_matches=False,
    )  # fmt: skip
    events = events[events["until"] <= ON]
    table["followed"] = events.groupby(kind).size()
    table["again"] = (events["next"] <= events["until"]).groupby(events[kind]).sum()
    return table.fillna(0).astype(int)


@pytest.mark.parametrize(
    ("table", "named", "kind"),
    [("sections", "section", "code"), ("categories", "category", "complaint_type")],
)
def test_counts_are_exactly_those_pandas_makes(
    cambridge: sa.Connection, violations: pd.DataFrame, table: str, named: str, kind: str
) -> None:
    answer = answered(cambridge, "sections", date=ON.date(), years=YEARS, months=MONTHS)
    ours = bare(answer.table(table)).set_index(named)[COUNTS].astype(int)
    theirs = by_pandas(violations, kind)[COUNTS]
    assert ours["violations"].is_monotonic_decreasing
    pd.testing.assert_frame_equal(
        ours.sort_index(),
        theirs.sort_index(),
        check_names=False,
        check_dtype=False,
        check_index_type=False,
    )


def test_shares_and_trends_are_those_scipy_gives(
    cambridge: sa.Connection, violations: pd.DataFrame
) -> None:
    answer = answered(cambridge, "sections", date=ON.date(), years=YEARS, months=MONTHS)
    ours = bare(answer.table("sections")).set_index("section")
    some = ours[ours["followed"] > 0].iloc[:40]
    for _, row in some.iterrows():
        told = stats.binomtest(int(row["again"]), int(row["followed"])).proportion_ci(
            method="wilson"
        )
        assert (row["again_low"], row["again_high"]) == pytest.approx((told.low, told.high))
    ends = [ON - pd.DateOffset(months=3 * back) for back in range(4 * YEARS)][::-1]
    events = violations.groupby(["code", "complaint_no"], as_index=False)["day"].min()
    events = events.assign(span=np.searchsorted(ends, events["day"]))
    for section in ours.index[:10]:
        spans = events.loc[events["code"] == section, "span"].value_counts()
        series = [int(spans.get(at, 0)) for at in range(len(ends))]
        assert ours.loc[section, "tau"] == pytest.approx(
            stats.kendalltau(range(len(ends)), series).statistic, abs=1e-3
        )
    assert answer.on == date(2016, 4, 1)

"""The council's month: counted by the days on record, as pandas counts them, and only when over."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest
import sqlalchemy as sa
from test_repeat import exempt_lot

from cases.models import Case
from reports.answers.answer import Answer
from reports.answers.options import OptionError, Value, ask
from reports.council.months import Month, month_asked
from reports.registry import find_report, make

NOW = datetime(2016, 3, 10, 15, tzinfo=UTC)


def council(connection: sa.Connection, *, now: datetime = NOW, **values: Value) -> Answer:
    return make(connection, ask("council", find_report("council").options, now=now, values=values))


@pytest.mark.parametrize(
    ("said", "first"),
    [(None, date(2016, 2, 1)), ("2015-12", date(2015, 12, 1)), ("2016-02", date(2016, 2, 1))],
)
def test_the_month_asked_for_or_the_last_whole_one(said: str | None, first: date) -> None:
    assert month_asked(said, today=NOW.date()).first == first


@pytest.mark.parametrize(
    ("said", "why"),
    [("2016-13", "is none"), ("March", "is none"), ("2016-03", "is not over"), ("0000-01", "none")],
)
def test_what_is_no_month_or_not_over_is_refused(said: str, why: str) -> None:
    with pytest.raises(OptionError, match=why) as refused:
        month_asked(said, today=NOW.date())
    assert refused.value.of == "month"


def test_a_month_ends_on_its_last_day() -> None:
    assert Month(date(2016, 2, 1)).last == date(2016, 2, 29)
    assert Month(date(2016, 1, 1)).back(1).first == date(2015, 12, 1)


def test_cambridge_s_month_is_what_pandas_counts(cambridge: sa.Connection) -> None:
    query = sa.select(Case.id, Case.category, Case.opened_on, Case.closed_on, Case.phase)
    cases = pd.DataFrame(cambridge.execute(query.where(Case.published)).all())
    opened, closed = pd.to_datetime(cases["opened_on"]), pd.to_datetime(cases["closed_on"])
    first, last = pd.Timestamp(2014, 10, 1), pd.Timestamp(2014, 10, 31)
    answer = council(cambridge, month="2014-10")
    figures = {each.key: each.value for each in answer.figures}
    assert figures["opened"] == int(opened.between(first, last).sum()) > 0
    assert figures["closed"] == int(closed.between(first, last).sum())
    ended = cases["phase"].isin(["complied", "closed"])
    still = (opened <= last) & ((closed > last) | (closed.isna() & ~ended))
    assert figures["open"] == int(still.sum())
    kinds = cases[opened.between(first, last)].groupby("category").size()
    rows = {str(row.cells["name"]): row.cells["opened"] for row in answer.table("kinds").rows}
    assert rows.items() >= kinds.nlargest(5).to_dict().items()
    assert len(answer.table("trend").rows) == 13
    assert {chart.of for chart in answer.charts} == {"trend", "kinds"}
    assert [layer.key for layer in answer.layers] == ["heat"]


@pytest.mark.feature("advanced and ad-hoc reports")
def test_it_is_for_people_outside_unless_the_office_asks_for_itself(
    alder: sa.Connection,
) -> None:
    now = datetime(2026, 3, 10, tzinfo=UTC)
    exempt_lot(alder, 5)
    inside = council(alder, now=now, month="2026-01", inside=True)
    outside = council(alder, now=now, month="2026-01")
    within, without = (
        {each.key: each.value for each in answer.figures} for answer in (inside, outside)
    )
    assert int(within["open"] or 0) > int(without["open"] or 0)  # type: ignore[arg-type]
    assert not any("exempt" in each for each in outside.says)

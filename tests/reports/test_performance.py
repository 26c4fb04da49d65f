"""How the department does, against a reckoning by pandas of the table the town is made of."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa
from course_town import ON, STEPS, deal, lay_out_courses
from survival_by_hand import days_between, incidence, kaplan_meier, within

from cases import exempting
from cases.actors import Actor, Moment
from cases.desk import lists
from cases.desk.lists import Filter
from cases.desk.queues import Queue
from cases.models import Case
from cases.workflow.roles import Role
from geo.database import Database
from reports.answers.answer import Answer, Row, Table
from reports.answers.options import Value, ask
from reports.registry import find_report, make

NOON = datetime.combine(ON, time(12), UTC)


@pytest.fixture(scope="module")
def truth() -> pd.DataFrame:
    return deal(cases=300, seed=20260301)


@pytest.fixture(scope="module")
def town(worker_database: Database, truth: pd.DataFrame) -> Iterator[sa.Connection]:
    with worker_database.owner.connect() as connection:
        transaction = connection.begin()
        lay_out_courses(connection, truth)
        yield connection
        transaction.rollback()


@pytest.fixture
def changed(town: sa.Connection) -> Iterator[sa.Connection]:
    """The town, in which what a test changes is taken back."""
    with town.begin_nested() as savepoint:
        yield town
        savepoint.rollback()


def answered(connection: sa.Connection, **values: Value) -> Answer:
    options = find_report("performance").options
    return make(connection, ask("performance", options, now=NOON, values=values))


@pytest.fixture(scope="module")
def answer(town: sa.Connection) -> Answer:
    return answered(town)


def row(table: Table, key: str) -> Row:
    return next(each for each in table.rows if each.key == key)


def ids(of: Row, column: str) -> set[int]:
    return set(of.cases[column].ids)


def exempt_first_lot(connection: sa.Connection) -> None:
    (provision, _what), *_others = exempting.provisions(connection, on=ON)
    wanted = exempting.Wanted(place="A-1", provision=provision, requested_on=ON)
    exempting.exempt(
        connection, wanted, form_key=uuid4(), actor=Actor("J. Okafor", Role.CLERK),
        moment=Moment(on=ON, now=NOON),
    )  # fmt: skip


def by_hand(truth: pd.DataFrame, step: str, *, on: date = ON) -> tuple[pd.Series, pd.Series]:
    """Return the days of each case until it came to a step, ended or was looked at; and which."""
    reported = truth["channel"].notna() & (truth["channel"] != "officer")
    asked = truth[reported] if step == "inspection" else truth
    complied = asked["fate"].isin(["early", "noticed", "cited", "heard", "ordered"])
    reached = {
        "inspection": asked["seen"], "notice": asked["noticed"], "citation": asked["cited"],
        "hearing": asked["heard"], "correction": asked["ended"].where(complied),
        "closing": asked["closed"].where(~asked["fate"].isin(["unfounded", "void"])),
    }[step]  # fmt: skip
    ended = asked["ended"].where(reached.isna())
    if step == "closing":  # one that complied and was not closed still waits for that
        ended = ended.where(asked["fate"].isin(["unfounded", "void"]))
    since = asked["reported" if step == "inspection" else "opened"]
    last = reached.fillna(ended).fillna(on)
    state = pd.Series(np.where(reached.notna(), 1, np.where(ended.notna(), 2, 0)), asked.index)
    return days_between(since, last), state


@pytest.mark.parametrize(
    "step", ["inspection", "notice", "correction", "citation", "hearing", "closing"]
)
@pytest.mark.feature("advanced and ad-hoc reports")
def test_each_step_takes_as_long_as_was_reckoned_by_hand(
    answer: Answer, truth: pd.DataFrame, step: str
) -> None:
    days, state = by_hand(truth, step)
    told = row(answer.table("steps"), step)
    of = truth["id"].reindex(days.index)
    for column, number in (("reached", 1), ("ended", 2), ("waiting", 0)):
        assert ids(told, column) == set(of[state == number]), column
        assert told.cells[column] == (state == number).sum()
    longer = kaplan_meier(days, state == 1)
    assert told.cells["median"] == within(longer, 0.5)
    assert told.cells["ninetieth"] == within(longer, 0.9)
    for horizon in (30, 90, 365):
        by = incidence(days, state, of=1, by=horizon)
        assert told.cells[f"within_{horizon}"] == pytest.approx(by, abs=1e-12)


def test_curves_fall_and_their_parts_come_to_one(answer: Answer) -> None:
    curves = pd.DataFrame([each.cells for each in answer.table("curves").rows])
    parts = curves[["reached", "ended", "waiting"]].sum(axis=1)
    assert np.allclose(parts, 1)
    for _step, curve in curves.groupby("step"):
        assert curve["days"].is_monotonic_increasing
        assert curve["longer"].is_monotonic_decreasing
        assert curve["reached"].is_monotonic_increasing
        assert ((curve["low"] <= curve["longer"]) & (curve["longer"] <= curve["high"])).all()


def test_a_case_complies_after_the_last_step_on_an_earlier_day(
    answer: Answer, truth: pd.DataFrame
) -> None:
    stages = ("before_notice", "after_notice", "after_citation", "after_hearing", "after_order")
    complied = truth[truth["fate"].isin(["early", "noticed", "cited", "heard", "ordered"])]
    days = complied[[*STEPS[1:], "ended"]].apply(pd.to_datetime)
    before = days[list(STEPS[1:])].lt(days["ended"], axis=0)
    came = before.mul([1, 2, 3, 4]).max(axis=1)
    for at, stage in enumerate(stages):
        assert ids(row(answer.table("compliance"), stage), "cases") == set(
            complied["id"][came == at]
        )
    standing = truth["fate"] == "standing"
    assert ids(row(answer.table("compliance"), "never"), "cases") == set(truth["id"][standing])
    shares = [each.cells["share"] for each in answer.table("compliance").rows]
    assert sum(each for each in shares if isinstance(each, float)) == pytest.approx(1)


def test_the_backlog_is_the_offices_own_by_its_ages(
    answer: Answer, town: sa.Connection, truth: pd.DataFrame
) -> None:
    still = truth["fate"].isin(["unseen", "standing"])
    rows = answer.table("backlog").rows
    assert set().union(*(ids(each, "cases") for each in rows)) == set(truth["id"][still])
    young = days_between(truth["opened"], pd.Series([ON] * len(truth))) <= 30
    assert ids(row(answer.table("backlog"), "month"), "cases") == set(truth["id"][still & young])
    where = lists.conditions(Filter(queue=Queue.TO_VERIFY), on=ON)
    verify = set(town.scalars(sa.select(Case.id).where(*where)))
    assert set().union(*(ids(each, "unseen") for each in rows)) == verify


def test_the_days_to_respond_are_missed_where_nobody_looked_by_then(
    answer: Answer, truth: pd.DataFrame
) -> None:
    called = truth[truth["channel"].notna() & (truth["channel"] != "officer")]
    by = called["reported"] + timedelta(days=5)
    gone = called["seen"].isna() & called["ended"].notna() & (called["ended"] <= by)
    due = (by < ON) & ~gone
    seen = called["seen"].notna() & (called["seen"] <= by)
    told = row(answer.table("clocks"), "response")
    assert ids(told, "due") == set(called["id"][due])
    assert ids(told, "missed") == set(called["id"][due & ~seen])
    still = called["fate"].isin(["unseen", "standing"]) & called["seen"].isna()
    assert ids(told, "waiting") == set(called["id"][due & ~seen & still])
    last = called["seen"].fillna(called["ended"]).fillna(ON)
    assert told.cells["days"] == days_between(by, last)[due & ~seen].median()


UNSEEN = """
    INSERT INTO lotline.complaint (number, channel, category, entered_by, received_on, status,
        law_pack_id, priority, respond_by, screening, stated_address, tie_method, tie_confidence,
        parcel_id, parcel_period_id)
    SELECT 'U-' || p.parcel_no, 'phone', 'Trash', 'J. Okafor', DATE :on - 30, 'received',
        (SELECT law_pack_id FROM lotline.complaint LIMIT 1), 2, DATE :on - 20, '[]', 'x',
        'parcel_no', 1, p.id, pp.id
    FROM lotline.parcel p JOIN lotline.parcel_period pp ON pp.parcel_id = p.id
    WHERE p.parcel_no IN ('A-1', 'A-2')"""


def test_complaints_nobody_has_seen_are_told_of_today_and_outside_of_no_exempt_place(
    changed: sa.Connection,
) -> None:
    changed.exec_driver_sql(UNSEEN.replace(":on", f"'{ON}'"))
    exempt_first_lot(changed)

    def unseen(**values: Value) -> list[str]:
        return [each for each in answered(changed, **values).says if "of no case yet" in each]

    assert [each.split()[0] for each in unseen()] == ["2"]
    assert [each.split()[0] for each in unseen(outside=True)] == ["1"]
    assert unseen(date=ON - timedelta(days=1)) == [], "of a past day it is not known"


def test_officers_are_held_against_cases_like_theirs(answer: Answer, truth: pd.DataFrame) -> None:
    old = truth[truth["opened"] <= ON - timedelta(days=90)]
    ended = days_between(old["opened"], old["ended"])
    old = old.assign(did=ended.notna() & (ended <= 90), officer=np.where(old["lot"] < 4, 1, 2))
    mix = ["category", "priority", "channel"]
    expected = old.groupby(mix, dropna=False)["did"].transform("mean")
    table = answer.table("officers_ended")
    assert [each.cells["officer"] for each in table.rows] == ["Officer 1", "Officer 2"]
    for number, told in enumerate(table.rows, start=1):
        mine = old["officer"] == number
        assert ids(told, "cases") == set(old["id"][mine])
        assert ids(told, "did") == set(old["id"][mine & old["did"]])
        ratio = old["did"][mine].sum() / expected[mine].sum()
        assert told.cells["ratio"] == pytest.approx(ratio)
        low, high = told.cells["low"], told.cells["high"]
        assert isinstance(low, float)
        assert isinstance(high, float)
        assert low < ratio < high
    assert any("not a ranking of persons" in each for each in answer.cautions)


def test_officers_are_asked_of_the_cases_whose_day_to_respond_ran_out_and_no_others(
    changed: sa.Connection, truth: pd.DataFrame
) -> None:
    called = truth["channel"].notna() & (truth["channel"] != "officer") & truth["seen"].isna()
    soon = truth["id"][called & (truth["fate"] == "void")].tolist()
    assert soon, "another seed is needed"
    changed.execute(sa.text("UPDATE lotline.complaint SET respond_by = :on "
                            "WHERE case_id = ANY(:of)"),
                    {"on": ON - timedelta(days=1), "of": soon})  # fmt: skip
    answer = answered(changed)
    asked = [ids(each, "cases") for each in answer.table("officers_seen").rows]
    assert set().union(*asked) == ids(row(answer.table("clocks"), "response"), "due")


def test_an_officer_of_few_cases_is_left_out_with_a_sentence(changed: sa.Connection) -> None:
    lone = "(SELECT id FROM lotline.case_file WHERE zone_id = z.id ORDER BY id LIMIT 12)"
    changed.execute(
        sa.text(
            "UPDATE lotline.case_file SET zone_id = NULL FROM lotline.zone z "  # noqa: S608
            f"WHERE z.code = '2' AND zone_id = z.id AND case_file.id NOT IN {lone}"
        )
    )
    answer = answered(changed)
    named = [each.cells["officer"] for each in answer.table("officers_ended").rows]
    assert named == ["Officer 1"]
    assert any("1 officer with fewer than 20 cases" in each for each in answer.says)


def test_people_outside_are_told_of_no_officer_and_no_exempt_place(
    changed: sa.Connection, truth: pd.DataFrame
) -> None:
    exempt_first_lot(changed)
    inside, outside = answered(changed), answered(changed, outside=True)
    hidden = set(truth["id"][truth["lot"] == 1])
    assert inside.figures[0].value == len(truth)
    assert outside.figures[0].value == len(truth) - len(hidden)
    assert not any(hidden & set(cases.ids) for _name, _value, cases in outside.counted())
    assert not any(each.key.startswith("officers") for each in (*outside.tables, *outside.charts))
    assert "For people outside the office nothing is told by officer." in outside.cautions


def test_of_an_earlier_day_what_came_after_has_not_come(
    town: sa.Connection, truth: pd.DataFrame
) -> None:
    then = date(2024, 12, 31)
    answer = answered(town, date=then)
    known = truth[truth["opened"] <= then]
    assert answer.figures[0].value == len(known)
    still = known["ended"].isna() | (known["ended"] > then)
    assert answer.figures[1].value == still.sum()
    told = row(answer.table("steps"), "notice")
    assert told.cells["reached"] == (known["noticed"].notna() & (known["noticed"] <= then)).sum()
    assert [each.key for each in answer.table("clocks").rows] == ["response"]
    assert any("is known of today alone" in each for each in answer.cautions)


def test_filters_narrow_to_the_cases_they_name(town: sa.Connection, truth: pd.DataFrame) -> None:
    answer = answered(
        town, category="Trash", zone="Zone 2", since=date(2024, 3, 1), until=date(2025, 2, 28)
    )
    opened = truth["opened"].between(date(2024, 3, 1), date(2025, 2, 28))
    mine = (truth["category"] == "Trash") & (truth["lot"] > 3) & opened
    assert set(answer.figures[0].cases.ids if answer.figures[0].cases else ()) == set(
        truth["id"][mine]
    )
    assert [each.key for each in answer.table("months").rows][:1] == ["2024-03"]
    assert len(answer.table("months").rows) == 12


def test_months_are_counted_whole(answer: Answer, truth: pd.DataFrame) -> None:
    months = pd.to_datetime(truth["opened"]).dt.strftime("%Y-%m").value_counts()
    told = {each.key: each.cells["cases"] for each in answer.table("months").rows}
    assert told == {key: months.get(key, 0) for key in told}
    assert [min(told), max(told)] == ["2024-01", "2025-09"]
    assert any("at least 24 whole ones" in each for each in answer.says)


def test_every_chart_draws_columns_of_a_table_that_is_there(answer: Answer) -> None:
    for chart in answer.charts:
        keys = {each.key for each in answer.table(chart.of).columns}
        assert {chart.along, *chart.across, *([chart.by] if chart.by else [])} <= keys, chart.key


def test_a_town_in_which_all_have_ended_says_so(changed: sa.Connection) -> None:
    changed.execute(
        sa.text(
            "UPDATE lotline.case_file SET phase = 'closed', closed_on = '2025-10-01', "
            "open_violations = 0, next_due = NULL, open_since = NULL "
            "WHERE phase IN ('open', 'reported')"
        )
    )
    answer = answered(changed)
    assert answer.says[0] == "No case stands open: all have ended."
    assert answer.figures[1].value == 0


@pytest.mark.parametrize("kept", [0, 1])
def test_an_empty_town_and_one_of_one_case_are_told_plainly(
    changed: sa.Connection, truth: pd.DataFrame, kept: int
) -> None:
    only = truth["id"][truth["fate"] == "standing"].tolist()[:kept]
    answer = answered(changed, until=date(2023, 1, 1)) if not only else None
    if answer is None:
        changed.execute(sa.text("UPDATE lotline.case_file SET category = 'Alone' WHERE id = :id"),
                        {"id": only[0]})  # fmt: skip
        answer = answered(changed, category="Alone")
        assert answer.says[0].startswith("Open cases: 1. Half of them have stood open for")
    else:
        assert answer.says == ("No case answers the question, so there is nothing to tell.",)
        assert not answer.charts
    assert answer.figures[0].value == kept

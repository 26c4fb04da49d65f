"""How each case went is read once for all reports: how it began, and how it stood on a day."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
import sqlalchemy as sa
from course_town import ON, deal, lay_out_courses

from reports.answers.options import ask
from reports.caseload import Scope
from reports.courses.reading import Courses, Origin, read, reported, scope_of
from reports.errors import UnknownNameError
from reports.registry import find_report


@pytest.fixture
def truth() -> pd.DataFrame:
    return deal(cases=40, seed=5)


@pytest.fixture
def town(connection: sa.Connection, truth: pd.DataFrame) -> sa.Connection:
    lay_out_courses(connection, truth)
    return connection


def courses(connection: sa.Connection, *, on: date = ON, **narrowed: object) -> Courses:
    return read(connection, Scope(on=on, open_only=False, **narrowed), today=ON)  # type: ignore[arg-type]


def origins(of: Courses) -> dict[int, str]:
    return dict(zip(of.cases["id"], of.cases["origin"], strict=True))


def test_a_case_began_as_its_first_complaint_says_or_was_found(
    town: sa.Connection, truth: pd.DataFrame
) -> None:
    found = origins(courses(town))
    for row in truth.itertuples():
        is_found = pd.isna(row.channel) or row.channel == "officer"
        assert found[row.id] == (Origin.OFFICER if is_found else Origin.COMPLAINT)


def test_a_complaint_that_came_after_the_case_was_opened_did_not_begin_it(
    town: sa.Connection, truth: pd.DataFrame
) -> None:
    called = truth[truth["channel"] == "phone"].iloc[0]
    before = called["reported"] - timedelta(days=1)
    town.execute(sa.text("UPDATE lotline.case_file SET opened_on = :on WHERE id = :id"),
                 {"on": before, "id": int(called["id"])})  # fmt: skip
    read_again = courses(town)
    assert origins(read_again)[called["id"]] == Origin.OFFICER
    cases = read_again.cases
    assert not reported(cases)[cases["id"] == called["id"]].any()


def test_how_a_case_of_a_file_began_is_unknown_unless_it_says_so(alder: sa.Connection) -> None:
    on = date(2026, 3, 2)
    cases = read(alder, Scope(on=on, open_only=False), today=on).cases
    assert set(cases["origin"]) == {Origin.UNKNOWN}
    assert cases["from_file"].all()


def test_an_unverified_case_is_read_too(town: sa.Connection, truth: pd.DataFrame) -> None:
    cases = courses(town).cases.set_index("id")
    hidden = truth["fate"].isin(["unseen", "unfounded", "void"])
    assert set(cases.index[~cases["verified"]]) == set(truth["id"][hidden])


def test_what_came_after_the_day_asked_of_had_not_come(
    town: sa.Connection, truth: pd.DataFrame
) -> None:
    then = date(2025, 1, 1)
    of = courses(town, on=then)
    known = truth[truth["opened"] <= then].set_index("id")
    cases = of.cases.set_index("id")
    assert set(cases.index) == set(known.index)
    for step, column in (("seen", "inspected"), ("noticed", "noticed"), ("heard", "heard")):
        had_come = known[step].notna() & (known[step] <= then)
        assert cases.index[cases[column].notna()].tolist() == known.index[had_come].tolist()
    still = known["ended"].isna() | (known["ended"] > then)
    assert cases.index[cases["is_open"]].tolist() == known.index[still].tolist()
    assert not of.is_now
    assert courses(town).is_now


def test_a_case_whose_violations_were_unfounded_ended_with_its_last_event_until_it_is_closed(
    town: sa.Connection, truth: pd.DataFrame
) -> None:
    case = int(truth["id"][truth["fate"] == "unfounded"].iloc[0])
    said = {"id": case, "on": date(2025, 9, 9)}
    town.execute(sa.text("UPDATE lotline.case_file SET closed_on = NULL WHERE id = :id"), said)
    town.execute(
        sa.text("UPDATE lotline.case_activity SET last_on = :on WHERE case_id = :id"), said
    )
    (row,) = courses(town).cases.query("id == @case").itertuples()
    assert (row.is_open, row.ended) == (False, said["on"].toordinal())


def test_a_day_to_come_is_asked_of_today() -> None:
    now = datetime(2025, 10, 1, 9, tzinfo=UTC)
    options = find_report("repeat").options
    question = ask("repeat", options, now=now, values={"date": date(2030, 1, 1)})
    assert scope_of(question).on == now.date()


def test_an_unknown_zone_or_category_is_refused(town: sa.Connection) -> None:
    with pytest.raises(UnknownNameError, match="There is no officer's zone 'Zone 9'"):
        courses(town, zone="Zone 9")
    with pytest.raises(UnknownNameError, match="There is no category"):
        courses(town, category="Fog")

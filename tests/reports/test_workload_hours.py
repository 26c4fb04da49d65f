"""Hours of work are those that pandas counts from the tables, and each names its cases."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import broken
import pandas as pd
import pytest
import sqlalchemy as sa
import workload_oracle
from generated_ground import UNTIL, lay_generated
from small_town import lay_out

from cases.actors import Actor, Moment
from cases.models import Case, Complaint, Inspection, Staff
from cases.visiting.learning import Source
from cases.work_minutes import set_minutes
from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import from_cluster
from geo.layers import Zone
from reports.errors import NothingToReportError, ReportError
from reports.workload.hours import (
    NO_ZONE,
    NOBODY,
    Hours,
    Window,
    hours_by_case,
    hours_by_officer,
    hours_by_task,
    hours_by_zone,
    hours_in_all,
    hours_of_reports,
    worked_cases,
    worked_reports,
)
from reports.workload.minutes import Minutes, minutes_in_force

EVER = Window(date(1990, 1, 1), date(2040, 1, 1))
MANAGER = Actor("A. Stone", Role.MANAGER)
EASTERN = ZoneInfo("America/New_York")


@pytest.fixture(scope="module", params=["everything", "generated"])
def town(
    request: pytest.FixtureRequest,
    cluster: Cluster,
    worker_id: str,
    clone: Callable[[str], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[sa.Connection]:
    """A town with a row in every table, and one whose cases came from a file."""
    name = f"hours_{request.param}_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database, database.owner.connect() as connection:
        transaction = connection.begin()
        if request.param == "everything":
            broken.fill(connection, tmp_path_factory.mktemp("town"))
            _do_more(connection)
        else:
            lay_generated(connection, parcels=400, seed=11)
        yield connection
        transaction.rollback()


def _do_more(connection: sa.Connection) -> None:
    """Do what fills no table anew: looks late in the evening, appointments, all ways to serve."""
    case = connection.scalar(sa.select(sa.func.min(Case.id)))
    evening = datetime(2026, 5, 2, 2, tzinfo=UTC)  # the day before, in the town
    look = {"case_id": case, "officer": "x", "entry": None, "note": "as asked"}
    for more in (
        {"status": "no_access", "tried_at": evening, "booked_for": evening},
        {"status": "made", "made_on": date(2026, 5, 20), "booked_for": evening, **ENTRY},
        {"status": "made", "made_on": date(2026, 5, 1), **ENTRY},
        {"status": "cancelled", "booked_for": evening},
    ):
        connection.execute(sa.insert(Inspection).values(**{**look, **more}))
    connection.exec_driver_sql(SERVED)
    connection.exec_driver_sql(HELD)


ENTRY = {"entry": "consent", "entry_detail": "the owner let us in"}
SERVED = """INSERT INTO lotline.service_attempt (notice_id, method, made_on, facts)
    SELECT min(notice.id), said.method, '2026-05-20', said.facts
    FROM lotline.notice, (VALUES ('posting', '{"place": "government_office"}'::jsonb),
        ('posting', '{"place": "property"}'), ('certified_mail', '{}'), ('resident', '{}')
    ) AS said (method, facts) GROUP BY said.method, said.facts"""
HELD = """UPDATE lotline.hearing SET status = 'opened', members_sitting = 5, session_id = (
    SELECT min(id) FROM lotline.hearing_session) WHERE session_id IS NOT NULL"""


def _oracle(connection: sa.Connection, window: Window) -> pd.DataFrame:
    return workload_oracle.done(connection, window.first, window.last, EASTERN)


def _seconds(what: pd.Series, minutes: Minutes) -> pd.Series:
    return pd.Series([minutes.of(each).seconds for each in what], what.index, dtype=float)


def _by_pandas(rows: pd.DataFrame, minutes: Minutes) -> Hours:
    is_visit = rows["what"].astype(str).str.startswith("visit")
    took = _seconds(rows["what"], minutes)
    visits = int(is_visit.sum())
    return Hours(
        cases=rows["case_id"].nunique(), reports=rows["complaint_id"].nunique(), visits=visits,
        at_door=took[is_visit].sum() / 3600, driving=visits * minutes.drive.seconds / 3600,
        at_desk=took[~is_visit].sum() / 3600,
    )  # fmt: skip


def _whose(connection: sa.Connection) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return zone and holder of each case and of each complaint, looked up anew."""
    zones = {
        row.id: (row.id, row.name, row.officer_name)
        for row in connection.execute(sa.select(Zone.id, Zone.name, Zone.officer_name))
    }
    staff = {row.id: row.name for row in connection.execute(sa.select(Staff.id, Staff.name))}

    def told(rows: sa.CursorResult, of: str) -> pd.DataFrame:  # type: ignore[type-arg]
        lines = []
        for each in rows:
            zone_id, zone, officer = zones.get(each.zone_id, (None, "", None))
            holder = staff.get(getattr(each, "officer_id", None), officer) or ""
            lines.append((each.id, zone_id, zone, holder))
        return pd.DataFrame(lines, columns=[of, "zone_id", "zone", "holder"])

    cases = connection.execute(sa.select(Case.id, Case.zone_id, Case.officer_id))
    reports = connection.execute(sa.select(Complaint.id, Complaint.zone_id))
    return told(cases, "case_id"), told(reports, "complaint_id")


def _assert_same(ours: Hours, theirs: Hours) -> None:
    assert (ours.cases, ours.reports, ours.visits) == (theirs.cases, theirs.reports, theirs.visits)
    assert ours.at_door == pytest.approx(theirs.at_door)
    assert ours.driving == pytest.approx(theirs.driving)
    assert ours.at_desk == pytest.approx(theirs.at_desk)


WINDOWS = [
    EVER,
    Window(date(2026, 5, 1), date(2026, 5, 1)),
    Window(date(2026, 5, 1), date(2026, 6, 1)),
    Window(UNTIL, UNTIL),
]


@pytest.mark.parametrize("window", WINDOWS)
def test_the_towns_hours_are_those_pandas_counts(town: sa.Connection, window: Window) -> None:
    minutes = minutes_in_force(town, on=window.last)
    rows = _oracle(town, window)
    _assert_same(hours_in_all(town, window, minutes), _by_pandas(rows, minutes))
    done = {each.what: each.times for each in hours_by_task(town, window, minutes)}
    visits = done.pop("drive")
    assert done == rows["what"].value_counts().to_dict()
    assert visits == sum(each.startswith("visit") for each in rows["what"])


def test_something_of_every_kind_is_counted(town: sa.Connection) -> None:
    """Where every table has a row; a town from a file knows looks, notices and ends alone."""
    kinds = set(_oracle(town, EVER)["what"])
    if "desk:court" in kinds:
        assert {"visit:appointment", "visit:posting", "desk:mailing", "desk:hearing"} <= kinds
        assert {
            "desk:contact",
            "desk:citation",
            "desk:order",
            "desk:lien",
            "desk:abatement",
        } <= kinds
    assert {"visit:first_inspection", "desk:write_up", "desk:opening"} <= kinds


def test_each_zone_and_officer_has_the_hours_pandas_gives_it_and_names_its_cases(
    town: sa.Connection,
) -> None:
    minutes = minutes_in_force(town, on=UNTIL)
    rows = _oracle(town, EVER)
    cases, reports = _whose(town)
    of_cases = rows[rows["case_id"].notna()].merge(cases, on="case_id")
    of_reports = rows[rows["case_id"].isna()].merge(reports, on="complaint_id")
    whole = pd.concat([of_cases, of_reports])
    assert len(whole) == len(rows)
    zones = hours_by_zone(town, EVER, minutes)
    assert sum(each.hours.cases for each in zones) == rows["case_id"].nunique()
    for each in zones:
        own = whole[whole["zone"] == each.name]
        _assert_same(each.hours, _by_pandas(own, minutes))
        asked = NO_ZONE if each.zone_id is None else each.zone_id
        named = set(town.scalars(worked_cases(town, EVER, zone_id=asked)))
        assert named == set(own["case_id"].dropna())
        alone = set(town.scalars(worked_reports(town, EVER, zone_id=asked)))
        assert alone == set(own["complaint_id"].dropna())
    officers = hours_by_officer(town, EVER, minutes)
    for each in officers:
        own = whole[whole["holder"] == each.name]
        _assert_same(each.hours, _by_pandas(own, minutes))
        named = set(town.scalars(worked_cases(town, EVER, officer=each.name)))
        assert named == set(own["case_id"].dropna())
    assert set(town.scalars(worked_cases(town, EVER))) == set(rows["case_id"].dropna())
    assert sum(each.hours.all for each in officers) == pytest.approx(
        hours_in_all(town, EVER, minutes).all
    )


def test_each_case_has_its_own_hours(town: sa.Connection) -> None:
    minutes = minutes_in_force(town, on=UNTIL)
    rows = _oracle(town, EVER)
    ours = {row.case_id: row for row in hours_by_case(town, EVER, minutes)}
    assert set(ours) == set(rows["case_id"].dropna())
    for case_id, own in rows.groupby("case_id"):
        theirs = _by_pandas(own, minutes)
        row = ours[case_id]
        assert (row.at_door + row.at_desk) / 3600 == pytest.approx(theirs.at_door + theirs.at_desk)
        assert row.visits == theirs.visits
    alone = hours_of_reports(town, EVER, minutes)
    assert len(alone) == rows["complaint_id"].nunique()


def test_as_many_queries_are_made_however_much_was_done(town: sa.Connection) -> None:
    minutes = minutes_in_force(town, on=UNTIL)
    asked: list[str] = []

    def count(*said: object) -> None:
        asked.append(str(said[2]))

    sa.event.listen(town, "before_cursor_execute", count)
    try:
        hours_by_zone(town, EVER, minutes)
        hours_by_officer(town, EVER, minutes)
    finally:
        sa.event.remove(town, "before_cursor_execute", count)
    assert len(asked) == 4  # the town's time zone, and one each


def test_minutes_are_set_learned_or_usual_and_say_which(connection: sa.Connection) -> None:
    lay_out(connection)
    moment = Moment(on=UNTIL, now=datetime(2026, 6, 15, 12, tzinfo=UTC))
    plain = minutes_in_force(connection, on=UNTIL)
    assert (plain.drive.seconds, plain.drive.source) == (480, Source.USUAL)
    assert {each.source for each in plain.tasks.values()} == {Source.USUAL}
    set_minutes(connection, {"drive": 11, "order": 45}, actor=MANAGER, moment=moment)
    said = minutes_in_force(connection, on=UNTIL)
    assert (said.drive.seconds, said.drive.source) == (660, Source.SET)
    assert (said.of("desk:order").seconds, said.of("desk:order").source) == (2700, Source.SET)
    assert said.of("visit:order") == plain.of("visit:order")


def test_a_town_without_cases_has_no_hours_and_none_is_asked_of_no_town(
    connection: sa.Connection,
) -> None:
    minutes = minutes_in_force(connection, on=UNTIL)
    with pytest.raises(NothingToReportError, match="No town is loaded yet"):
        hours_in_all(connection, EVER, minutes)
    lay_out(connection)
    assert hours_in_all(connection, EVER, minutes).all == 0
    assert hours_by_zone(connection, EVER, minutes) == []
    assert hours_by_officer(connection, EVER, minutes) == []
    assert connection.execute(worked_cases(connection, EVER, officer=NOBODY)).all() == []


def test_days_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ReportError, match="before they begin"):
        Window(date(2026, 2, 1), date(2026, 1, 1))
    assert [*Window(date(2026, 1, 31), date(2026, 2, 1)).each()] == [
        date(2026, 1, 31), date(2026, 2, 1)
    ]  # fmt: skip

"""What is kept of cases for lists and figures is what their parts say, whatever changes them."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from kept_tallies import misremembered
from small_town import lay_out

from cases.accounts import people
from cases.desk.passed import Age, is_aged
from cases.desk.queues import Queue, condition, is_open
from cases.desk.tallied import aged, cases_of, queued
from cases.folding import fold_tallies, mend_tallies
from cases.models import Case
from cases.phases import Phase
from cases.published import PUBLISHED
from cases.workflow.roles import Role
from geo.database import Database
from geo.schema import downgrade, upgrade

CASE = """
    INSERT INTO lotline.case_file (number, category, phase, published, opened_on, zone_id,
        tie_method, tie_confidence, point, point_3857)
    SELECT 'C-' || n, 'High grass', CASE n % 3 WHEN 0 THEN 'complied' WHEN 1 THEN 'open'
        ELSE 'reported' END, n % 3 < 2, date '2026-05-01' + n, zone.id, 'none', 0, place,
        ST_Transform(place, 3857)
    FROM generate_series(1, 12) n,
        (SELECT min(id) AS id FROM lotline.zone) zone,
        (SELECT ST_Centroid(extent) AS place FROM lotline.town) town"""
INSPECTION = """
    INSERT INTO lotline.inspection (case_id, status, made_on, officer, entry, entry_detail)
    SELECT id, 'made', opened_on + 3, 'x', 'vantage', 'from the street' FROM lotline.case_file"""
EVENT = """
    INSERT INTO lotline.case_event (case_id, seq, kind, actor, happened_on, recorded_at, details,
        prev_hash, hash)
    SELECT id, 1, 'inspection_made', 'x', date '2026-05-09', now(), '{}', sha256('a'), sha256('b')
    FROM lotline.case_file"""
MOVED = "UPDATE lotline.case_file SET opened_on = '2026-04-20', zone_id = NULL"
ON, NOON = date(2026, 6, 15), datetime(2026, 6, 15, 12, tzinfo=UTC)
VARIED = """
    INSERT INTO lotline.case_file (number, category, phase, published, opened_on, next_due,
        open_violations, zone_id, tie_method, tie_confidence)
    SELECT concat('V-', phase, '/', days, '/', zone.id), 'Fence', phase, false,
        date '2026-06-15' - abs(days), due, CAST(due IS NOT NULL AS integer), zone.id, 'none', 0
    FROM unnest(CAST(:phases AS text[])) phase, unnest(CAST(:days AS integer[])) days,
        (SELECT id FROM lotline.zone UNION ALL SELECT NULL) zone,
        LATERAL (SELECT CASE WHEN phase NOT IN ('reported', 'closed', 'complied', 'unfounded',
            'void') THEN date '2026-06-15' + days END AS due) d"""


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    lay_out(connection)
    for statement in (CASE, INSPECTION):
        connection.execute(sa.text(statement))
    return connection


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE lotline.case_file SET phase = 'closed', closed_on = '2026-06-01' WHERE id % 2 = 0",
        "UPDATE lotline.case_file SET zone_id = NULL, opened_on = NULL",
        "UPDATE lotline.case_file SET officer_id = NULL, category = 'Fence'",
        "UPDATE lotline.inspection SET made_on = made_on - 2 WHERE id % 2 = 0",
        "DELETE FROM lotline.inspection",
        "DELETE FROM lotline.inspection; DELETE FROM lotline.case_file WHERE id % 2 = 0",
    ],
)
def test_whatever_changes_many_cases_at_once_is_tallied(town: sa.Connection, change: str) -> None:
    assert misremembered(town) == []
    for statement in change.split(";"):
        town.execute(sa.text(statement))
    assert misremembered(town) == []


def test_an_earlier_inspection_told_later_becomes_the_first(town: sa.Connection) -> None:
    first = sa.text("SELECT inspected_on FROM lotline.case_activity ORDER BY case_id LIMIT 1")
    assert town.scalar(first) == date(2026, 5, 5)
    town.execute(sa.text(INSPECTION.replace("+ 3", "+ 1")))
    assert town.scalar(first) == date(2026, 5, 3)
    assert misremembered(town) == []


def test_a_case_that_is_handed_on_has_not_moved(town: sa.Connection) -> None:
    last = sa.text("SELECT max(last_on) FROM lotline.case_activity")
    town.execute(sa.text(EVENT))
    handed = EVENT.replace("1, 'inspection_made'", "2, 'case_assigned'").replace("-09", "-30")
    town.execute(sa.text(handed))
    assert town.scalar(last) == date(2026, 5, 9)
    assert misremembered(town) == []
    assert mend_tallies(town) == (0, 0)


def test_tallies_alike_are_folded_together_and_those_of_none_away(town: sa.Connection) -> None:
    alike = sa.text(
        "SELECT count(*) - count(DISTINCT (figure, on_day, zone_id, officer_id, took)) "
        "FROM lotline.case_tally"
    )
    none = sa.text("SELECT count(*) FROM lotline.case_tally WHERE cases = 0")
    for phase in ("closed", "open", "closed"):
        town.execute(sa.update(Case).values(phase=phase))
        fold_tallies(town)
        assert (town.scalar(alike), town.scalar(none)) == (0, 0)
        assert misremembered(town) == []


def _varied(town: sa.Connection) -> None:
    """Add a case of every phase, due and moved in all ways, with and without who works here."""
    people.add(town, login="one", name="Officer 1", role=Role.OFFICER, by="x", now=NOON)
    town.execute(
        sa.text(VARIED),
        {"phases": list(Phase), "days": [None, -120, -40, -31, -1, 0, 7, 8, 200]},
    )
    town.execute(
        sa.text(EVENT.replace("date '2026-05-09'", "coalesce(opened_on + 1, '2026-05-09')"))
    )


def test_each_tally_says_of_a_queue_what_its_condition_says(town: sa.Connection) -> None:
    _varied(town)
    for queue in Queue:
        tallied = queued(queue, on=ON)
        if tallied is not None:
            one_by_one = sa.select(sa.func.count(Case.id)).where(condition(queue, on=ON))
            assert town.scalar(sa.select(cases_of(tallied))) == town.scalar(one_by_one) > 0, queue


@pytest.mark.parametrize("age", Age)
def test_each_tally_says_of_an_age_what_its_condition_says(town: sa.Connection, age: Age) -> None:
    _varied(town)
    one_by_one = sa.select(sa.func.count(Case.id)).where(is_open(), is_aged(age, on=ON))
    assert town.scalar(sa.select(cases_of(aged(age, on=ON)))) == town.scalar(one_by_one) > 0


def test_folding_looks_at_what_was_appended_alone(town: sa.Connection) -> None:
    fold_tallies(town)
    town.exec_driver_sql(
        "INSERT INTO lotline.case_tally (figure, on_day, took, cases, folded) "
        "SELECT 'noticed', date '2000-01-01' + n / 40, mod(n, 40), 1, true "
        "FROM generate_series(1, 20000) n"
    )
    town.exec_driver_sql("ANALYZE lotline.case_tally")
    town.execute(sa.update(Case).where(Case.number == "C-1").values(phase="closed"))
    read = sa.text(
        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables "
        "WHERE relid = 'lotline.case_tally'::regclass"
    )
    before = town.scalar(read)
    fold_tallies(town)
    assert town.scalar(read) - before < 100
    before = town.scalar(read)
    fold_tallies(town)
    assert town.scalar(read) == before


def test_what_was_changed_by_hand_is_mended(town: sa.Connection) -> None:
    assert mend_tallies(town) == (0, 0)
    town.exec_driver_sql("ALTER TABLE lotline.case_activity DISABLE TRIGGER USER")
    town.exec_driver_sql(
        "UPDATE lotline.case_activity SET inspected_on = NULL WHERE mod(case_id, 2) = 0"
    )
    town.exec_driver_sql("ALTER TABLE lotline.case_activity ENABLE TRIGGER USER")
    town.exec_driver_sql("DELETE FROM lotline.case_tally WHERE figure = 'open'")
    assert misremembered(town)
    milestones, tallies = mend_tallies(town)
    assert milestones == 6
    assert tallies
    assert misremembered(town) == []
    assert mend_tallies(town) == (0, 0)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (MOVED, EVENT),
        (EVENT, MOVED),
        (MOVED, INSPECTION),
        (INSPECTION, INSPECTION.replace("+ 3", "+ 1")),
        (INSPECTION.replace("+ 3", "+ 1"), INSPECTION),
    ],
)
def test_two_changes_of_one_case_at_once_are_both_remembered(
    fresh_database: Database, first: str, second: str
) -> None:
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
        connection.execute(sa.text(CASE.replace("(1, 12)", "(1, 1)")))
    app = fresh_database.app
    with app.connect() as one, app.connect() as another, ThreadPoolExecutor(1) as beside:
        one.execute(sa.text(first))
        change = beside.submit(another.execute, sa.text(second))
        with suppress(TimeoutError):
            change.result(timeout=0.5)
        one.commit()
        change.result(timeout=10)
        another.commit()
        assert misremembered(one) == []


def test_a_database_from_before_the_tallies_is_tallied_once(fresh_database: Database) -> None:
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
        for statement in (CASE, INSPECTION, EVENT):
            connection.execute(sa.text(statement))
    downgrade(fresh_database, revision="0024")
    upgrade(fresh_database, published=PUBLISHED)
    written = sa.text("SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'case_tally'")
    rows = sa.text("SELECT count(*) FROM lotline.case_tally")
    with fresh_database.owner.connect() as connection:
        connection.exec_driver_sql("SELECT pg_stat_force_next_flush()")
        connection.commit()
        assert misremembered(connection) == []
        assert connection.scalar(written) == 2 * connection.scalar(rows)  # then folded into one

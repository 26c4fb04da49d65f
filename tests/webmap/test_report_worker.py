"""A report is made in a process of its own, and where that dies it is said in words."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alder_town import settle

from cases.actors import Actor, Moment
from cases.desk.lists import Filter, conditions, count
from cases.desk.queues import Queue
from cases.models import Case, ReportCases
from cases.workflow.roles import Role
from geo.database import Database
from reports.answers.files.formats import FORMATS
from reports.answers.options import Value, ask
from reports.answers.written import from_json
from reports.registry import find_report
from reports.runs import running
from reports.runs.running import State
from reports.runs.tables import ReportPart, ReportRun
from webmap.worker import reporting, tasks

MANAGER = Actor("A. Stone", Role.MANAGER)


def now() -> datetime:
    return datetime.now(UTC)


def die(_home: str, _run_id: int) -> None:
    """End as a process does that the system ends."""
    os._exit(9)


def die_again(_home: str, _run_id: int, _kind: str) -> None:
    """End as a process does that the system ends."""
    os._exit(9)


def wait(_home: str, _run_id: int) -> None:
    """Take for ever."""
    import time  # noqa: PLC0415

    time.sleep(60)


@pytest.fixture
def town(fresh_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    settle(fresh_database)
    for key in ("app", "owner", "public"):
        name = "DATABASE_URL" if key == "app" else f"DATABASE_URL_{key.upper()}"
        monkeypatch.setenv(name, getattr(fresh_database, f"{key}_url"))
    return fresh_database


def asked(database: Database, name: str = "heatmap", **values: Value) -> int:
    at = now()
    question = ask(name, find_report(name).options, now=at, values={"status": "all", **values})
    with database.app.begin() as connection:
        return running.ask_for(
            connection, question, actor=MANAGER, moment=Moment(on=at.date(), now=at)
        )


def run_of(database: Database, run_id: int) -> sa.Row[tuple[object, ...]]:
    with database.app.connect() as connection:
        row = running.run(connection, run_id)
    assert row is not None
    return row


def test_a_process_of_its_own_makes_it_and_freezes_the_cases_of_each_figure(
    town: Database, tmp_path: Path
) -> None:
    run_id = asked(town)
    reporting.make_report(town.app, tmp_path, run_id)
    row = run_of(town, run_id)
    assert (row.state, row.failed_because) == (State.DONE, None)
    answer = from_json(row.answer)
    today = now().date()
    with town.app.connect() as connection:
        for name, value, _cases in answer.counted():
            listed = Filter(queue=Queue.EVERY, counted=(run_id, name))
            assert connection.scalar(count(listed, on=today)) == value
            where = conditions(listed, on=today)
            assert connection.scalar(sa.select(sa.func.count(Case.id)).where(*where)) == value
    assert answer.figures[0].value
    reporting.make_report(town.app, tmp_path, run_id)  # a job done once more changes nothing
    assert run_of(town, run_id) == row


def test_asked_while_it_is_made_it_is_one_and_asked_after_it_is_another(
    town: Database, tmp_path: Path
) -> None:
    first = asked(town)
    assert asked(town) == first
    assert asked(town, bandwidth=80.0) != first
    reporting.make_by(town.app, first)
    assert asked(town) != first
    assert tmp_path


def test_a_process_that_dies_is_told_of(
    town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = asked(town)
    monkeypatch.setattr(reporting, "make_run", die)
    reporting.make_report(town.app, tmp_path, run_id)
    row = run_of(town, run_id)
    assert row.state == State.FAILED
    assert row.failed_because.startswith("The process that made this report ended")
    assert "code 9" in row.failed_because


def test_a_report_that_takes_too_long_is_given_up_in_words(
    town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = asked(town)
    monkeypatch.setattr(reporting, "make_run", wait)
    monkeypatch.setattr(reporting, "LONGEST", 0.2)
    reporting.make_report(town.app, tmp_path, run_id)
    assert run_of(town, run_id).failed_because == reporting.TOO_LONG


def test_what_cannot_be_answered_says_why_in_a_sentence(town: Database) -> None:
    run_id = asked(town, zone="Nowhere")
    reporting.make_by(town.app, run_id)
    row = run_of(town, run_id)
    assert row.state == State.FAILED
    assert row.failed_because.startswith("There is no officer's zone 'Nowhere'.")


def test_a_report_that_is_called_off_before_it_begins_is_never_made(town: Database) -> None:
    run_id = asked(town)
    with town.app.begin() as connection:
        running.stop(connection, run_id, now=now())
    reporting.make_by(town.app, run_id)
    assert run_of(town, run_id).state == State.STOPPED


def test_a_report_that_is_stopped_while_it_is_made_ends_without_an_answer(
    town: Database,
) -> None:
    run_id = asked(town)
    with town.app.begin() as connection:
        assert running.claim(connection, run_id, now=now())
        running.stop(connection, run_id, now=now())
        assert not running.progress(connection, run_id, doing="x", share=0.5, now=now())
        assert running.stopped(connection, run_id, now=now())
    row = run_of(town, run_id)
    assert (row.state, row.answer, row.share) == (State.STOPPED, None, 0.5)


def test_a_report_left_by_a_worker_that_died_is_given_up(town: Database) -> None:
    run_id = asked(town)
    with town.app.begin() as connection:
        assert running.claim(connection, run_id, now=now())
        gone = now() - running.STALLED_AFTER - timedelta(seconds=1)
        connection.execute(sa.update(ReportRun).values(told_at=gone))
    tasks.give_up_stalled(town.app)
    assert run_of(town, run_id).failed_because == running.STALLED


def test_answers_are_dropped_with_all_their_parts_once_nobody_looks_at_them(
    town: Database,
) -> None:
    run_id = asked(town)
    reporting.make_by(town.app, run_id)
    last = now().date() + running.KEPT_FOR
    with town.app.begin() as connection:
        assert running.drop_past(connection, on=last) == 0
        assert running.drop_past(connection, on=last + timedelta(days=1)) == 1
        for table in (ReportRun, ReportCases, ReportPart):
            assert not connection.scalar(sa.select(sa.func.count()).select_from(table))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_of_each_kind_is_made_of_an_answer_once(
    town: Database, tmp_path: Path, kind: str
) -> None:
    run_id = asked(town)
    reporting.make_by(town.app, run_id)
    reporting.file_by(town.app, run_id, kind)
    with town.app.connect() as connection:
        body = running.part(connection, run_id, f"{running.FILE}{kind}")
    assert body
    if kind == "csv":
        assert body.decode().startswith("address,parcel_no,cases")
    if kind == "pdf":
        assert body.startswith(b"%PDF-")
    reporting.file_by(town.app, run_id, kind)
    assert tmp_path


def test_a_process_makes_a_file_and_one_that_dies_is_told_of(
    town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = asked(town)
    reporting.make_by(town.app, run_id)
    reporting.make_file(town.app, tmp_path, run_id, "xlsx")
    monkeypatch.setattr(reporting, "make_file_of", die_again)
    reporting.make_file(town.app, tmp_path, run_id, "json")
    with town.app.connect() as connection:
        assert running.has_part(connection, run_id, "file:xlsx")
        assert running.failure_of(connection, run_id, "xlsx") is None
        assert "with code 9" in (running.failure_of(connection, run_id, "json") or "")


def test_a_file_asked_for_twice_is_queued_once(town: Database) -> None:
    run_id = asked(town)
    for _ in range(2):
        with town.app.begin() as connection:
            running.ask_file(connection, run_id, "csv")
    query = sa.text("SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = 'reports.file'")
    with town.app.connect() as connection:
        assert connection.scalar(query) == 1

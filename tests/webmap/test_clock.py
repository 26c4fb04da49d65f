"""The clock run by workers: once a day, through pauses, races and kills."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from clock_town import DUE, NOTICED, ClockTown, clock_town
from mail_server import free_port

from cases.anchors import cut_off
from geo.database import Database
from webmap.cli.clock import clock
from webmap.worker.clock import _named as named
from webmap.worker.clock import run_day


@pytest.fixture
def town(fresh_database: Database, tmp_path: Path) -> Iterator[ClockTown]:
    town = clock_town(fresh_database, tmp_path, port=free_port())
    yield town
    town.close()


def _lock(table: str) -> str:
    return f"LOCK TABLE lotline.{table} IN ACCESS EXCLUSIVE MODE"


def _mail_of(town: ClockTown, reader: int) -> str:
    """Take the name of a digest, so that whoever queues it waits."""
    day = town.day
    name = named(day.town, "http://127.0.0.1:8000", day.today, f"digest {reader}")
    return f"""INSERT INTO lotline.mail (message_id, to_address, subject, body, status, queued_at)
        VALUES ('{name}', 'a@example.org', 'x', 'x', 'queued', now())"""  # noqa: S608


def test_a_clock_killed_anywhere_tells_everything_once(town: ClockTown) -> None:
    """While it notices, between the mails of two readers, and while it writes the root."""
    readers = town.rows("SELECT id FROM lotline.staff")
    for held in (_lock("citation"), _mail_of(town, readers[1][0])):
        town.kill_clock_at(held)
        assert (town.rows(NOTICED), town.mails(), town.roots) == ([], [], [])
    town.kill_clock_at(_lock("case_event"))
    assert (town.rows(NOTICED), len(town.mails())) == (town.rows(DUE), 3)
    town.work()
    town.work()
    assert town.is_told_once()
    left = "SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = 'clock.run'"
    assert town.run(left) == 0  # others of its queue come twice a minute


@pytest.mark.full
@pytest.mark.timeout(1200)
def test_a_clock_killed_twenty_times_tells_everything_once(town: ClockTown) -> None:
    noticing = (
        "law_pack", "inspection", "violation", "enforcement_order", "citation", "notice",
        "service_attempt", "lien", "legal_action", "ledger_balance", "case_activity", "case_file",
        "zone", "staff",
    )  # fmt: skip
    readers = [reader for (reader,) in town.rows("SELECT id FROM lotline.staff")]
    for held in (*map(_lock, noticing), *(_mail_of(town, each) for each in readers)):
        town.kill_clock_at(held)
        assert (town.rows(NOTICED), town.mails(), town.roots) == ([], [], [])
    for table in ("case_event", "complaint_event", "case_event"):
        town.kill_clock_at(_lock(table))
        assert (town.rows(NOTICED), len(town.mails())) == (town.rows(DUE), 3)
    for _ in range(3):
        town.work()
    assert town.is_told_once()


def test_three_runs_a_day_and_a_pause_of_two_weeks_double_and_miss_nothing(
    town: ClockTown,
) -> None:
    engine, telling, today = town.database.app, town.telling(), town.day.today
    for _ in range(3):
        run_day(engine, town.day, on=today, told=telling)
    assert town.is_told_once()
    due = town.rows(DUE)
    town.run("UPDATE lotline.violation SET comply_by = current_date + 7 WHERE mod(id, 2) = 0")
    paused = town.later(14)
    for _ in range(3):
        run_day(engine, paused, on=paused.today, told=telling)
    again = [row for row in town.rows(DUE) if row not in due]
    dormant = [row for row in town.rows(NOTICED) if row[0] == "dormant"]
    assert len(again) == 12
    assert [row for row in town.rows(NOTICED) if row[0] != "dormant"] == sorted(
        {row for row in (*due, *again) if row[0] != "dormant"}
    )
    assert dormant == [row for row in due if row[0] == "dormant"]
    assert town.mails() == sorted(
        ["1@example.org", "2@example.org"] * 2 + ["3@example.org"] + ["root@example.org"] * 2
    )
    assert town.roots == [f"root-{today}.txt", f"root-{paused.today}.txt"]


def test_two_at_once_tell_everything_once(town: ClockTown) -> None:
    day, telling = town.day, town.telling()
    with ThreadPoolExecutor(4) as pool:
        runs = [
            pool.submit(run_day, town.database.app, day, on=day.today, told=telling)
            for _ in range(4)
        ]
    assert sum(bool(run.result() and run.result().noticed) for run in runs) == 1  # type: ignore[union-attr]
    assert town.is_told_once()


def test_the_root_is_published_as_the_command_writes_it(town: ClockTown) -> None:
    day = town.day
    run_day(town.database.app, day, on=day.today, told=town.telling())
    lines = (town.home / "roots" / f"root-{day.today}.txt").read_text().splitlines()
    with town.database.app.connect() as connection:
        assert list(cut_off(connection, lines)) == []
    ((body,),) = town.rows("SELECT body FROM lotline.mail WHERE to_address = 'root@example.org'")
    assert body.splitlines() == lines


def test_a_folder_that_cannot_be_written_holds_up_the_root_alone(town: ClockTown) -> None:
    (town.home / "roots").write_text("no folder")
    day = town.day
    with pytest.raises(FileExistsError):
        run_day(town.database.app, day, on=day.today, told=town.telling())
    assert len(town.mails()) == 3
    (town.home / "roots").unlink()
    run_day(town.database.app, day, on=day.today, told=town.telling())
    assert town.is_told_once()


def test_a_digest_says_what_is_due_where_it_stands_and_that_nothing_was_done(
    town: ClockTown,
) -> None:
    town.run("UPDATE lotline.staff SET language = 'es' WHERE login = 'reader2'")
    town.run("UPDATE lotline.staff SET email = 'ñ@example.org' WHERE login = 'reader3'")
    day = town.day
    run_day(town.database.app, day, on=day.today, told=town.telling())
    mails = dict(town.rows("SELECT to_address, subject || E'\\n' || body FROM lotline.mail"))
    assert mails.keys() == {"1@example.org", "2@example.org", "root@example.org"}
    told = mails["1@example.org"]
    assert f"Fell due by {day.today:%b} {day.today.day}, {day.today.year}: 12" in told
    assert "reinspect, then close or cite (12)" in told
    assert "http://127.0.0.1:8000/office/case/C-" in told
    assert (
        "- and 2 more: http://127.0.0.1:8000/office/cases?queue=overdue&officer=Officer+1" in told
    )
    assert "every step is yours to confirm" in told
    assert f"{day.today.day} " in mails["2@example.org"].splitlines()[0]  # day before month
    assert "Cada cosa se avisa una sola vez." in mails["2@example.org"]
    assert told.endswith(
        "\n\nWhat still waits stands on your first page: http://127.0.0.1:8000/office/\n"
    )


def test_a_staff_digest_reads_as_the_town_words_it(town: ClockTown) -> None:
    file = town.telling().messages / "en" / "staff_digest.txt"
    file.parent.mkdir(parents=True)
    cases = "{% for part in parts %}{% for each in part.cases %}{{ each.address }}\n"
    file.write_text(f"{{{{ count }}}} wait\n\n{cases}{{% endfor %}}{{% endfor %}}")
    run_day(town.database.app, town.day, on=town.day.today, told=town.telling())
    mails = dict(town.rows("SELECT to_address, subject FROM lotline.mail"))
    assert mails["1@example.org"] == "12 wait"


def _clock(town: ClockTown, *words: str) -> tuple[int, str]:
    told = CliRunner().invoke(clock, ["run", *words], env=town.environ)
    if isinstance(told.exception, click.ClickException):
        return told.exception.exit_code, told.exception.format_message()
    return told.exit_code, told.output


def test_the_command_foretells_runs_and_says_that_it_ran(town: ClockTown) -> None:
    code, told = _clock(town, "--dry-run")
    assert (code, town.rows(NOTICED), town.mails()) == (0, [], [])
    assert told.count("correction ") == 24
    assert "30 would be noticed" in told
    assert "24 correction, 6 dormant. 3 mails queued." in _clock(town)[1]
    assert "already" in _clock(town)[1]
    assert town.is_told_once()
    code, told = _clock(town, "--as-of", "2199-01-01")
    assert (code, "still to come" in told) == (2, True)
    assert (
        "would be noticed for 2199-01-01" in _clock(town, "--as-of", "2199-01-01", "--dry-run")[1]
    )


def test_without_a_server_for_mail_the_clock_notices_and_mails_nobody(town: ClockTown) -> None:
    town.without |= {"LOTLINE_SMTP_URL", "LOTLINE_MAIL_FROM"}
    town.work()
    assert (town.rows(NOTICED), town.mails()) == (town.rows(DUE), [])
    assert town.roots == [f"root-{town.day.today}.txt"]

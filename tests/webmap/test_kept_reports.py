"""A kept question is asked and mailed by itself: once each, through races, kills and refusals."""

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alder_town import settle
from kept_question import keep
from mail_server import Mailbox, free_port, mail_server
from mail_town import MailTown, wait_until
from staffed import hire

from cases.jobs import defer
from cases.mail.files import MOST_BYTES
from cases.mail.table import MAIL, MAIL_FILE
from cases.models import Staff
from cases.workflow.roles import Role
from geo.database import Database
from reports.answers.options import Value
from reports.answers.written import from_json
from reports.runs import running, saving
from reports.runs.rhythm import Rhythm
from reports.runs.running import State
from reports.runs.tables import ReportRun, SavedReport
from webmap.mail_settings import read_mail
from webmap.worker import kept_reports, reporting, tasks
from webmap.worker.clock import Telling
from webmap.worker.delivery import deliver
from webmap.worker.kept_reports import ask_due, mail_by, mail_report, named
from webmap.worker.reporting import make_by
from webmap.worker.smtp import Smtp

URL = "https://code.alder.example"
PDF = b"%PDF-1.7 \x00\xff\r\n.\r\n" + bytes(range(256)) * 40
TO = ("mayor@example.org", "council@example.org")
KEPT_FOR = timedelta(days=40)
"""So long ago a question was kept that a week and a month have begun since, whatever the day."""


@dataclass
class KeptTown(MailTown):
    """A town in which somebody keeps questions, and the server for its mail."""

    keeper: int = 0

    @property
    def engine(self) -> sa.Engine:
        """That of the app."""
        return self.database.app

    @property
    def told(self) -> Telling:
        """How the worker tells."""
        return Telling(
            url=URL, mails=True, roots=self.home / "roots", root_to=None,
            messages=self.home / "messages",
        )  # fmt: skip

    def keep(self, *recipients: str, **said: Any) -> int:
        """Keep a question that is due."""
        with self.engine.begin() as connection:
            return keep(
                connection, self.keeper, now=datetime.now(UTC) - KEPT_FOR,
                **{"rhythm": Rhythm.WEEKLY, "recipients": recipients or TO, **said},
            )  # fmt: skip

    def ask(self) -> list[int]:
        """Ask what is due."""
        return ask_due(self.engine, self.told, now=datetime.now(UTC))

    def made(self, **said: Value) -> int:
        """Keep a question, have it asked and answered; gives its run."""
        self.keep(**said)
        (run_id,) = self.ask()
        make_by(self.engine, run_id)
        return run_id

    def tell(self, run_id: int) -> None:
        """Mail of a report, as a worker does."""
        mail_report(self.engine, self.home, run_id, self.told)

    def run_of(self, run_id: int) -> Any:
        """Return a report."""
        with self.engine.connect() as connection:
            return running.run(connection, run_id)

    def waiting(self, what: str) -> int:
        """Say or do something of those of the app who wait for a lock; gives how many do."""
        query = f"""SELECT count({what}) FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE NOT granted AND datname = current_database()"""  # noqa: S608 - ours
        with self.engine.connect() as connection:
            return int(connection.exec_driver_sql(query).scalar_one())

    def mails(self) -> list[Any]:
        """Return every message, by whom it is for."""
        with self.engine.connect() as connection:
            return [*connection.execute(sa.select(MAIL).order_by(MAIL.c.to_address))]

    def count(self, table: Any) -> int:
        """Return how many rows a table has."""
        with self.engine.connect() as connection:
            return int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)

    def deliver(self) -> None:
        """Send what is queued, as a worker does."""
        settings = read_mail(self.environ)
        assert settings is not None
        for each in self.mails():
            deliver(self.engine, each.id, carrier=Smtp(settings))


class Readers(Mailbox):
    """A server that tells what came for the readers of reports: the clock mails others."""

    def to_readers(self) -> list[str]:
        """Return to whom of them anything came, each as often."""
        return sorted(each for each in self.recipients if each in TO)

    def reports(self) -> list[EmailMessage]:
        """Return what came for them."""
        return [each for each in self.messages() if each["To"] in TO]


def draws(body: bytes) -> Any:
    """Stand for what makes a PDF in a process of its own."""

    def make(engine: sa.Engine, _home: Path, run_id: int, kind: str) -> None:
        with engine.begin() as connection:
            running.keep_file(connection, run_id, kind, body)

    return make


def dies(_home: str, _run_id: int, _kind: str) -> None:
    """End as a process does that the system ends."""
    os._exit(9)


@pytest.fixture
def town(
    fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[KeptTown]:
    settle(fresh_database)
    for key in ("app", "owner", "public"):
        name = "DATABASE_URL" if key == "app" else f"DATABASE_URL_{key.upper()}"
        monkeypatch.setenv(name, getattr(fresh_database, f"{key}_url"))
    monkeypatch.setattr(kept_reports, "make_file", draws(PDF))
    with fresh_database.app.begin() as connection:
        keeper = hire(connection, Role.MANAGER)
    town = KeptTown(fresh_database, tmp_path, free_port(), keeper=keeper)
    yield town
    town.close()


@pytest.fixture
def mailbox(town: KeptTown) -> Iterator[Readers]:
    mailbox = Readers()
    with mail_server(mailbox, port=town.port):
        yield mailbox


def test_each_reader_has_one_mail_with_findings_figures_link_and_the_very_pdf(
    town: KeptTown, mailbox: Readers
) -> None:
    run_id = town.made(name="Open cases — año", status="all")
    town.tell(run_id)
    town.deliver()
    assert sorted(mailbox.recipients) == sorted(TO)
    answer = from_json(town.run_of(run_id).answer)
    for message in mailbox.messages():
        text, hung = message.iter_parts()
        said = text.get_content()
        assert message["Subject"].startswith("Open cases — año: Where cases are, ")
        assert f"{URL}/office/reports/runs/{run_id}" in said.split()
        for finding in answer.says:  # whose days are written as people do
            assert f"- {re.split(r', |\d{4}-', finding)[0]}" in said
        assert f"{answer.figures[0].words}: {answer.figures[0].value}" in said
        assert "kept by A. Stone" in said
        assert "Cases: all verified, open or closed" in said
        assert hung.get_payload(decode=True) == PDF
        assert hung.get_content_type() == "application/pdf"
        day = town.run_of(run_id).on_day
        assert f"Attached: Open cases — año {day}.pdf" in said
    assert town.count(MAIL_FILE) == 0
    town.tell(run_id)
    assert len(town.mails()) == len(TO)


def test_it_is_told_in_the_language_of_its_readers_and_as_the_town_words_it(
    town: KeptTown,
) -> None:
    run_id = town.made(language="es", name="Focos")
    own = town.told.messages / "es"
    own.mkdir(parents=True)
    town.tell(run_id)
    assert "El informe completo, con los casos" in town.mails()[0].body
    assert "puede poner fin a estos correos" in town.mails()[0].body
    (own / "report.txt").write_text("{{ name }}!\n\n{{ address }}\n{{ keeper }}")
    town.keep(language="es", name="Otros")
    (other,) = town.ask()
    make_by(town.engine, other)
    town.tell(other)
    assert "Otros!" in {each.subject for each in town.mails()}


def test_two_workers_at_once_ask_and_mail_once(town: KeptTown) -> None:
    kept = {town.keep(name=f"{n}") for n in range(3)}
    with ThreadPoolExecutor(4) as pool:
        asked = [each.result() for each in [pool.submit(town.ask) for _ in range(4)]]
    runs = [run_id for each in asked for run_id in each]
    assert len(runs) == len({*runs}) == len(kept)
    for run_id in runs:
        make_by(town.engine, run_id)
        with ThreadPoolExecutor(4) as pool:
            mailed = [pool.submit(mail_by, town.engine, run_id, town.told) for _ in range(4)]
        assert sorted(each.result() for each in mailed) == [0, 0, 0, len(TO)]
    assert len(town.mails()) == len(kept) * len(TO)
    assert town.ask() == []


def test_a_kill_between_the_answer_and_its_mail_loses_and_doubles_nothing(
    town: KeptTown, mailbox: Readers
) -> None:
    """Ended before any mail; killed while it queues the second; and then let run."""
    run_id = town.made()
    town.more = {"LOTLINE_URL": URL}
    name = named(URL, town.run_of(run_id), to=TO[1])
    held = f"""INSERT INTO lotline.mail (message_id, to_address, subject, body, status, queued_at)
        VALUES ('{name}', 'a@example.org', 'x', 'x', 'queued', now())"""  # noqa: S608
    with town.database.owner.connect() as connection, connection.begin() as transaction:
        connection.exec_driver_sql(held)
        worker = town.start_worker()
        wait_until(lambda: town.waiting("pid"), within=90)
        worker.kill()
        worker.wait(20)
        town.waiting("pg_terminate_backend(pid)")
        wait_until(lambda: not town.waiting("pid"))
        assert not {each.to_address for each in town.mails()} & {*TO}
        transaction.rollback()
    town.let_an_hour_pass()
    town.start_worker()
    wait_until(lambda: mailbox.to_readers() == sorted(TO))
    wait_until(lambda: {each.status for each in town.mails()} == {"sent"})
    assert len([each for each in town.mails() if each.to_address in TO]) == len(TO)


def test_a_report_that_fails_tells_its_keeper_why_once_and_nobody_else(
    town: KeptTown, mailbox: Readers
) -> None:
    run_id = town.made(zone="Nowhere")
    for _ in range(2):
        town.tell(run_id)
    town.deliver()
    (message,) = mailbox.messages()
    assert mailbox.recipients == ["stone@alder.example"]
    assert message["Subject"].startswith("Open cases could not be answered on ")
    assert "There is no officer's zone 'Nowhere'." in message.get_content()
    assert not [*message.iter_attachments()]


def test_what_a_report_no_longer_knows_fails_in_words(town: KeptTown) -> None:
    town.keep()
    with town.engine.begin() as connection:
        connection.execute(sa.update(SavedReport).values(asked={"gone": "1"}))
    (run_id,) = town.ask()
    make_by(town.engine, run_id)
    assert town.run_of(run_id).state == State.FAILED
    town.tell(run_id)
    (mail,) = town.mails()
    assert "has no option 'gone'" in mail.body


def test_a_keeper_without_an_address_is_no_reason_to_try_for_ever(town: KeptTown) -> None:
    run_id = town.made(zone="Nowhere")
    with town.engine.begin() as connection:
        connection.execute(sa.update(Staff).values(email=None))
    town.tell(run_id)
    assert town.mails() == []
    assert town.run_of(run_id).mailed_at


class Choosy(Mailbox):
    """A server that knows not all whom it is asked to write to."""

    async def handle_RCPT(  # noqa: N802 - so aiosmtpd names it
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Take an address, or not."""
        if address == TO[0]:
            return "550 5.1.1 No such user"
        return await super().handle_RCPT(server, session, envelope, address, options)


def test_a_reader_who_is_refused_keeps_nothing_from_the_others(town: KeptTown) -> None:
    run_id = town.made()
    town.tell(run_id)
    mailbox = Choosy()
    with mail_server(mailbox, port=town.port):
        town.deliver()
    stands = {each.to_address: (each.status, each.last_error) for each in town.mails()}
    assert stands[TO[1]] == ("sent", None)
    assert stands[TO[0]] == ("failed", "The address is refused: 550 5.1.1 No such user")
    assert mailbox.recipients == [TO[1]]
    assert town.count(MAIL_FILE) == 1  # a person may send it again


def test_a_pdf_that_is_too_large_stays_where_it_is_and_the_mail_says_so(
    town: KeptTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_reports, "make_file", draws(b"x" * (MOST_BYTES + 1)))
    run_id = town.made()
    town.tell(run_id)
    for mail in town.mails():
        assert "The PDF is too large to be mailed: it stands under the link." in mail.body
        assert f"{URL}/office/reports/runs/{run_id}" in mail.body
        assert "Attached" not in mail.body
    assert town.count(MAIL_FILE) == 0
    with town.engine.connect() as connection:
        kept = running.part(connection, run_id, "file:pdf")
    assert kept is not None
    assert len(kept) == MOST_BYTES + 1


def test_a_process_that_dies_of_the_pdf_keeps_the_mail_from_nobody(
    town: KeptTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = town.made()
    monkeypatch.setattr(kept_reports, "make_file", reporting.make_file)
    monkeypatch.setattr(reporting, "make_file_of", dies)
    town.tell(run_id)
    assert [each.to_address for each in town.mails()] == sorted(TO)
    assert "The PDF could not be made: the report stands under the link." in town.mails()[0].body
    assert town.count(MAIL_FILE) == 0


def test_a_hostile_name_gets_into_no_header(town: KeptTown, mailbox: Readers) -> None:
    run_id = town.made(name='x "Bcc: v@example.org" =?utf-8?q?=0ABcc:v?= ../..')
    town.tell(run_id)
    town.deliver()
    for message in mailbox.messages():
        assert message["Bcc"] is None
        assert "= ?utf-8?q?" in message["Subject"]
        (hung,) = message.iter_attachments()
        assert hung["Bcc"] is None
        assert "/" not in (hung.get_filename() or "/")


def test_between_the_asking_and_the_mail_it_can_be_ended(town: KeptTown) -> None:
    forgotten, run_id = town.keep(name="Forgotten"), 0
    (run_id,) = town.ask()
    make_by(town.engine, run_id)
    with town.engine.begin() as connection:
        saving.forget(connection, town.keeper, saved_id=forgotten, now=datetime.now(UTC))
    town.tell(run_id)
    other = town.made(name="Of one who left")
    with town.engine.begin() as connection:
        connection.execute(sa.update(Staff).values(active=False))
    town.tell(other)
    assert town.mails() == []


def test_without_a_server_for_mail_nothing_is_asked_by_itself(town: KeptTown) -> None:
    town.keep()
    silent = Telling(
        url=URL, mails=False, roots=town.home, root_to=None, messages=town.home
    )  # fmt: skip
    assert ask_due(town.engine, silent, now=datetime.now(UTC)) == []
    assert town.count(ReportRun) == 0


def test_a_worker_asks_makes_and_mails_what_is_due(town: KeptTown, mailbox: Readers) -> None:
    """All of it in the worker's own processes, from the question to the mail."""
    town.keep(TO[0])
    with town.engine.begin() as connection:
        defer(connection, tasks.ASK_REPORTS, queue=tasks.UPKEEP, timestamp=0)
    town.start_worker()
    wait_until(lambda: mailbox.to_readers() == [TO[0]], within=120)
    (message,) = mailbox.reports()
    (hung,) = message.iter_attachments()
    body = hung.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.startswith(b"%PDF-1.7")
    with town.engine.connect() as connection:
        assert running.part(connection, 1, "file:pdf") == body

"""Mail sent by workers to a real server: once, in order, whatever happens between."""

import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from mail_server import Mailbox, free_port, mail_server
from mail_town import SENDER, MailTown, wait_until

from cases.mail import outbox
from cases.mail.message import Message
from geo.database import Database


@pytest.fixture
def town(fresh_database: Database, tmp_path: Path) -> Iterator[MailTown]:
    town = MailTown(fresh_database, tmp_path, free_port())
    yield town
    town.close()


@pytest.fixture
def mailbox(town: MailTown) -> Iterator[Mailbox]:
    mailbox = Mailbox()
    with mail_server(mailbox, port=town.port):
        yield mailbox


def test_a_message_arrives_once_with_the_headers_a_reader_needs(
    town: MailTown, mailbox: Mailbox
) -> None:
    body = "Grüße, señora.\n.\nFrom here on a single dot is no end.\n" + "long " * 300
    mail_id = town.queue(
        to="maria@example.org", subject="Audiencia — 3 de junio", body=body, html="<p>Grüße</p>"
    )
    town.work()
    (message,) = mailbox.messages()
    assert mailbox.recipients == ["maria@example.org"]
    assert message["From"] == SENDER
    assert message["To"] == "maria@example.org"
    assert message["Subject"] == "Audiencia — 3 de junio"
    row = town.mail(mail_id)
    assert message["Message-ID"] == f"<{row.message_id}@alder.example.org>"
    assert abs((parsedate_to_datetime(message["Date"]) - row.sent_at).total_seconds()) < 60
    assert message["Auto-Submitted"] == "auto-generated"
    plain, html = message.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert plain.get_content().splitlines() == body.splitlines()
    assert html.get_content().strip() == "<p>Grüße</p>"
    assert mailbox.received[0].isascii()
    assert max(map(len, mailbox.received[0].splitlines())) <= 998
    assert (row.status, row.attempts, row.last_error) == ("sent", 1, None)


def test_a_rollback_leaves_neither_mail_nor_job_and_a_commit_leaves_both(
    town: MailTown, mailbox: Mailbox
) -> None:
    message = Message(to="a@example.org", subject="x", body="x")
    with town.database.app.connect() as connection:
        outbox.queue(connection, message=message, now=datetime.now(UTC))
        connection.rollback()
    assert (town.jobs(), town.run("SELECT count(*) FROM lotline.mail")) == (0, 0)
    town.queue()
    assert (town.jobs(), town.run("SELECT count(*) FROM lotline.mail")) == (1, 1)
    town.work()
    assert len(mailbox.received) == 1
    assert town.jobs() == 0


def test_mail_for_a_server_that_is_down_arrives_once_when_it_is_up(town: MailTown) -> None:
    mail_id = town.queue()
    told = town.work()
    row = town.mail(mail_id)
    assert (row.status, row.attempts) == ("queued", 1)
    assert "refused" in row.last_error
    assert "example.org" not in told
    town.let_waits_last()
    mailbox = Mailbox()
    with mail_server(mailbox, port=town.port):
        town.work()
        assert town.mail(mail_id).status == "queued"  # not yet due
        town.let_waits_pass()
        town.work()
    row = town.mail(mail_id)
    assert (row.status, row.attempts, row.last_error) == ("sent", 2, None)
    assert (len(mailbox.received), town.jobs()) == (1, 0)


def test_a_temporary_refusal_is_kept_and_tried_again(town: MailTown, mailbox: Mailbox) -> None:
    mailbox.answers = ["451 4.7.1 Greylisted, come back later"]
    mail_id = town.queue()
    town.work()
    row = town.mail(mail_id)
    assert (row.status, row.last_error) == ("queued", "451 4.7.1 Greylisted, come back later")
    assert "Greylisted" in town.lotline_mail("list")
    town.let_waits_pass()
    town.work()
    assert (town.mail(mail_id).status, len(mailbox.received)) == ("sent", 1)


def test_a_lasting_refusal_fails_with_the_servers_words_and_is_not_tried_again(
    town: MailTown, mailbox: Mailbox
) -> None:
    mailbox.to_recipients = "550 5.1.1 There is no such reader"
    mail_id = town.queue()
    told = town.work()
    row = town.mail(mail_id)
    assert (row.status, row.attempts) == ("failed", 1)
    assert row.last_error == "The address is refused: 550 5.1.1 There is no such reader"
    assert (town.jobs(), mailbox.received) == (0, [])
    assert "no such reader" not in told
    mailbox.to_recipients = "250 OK"
    town.lotline_mail("send-again", str(mail_id))
    town.work()
    assert (town.mail(mail_id).status, len(mailbox.received)) == ("sent", 1)


def test_the_same_job_run_twice_sends_once(town: MailTown, mailbox: Mailbox) -> None:
    mail_id = town.queue()
    town.run(
        "INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, args) "
        "SELECT queue_name, task_name, args FROM jobs.procrastinate_jobs, generate_series(1, 3)"
    )
    assert town.jobs() == 4
    town.work()
    assert (town.jobs(), len(mailbox.received), town.mail(mail_id).attempts) == (0, 1, 1)


def test_a_worker_killed_once_the_server_has_the_text_leaves_it_to_a_person(
    town: MailTown, mailbox: Mailbox
) -> None:
    mailbox.held.set()
    mail_id = town.queue()
    worker = town.start_worker()
    assert mailbox.has_text.wait(40)
    worker.kill()
    worker.wait(20)
    mailbox.held.clear()
    assert town.mail(mail_id).status == "sending"
    town.work()  # as long as its worker may live, nobody judges
    assert town.mail(mail_id).status == "sending"
    town.let_an_hour_pass()
    assert "example.org" not in town.work()
    assert town.mail(mail_id).status == "uncertain"
    assert (len(mailbox.received), town.jobs()) == (1, 0)
    listed = town.lotline_mail("list", "--status", "uncertain")
    assert f"{mail_id}  uncertain" in listed
    assert "1 uncertain" in listed
    town.lotline_mail("send-again", str(mail_id))
    town.work()
    first, second = mailbox.messages()
    assert first["Message-ID"] == second["Message-ID"]
    assert (town.mail(mail_id).status, town.mail(mail_id).attempts) == ("sent", 2)


def test_a_server_that_hangs_up_on_the_text_leaves_it_uncertain_at_once(
    town: MailTown, mailbox: Mailbox
) -> None:
    mailbox.held.set()
    mail_id = town.queue()
    worker = town.start_worker()
    assert mailbox.has_text.wait(40)
    mailbox.hang_up()
    wait_until(lambda: town.mail(mail_id).status == "uncertain")
    assert "No answer after the text was handed over" in town.mail(mail_id).last_error
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0


LEFT_BEHIND = """
    WITH stale AS (
        INSERT INTO lotline.mail
            (to_address, subject, body, status, queued_at, attempts, attempted_at)
        VALUES ('a@example.org', 'x', 'x', 'sending', now(), 1, now() - interval '1 hour')),
    lost AS (
        INSERT INTO lotline.mail (to_address, subject, body, status, queued_at)
        VALUES ('b@example.org', 'x', 'x', 'queued', now()) RETURNING id),
    job AS (
        INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, args, status)
        SELECT 'mail', 'mail.send', jsonb_build_object('mail_id', id), 'doing' FROM lost)
    INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, args)
    VALUES ('upkeep', 'upkeep.sweep', '{"timestamp": 0}')"""


def test_a_running_worker_sets_right_what_a_dead_one_left(town: MailTown, mailbox: Mailbox) -> None:
    town.start_worker()
    planned = (
        "SELECT count(*) FROM jobs.procrastinate_periodic_defers WHERE task_name = 'upkeep.sweep'"
    )
    wait_until(lambda: town.run(planned) == 1)
    town.run(LEFT_BEHIND)
    wait_until(lambda: mailbox.recipients == ["b@example.org"])
    wait_until(lambda: town.run("SELECT count(*) FROM lotline.mail WHERE status = 'uncertain'"))


def test_two_workers_bring_fifty_messages_once_each(town: MailTown, mailbox: Mailbox) -> None:
    readers = [f"reader{number}@example.org" for number in range(50)]
    for reader in readers:
        town.queue(to=reader)
    for _ in range(2):
        town.start_worker()
    wait_until(lambda: len(mailbox.received) >= 50)
    wait_until(lambda: town.jobs() == 0)
    assert sorted(mailbox.recipients) == sorted(readers)
    assert len({message["Message-ID"] for message in mailbox.messages()}) == 50
    assert town.run("SELECT count(*) FROM lotline.mail WHERE status = 'sent'") == 50


def test_a_worker_told_to_stop_ends_the_job_at_hand_first(town: MailTown, mailbox: Mailbox) -> None:
    mailbox.held.set()
    mail_id = town.queue()
    worker = town.start_worker()
    assert mailbox.has_text.wait(40)
    worker.send_signal(signal.SIGTERM)
    with pytest.raises(subprocess.TimeoutExpired):
        worker.wait(1)
    mailbox.held.clear()
    assert worker.wait(20) == 0
    assert (town.mail(mail_id).status, len(mailbox.received)) == ("sent", 1)
    assert town.run("SELECT count(*) FROM jobs.procrastinate_workers") == 0


def test_without_a_server_mail_waits_and_the_list_says_so(town: MailTown) -> None:
    mail_id = town.queue()
    for key in ("LOTLINE_SMTP_URL", "LOTLINE_MAIL_FROM"):
        town.without.add(key)
    town.work()
    assert (town.mail(mail_id).status, town.mail(mail_id).attempts) == ("queued", 0)
    assert "No mail server is set (LOTLINE_SMTP_URL)" in town.lotline_mail("list")
    town.without.clear()
    mailbox = Mailbox()
    with mail_server(mailbox, port=town.port):
        town.work()
    assert len(mailbox.received) == 1


def test_no_address_and_no_word_of_a_message_is_logged(town: MailTown, mailbox: Mailbox) -> None:
    mailbox.answers = ["451 later", "250 OK"]
    town.queue(to="canary@example.org", subject="canarysubject", body="canarybody")
    worker = town.start_worker()
    wait_until(lambda: mailbox.has_text.is_set() and not mailbox.answers[1:])
    town.let_waits_pass()
    worker.send_signal(signal.SIGTERM)
    _, said = worker.communicate(timeout=20)
    told = said + town.work()
    assert "put off" in told
    assert "canary" not in told


def test_a_test_message_is_queued_from_the_command_line(town: MailTown, mailbox: Mailbox) -> None:
    assert "Mail 1 is queued" in town.lotline_mail("test", "clerk@example.org")
    town.work()
    assert mailbox.recipients == ["clerk@example.org"]


def test_a_worker_with_a_setting_that_cannot_be_says_so_and_ends(town: MailTown) -> None:
    town.without.add("LOTLINE_MAIL_FROM")
    worker = town.start_worker()
    _, said = worker.communicate(timeout=40)
    assert (worker.returncode, said.count("\n")) == (1, 1)
    assert said.startswith("Error: LOTLINE_MAIL_FROM is not set")

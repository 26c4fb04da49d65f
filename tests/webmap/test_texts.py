"""Texts handed by workers to a gateway of the town's: each sent once, whatever happens between."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from mail_server import Mailbox, free_port, mail_server
from mail_town import MailTown, wait_until
from text_gateway import SECRET, Phones, text_gateway

from cases.mail.message import Channel, Letter
from cases.mail.numbers import NoNumberError
from cases.mail.outbox import Answer
from geo.database import Database
from webmap.partners import Partner
from webmap.setting_errors import SettingError
from webmap.worker.texts import Gateway

NUMBER = "+13525550100"


class TextTown(MailTown):
    """A town with a gateway for texts, which listens once it is asked to."""

    def text(self, body: str = "Hello.", to: str = NUMBER) -> int:
        return self.queue(to=to, subject="x", body=body, channel=Channel.TEXT)


@pytest.fixture
def text_port() -> int:
    return free_port()


@pytest.fixture
def town(fresh_database: Database, tmp_path: Path, text_port: int) -> Iterator[TextTown]:
    town = TextTown(fresh_database, tmp_path, free_port())
    town.more = {
        "LOTLINE_SMS_URL": f"http://127.0.0.1:{text_port}/texts", "LOTLINE_SMS_SECRET": SECRET,
    }  # fmt: skip
    yield town
    town.close()


@pytest.fixture
def phones(text_port: int) -> Iterator[Phones]:
    phones = Phones()
    with text_gateway(phones, port=text_port):
        yield phones


def test_a_text_is_handed_over_once_signed_and_by_its_name(town: TextTown, phones: Phones) -> None:
    mail_id = town.text('¿Año? "Hola"\\\n')
    town.work()
    row = town.mail(mail_id)
    assert (row.status, row.attempts, row.last_error) == ("sent", 1, None)
    assert phones.sent == [
        {"to": NUMBER, "text": '¿Año? "Hola"\\\n', "id": str(row.message_id)}
    ]  # fmt: skip
    assert UUID(phones.sent[0]["id"]).version == 4
    town.work()
    assert (len(phones.asked), town.jobs()) == (1, 0)


def test_texts_and_mail_go_each_its_own_way(town: TextTown, phones: Phones) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox, port=town.port):
        town.queue(to="a@example.org")
        town.text()
        town.work()
    assert (mailbox.recipients, [each["to"] for each in phones.sent]) == (
        ["a@example.org"],
        [NUMBER],
    )
    town.without |= {"LOTLINE_SMTP_URL", "LOTLINE_MAIL_FROM"}
    waiting = town.queue(to="b@example.org")
    town.text("More.")
    town.work()
    assert (town.mail(waiting).status, phones.texts()) == ("queued", ["Hello.", "More."])


def test_a_gateway_that_is_down_for_an_hour_is_handed_each_once_when_it_is_up(
    town: TextTown, text_port: int
) -> None:
    waiting = [town.text(f"Number {each}.", f"+1352555010{each}") for each in range(5)]
    for _ in range(3):
        town.work()
        town.let_waits_pass()
    town.let_waits_last()
    assert {town.mail(each).status for each in waiting} == {"queued"}
    assert "No answer" in town.mail(waiting[0]).last_error
    phones = Phones(answers=[(503, "busy"), (500, "broken"), (302, "elsewhere")])
    with text_gateway(phones, port=text_port):
        for _ in range(4):
            town.let_waits_pass()
            town.work()
    assert sorted(phones.texts()) == [f"Number {each}." for each in range(5)]
    assert len(phones.asked) == 8
    assert (town.jobs(), {town.mail(each).status for each in waiting}) == (0, {"sent"})


def test_a_worker_killed_once_the_gateway_has_it_hands_it_over_again_and_it_is_sent_once(
    town: TextTown, phones: Phones
) -> None:
    phones.let_go.clear()
    mail_id = town.text()
    worker = town.start_worker()
    assert phones.has_text.wait(40)
    worker.kill()
    worker.wait(20)
    phones.let_go.set()
    town.work()  # as long as its worker may live, nobody else sends it
    assert (town.mail(mail_id).status, len(phones.asked)) == ("sending", 1)
    town.let_an_hour_pass()
    town.work()
    row = town.mail(mail_id)
    assert (row.status, row.attempts, len(phones.asked)) == ("sent", 2, 2)
    assert [each["id"] for each in phones.asked] == [str(row.message_id)] * 2
    assert phones.texts() == ["Hello."]


def test_the_same_job_run_twice_hands_over_once(town: TextTown, phones: Phones) -> None:
    town.text()
    town.run(
        "INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, args) "
        "SELECT queue_name, task_name, args FROM jobs.procrastinate_jobs, generate_series(1, 3)"
    )
    town.work()
    assert (len(phones.asked), town.jobs()) == (1, 0)


@pytest.mark.parametrize("code", [400, 422, 410])
def test_what_the_gateway_refuses_fails_with_its_words_and_is_not_tried_again(
    town: TextTown, phones: Phones, code: int
) -> None:
    phones.answers = [(code, "no such telephone")]
    mail_id = town.text()
    town.work()
    row = town.mail(mail_id)
    assert (row.status, row.last_error) == ("failed", f"{code} no such telephone")
    assert (phones.sent, town.jobs()) == ([], 0)
    town.lotline_mail("send-again", str(mail_id))
    town.work()
    assert (town.mail(mail_id).status, phones.texts()) == ("sent", ["Hello."])


def test_a_wrong_secret_is_no_fault_of_the_text_which_goes_once_it_is_mended(
    town: TextTown, phones: Phones
) -> None:
    town.more["LOTLINE_SMS_SECRET"] = SECRET[::-1]
    mail_id = town.text()
    town.work()
    assert town.mail(mail_id).last_error == "401 not signed by the town"
    assert (town.mail(mail_id).status, phones.asked) == ("queued", [])
    town.more["LOTLINE_SMS_SECRET"] = SECRET
    town.let_waits_pass()
    town.work()
    assert (town.mail(mail_id).status, phones.texts()) == ("sent", ["Hello."])


def test_no_number_and_no_word_of_a_text_is_logged(town: TextTown, phones: Phones) -> None:
    phones.answers = [(503, "later canary")]
    town.text("canary", "+13525550177")
    told = town.work()
    town.let_waits_pass()
    told += town.work()
    assert "text 1, attempt 2: accepted" in told
    assert not [each for each in ("canary", "5550177") if each in told]


def test_the_command_line_lists_texts_and_sends_one_to_try(town: TextTown, phones: Phones) -> None:
    assert "Mail 1 is queued" in town.lotline_mail("test", "(352) 555-0100")
    town.work()
    assert [each["to"] for each in phones.sent] == [NUMBER]
    listed = town.lotline_mail("list")
    assert f"{NUMBER}  Test of Lotline's texts" in listed
    assert "1 sent" in listed
    with pytest.raises(NoNumberError, match="ten digits"):
        town.lotline_mail("test", "352-555")
    town.without |= {"LOTLINE_SMS_URL", "LOTLINE_SMS_SECRET"}
    town.text()
    assert "No gateway for texts is set (LOTLINE_SMS_URL)" in town.lotline_mail("list")
    with pytest.raises(SettingError, match="LOTLINE_SMS_URL and LOTLINE_SMS_SECRET first"):
        town.lotline_mail("test", NUMBER)
    town.work()
    assert len(phones.sent) == 1


def test_a_worker_with_a_gateway_that_cannot_be_says_so_and_ends(town: TextTown) -> None:
    town.without.add("LOTLINE_SMS_SECRET")
    worker = town.start_worker()
    _, said = worker.communicate(timeout=40)
    assert (worker.returncode, said.count("\n")) == (1, 1)
    assert said.startswith("Error: LOTLINE_SMS_SECRET is not set")


def test_a_worker_that_runs_sends_texts_by_itself(town: TextTown, phones: Phones) -> None:
    town.start_worker()
    town.text()
    wait_until(lambda: phones.texts() == ["Hello."])


@pytest.mark.parametrize(
    ("head", "answer"),
    [
        ("202 Accepted\r\nContent-Encoding: gzip\r\nContent-Length: 5", Answer.ACCEPTED),
        ("202 Accepted\r\nContent-Length: 400", Answer.ACCEPTED),
        ("503 Busy\r\nTransfer-Encoding: chunked", Answer.PUT_OFF),
        ("410 Gone\r\nContent-Encoding: gzip\r\nContent-Length: 5", Answer.UNWANTED),
    ],
)
def test_an_answer_whose_words_cannot_be_read_counts_all_the_same(
    head: str, answer: Answer
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        told = f"HTTP/1.1 {head}\r\nConnection: close\r\n\r\nhello".encode()
        answering = threading.Thread(target=_answer_once, args=(door, told))
        answering.start()
        gateway = Gateway(Partner(f"http://127.0.0.1:{door.getsockname()[1]}/", SECRET))
        letter = Letter(1, uuid4(), NUMBER, "x", "Hello.", None, 1, channel=Channel.TEXT)
        assert gateway.offer(letter, now=datetime.now(UTC))[0] is answer
        answering.join(10)


def _answer_once(door: socket.socket, told: bytes) -> None:
    line, _ = door.accept()
    with line:
        asked = b""
        while b"Hello." not in asked:
            asked += line.recv(65_536)
        line.sendall(told)

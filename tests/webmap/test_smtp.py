"""What became of a message, told from wherever a conversation with a server breaks off."""

import contextlib
import dataclasses
import socket
import threading
from collections.abc import Iterator
from email.headerregistry import Address

import pytest
from mail_server import Mailbox, free_port, mail_server

from cases.mail.outbox import Answer
from webmap.mail_settings import MailSettings, Tls
from webmap.worker import smtp
from webmap.worker.smtp import offer

SENDER = Address(addr_spec="code@alder.example.org")
TEXT = b"Subject: x\r\n\r\nx\r\n"
WORDS = "5.0.0 said the server"


def _server(port: int) -> MailSettings:
    return MailSettings("127.0.0.1", port, Tls.NONE, None, None, SENDER)


def _offer(server: MailSettings) -> tuple[Answer, str]:
    return offer(server, recipient="a@example.org", content=TEXT)


@pytest.mark.parametrize("where", ["text", "reader"])
@pytest.mark.parametrize(("code", "answer"), [("451", Answer.PUT_OFF), ("554", Answer.REFUSED)])
def test_a_refusal_lasts_or_not_as_its_code_says(where: str, code: str, answer: Answer) -> None:
    mailbox, port = Mailbox(), free_port()
    if where == "text":
        mailbox.answers = [f"{code} {WORDS}"]
    else:
        mailbox.to_recipients = f"{code} {WORDS}"
    with mail_server(mailbox, port=port):
        is_reader = where == "reader" and answer == Answer.REFUSED
        told = Answer.TURNED_AWAY if is_reader else answer
        assert _offer(_server(port)) == (told, f"{code} {WORDS}")
        mailbox.to_recipients = "250 OK"
        assert _offer(_server(port))[0] == Answer.ACCEPTED
    assert len(mailbox.received) == 1


@contextlib.contextmanager
def _spoken(*answers: bytes) -> Iterator[MailSettings]:
    """Have a server that greets, gives these answers to whatever is said, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        speaking = threading.Thread(target=_speak, args=(listening, answers))
        speaking.start()
        yield _server(listening.getsockname()[1])
        speaking.join(timeout=10)


def _speak(listening: socket.socket, answers: tuple[bytes, ...]) -> None:
    line, _ = listening.accept()
    with line, contextlib.suppress(OSError):
        for answer in answers:
            line.sendall(answer + b"\r\n")
            line.recv(10_000)


HELLO = (b"220 here", b"250 hello")
ENVELOPE = (*HELLO, b"250 from", b"250 to")


@pytest.mark.parametrize(
    ("answers", "answer", "said"),
    [
        ([], Answer.PUT_OFF, "closed"),
        ([b"554 go away"], Answer.PUT_OFF, "554 go away"),
        ([b"421 busy"], Answer.PUT_OFF, "421 busy"),
        (HELLO, Answer.PUT_OFF, "closed"),
        ([*HELLO, b"550 not from you"], Answer.REFUSED, "550 not from you"),
        ([*HELLO, b"250 from", b"nonsense"], Answer.PUT_OFF, ""),
        ([*ENVELOPE, b"451 no text now"], Answer.PUT_OFF, "451 no text now"),
        ([*ENVELOPE, b"554 no text ever"], Answer.REFUSED, "554 no text ever"),
        ([*ENVELOPE, b"354 go on"], Answer.UNKNOWN, "No answer after the text"),
        ([*ENVELOPE, b"354 go on", b"nonsense"], Answer.UNKNOWN, "what is no answer"),
        ([*ENVELOPE, b"354 go on", b"421 too late"], Answer.PUT_OFF, "421 too late"),
        ([*ENVELOPE, b"354 go on", b"250 taken"], Answer.ACCEPTED, "250 taken"),
    ],
)
def test_only_what_is_heard_after_the_text_leaves_a_doubt(
    answers: list[bytes], answer: Answer, said: str
) -> None:
    with _spoken(*answers) as server:
        found, words = _offer(server)
    assert found == answer
    assert said in words
    assert "example.org" not in words


def test_a_server_that_falls_silent_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 0.3)
    mailbox, port = Mailbox(), free_port()
    mailbox.held.set()
    with mail_server(mailbox, port=port):
        assert _offer(_server(port))[0] == Answer.UNKNOWN
    assert len(mailbox.received) == 1


def test_no_server_puts_off_and_so_does_one_without_the_care_asked_for() -> None:
    port = free_port()
    assert _offer(_server(port))[0] == Answer.PUT_OFF
    mailbox = Mailbox()
    for changes in ({"tls": Tls.STARTTLS}, {"tls": Tls.AT_ONCE}, {"user": "a", "password": "hush"}):
        with mail_server(mailbox, port=port):
            answer, words = _offer(dataclasses.replace(_server(port), **changes))
        assert answer == Answer.PUT_OFF
        assert "hush" not in words
    assert mailbox.received == []

"""A real SMTP server on loopback that keeps what it is sent and answers as it is told to."""

import asyncio
import contextlib
import email
import email.policy
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

HELD_SECONDS = 30.0


class Mailbox:
    """What a server was sent, each message as it came over the wire.

    `answers` are given to the next messages, one each, once their text is there; then 250.
    While `held`, what was taken is taken, and no answer given. `to_recipients` is what every
    reader's address is answered.
    """

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.recipients: list[str] = []
        self.answers: list[str] = []
        self.to_recipients = "250 OK"
        self.hung_up = False
        self.held = threading.Event()
        self.has_text = threading.Event()

    async def handle_RCPT(  # noqa: N802 - so aiosmtpd names it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take an address, or not."""
        if self.to_recipients.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipients

    def hang_up(self) -> None:
        """Close the line on which a message is held, without an answer to it."""
        self.hung_up = True
        self.held.clear()

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a message, or not."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.received.append(envelope.original_content)
            self.recipients += envelope.rcpt_tos
        self.has_text.set()
        for _ in range(int(HELD_SECONDS / 0.02)):
            if not self.held.is_set():
                break
            await asyncio.sleep(0.02)
        if self.hung_up:
            server.transport.abort()
        return answer

    def messages(self) -> list[EmailMessage]:
        """Return what came, read."""
        return [email.message_from_bytes(raw, policy=email.policy.SMTP) for raw in self.received]


@contextlib.contextmanager
def mail_server(mailbox: Mailbox, *, port: int) -> Iterator[None]:
    """Have a server listen on loopback."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        mailbox.held.clear()
        controller.stop()


def free_port() -> int:
    """Return a port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

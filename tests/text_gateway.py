"""A town's gateway for texts on loopback, which keeps to the contract of docs/text-messages.md."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "a secret the town and its gateway share"  # noqa: S105 - of the tests
HELD_SECONDS = 30.0


@dataclass
class Phones:
    """What a gateway was handed and what it sent on, each id once.

    `answers` are given to the next requests, one each; then 202. While `held`, what was taken is
    sent on, and no answer given.
    """

    sent: list[dict[str, str]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    answers: list[tuple[int, str]] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)
    has_text: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.let_go.set()

    def texts(self) -> list[str]:
        return [each["text"] for each in self.sent]

    def take(self, body: bytes, headers: Any) -> tuple[int, str]:
        """Take what is asked, if it is from the town, and send it on, if that was not done."""
        wanted = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        if headers["Lotline-Signature"] != f"sha256={wanted}":
            return 401, "not signed by the town"
        said = json.loads(body)
        assert headers["Content-Type"] == "application/json"
        assert headers["Idempotency-Key"] == said["id"]
        self.asked.append(said)
        answer = self.answers.pop(0) if self.answers else (202, "taken")
        if answer[0] == 202 and said["id"] not in {each["id"] for each in self.sent}:
            self.sent.append(said)
        self.has_text.set()
        self.let_go.wait(HELD_SECONDS)
        return answer


@contextmanager
def text_gateway(phones: Phones, *, port: int) -> Iterator[None]:
    """Have a gateway listen on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            code, words = phones.take(body, self.headers)
            told = words.encode()
            self.send_response(code)
            if code // 100 == 3:
                self.send_header("Location", f"http://127.0.0.1:{port}/elsewhere")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_args: Any) -> None:
            pass

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:  # whoever asked was killed
                self.close_connection = True

        def finish(self) -> None:
            with suppress(OSError):
                super().finish()

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    try:
        yield
    finally:
        phones.let_go.set()
        server.shutdown()
        server.server_close()
        serving.join(10)

"""A town whose mail is queued by tests and sent by workers in processes of their own."""

import asyncio
import io
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from cases.mail import outbox
from cases.mail.message import Message
from geo.database import Database
from webmap.cli.mail import mail
from webmap.cli.worker import worker

LOTLINE = Path(sys.executable).with_name("lotline")
SENDER = "Code Enforcement <code@alder.example.org>"


@dataclass
class MailTown:
    """A database, and the port where its mail server is or will be."""

    database: Database
    home: Path
    port: int
    workers: list[subprocess.Popen[str]] = field(default_factory=list)
    without: set[str] = field(default_factory=set)
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        """The environment of the commands."""
        every = {
            **os.environ,
            "LOTLINE_HOME": str(self.home),
            "DATABASE_URL": self.database.app_url,
            "DATABASE_URL_OWNER": self.database.owner_url,
            "DATABASE_URL_PUBLIC": self.database.public_url,
            "LOTLINE_SMTP_URL": f"smtp://127.0.0.1:{self.port}",
            "LOTLINE_MAIL_FROM": SENDER,
            **self.more,
        }
        return {key: value for key, value in every.items() if key not in self.without}

    def queue(self, **changes: Any) -> int:
        """Queue a message and commit it."""
        message = Message(**{"to": "a@example.org", "subject": "Hearing", "body": "x", **changes})
        with self.database.app.begin() as connection:
            return outbox.queue(connection, message=message, now=datetime.now(UTC))

    def lotline_mail(self, *words: str) -> str:
        """Run a command of `lotline mail`, and return what it said."""
        return self._invoke(mail, *words)

    def _invoke(self, command: click.Command, *words: str) -> str:
        environ = {**dict.fromkeys(self.without), **self.environ}
        with _beside_a_browser():
            told = CliRunner().invoke(command, list(words), env=environ, catch_exceptions=False)
        assert told.exit_code == 0, told.output
        return told.output

    def work(self) -> str:
        """Have a worker do what is due, and return what it logged.

        It works in this process, which starts nothing; what kills or stops a worker starts one.
        """
        written = io.StringIO()
        handler = logging.StreamHandler(written)
        logging.getLogger().addHandler(handler)
        try:
            self._invoke(worker, "--once")
        finally:
            logging.getLogger().removeHandler(handler)
        return written.getvalue()

    def start_worker(self) -> subprocess.Popen[str]:
        """Start a worker that goes on until it is told to stop."""
        started = subprocess.Popen(
            [LOTLINE, "worker"], env=self.environ, stderr=subprocess.PIPE, text=True
        )
        self.workers.append(started)
        return started

    def close(self) -> None:
        """End every worker."""
        for each in self.workers:
            each.kill()
            each.communicate(timeout=20)

    def mail(self, mail_id: int) -> Any:
        """Return a message as the database has it."""
        with self.database.app.connect() as connection:
            return connection.execute(outbox.listing().where(sa.column("id") == mail_id)).one()

    def run(self, statement: str) -> Any:
        """Run a statement as the owner: to let time pass, or to count."""
        with self.database.owner.begin() as connection:
            result = connection.exec_driver_sql(statement)
            return result.scalar() if result.returns_rows else None

    def jobs(self) -> int:
        """Return how many jobs there are that send mail or texts."""
        count: int = self.run(
            "SELECT count(*) FROM jobs.procrastinate_jobs "
            "WHERE task_name IN ('mail.send', 'text.send')"
        )
        return count

    def let_waits_pass(self) -> None:
        """Make every job due that waits for a later attempt."""
        self.run("UPDATE jobs.procrastinate_jobs SET scheduled_at = now()")

    def let_waits_last(self) -> None:
        """Make what waits for a later attempt wait an hour more, however slow the machine is."""
        self.run(
            "UPDATE jobs.procrastinate_jobs SET scheduled_at = scheduled_at + interval '1 hour'"
        )

    def let_an_hour_pass(self) -> None:
        """Make whatever was begun an hour older, dead workers too."""
        self.run("UPDATE jobs.procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
        self.run("UPDATE lotline.mail SET attempted_at = attempted_at - interval '1 hour' "
                 "WHERE status = 'sending'")  # fmt: skip


@contextmanager
def _beside_a_browser() -> Iterator[None]:
    """Let a worker run its loop in this thread, where the loop of a browser's tests may rest."""
    resting = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(resting)


def wait_until(there: Callable[[], object], *, within: float = 40.0) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + within
    while not there():
        if time.monotonic() > deadline:
            pytest.fail(f"not so within {within} s: {there}")
        time.sleep(0.05)

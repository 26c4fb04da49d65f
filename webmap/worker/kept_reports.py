"""Ask by itself what kept questions ask, and mail of each answer once to whom it is for."""

import logging
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cases.actors import Moment
from cases.errors import MailError
from cases.mail import outbox
from cases.mail.files import MOST_BYTES, File, safe_name
from cases.mail.message import Message
from reports.answers.files.formats import FORMATS
from reports.runs import running, sending
from reports.runs.running import FILE, State
from webmap.report_mail import NOT_MADE, TOO_LARGE, ReportWriter
from webmap.worker.clock import Telling, towns_day
from webmap.worker.reporting import make_file

NAMESPACE = uuid.UUID("0f3c1f6e-3f5d-4a53-9c0b-5d8f2f4f8a77")
"""Of the names under which reports are mailed, so that none can be queued twice."""
PDF = "pdf"
log = logging.getLogger(__name__)


def ask_due(engine: sa.Engine, told: Telling, *, now: datetime) -> list[int]:
    """Have the questions asked that are due on the town's day; gives their runs.

    Without a server for mail none is: nobody could be told.
    """
    day = towns_day(engine, now=now)
    if day is None or not told.mails:
        return []
    with engine.connect() as connection:
        due = sending.due(connection, on=day.today)
    moment, asked = Moment(on=day.today, now=day.now), []
    for saved_id in due:
        with engine.begin() as connection:
            run_id = sending.ask_due(connection, saved_id, moment=moment)
        if run_id is not None:
            asked.append(run_id)
    if asked:
        log.info("%s: %d kept questions are asked", day.today, len(asked))
    return asked


def mail_report(engine: sa.Engine, home: Path, run_id: int, told: Telling) -> None:
    """Mail of a report that has ended, its PDF made before by a process of its own.

    Where none can be made, or the process ends of it, the mail goes without.
    """
    with engine.connect() as connection:
        run = running.run(connection, run_id)
        has_pdf = running.has_part(connection, run_id, f"{FILE}{PDF}")
    if run is None or run.mailed_at is not None or not told.mails:
        return
    if run.state == State.DONE and not has_pdf:
        make_file(engine, home, run_id, PDF)
    mail_by(engine, run_id, told)


def mail_by(engine: sa.Engine, run_id: int, told: Telling) -> int:
    """Queue the mail of a report that has ended, once; gives how many messages.

    That it is mailed of is kept together with the messages: whoever is killed before has queued
    none, and whoever comes after queues all.
    """
    now = datetime.now(UTC)
    day = towns_day(engine, now=now)
    if day is None:
        return 0
    writer, queued = ReportWriter(town=day.town, url=told.url, own=told.messages), 0
    with engine.begin() as connection:
        kept = sending.claim_mailing(connection, run_id, now=now)
        run = running.run(connection, run_id)
        if kept is None or run is None:
            return 0
        body = running.part(connection, run_id, f"{FILE}{PDF}")
        for message in _messages(writer, run, kept, body):
            name = named(told.url, run, to=message.to)
            outbox.queue(connection, message=message, now=now, message_id=name)
            queued += 1
    log.info("report %d: %d mailed of it", run_id, queued)
    return queued


def named(url: str, run: sa.Row[Any], *, to: str) -> uuid.UUID:
    """Return the name of a report's message to somebody, the same whoever queues it."""
    return uuid.uuid5(NAMESPACE, f"{url} {run.id} {run.asked_at.timestamp()} {to.casefold()}")


def _messages(
    writer: ReportWriter, run: sa.Row[Any], kept: sa.Row[Any], body: bytes | None
) -> Iterator[Message]:
    if run.state != State.DONE:
        if kept.email:
            yield from _message(kept.email, writer.failure(run, kept))
        else:
            log.warning("account %d has no address to be told at of a report", kept.staff_id)
        return
    files = _files(run, kept, body)
    attached = files[0].name if files else ""
    left_out = "" if files else TOO_LARGE if body else NOT_MADE
    words = writer.answer(run, kept, attached=attached, left_out=left_out)
    for to in kept.recipients:
        yield from _message(to, words, files)


def _message(
    to: str, words: tuple[str, str], files: tuple[File, ...] = ()
) -> Iterator[Message]:  # fmt: skip
    subject, text = words
    try:
        yield Message(to=to, subject=subject, body=text, files=files)
    except MailError:  # one account's mistake is no reason to tell nobody
        log.warning("a report was not mailed to an address that cannot be written to")


def _files(run: sa.Row[Any], kept: sa.Row[Any], body: bytes | None) -> tuple[File, ...]:
    if not body or len(body) > MOST_BYTES:
        return ()
    name = safe_name(f"{kept.name[:40]} {run.on_day.isoformat()}.{PDF}")
    return (File(name=name, media_type=FORMATS[PDF].media, body=body),)

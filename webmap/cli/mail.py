"""See the mail and texts of the outbox on the command line, and send some again."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

    from cases.mail.message import Message
    from webmap.settings import Settings

# What asks the database is imported by the command that does: it costs seconds, help must not.

STATUSES = ("queued", "sending", "sent", "failed", "uncertain")


@click.group()
def mail() -> None:
    """See what mail and which texts were sent, and send some again.

    Example: lotline mail list --status uncertain
    """


@mail.command("list")
@click.option("--status", type=click.Choice(STATUSES), help="Only what stands so.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="At most.")
def list_(status: str | None, limit: int) -> None:
    """List mail and texts, the latest first, and count how much stands where.

    A text is to a number that begins with +. Uncertain is what a server may or may not have
    taken: ask its log or its reader, then send it again or let it be.

    Example: lotline mail list --status uncertain
    """
    from cases.mail.outbox import Status, listing, mail_state, queued_texts  # noqa: PLC0415

    settings = _settings()
    query = listing(status=Status(status) if status else None).limit(limit)
    with _outbox(settings) as connection:
        rows = connection.execute(query).all()
        state = mail_state(connection)
        waiting = connection.scalar(queued_texts())
    for row in rows:
        click.echo(_line(row))
    click.echo(", ".join(f"{count:,} {name}" for name, count in state.items()))
    if settings.mail is None:
        click.echo("No mail server is set (LOTLINE_SMTP_URL): what is queued waits until one is.")
    if waiting and settings.texts is None:
        click.echo("No gateway for texts is set (LOTLINE_SMS_URL): they wait until one is.")


@mail.command("send-again")
@click.argument("mail_id", metavar="ID", type=click.IntRange(1))
def send_again(mail_id: int) -> None:
    """Queue once more what failed or is uncertain; its Message-ID stays the same.

    Example: lotline mail send-again 17
    """
    from cases.mail import outbox  # noqa: PLC0415

    settings = _settings()
    with _outbox(settings) as connection:
        outbox.send_again(connection, mail_id, now=datetime.now(UTC))
    click.echo(f"Mail {mail_id} is queued again.")


@mail.command()
@click.argument("address")
def test(address: str) -> None:
    """Queue a message to an address, to see that mail arrives, or a text to a number.

    Example: lotline mail test clerk@example.gov, lotline mail test +13525550100
    """
    from cases.mail import outbox  # noqa: PLC0415

    settings = _settings()
    message = _test_message(address, settings)
    with _outbox(settings) as connection:
        mail_id = outbox.queue(connection, message=message, now=datetime.now(UTC))
    click.echo(f"Mail {mail_id} is queued. See what becomes of it: lotline mail list")


def _test_message(address: str, settings: Settings) -> Message:
    from cases.mail.message import Channel, Message  # noqa: PLC0415
    from cases.mail.numbers import read_number, require_country  # noqa: PLC0415
    from webmap.setting_errors import SettingError  # noqa: PLC0415

    if "@" in address or not address.lstrip("+( ")[:1].isdigit():
        return Message(
            to=address,
            subject="Test of Lotline's mail",
            body="If you read this, Lotline's mail arrives.\n",
        )
    texts, number = settings.texts, read_number(address)
    if texts is None:
        msg = "No gateway for texts is set: set LOTLINE_SMS_URL and LOTLINE_SMS_SECRET first."
        raise SettingError(msg)
    return Message(
        to=require_country(number, countries=texts.countries),
        subject="Test of Lotline's texts",
        body="If you read this, Lotline's texts arrive.",
        channel=Channel.TEXT,
    )


def _line(row: Any) -> str:
    when = row.sent_at or row.attempted_at or row.queued_at
    words = [
        f"{row.id:>6}  {row.status:<9}  {when.astimezone(UTC):%Y-%m-%d %H:%M}Z",
        f"{row.attempts} tried  {row.to_address}  {row.subject}",
    ]
    return "  ".join([*words, f"({row.last_error})"] if row.last_error else words)


def _settings() -> Settings:
    from webmap.settings import read_settings  # noqa: PLC0415

    return read_settings(os.environ)


@contextmanager
def _outbox(settings: Settings) -> Iterator[sa.Connection]:
    from geo.database import open_database  # noqa: PLC0415

    with (
        open_database(settings.home, settings.environ) as database,
        database.app.begin() as connection,
    ):
        yield connection

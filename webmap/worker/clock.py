"""Run the clock for the town's day: notice, mail a digest to each, publish the audit root."""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from cases.clock import noticing, telling
from cases.clock.kinds import Kind
from cases.errors import MailError
from cases.mail import outbox
from cases.mail.message import Message
from geo.places import town as town_there_is
from webmap.digest import DigestWriter
from webmap.settings import Settings
from webmap.worker.publishing import publish

log = logging.getLogger(__name__)
NAMESPACE = uuid.UUID("6f0a2f5e-5e0b-4f0e-9a53-6f9d2f7f4c11")
"""Of the names under which the clock queues mail, so that none can be queued twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How the clock tells.

    Parameters
    ----------
    url
        Where people reach this server.
    mails
        Whether there is a server for mail: without one nobody is mailed, lest months of digests
        go out on the day there is.
    roots
        The folder in which the audit root is published.
    root_to
        Whom it is mailed to; None for nobody.
    messages
        The folder of the town's own wordings of messages.
    texts
        Whether there is a gateway for texts.
    """

    url: str
    mails: bool
    roots: Path
    root_to: str | None
    messages: Path
    texts: bool = False


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run did: how many it noticed of each kind, and how many it mailed."""

    noticed: Mapping[Kind, int]
    mailed: int


@dataclass(frozen=True, slots=True)
class TownsDay:
    """The town's name, and what moment it is there."""

    town: str
    now: datetime

    @property
    def today(self) -> date:
        """The day it is in the town."""
        return self.now.date()


def telling_by(settings: Settings) -> Telling:
    """Return how the settings have the clock tell."""
    return Telling(
        url=settings.url, mails=settings.mail is not None, roots=settings.audit_folder,
        root_to=settings.audit_mail, messages=settings.messages,
        texts=settings.texts is not None,
    )  # fmt: skip


def towns_day(engine: sa.Engine, *, now: datetime) -> TownsDay | None:
    """Return the day it is in the town; None while no town is loaded."""
    with engine.connect() as connection:
        town = connection.execute(town_there_is()).first()
    return TownsDay(town.name, now.astimezone(ZoneInfo(town.timezone))) if town else None


def run_day(engine: sa.Engine, day: TownsDay, *, on: date, told: Telling) -> Ran | None:
    """Do what is to be done once on a day; None where all of it was done already.

    What is noticed and what is mailed of it is kept together or not at all, and the root after
    it by itself: whoever is killed in between is followed by a run that does what is left.
    """
    ran = _notice(engine, day, on=on, told=told)
    published = _publish(engine, day, on=on, told=told)
    if ran is not None:
        log.info("%s: %d noticed, %d mailed", on, sum(ran.noticed.values()), ran.mailed)
    return ran or (Ran({}, 0) if published else None)


def _notice(engine: sa.Engine, day: TownsDay, *, on: date, told: Telling) -> Ran | None:
    with engine.begin() as connection:
        if not noticing.is_first(connection, Kind.RUN, on=on, now=day.now):
            return None
        found = noticing.notice(connection, on=on, now=day.now)
        mailed = _mail(connection, day, on=on, told=told) if told.mails else 0
    return Ran(found, mailed)


def _mail(connection: sa.Connection, day: TownsDay, *, on: date, told: Telling) -> int:
    """Queue the day's digests; gives how many."""
    writer, mailed = DigestWriter(town=day.town, url=told.url, own=told.messages), 0
    for each in telling.digests(connection, on=on):
        subject, body = writer.words(each, on=on)
        try:
            message = Message(to=each.reader.email, subject=subject, body=body)
        except MailError:  # one account's mistake is no reason to tell nobody
            log.warning("account %d has no mail address that can be written to", each.reader.id)
            continue
        name = _named(day.town, told.url, on, f"digest {each.reader.id}")
        outbox.queue(connection, message=message, now=day.now, message_id=name)
        mailed += 1
    return mailed


def _publish(engine: sa.Engine, day: TownsDay, *, on: date, told: Telling) -> bool:
    with engine.begin() as connection:
        if not noticing.is_first(connection, Kind.ROOT, on=on, now=day.now):
            return False
        root = publish(connection, told.roots / f"root-{on.isoformat()}.txt")
        if told.mails and told.root_to is not None:
            subject, body = root.words(town=day.town, on=on)
            outbox.queue(
                connection, message=Message(to=told.root_to, subject=subject, body=body),
                now=day.now, message_id=_named(day.town, url=told.url, on=on, what="root"),
            )  # fmt: skip
    return True


def _named(town: str, url: str, on: date, what: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{url} {town} {on.isoformat()} {what}")

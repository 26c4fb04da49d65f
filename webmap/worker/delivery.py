"""Send one message from the outbox, once, and keep what came of it."""

import logging
import time
from datetime import UTC, datetime

import sqlalchemy as sa

from cases.following.holding import Held, held_back, tell_anew
from cases.following.mailing import forget_unwanted
from cases.following.refusing import forget_refusing
from cases.mail import outbox
from cases.mail.message import Letter
from cases.mail.outbox import Answer, Carrier, Status, Told

KEEP_FOR_SECONDS = 60.0
log = logging.getLogger(__name__)


def deliver(engine: sa.Engine, mail_id: int, *, carrier: Carrier) -> None:
    """Send a message that is queued; one that is not is somebody else's, or done.

    The mark that it is being sent is committed first, so that a second run of the same job, or
    of another worker, leaves it alone.
    """
    now = datetime.now(UTC)
    with engine.begin() as connection:
        letter = outbox.take(connection, mail_id, now=now)
        if letter is None or _is_held(connection, letter, now=now):
            return
    told = carrier.offer(letter, now=now)
    _keep(engine, letter, told)
    log.info("%s %d, attempt %d: %s", letter.channel, letter.id, letter.attempt, told[0])


def _is_held(connection: sa.Connection, letter: Letter, *, now: datetime) -> bool:
    """Tell whether a message may go no more, and keep why."""
    why = held_back(connection, letter)
    if why is None:
        return False
    outbox.settle(connection, letter, answer=Answer.REFUSED, words=why, now=now)
    if why == Held.WITHHELD:
        tell_anew(connection, letter)
    return True


def _keep(engine: sa.Engine, letter: Letter, told: Told) -> None:
    """Keep what came of it, through a restart of the database if need be.

    Raises
    ------
    sqlalchemy.exc.OperationalError
        When the database stays away; the message is then uncertain before long.
    """
    answer, words = told
    deadline = time.monotonic() + KEEP_FOR_SECONDS
    while True:
        try:
            with engine.begin() as connection:
                kept = outbox.settle(
                    connection, letter, answer=answer, words=words, now=datetime.now(UTC)
                )
                if answer == Answer.UNWANTED:
                    forget_unwanted(connection, letter)
                if answer == Answer.TURNED_AWAY and forget_refusing(connection, letter):
                    log.warning(
                        "%s %d: its reader is written to no more", letter.channel, letter.id
                    )
                if answer == Answer.PUT_OFF and kept == Status.FAILED:
                    tell_anew(connection, letter)
        except sa.exc.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(1.0)
        else:
            return

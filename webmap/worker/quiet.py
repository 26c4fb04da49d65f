"""Keep texts to those who follow until the morning."""

from datetime import datetime

import sqlalchemy as sa

from cases.following.mailing import is_logged
from cases.mail import outbox
from webmap.quiet_hours import is_day, next_morning
from webmap.worker.clock import towns_day


def waits_for_morning(engine: sa.Engine, mail_id: int, *, now: datetime) -> bool:
    """Tell whether a text is kept until the morning, and have it looked at again then."""
    day = towns_day(engine, now=now)
    if day is None or is_day(day.now):
        return False
    with engine.begin() as connection:
        if not is_logged(connection, mail_id):
            return False  # somebody of the town sends it, and wants to see it arrive
        outbox.wait_until(connection, mail_id, moment=next_morning(day.now))
    return True

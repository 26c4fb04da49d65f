"""Answer a program again as it was answered, where it sends again what put a day in force."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from cases.actors import Moment
from cases.models import RestAnswer
from cases.visits.planned import VisitsError

KEPT = timedelta(days=7)
"""Who has had no answer by then has looked at the day."""


def answered(connection: sa.Connection, key: UUID, asked: Mapping[str, Any]) -> str | None:
    """Return what was answered to a key; None of one that is new. Nobody else answers it now.

    Parameters
    ----------
    asked
        What is sent with it, as JSON.

    Raises
    ------
    VisitsError
        Something else was sent with this key before.
    """
    lock = sa.func.hashtextextended(f"rest_answer:{key}", 0)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))
    query = sa.select(RestAnswer.asked, RestAnswer.told).where(RestAnswer.key == key)
    row = connection.execute(query).first()
    if row is None:
        return None
    if row.asked != asked:
        msg = "Something else was asked with this key before: send a new key with a new asking."
        raise VisitsError(msg)
    return str(row.told)


def keep_answer(
    connection: sa.Connection, key: UUID, *, asked: Mapping[str, Any], told: str, moment: Moment
) -> None:
    """Keep what a key is answered, and no longer what was answered long ago."""
    old = RestAnswer.answered_at < moment.now - KEPT
    connection.execute(sa.delete(RestAnswer).where(old))
    values = {"key": key, "asked": dict(asked), "told": told, "answered_at": moment.now}
    connection.execute(sa.insert(RestAnswer).values(values))

"""Drop the photographs of reports that were never sent, with their files, once a day has passed."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from cases.documents.store import Store

UNSENT_LASTS = timedelta(days=1)
"""How long the photographs of a report may wait for its words; the database holds to it too."""
AT_ONCE = 200
_LOCK = 2305
"""The advisory lock by which no file is taken in while it is dropped."""


def hold_files(connection: sa.Connection) -> None:
    """Let no file be dropped until the transaction ends: taken in again, it would be lost."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock_shared(_LOCK)))


def drop_unsent(connection: sa.Connection, store: Store, *, now: datetime) -> tuple[int, int]:
    """Drop some of what is older than a day and of no report; gives how many, and how many files.

    Files go before the transaction ends: one that is ended by a kill finds its rows again, and a
    file that is gone already is no mistake.

    Raises
    ------
    StoreError
        A file cannot be removed: nothing is dropped.
    """
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    dropped = connection.execute(_DROP, {"before": now - UNSENT_LASTS, "most": AT_ONCE}).all()
    alone = [row.sha256 for row in dropped if row.is_alone]
    for name in alone:
        store.drop(name)
    return sum(row.photos for row in dropped), len(alone)


_PHOTOS: Any = sa.func.lotline.drop_unsent_photos(
    sa.bindparam("before", type_=sa.DateTime(timezone=True)), sa.bindparam("most", type_=sa.Integer)
).table_valued("sha256", "photos", "is_alone")
_DROP = sa.select(_PHOTOS.c.sha256, _PHOTOS.c.photos, _PHOTOS.c.is_alone)

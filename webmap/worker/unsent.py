"""Have the photographs of reports that nobody sent dropped, and tell of it."""

import logging
from datetime import datetime

import sqlalchemy as sa

from cases.documents.store import Store
from cases.residents.unsent import drop_unsent

log = logging.getLogger(__name__)


def drop_all_unsent(engine: sa.Engine, store: Store, *, now: datetime) -> None:
    """Drop them all, some in each transaction, so that nobody who reports waits for long."""
    photos = files = 0
    while True:
        with engine.begin() as connection:
            dropped, alone = drop_unsent(connection, store, now=now)
        if not dropped:
            break
        photos, files = photos + dropped, files + alone
    if photos:
        log.warning("dropped %d photographs of reports never sent, %d files", photos, files)

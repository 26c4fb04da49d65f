"""Put work on the queue in the caller's transaction, so that a rollback takes it back."""

import contextlib
import functools
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued

from geo.database import raw


def defer(
    connection: sa.Connection,
    task: str,
    *,
    queue: str,
    at: datetime | None = None,
    lock: str | None = None,
    **arguments: Any,
) -> None:
    """Have a worker run a task, named as it is in `webmap.worker`, once this has committed.

    Parameters
    ----------
    connection
        In a transaction, with the schema ``jobs`` on its search path.
    at
        Not before this moment; at once when absent.
    lock
        Of the jobs under one lock, one is done at a time.
    **arguments
        What the task is given, as JSON. They are logged: give ids, never what they stand for.
    """
    job = _app().configure_task(
        task, queue=queue, schedule_at=at, lock=lock, connection=raw(connection)
    )
    job.defer(**arguments)


def defer_once(
    connection: sa.Connection, task: str, *, queue: str, once: str, **arguments: Any
) -> None:
    """Do what `defer` does, unless a job of the same name waits already.

    Parameters
    ----------
    once
        What the job is called while it waits.
    """
    job = _app().configure_task(
        task, queue=queue, queueing_lock=once, lock=once, connection=raw(connection)
    )
    with contextlib.suppress(AlreadyEnqueued), connection.begin_nested():
        job.defer(**arguments)


@functools.cache
def _app() -> App:
    """Return an app that is never opened: it writes on connections it is given."""
    return App(connector=SyncPsycopgConnector())

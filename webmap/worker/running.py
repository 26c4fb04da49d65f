"""Run a worker until it is told to stop, through whatever happens to the database."""

import asyncio
import contextlib
import logging
import os
import signal

import psycopg
import sqlalchemy as sa
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker

from geo.database import Database, open_database
from geo.errors import LotlineError
from webmap.cli.saying import first_line
from webmap.every_setting import read_every
from webmap.settings import Settings
from webmap.worker.clock import telling_by
from webmap.worker.open_data import keeping_by
from webmap.worker.tasks import carriers_by, doubt, make_app, queues, revive, wind

AGAIN_AFTER_SECONDS = 2.0
LOOK_SECONDS = 1.0
TROUBLES = (
    ConnectorException,
    LotlineError,
    OSError,
    psycopg.OperationalError,
    sa.exc.OperationalError,
)
log = logging.getLogger(__name__)


def run(settings: Settings, *, concurrency: int, once: bool, beside: int | None) -> None:
    """Do the jobs of the queue, each to its end, until SIGTERM or Ctrl-C.

    Parameters
    ----------
    concurrency
        Jobs done at the same time.
    once
        End when nothing is due; a database that does not answer is then an error.
    beside
        The process that started this one, which ends with it; None where nobody waits for it.
    """
    asyncio.run(_run(settings, concurrency=concurrency, once=once, beside=beside))


async def _run(settings: Settings, *, concurrency: int, once: bool, beside: int | None) -> None:
    read_every(settings)
    _ = telling_by(settings), keeping_by(settings)  # a mistake there is told now, not tried again
    stop = _stop_event()
    following = asyncio.create_task(_follow(beside, stop)) if beside else None
    while not stop.is_set():
        try:
            with open_database(settings.home, settings.environ) as database:
                await _work(database, settings, stop, concurrency=concurrency, once=once)
        except TROUBLES as error:
            if once:
                raise
            log.warning("the worker lost the database: %s", first_line(error.__cause__ or error))
        if once:
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), AGAIN_AFTER_SECONDS)
    if following:
        following.cancel()


async def _work(
    database: Database,
    settings: Settings,
    stop: asyncio.Event,
    *,
    concurrency: int,
    once: bool,
) -> None:
    doubt(database.app)  # which also tells within seconds whether the database is there
    carriers = carriers_by(settings)
    app = make_app(
        database, carriers=carriers, home=settings.home, documents=settings.documents,
        told=telling_by(settings), data=keeping_by(settings),
        concurrency=concurrency,
    )  # fmt: skip
    worker = Worker(
        app,
        queues=queues(carriers),
        concurrency=concurrency,
        wait=not once,
        delete_jobs="successful",
        install_signal_handlers=False,
    )
    async with app.open_async():
        await revive(app.job_manager)
        await wind(app)
        await _until(stop, worker)


async def _until(stop: asyncio.Event, worker: Worker) -> None:
    """Run a worker until it ends, or is to: it does the jobs at hand first."""
    running = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    worker.stop()  # type: ignore[no-untyped-call]
    await running


def _stop_event() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def _follow(parent: int, stop: asyncio.Event) -> None:
    """Stop once another process has become this one's parent, as happens when its own dies."""
    while os.getppid() == parent:  # noqa: ASYNC110 - the system tells nobody of it
        await asyncio.sleep(LOOK_SECONDS)
    stop.set()

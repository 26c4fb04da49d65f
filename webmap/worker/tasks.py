"""Name the tasks a worker runs, each a few lines over the room that does the work."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa
from procrastinate import App, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.manager import JobManager

from cases import zone_drafts
from cases.documents.drawing import DRAW_COPIES, DRAW_COPIES_QUEUE
from cases.folding import mend_tallies
from cases.letters import mailing
from cases.mail import outbox
from cases.mail.message import Channel
from cases.mail.outbox import Carrier
from cases.visits import drafts
from geo.database import APP_OPTIONS, Database
from reports.runs import running
from webmap.settings import Settings
from webmap.worker.clock import Telling, run_day, towns_day
from webmap.worker.delivery import deliver
from webmap.worker.following import tell_followers
from webmap.worker.open_data import Keeping, keep
from webmap.worker.quiet import waits_for_morning
from webmap.worker.smtp import Smtp

UPKEEP = "upkeep"
CLOCK = "clock.run"
DROP_UNSENT = "upkeep.unsent"
KEEP_DATA = "opendata.keep"
FOLLOW = "follow.tell"
ASK_REPORTS = "reports.ask"
EVERY_MINUTE = "* * * * *"
EVERY_HALF_MINUTE = "* * * * * */30"
EVERY_HOUR = "5 * * * *"
A_QUARTER_PAST = "15 * * * *"
TEN_PAST = "10 * * * *"
EVERY_NIGHT = "20 8 * * *"  # UTC: before dawn in Florida
AGAIN = RetryStrategy(linear_wait=10)  # what failed is tried again: each task bears that
CONNECTIONS_BESIDE_JOBS = 3  # to listen, to fetch, and to show that the worker lives
log = logging.getLogger(__name__)


def make_app(
    database: Database,
    *,
    carriers: Mapping[Channel, Carrier],
    home: Path,
    documents: Path,
    told: Telling,
    concurrency: int,
    data: Keeping | None = None,
) -> App:
    """Return the tasks of a worker on a database, and of those that send the ones that can.

    Parameters
    ----------
    carriers
        Who takes the messages of a channel: a channel that nobody serves has its messages wait.
    home
        LOTLINE_HOME, which processes of their own are told.
    documents
        The folder of the document store.
    told
        How the clock tells.
    data
        How the downloads of open data are kept; None where this worker keeps none.
    """
    connector = PsycopgConnector(
        conninfo=database.app_conninfo,
        kwargs={"options": APP_OPTIONS, "connect_timeout": 5},
        min_size=1,
        max_size=concurrency + CONNECTIONS_BESIDE_JOBS,
    )
    app = App(connector=connector)
    _keep_up(app, database, told)
    _make_papers(app, database, home=home, documents=documents)
    _plan_routes(app, database, home=home)
    _balance_zones(app, database, home=home)
    _make_reports(app, database, home=home, told=told)
    if data is not None:
        _keep_data(app, database, data)
    for channel, carrier in carriers.items():
        _send_by(app, database.app, channel, carrier)
    return app


def carriers_by(settings: Settings) -> dict[Channel, Carrier]:
    """Return who takes the messages of each channel that the settings name somebody for."""
    found: dict[Channel, Carrier] = {}
    if mail := settings.mail:
        found[Channel.MAIL] = Smtp(mail)
    if texts := settings.texts:
        from webmap.worker.texts import Gateway  # noqa: PLC0415 - few towns send texts

        found[Channel.TEXT] = Gateway(texts.gateway)
    return found


def _send_by(app: App, engine: sa.Engine, channel: Channel, carrier: Carrier) -> None:
    """Name what sends the messages of a channel."""

    @app.task(name=outbox.SEND[channel], queue=outbox.QUEUE[channel], retry=AGAIN)
    def _send(mail_id: int) -> None:
        at_night = channel == Channel.TEXT and waits_for_morning(
            engine, mail_id, now=datetime.now(UTC)
        )
        if not at_night:
            deliver(engine, mail_id, carrier=carrier)


def _keep_up(app: App, database: Database, told: Telling) -> None:
    """Name what is done by the clock alone."""

    @app.periodic(cron=EVERY_MINUTE)
    @app.task(name="upkeep.sweep", queue=UPKEEP, queueing_lock="upkeep.sweep", retry=AGAIN)
    async def _sweep(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is given it
        await asyncio.to_thread(doubt, database.app)
        await asyncio.to_thread(give_up_stalled, database.app)
        await revive(app.job_manager)

    @app.periodic(cron=EVERY_NIGHT)
    @app.task(name="upkeep.mend", queue=UPKEEP, queueing_lock="upkeep.mend", retry=AGAIN)
    def _mend(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is given it
        mend(database.app)
        drop_past(database.app)

    @app.periodic(cron=EVERY_HOUR)
    @app.task(name=CLOCK, queue=UPKEEP, queueing_lock=CLOCK, retry=AGAIN)
    def _run_clock(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is given it
        run_clock(database.app, told)

    @app.periodic(cron=A_QUARTER_PAST)
    @app.task(name=FOLLOW, queue=UPKEEP, queueing_lock=FOLLOW, retry=AGAIN)
    def _tell(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is given it
        tell_followers(database, told, now=datetime.now(UTC))


def _keep_data(app: App, database: Database, data: Keeping) -> None:
    """Name what keeps the downloads as they may be; it asks twice a minute."""

    @app.periodic(cron=EVERY_HALF_MINUTE)
    @app.task(name=KEEP_DATA, queue=UPKEEP, lock=KEEP_DATA, queueing_lock=KEEP_DATA, retry=AGAIN)
    def _keep(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is given it
        keep(database.public, data, now=datetime.now(UTC))


def _make_papers(app: App, database: Database, *, home: Path, documents: Path) -> None:
    """Name what is made of documents and letters, and what is dropped of them."""

    @app.task(name=DRAW_COPIES, queue=DRAW_COPIES_QUEUE, retry=AGAIN)
    def _draw_copies(sha256: str) -> None:
        from cases.documents.copies import make_copies  # noqa: PLC0415 - mail needs no pictures
        from cases.documents.store import Store  # noqa: PLC0415

        with database.app.begin() as connection:
            make_copies(connection, Store(documents), sha256=sha256)

    @app.periodic(cron=EVERY_HOUR)
    @app.task(name=DROP_UNSENT, queue=UPKEEP, queueing_lock=DROP_UNSENT, retry=AGAIN)
    def _drop_unsent(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is given it
        from cases.documents.store import Store  # noqa: PLC0415
        from webmap.worker.unsent import drop_all_unsent  # noqa: PLC0415

        drop_all_unsent(database.app, Store(documents), now=datetime.now(UTC))

    @app.task(name=mailing.SET, queue=mailing.QUEUE, retry=AGAIN)
    def _set_letters(on: str, language: str, staff_id: int) -> None:
        from webmap.worker.mailing import set_day  # noqa: PLC0415 - mail needs no letters

        day = date.fromisoformat(on)
        set_day(database.app, home, on=day, language=language, staff_id=staff_id)


def _plan_routes(app: App, database: Database, *, home: Path) -> None:
    """Name what makes the plans that are asked for, one after another: each takes every core."""

    @app.task(name=drafts.PLAN_ROUTES, queue=drafts.PLAN_QUEUE)
    def _plan(draft_id: int) -> None:
        from webmap.worker.planning import plan_draft  # noqa: PLC0415 - mail needs no solver

        plan_draft(database.app, home, draft_id)


def _balance_zones(app: App, database: Database, *, home: Path) -> None:
    """Name what makes the zones that are asked for, one draft after another."""

    @app.task(name=zone_drafts.BALANCE_ZONES, queue=zone_drafts.QUEUE)
    def _balance(draft_id: int) -> None:
        from webmap.worker.balancing import balance_draft  # noqa: PLC0415 - mail needs no shapes

        balance_draft(database.app, home, draft_id)


def _make_reports(app: App, database: Database, *, home: Path, told: Telling) -> None:
    """Name what makes the reports that are asked for, asks those kept, and mails of them."""

    @app.task(name=running.MAKE_REPORT, queue=running.QUEUE)
    def _make(run_id: int) -> None:
        from webmap.worker.reporting import make_report  # noqa: PLC0415 - mail needs no statistics

        make_report(database.app, home, run_id)

    @app.task(name=running.MAKE_FILE, queue=running.QUEUE)
    def _file(run_id: int, kind: str) -> None:
        from webmap.worker.reporting import make_file  # noqa: PLC0415 - mail needs no statistics

        make_file(database.app, home, run_id, kind)

    @app.periodic(cron=TEN_PAST)
    @app.task(name=ASK_REPORTS, queue=UPKEEP, queueing_lock=ASK_REPORTS, retry=AGAIN)
    def _ask(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is given it
        from webmap.worker.kept_reports import ask_due  # noqa: PLC0415 - as above

        ask_due(database.app, told, now=datetime.now(UTC))

    @app.task(name=running.MAIL_REPORT, queue=running.QUEUE, retry=AGAIN)
    def _mail(run_id: int) -> None:
        from webmap.worker.kept_reports import mail_report  # noqa: PLC0415 - as above

        mail_report(database.app, home, run_id, told)


def queues(served: Iterable[Channel]) -> list[str]:
    """Return the queues a worker serves: messages wait where nobody takes them."""
    papers = (DRAW_COPIES_QUEUE, mailing.QUEUE)
    return [
        UPKEEP,
        *papers,
        drafts.PLAN_QUEUE,
        zone_drafts.QUEUE,
        running.QUEUE,
        *(outbox.QUEUE[each] for each in served),
    ]


async def wind(app: App) -> None:
    """Have the clock run at the start of a worker too, which may be the day's only one."""
    with contextlib.suppress(AlreadyEnqueued):
        await app.tasks[CLOCK].defer_async(timestamp=int(time.time()))


def run_clock(engine: sa.Engine, told: Telling) -> None:
    """Do what is due on the town's day, unless it was done."""
    day = towns_day(engine, now=datetime.now(UTC))
    if day is not None:
        run_day(engine, day, on=day.today, told=told)


async def revive(manager: JobManager) -> None:
    """Make due again the jobs of workers that died."""
    for job in await manager.get_stalled_jobs():
        with contextlib.suppress(ConnectorException):  # another worker was first
            await manager.retry_job(job)
            log.warning("job %s was left by a worker that died: it is due again", job.id)


def doubt(engine: sa.Engine) -> None:
    """Make uncertain the mail of workers that died."""
    with engine.begin() as connection:
        doubted = outbox.doubt_stale(connection, now=datetime.now(UTC))
    for mail_id in doubted:
        log.warning("mail %d may or may not have arrived: lotline mail list", mail_id)


def give_up_stalled(engine: sa.Engine) -> None:
    """Give up, in words, the route plans, the zones and the reports of workers that died."""
    for what, kept in (("draft", drafts), ("draft of zones", zone_drafts), ("report", running)):
        with engine.begin() as connection:
            stalled = kept.fail_stalled(connection, now=datetime.now(UTC))
        for each in stalled:
            log.warning("%s %d was left by a worker that died: it is given up", what, each)


def mend(engine: sa.Engine) -> None:
    """Mend what is kept of cases where it is not what their parts say, and tell of it."""
    with engine.begin() as connection:
        milestones, tallies = mend_tallies(connection)
    if milestones or tallies:
        log.warning("mended milestones of %d cases and %d tallies", milestones, tallies)


def drop_past(engine: sa.Engine) -> None:
    """Delete drafts, reports and files on mail that are long over; adopted plans and zones stay."""
    now = datetime.now(UTC)
    day = towns_day(engine, now=now)
    if day is not None:
        with engine.begin() as connection:
            drafts.drop_past(connection, on=day.today)
            running.drop_past(connection, on=day.today)
            zone_drafts.drop_past(connection, now=now)
            outbox.drop_stale_files(connection, now=now)

"""Make a report that somebody asks for, in a process of its own that tells how far it is.

What reckons holds the interpreter for seconds and loads what mail does not need. The processes are
forked from one that has loaded it already, so that a small report is there at once.
"""

import logging
import multiprocessing
import os
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, partial
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from geo.database import open_database
from geo.errors import LotlineError
from geo.places import town
from reports.answers.answer import Answer
from reports.answers.files.formats import FORMATS
from reports.answers.options import Question, read
from reports.answers.watching import StoppedError, Watch
from reports.answers.written import from_json
from reports.registry import REPORTS, find_report, make
from reports.runs import running
from webmap.settings import Settings
from webmap.worker.apart import TookTooLongError, run_apart
from webmap.worker.heartbeat import Doing

LONGEST = 30 * 60
"""Seconds after which a report is given up."""
TOO_LONG = (
    "The report took over half an hour and was given up. Narrow it to a zone or to fewer years, "
    "and ask again."
)
log = logging.getLogger(__name__)


def make_report(engine: sa.Engine, home: Path, run_id: int) -> None:
    """Have a process make a report, and say in words where it ends without one."""
    why = _in_a_process(make_run, str(home), run_id)
    with engine.begin() as connection:
        if running.fail(connection, run_id, because=why, now=datetime.now(UTC)):
            log.warning("report %d ended without an answer: %s", run_id, why)


def make_file(engine: sa.Engine, home: Path, run_id: int, kind: str) -> None:
    """Have a process make a file of an answer, and say in words where it ends without one."""
    why = _in_a_process(make_file_of, str(home), run_id, kind)
    with engine.begin() as connection:
        if not running.has_part(connection, run_id, f"{running.FILE}{kind}"):
            log.warning("report %d has no file of kind %s: %s", run_id, kind, why)
            running.keep_failure(connection, run_id, kind, because=why)


def make_file_of(home: str, run_id: int, kind: str) -> None:
    """Make a file of an answer in this process."""
    settings = Settings(home=Path(home), environ=os.environ)
    with open_database(settings.home, settings.environ) as database:
        file_by(database.app, run_id, kind)


def file_by(engine: sa.Engine, run_id: int, kind: str) -> None:
    """Make a file of an answer by a database."""
    from reports.answers.files.writing import write  # noqa: PLC0415 - each kind loads its own
    from reports.backdrop import fetch_backdrop  # noqa: PLC0415

    with engine.connect() as connection:
        row = running.run(connection, run_id)
        if row is None or row.answer is None:
            return
        answer = from_json(
            row.answer, running.parts(connection, run_id),
            lists=running.lists_of(connection, run_id),
        )  # fmt: skip
        backdrop = fetch_backdrop(connection) if FORMATS[kind].has_map else None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report.{kind}"
        try:
            write(answer, path, kind=kind, backdrop=backdrop)
        except LotlineError as error:
            with engine.begin() as connection:
                running.keep_failure(connection, run_id, kind, because=str(error))
            return
        body = path.read_bytes()
    with engine.begin() as connection:
        running.keep_file(connection, run_id, kind, body)


def make_run(home: str, run_id: int) -> None:
    """Make a report in this process, from the claiming to the keeping."""
    settings = Settings(home=Path(home), environ=os.environ)
    with open_database(settings.home, settings.environ) as database:
        make_by(database.app, run_id)


def make_by(engine: sa.Engine, run_id: int) -> None:
    """Make a report by a database."""
    with engine.begin() as connection:
        row = running.claim(connection, run_id, now=datetime.now(UTC))
    if row is None:
        return
    try:
        with Doing(partial(_told, engine, run_id)) as doing:
            answer = _made(engine, row, Watch(doing.at, doing.is_to_stop))
    except StoppedError:
        with engine.begin() as connection:
            running.stopped(connection, run_id, now=datetime.now(UTC))
    except LotlineError as error:
        _failed(engine, run_id, str(error))
    except Exception as error:
        log.exception("report %d", run_id)
        _failed(engine, run_id, broken(type(error).__name__))
    else:
        with engine.begin() as connection:
            running.finish(connection, run_id, answer, now=datetime.now(UTC))


def _made(engine: sa.Engine, row: sa.Row[Any], watch: Watch) -> Answer:
    # One snapshot for all of its queries, or its figures would be of different moments.
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        found = connection.execute(town()).first()
        zone = ZoneInfo(found.timezone if found else "UTC")
        return make(connection, _question(row, zone), watch=watch)


def _question(row: sa.Row[Any], zone: ZoneInfo) -> Question:
    report = find_report(row.report)
    return read(report.name, report.options, now=row.asked_at.astimezone(zone), said=row.asked)


def _told(engine: sa.Engine, run_id: int, doing: str | None, share: float) -> bool:
    with engine.begin() as connection:
        return running.progress(
            connection, run_id, doing=doing, share=share, now=datetime.now(UTC)
        )  # fmt: skip


def _failed(engine: sa.Engine, run_id: int, because: str) -> None:
    with engine.begin() as connection:
        running.fail(connection, run_id, because=because, now=datetime.now(UTC))


def broken(fault: str) -> str:
    """Say that the program has a fault; `fault` is its name."""
    return (
        f"The report could not be made, through a fault of the program: {fault}. Ask for it again; "
        "if it happens again, please report it."
    )


def ended(code: int | None) -> str:
    """Say that the process ended by itself before the report was made."""
    return (
        f"The process that made this report ended before it was done, with code {code}. Ask for it "
        "again; if it happens again, narrow it to a zone or to fewer years."
    )


def _in_a_process(target: Callable[..., None], *args: object) -> str:
    """Run something in a process; gives why it left nothing, should it have left nothing."""
    try:
        return ended(run_apart(target, *args, context=_context(), seconds=LONGEST))
    except TookTooLongError:
        return TOO_LONG


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *{each.made_by for each in REPORTS.values()}])
    return context

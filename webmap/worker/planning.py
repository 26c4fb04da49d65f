"""Make a plan that somebody asks for, in a process of its own that tells how far it is.

The street engine and the solver hold the interpreter for seconds: beside other jobs they would
keep the worker from telling that it lives.
"""

import logging
import multiprocessing
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from cases.visits import drafts
from cases.visits.asked import MOST_SECONDS, Asked
from cases.visits.failing import CUT_SHORT, TOO_LONG, broken, ended
from geo.database import open_database
from geo.errors import LotlineError
from geo.places import town
from geo.streets.at_hand import travel_by
from reports.routes import drafting
from reports.routes.search import Watch
from webmap.settings import Settings
from webmap.worker.apart import TookTooLongError, run_apart
from webmap.worker.heartbeat import Heartbeat

LONGEST_BY_ROUNDS = float(MOST_SECONDS)
"""Seconds after which a search by rounds ends with its best, as one by seconds does at the most."""
LONGEST_BESIDE_SEARCH = 15 * 60
"""Seconds to read, measure, drive and check, beside those of the search."""
log = logging.getLogger(__name__)


def plan_draft(engine: sa.Engine, home: Path, draft_id: int) -> None:
    """Have a process make a draft's plan, and say in words where it ends without one."""
    with engine.connect() as connection:
        row = drafts.draft(connection, draft_id)
    if row is None or row.state != drafts.State.QUEUED:
        return
    by_rounds = row.asked["iterations"] is not None
    longest = LONGEST_BY_ROUNDS if by_rounds else row.asked["seconds"]
    context = multiprocessing.get_context("spawn")
    try:
        why = ended(
            run_apart(make_draft, str(home), draft_id, context=context,
                      seconds=longest + LONGEST_BESIDE_SEARCH)
        )  # fmt: skip
    except TookTooLongError:
        why = TOO_LONG
    with engine.begin() as connection:
        if drafts.fail(connection, draft_id, because=why, now=datetime.now(UTC)):
            log.warning("draft %d ended without a plan: %s", draft_id, why)


def make_draft(home: str, draft_id: int) -> None:
    """Make a draft's plan in this process, from the claiming to the keeping."""
    settings = Settings(home=Path(home), environ=os.environ)
    with open_database(settings.home, settings.environ) as database:
        make_by(database.app, settings.streets, draft_id)


def make_by(engine: sa.Engine, streets: Path, draft_id: int, *, cores: int | None = None) -> None:
    """Make a draft's plan by a database and the streets in a folder.

    Parameters
    ----------
    cores
        How many parts are searched side by side; as many as there are cores when not given.
    """
    with engine.begin() as connection:
        asked = drafts.claim(connection, draft_id, now=datetime.now(UTC))
    if asked is None:
        return
    longest = None if asked.iterations is None else LONGEST_BY_ROUNDS
    telling = Telling(engine, draft_id, longest=longest)
    try:
        with telling:
            made = _made(engine, streets, asked, telling, cores=cores)
    except LotlineError as error:
        _failed(engine, draft_id, str(error))
    except Exception as error:
        log.exception("draft %d", draft_id)
        _failed(engine, draft_id, broken(type(error).__name__))
    else:
        with engine.begin() as connection:
            drafts.finish(
                connection, draft_id, problem=made.problem, plan=made.plan, matrix=made.matrix,
                now=datetime.now(UTC),
            )  # fmt: skip


def _made(
    engine: sa.Engine, streets: Path, asked: Asked, telling: "Telling", *, cores: int | None
) -> drafting.Drafted:
    with engine.connect() as connection:
        row = connection.execute(town()).first()
        zone = ZoneInfo(row.timezone if row else "UTC")
        there = drafting.asked_of_town(connection, asked, zone=zone)
    telling.stops = len(there.problem.stops)
    travel, _ = travel_by(streets)
    made = drafting.make(there, travel, asked=asked, watch=telling.watch, cores=cores)
    if telling.was_too_long:
        there = replace(there, notes=(*there.notes, CUT_SHORT))
    return drafting.drafted(there, made)


def _failed(engine: sa.Engine, draft_id: int, because: str) -> None:
    with engine.begin() as connection:
        drafts.fail(connection, draft_id, because=because, now=datetime.now(UTC))


class Telling(Heartbeat):
    """Tells every second how far a draft is, and learns whether it is to stop.

    Attributes
    ----------
    stops
        Among how many stops is planned, once that is known.
    """

    def __init__(self, engine: sa.Engine, draft_id: int, *, longest: float | None = None) -> None:
        super().__init__(self._told, longest=longest)
        self.stops: int | None = None
        self._engine, self._draft_id = engine, draft_id
        self._best: int | None = None

    @property
    def watch(self) -> Watch:
        """Whom the search tells, and asks."""
        return Watch(self._better, self.is_to_stop)

    def _better(self, cost: int) -> None:
        self._best = cost

    def _told(self, seconds: float) -> bool:
        with self._engine.begin() as connection:
            return drafts.progress(
                connection, self._draft_id, now=datetime.now(UTC), seconds=seconds,
                best=self._best, stops=self.stops,
            )  # fmt: skip

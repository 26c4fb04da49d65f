"""Make zones that somebody asks for, in a process of its own that tells how far it is."""

import logging
import multiprocessing
import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from cases import zone_drafts
from cases.zone_drafts import Asked
from cases.zone_failing import CUT_SHORT, TOO_LONG, broken, ended
from geo.database import open_database
from geo.errors import LotlineError
from geo.streets.at_hand import travel_by
from reports.workload.known import Known
from reports.workload.proposal import READING, share_out
from reports.workload.search import Watch
from reports.workload.values import Proposal
from reports.workload.written import proposal_to_json
from webmap.settings import Settings
from webmap.worker.apart import TookTooLongError, run_apart
from webmap.worker.heartbeat import Doing

LONGEST = 15 * 60.0
"""Seconds after which the search ends with its best."""
LONGEST_BESIDE_SEARCH = 15 * 60.0
"""Seconds to read, drive and draw, beside those."""
log = logging.getLogger(__name__)


def balance_draft(engine: sa.Engine, home: Path, draft_id: int) -> None:
    """Have a process make a draft's zones, and say in words where it ends without any."""
    with engine.connect() as connection:
        row = zone_drafts.draft(connection, draft_id)
    if row is None or row.state != zone_drafts.State.QUEUED:
        return
    context = multiprocessing.get_context("spawn")
    longest = LONGEST + LONGEST_BESIDE_SEARCH
    try:
        why = ended(run_apart(make_draft, str(home), draft_id, context=context, seconds=longest))
    except TookTooLongError:
        why = TOO_LONG
    with engine.begin() as connection:
        if zone_drafts.fail(connection, draft_id, because=why, now=datetime.now(UTC)):
            log.warning("draft of zones %d ended without any: %s", draft_id, why)


def make_draft(home: str, draft_id: int) -> None:
    """Make a draft's zones in this process, from the claiming to the keeping."""
    settings = Settings(home=Path(home), environ=os.environ)
    with open_database(settings.home, settings.environ) as database:
        make_by(database.app, settings.streets, draft_id)


def make_by(engine: sa.Engine, streets: Path, draft_id: int) -> None:
    """Make a draft's zones by a database and the streets in a folder."""
    with engine.begin() as connection:
        asked = zone_drafts.claim(connection, draft_id, now=datetime.now(UTC))
    if asked is not None:
        make_claimed(engine, streets, draft_id, asked)


def make_claimed(
    engine: sa.Engine,
    streets: Path,
    draft_id: int,
    asked: Asked,
    *,
    watch: Watch | None = None,
) -> None:
    """Make the zones of a draft that was claimed.

    Parameters
    ----------
    watch
        Somebody beside the draft who is told how far it is, and asked whether to go on.
    """
    try:
        with Doing(partial(_told, engine, draft_id), longest=LONGEST) as doing:
            made = _made(engine, streets, asked, _watched(doing, watch))
        if doing.was_too_long:
            made = replace(made, notes=(*made.notes, CUT_SHORT))
    except LotlineError as error:
        _failed(engine, draft_id, str(error))
    except Exception as error:
        log.exception("draft of zones %d", draft_id)
        _failed(engine, draft_id, broken(type(error).__name__))
    else:
        with engine.begin() as connection:
            zone_drafts.finish(
                connection, draft_id, proposal=proposal_to_json(made), now=datetime.now(UTC)
            )


def _made(engine: sa.Engine, streets: Path, asked: Asked, watch: Watch) -> Proposal:
    travel, _ = travel_by(streets)
    watch.tell(READING, 0.0)
    # One snapshot for all of its queries, or zones and work would be of different moments. It ends
    # before the search: while it is open, the database cleans up no row that was changed since.
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        known = Known.read(connection, asked, travel)
    return share_out(known, watch=watch)


def _watched(doing: Doing, watch: Watch | None) -> Watch:
    """Return who tells the draft and somebody beside it, and stops when either says so."""
    beside = watch or Watch()

    def at(step: str, share: float) -> None:
        doing.at(step, share)
        beside.tell(step, share)

    def stopped() -> bool:
        return doing.is_to_stop() or (beside.stopped is not None and beside.stopped())

    return Watch(at, stopped)


def _told(engine: sa.Engine, draft_id: int, step: str | None, share: float) -> bool:
    with engine.begin() as connection:
        return zone_drafts.progress(
            connection, draft_id, now=datetime.now(UTC), step=step or "", share=share
        )


def _failed(engine: sa.Engine, draft_id: int, because: str) -> None:
    with engine.begin() as connection:
        zone_drafts.fail(connection, draft_id, because=because, now=datetime.now(UTC))

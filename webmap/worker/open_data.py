"""Make the day's downloads of open data, drop old ones, take back what may not be told now."""

import logging
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from cases.open_data import held_back_generation
from webmap.settings import Settings
from webmap.worker.clock import towns_day

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How the downloads are kept.

    Parameters
    ----------
    root
        The folder that holds a folder for each day.
    licence
        Under which the town gives them; empty where it is not said.
    days
        For how many days.
    """

    root: Path
    licence: str
    days: int


def keeping_by(settings: Settings) -> Keeping:
    """Return how the settings have downloads kept."""
    return Keeping(root=settings.open_data, licence=settings.data_licence, days=settings.data_days)


def keep(engine: sa.Engine, data: Keeping, *, now: datetime) -> None:
    """See to the downloads: today's are there, none is too old, none tells what it may not.

    Parameters
    ----------
    engine
        The public role's: what it cannot read is in no download.
    """
    from reports import open_data  # noqa: PLC0415 - pandas costs a worker more than all else

    day = towns_day(engine, now=now)
    if day is None:
        return
    with engine.connect() as connection:
        connection.exec_driver_sql("SET statement_timeout = '10min'")
        connection.commit()  # a setting of the session outlives it
        if not open_data.is_made(data.root, on=day.today):
            made = open_data.make(connection, data.root, on=day.today, licence=data.licence)
            (data.root / open_data.CHECKED).unlink(missing_ok=True)  # a new day ages others off
            log.info("open data of %s: %d files", day.today, len(made))
        open_data.drop_old(data.root, on=day.today, days=data.days)
        read_at = time.time()
        moved = connection.scalar(held_back_generation()) or 0
        for changed in open_data.take_back(connection, data.root, moved=moved, read_at=read_at):
            log.warning("open data of %s was made anew without what is held back", changed)
        connection.exec_driver_sql("RESET statement_timeout")
        connection.commit()

"""Read the clock for the town: what day and hour it is there."""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from geo.places import town

LOOK_AGAIN_SECONDS = 60.0


class TownClock:
    """The town's calendar, its time zone read from the database once a minute at most.

    Parameters
    ----------
    engine
        An engine that may read ``published.town``.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._zone = ZoneInfo("UTC")
        self._looked = -LOOK_AGAIN_SECONDS

    def today(self) -> date:
        """Return the day it is in the town; in UTC while no town is loaded."""
        return self.now().date()

    def now(self) -> datetime:
        """Return the moment it is, in the town's time zone; in UTC while no town is loaded."""
        if time.monotonic() - self._looked >= LOOK_AGAIN_SECONDS:
            with self._engine.connect() as connection:
                found = connection.execute(town()).first()
            self._zone = ZoneInfo(found.timezone if found else "UTC")
            self._looked = time.monotonic()
        return datetime.now(self._zone)

"""Keep the private cluster up and the low-zoom counts fresh while the server runs."""

import logging
import threading
from datetime import UTC, datetime

import psycopg
import sqlalchemy as sa

from cases.accounts import throttle
from cases.exempting import withhold_anew
from cases.folding import fold_tallies
from cases.tiles import refresh_grid
from geo.cluster import Cluster
from geo.database import Database
from geo.errors import LotlineError

ROUND_SECONDS = 2.0
WITHHELD_ROUNDS = 10
"""After how many looks it is seen anew that no case of an exempt place came in beside it."""
log = logging.getLogger(__name__)


class Keeper(threading.Thread):
    """A thread that looks every two seconds: is the database there, are counts stale.

    Parameters
    ----------
    cluster
        The private cluster to start again when it died, or None for a server run by others.
    """

    def __init__(self, database: Database, cluster: Cluster | None) -> None:
        super().__init__(name="keeper", daemon=True)
        self._database = database
        self._cluster = cluster
        self._done = threading.Event()
        self._rounds = 0

    def run(self) -> None:
        """Look until told to stop; what failed this round is tried again the next."""
        while not self._done.wait(ROUND_SECONDS):
            try:
                self._look()
            except (LotlineError, OSError, psycopg.Error, sa.exc.SQLAlchemyError) as error:
                log.warning("the database could not be kept this time: %s", error)

    def stop(self) -> None:
        """End after the current round."""
        self._done.set()
        self.join(timeout=30)

    def _look(self) -> None:
        if self._cluster is not None and not self._cluster.answers():
            self._cluster.up()
        if self._rounds % WITHHELD_ROUNDS == 0:
            with self._database.app.begin() as connection:
                withhold_anew(connection)
        self._rounds += 1
        with self._database.app.begin() as connection:
            refresh_grid(connection)
            throttle.sweep(connection, now=datetime.now(UTC))
        with self._database.app.begin() as connection:
            fold_tallies(connection)

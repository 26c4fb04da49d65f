"""The thread that keeps the database up outlives whatever goes wrong with it."""

import threading
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from geo.errors import LotlineError
from webmap import keeper
from webmap.keeper import Keeper


class DeadCluster:
    """A cluster that is down and cannot be started, for a reason of its own each time."""

    def __init__(self, troubles: list[Exception]) -> None:
        self.troubles = troubles
        self.gave_up = threading.Event()

    def answers(self) -> bool:
        """Never."""
        return False

    def up(self) -> None:
        """Fail."""
        if not self.troubles:
            self.gave_up.set()
            msg = "still down"
            raise LotlineError(msg)
        raise self.troubles.pop()


def test_the_keeper_tries_again_after_every_kind_of_trouble(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keeper, "ROUND_SECONDS", 0.001)
    troubles: list[Exception] = [
        psycopg.OperationalError("killed while it was being prepared"),
        PermissionError("the folder was closed"),
        sa.exc.TimeoutError("no connection was free"),
    ]
    cluster: Any = DeadCluster(troubles)
    database: Any = None
    thread = Keeper(database, cluster)
    thread.start()
    assert cluster.gave_up.wait(timeout=5)
    thread.stop()
    assert not thread.is_alive()

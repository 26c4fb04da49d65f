"""Lay out small towns for reports: that of alder.sql, and one in which cases are played."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from played import law  # noqa: F401 - a fixture
from played_owners import earlier, later  # noqa: F401 - fixtures
from small_town import lay_out

from geo.database import raw

ALDER = Path(__file__).parents[1] / "alder.sql"
ON = date(2026, 3, 2)


@pytest.fixture
def alder(connection: sa.Connection) -> sa.Connection:
    """The owner's connection to the town as of 2 March 2026; all is undone after the test."""
    script = ALDER.read_text(encoding="utf-8").replace(":today", f"DATE '{ON}'")
    # A sequence outlives a rollback, and the script counts on its first import being number 1.
    connection.exec_driver_sql("ALTER TABLE lotline.import_run ALTER COLUMN id RESTART WITH 1")
    raw(connection).execute(script.encode())
    return connection


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    """The owner's connection to the town of six lots; all is undone after the test."""
    lay_out(connection)
    return connection

"""Settle the small town of alder.sql and open the web application on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from kept_engines import lent
from quick_apps import keep_addresses, keep_templates

from cases.accounts.sealing import Seal
from cases.tiles import refresh_grid
from geo.database import Database, from_settings, raw
from webmap import application as making
from webmap.settings import Settings

KEY = "a key for tests, which anybody may know"
SEAL = Seal([KEY])
ALDER = Path(__file__).with_name("alder.sql")

keep_addresses()


def settle(database: Database) -> None:
    """Fill an empty database with the town as of today."""
    today = datetime.now(UTC).date()
    script = ALDER.read_text(encoding="utf-8").replace(":today", f"DATE '{today}'")
    with database.owner.begin() as connection:
        raw(connection).execute(script.encode())
        refresh_grid(connection)


@contextmanager
def application(database: Database, **said: str) -> Iterator[Flask]:
    """Open the web application on a database, with engines of its own, and further settings."""
    environ = {
        "DATABASE_URL": database.app_url,
        "DATABASE_URL_OWNER": database.owner_url,
        "DATABASE_URL_PUBLIC": database.public_url,
        "LOTLINE_SECRET_KEY": KEY,
        **said,
    }
    settings = Settings(home=Path("unused"), environ=environ)
    with lent(from_settings(settings.home, settings.environ)) as engines:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(making, "from_settings", lambda *_: engines)
            app = making.create_app(settings)
        keep_templates(app)
        try:
            yield app
        finally:
            app.extensions["lotline"].close()

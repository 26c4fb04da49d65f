"""Take something in whole, or leave the database as it was and say why."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.errors import LotlineError
from webmap.cli.saying import first_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

    from geo.database import Database

EXISTING = click.Path(path_type=Path)


def bring_up_to_date(database: Database) -> None:
    """Bring the schema to the newest, so that there is room for what comes."""
    from cases.published import PUBLISHED  # noqa: PLC0415
    from geo.schema import is_newest, upgrade  # noqa: PLC0415

    if not is_newest(database, published=PUBLISHED):
        upgrade(database, published=PUBLISHED)


@contextmanager
def one_transaction(database: Database) -> Iterator[sa.Connection]:
    """Commit at the end, or leave the database as it was and say why in a sentence."""
    import psycopg  # noqa: PLC0415
    import sqlalchemy as sa  # noqa: PLC0415

    try:
        with database.owner.connect() as connection, connection.begin():
            yield connection
    except (psycopg.IntegrityError, sa.exc.IntegrityError) as problem:
        told = first_line(getattr(problem, "orig", problem))
        msg = f"The database refused the file ({told}). Nothing was changed."
        raise LotlineError(msg) from problem
    except (psycopg.OperationalError, sa.exc.OperationalError) as problem:
        msg = "The database went away during the import. Nothing was changed; run it again."
        raise LotlineError(msg) from problem

"""Write many rows of a table at once, or bring many to what is given."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from psycopg import sql

from cases.moving_in.reading import Row
from geo.database import raw
from geo.loading import bulk


def among(case_ids: Sequence[int]) -> sa.ColumnElement[Any]:
    """Any of some cases."""
    return sa.any_(sa.literal(list(case_ids), sa.ARRAY(sa.BigInteger)))


def copy_in(connection: sa.Connection, table: Any, rows: Sequence[Row]) -> None:
    """Append rows to a table, all with the same columns."""
    if not rows:
        return
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(*filter(None, (table.schema, table.name))),
        sql.SQL(", ").join(map(sql.Identifier, rows[0])),
    )
    with raw(connection).cursor().copy(statement) as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))


def bring_to(connection: sa.Connection, table: Any, rows: Sequence[Row]) -> None:
    """Bring the rows of a table that have these ids to what is given, all of them at once."""
    if rows:
        with bulk.upserted(connection, table, list(rows[0]), key=["id"]) as arriving:
            copy_in(connection, arriving, rows)

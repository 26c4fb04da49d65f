"""Write many rows of a table at once, or bring many to what is given."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from psycopg import sql

from cases.moving_in.reading import Row
from geo.database import raw


def among(case_ids: Sequence[int]) -> sa.ColumnElement[Any]:
    """Any of some cases."""
    return sa.any_(sa.literal(list(case_ids), sa.ARRAY(sa.BigInteger)))


def copy_in(connection: sa.Connection, table: Any, rows: Sequence[Row]) -> None:
    """Append rows to a table, all with the same columns."""
    if rows:
        _copy(connection, sql.Identifier(table.schema, table.name), rows)


def bring_to(connection: sa.Connection, table: Any, rows: Sequence[Row]) -> None:
    """Bring the rows of a table that have these ids to what is given, all of them at once."""
    if not rows:
        return
    names = [sql.Identifier(name) for name in rows[0]]
    parts = {
        "table": sql.Identifier(table.schema, table.name),
        "names": sql.SQL(", ").join(names),
        "theirs": sql.SQL(", ").join(sql.SQL("arriving.{}").format(name) for name in names),
    }
    driver = raw(connection)
    made = "CREATE TEMP TABLE arriving ON COMMIT DROP AS SELECT {names} FROM {table} LIMIT 0"
    driver.execute(sql.SQL(made).format(**parts))
    _copy(connection, sql.Identifier("arriving"), rows)
    changed = "UPDATE {table} kept SET ({names}) = ROW ({theirs}) FROM arriving"
    driver.execute(sql.SQL(changed + " WHERE kept.id = arriving.id").format(**parts))
    driver.execute("DROP TABLE arriving")


def _copy(connection: sa.Connection, name: sql.Identifier, rows: Sequence[Row]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        name, sql.SQL(", ").join(map(sql.Identifier, rows[0]))
    )
    with raw(connection).cursor().copy(statement) as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))

"""Write a statement out once and ask it by the driver's own means, in the caller's transaction.

For what every deed asks many times over: SQLAlchemy's own care around a query costs several times
what the server takes to answer it. The answer is the same, and so are the errors.
"""

from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.rows import namedtuple_row

from geo.database import raw


class Compiled:
    """A statement with bind parameters, written out as PostgreSQL takes it when first asked.

    Parameters
    ----------
    statement
        Its bind parameters are given by name each time it is asked, and written as their types
        say, as JSON is; values of plain types come back as the driver reads them. Lists are given
        as arrays (``= ANY``), never by ``IN``.
    """

    def __init__(self, statement: sa.Executable) -> None:
        self._statement = statement
        self._text: str | None = None
        self._fixed: dict[str, Any] = {}
        self._written: dict[str, Any] = {}

    def all(self, connection: sa.Connection, **values: Any) -> list[Any]:
        """Return every row of the answer, its columns as attributes.

        Raises
        ------
        sqlalchemy.exc.DBAPIError
            The server refused.
        """
        found: list[Any] = self._ask(connection, values).fetchall()
        return found

    def first(self, connection: sa.Connection, **values: Any) -> Any:
        """Return the first row of the answer, or None."""
        return self._ask(connection, values).fetchone()

    def do(self, connection: sa.Connection, **values: Any) -> None:
        """Do what the statement does, which answers nothing."""
        self._ask(connection, values)

    def _ask(self, connection: sa.Connection, values: dict[str, Any]) -> psycopg.Cursor[Any]:
        if self._text is None:
            self._write_out(connection.dialect)
        if not connection.in_transaction():
            connection.begin()  # which a statement of SQLAlchemy's would have begun
        cursor = raw(connection).cursor(row_factory=namedtuple_row)
        asked = {**self._fixed, **values}
        for name, write in self._written.items():
            asked[name] = write(asked[name])
        try:
            return cursor.execute(self._text or "", asked)
        except psycopg.Error as error:
            raise sa.exc.DBAPIError.instance(
                self._text,
                asked,
                error,
                psycopg.Error,
                hide_parameters=connection.engine.hide_parameters,
                dialect=connection.dialect,
            ) from error

    def _write_out(self, dialect: sa.Dialect) -> None:
        written = self._statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        self._fixed = dict(written.construct_params(_check=False))
        for bind, name in written.bind_names.items():
            write = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if write is not None:
                self._written[name] = write
        self._text = str(written)

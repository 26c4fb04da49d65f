"""Ask one prepared question by the driver's plainest means.

For questions that take the server less time than the usual care around a query: no transaction,
no ping, no conversion of values. Whoever asks must bring text and read bytes.
"""

from collections.abc import Sequence

import psycopg
import sqlalchemy as sa
from psycopg import pq
from sqlalchemy.pool import PoolProxiedConnection

BINARY = 1


class Prepared:
    """A statement that each connection prepares once.

    Parameters
    ----------
    name
        What the server knows it by; one statement a name.
    text
        SQL with ``$1``, ``$2``, ... for the values.
    """

    def __init__(self, name: str, text: str) -> None:
        self._name = name.encode()
        self._text = text

    def first(self, engine: sa.Engine, values: Sequence[str | None]) -> tuple[bytes | None, ...]:
        """Return the first row of the answer, each column as PostgreSQL sends it in binary.

        Asks once more on a new connection when the server was restarted under a kept one.

        Parameters
        ----------
        engine
            An autocommitting engine on the psycopg driver.
        values
            As text, in the order of their numbers; None for NULL.

        Raises
        ------
        sqlalchemy.exc.DBAPIError
            The server refused, or cannot be reached.
        """
        coded = [None if value is None else value.encode() for value in values]
        try:
            return self._ask(engine, coded)
        except sa.exc.DBAPIError as error:
            if not error.connection_invalidated:
                raise
            engine.dispose()  # the others it keeps are cut as well
            return self._ask(engine, coded)

    def _ask(self, engine: sa.Engine, values: list[bytes | None]) -> tuple[bytes | None, ...]:
        pooled = engine.raw_connection()
        try:
            server = self._ready(pooled)
            # The driver's type forgets that None is NULL.
            answer = server.exec_prepared(self._name, values, result_format=BINARY)  # type: ignore[arg-type]
            self._require(answer, pooled, wanted=pq.ExecStatus.TUPLES_OK)
        finally:
            pooled.close()
        return tuple(answer.get_value(0, column) for column in range(answer.nfields))

    def _ready(self, pooled: PoolProxiedConnection) -> pq.abc.PGconn:
        driver = pooled.driver_connection
        assert isinstance(driver, psycopg.Connection)  # noqa: S101 - every engine of ours is psycopg's
        prepared: set[bytes] = pooled.info.setdefault("prepared", set())
        if self._name not in prepared:
            answer = driver.pgconn.prepare(self._name, self._text.encode())
            self._require(answer, pooled, wanted=pq.ExecStatus.COMMAND_OK)
            prepared.add(self._name)
        return driver.pgconn

    def _require(
        self, answer: pq.abc.PGresult, pooled: PoolProxiedConnection, *, wanted: pq.ExecStatus
    ) -> None:
        if answer.status == wanted:
            return
        error = _error(answer)
        driver = pooled.driver_connection
        cut = driver is None or bool(driver.closed)
        if cut:
            pooled.invalidate()
        temporary = cut or isinstance(error, psycopg.OperationalError)
        kind = sa.exc.OperationalError if temporary else sa.exc.DBAPIError
        raise kind(self._text, None, error, connection_invalidated=cut)


def _error(answer: pq.abc.PGresult) -> psycopg.Error:
    state = answer.error_field(pq.DiagnosticField.SQLSTATE)
    kind: type[psycopg.Error] = psycopg.OperationalError
    if state:
        kind = psycopg.errors.lookup(state.decode())
    return kind(answer.get_error_message())

"""Lend a test engines that still know how the statements of the tests before it are written."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from geo.database import Database

_FREE: dict[tuple[str, str, str], list[Database]] = defaultdict(list)


@contextmanager
def lent(database: Database) -> Iterator[Database]:
    """Lend engines of a database's addresses, whose connections are closed in the end.

    Whoever borrows while another has them gets engines of their own, as two processes do.
    """
    free = _FREE[database.owner_url, database.app_url, database.public_url]
    engines = free.pop() if free else database
    try:
        yield engines
    finally:
        engines.close()
        free.append(engines)

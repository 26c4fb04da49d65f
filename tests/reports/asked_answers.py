"""Ask reports as a page or a command does."""

from datetime import UTC, datetime

import sqlalchemy as sa

from reports.answers.answer import Answer
from reports.answers.files.page import write_page
from reports.answers.options import Value, ask
from reports.backdrop import fetch_backdrop
from reports.registry import find_report, make

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)


def answered(connection: sa.Connection, name: str, **values: Value) -> Answer:
    """Return the answer of a report, those of its options that are not said by their defaults."""
    return make(connection, ask(name, find_report(name).options, now=NOW, values=values))


def page_of(connection: sa.Connection, name: str, **values: Value) -> str:
    """Return the same as a page over its town."""
    answer = answered(connection, name, **values)
    return write_page(answer, backdrop=fetch_backdrop(connection))

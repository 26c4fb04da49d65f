"""Count what a connection is asked."""

from collections.abc import Callable

import sqlalchemy as sa


def counted(connection: sa.Connection, ask: Callable[[], object]) -> int:
    """Return how many statements something costs."""
    asked: list[str] = []

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    sa.event.listen(connection, "before_cursor_execute", note)
    ask()
    sa.event.remove(connection, "before_cursor_execute", note)
    return len(asked)

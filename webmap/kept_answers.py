"""Keep the public's answers about the whole town until something in it changes."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

type Stands = tuple[date, int]
"""The day in the town, and the generation of all that is public."""
MOST = 200
"""Answers kept in a process: of a page each, or of counts."""
PATIENCE = "20s"
"""How long one may take, which one at a time of a kind does, however many ask for it."""


@dataclass(slots=True)
class _Answer:
    lock: threading.Lock = field(default_factory=threading.Lock)
    stands: Stands | None = None
    rows: list[sa.Row[Any]] = field(default_factory=list)


class KeptAnswers:
    """What was answered last to each question, until the day or anything public changes.

    A change that commits while an answer is made moves the generation, so that it is made again the
    next time: what is given is never older than the question. Whoever asks the same meanwhile
    waits for that answer instead of asking too.
    """

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
        self._answers: OrderedDict[object, _Answer] = OrderedDict()
        self._turn = threading.Lock()

    def rows(
        self, connection: sa.Connection, select: sa.Select[Any], *, stands: Stands
    ) -> list[sa.Row[Any]]:
        """Return the rows of a question.

        Parameters
        ----------
        connection
            Of the public role.
        stands
            What an answer holds for, asked before the question.
        """
        answer = self._of(select)
        with answer.lock:
            if answer.stands != stands:
                answer.rows, answer.stands = _patiently(connection, select), stands
            return answer.rows

    def _of(self, select: sa.Select[Any]) -> _Answer:
        asked = select.compile()
        key = (str(asked), tuple(sorted(asked.params.items(), key=lambda each: each[0])))
        with self._turn:
            answer = self._answers.setdefault(key, _Answer())
            self._answers.move_to_end(key)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer


def _patiently(connection: sa.Connection, select: sa.Select[Any]) -> list[sa.Row[Any]]:
    """Ask with a longer limit than the connection has, which it has again afterwards."""
    limited = sa.text(
        "SELECT current_setting('statement_timeout'), set_config('statement_timeout', :limit, true)"
    )
    usual = connection.scalar(limited, {"limit": PATIENCE})
    rows = list(connection.execute(select))
    connection.execute(limited, {"limit": usual})  # an error ends the transaction, and it with it
    return rows

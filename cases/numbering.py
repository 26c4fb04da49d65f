"""Number what is born here: CE-2026-00017, without a gap where a deed was undone."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.models import Counter
from geo.compiled import Compiled

WIDTH = 5


def next_number(connection: sa.Connection, word: str, *, on: date) -> str:
    """Draw the next number of a kind in the year of a day.

    Whoever draws one holds the counter until the transaction ends, and an undone one gives it back.

    Parameters
    ----------
    word
        What stands before the year: ``CE`` for a case.
    """
    drawn = _DRAWN.first(connection, word=word, year=on.year)
    return f"{word}-{on.year}-{drawn.last:0{WIDTH}d}"


_DRAWN = Compiled(
    insert(Counter)
    .values(word=sa.bindparam("word"), year=sa.bindparam("year"), last=1)
    .on_conflict_do_update(
        index_elements=[Counter.word, Counter.year], set_={"last": Counter.last + 1}
    )
    .returning(Counter.last)
)

"""Read what people confirmed of owners: which keys are one owner's, and which are not.

A confirmation is of two owners and of no single case, so its own append-only table is the record.
A case's history tells of it when it has a consequence there: the event that confirms a repeat
carries who confirmed the identity, when and why. Written into every case of both owners it would
link a stranger's name to cases it changes nothing in. `cases.owner_words` keeps them.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from cases.models import OwnerConfirmation
from cases.owners.confirmations import (
    Confirmation,
    ConfirmedDifferent,
    ConfirmedOneLandlord,
    ConfirmedSame,
    Identities,
)
from cases.owners.parties import Party


class Verdict(StrEnum):
    """What a person said of two owners."""

    SAME = "same"
    DIFFERENT = "different"
    ONE_LANDLORD = "one_landlord"
    WITHDRAWN = "withdrawn"


def identities(connection: sa.Connection, *, around: Iterable[str | None]) -> Identities:
    """Read what is confirmed of some owners and in force, and of all that they were held against.

    What a town has confirmed of others is left unread, for it tells nothing of these.

    Parameters
    ----------
    around
        Keys of owners; None is nobody's.
    """
    return Identities(in_force(connection, around=around).values())


def all_in_force(connection: sa.Connection) -> tuple[Confirmation, ...]:
    """Read every word on owners that is in force, for a report on all of them."""
    return tuple(_words(connection.execute(_EVERY)).values())


def in_force(
    connection: sa.Connection, *, around: Iterable[str | None]
) -> dict[tuple[str, str], Confirmation]:
    """Read what is confirmed of some keys and of all they were held against, by its two keys."""
    keys = sorted({each for each in around if each})
    return _words(connection.execute(_LATEST, {"keys": keys}))


def words_in_force() -> sa.Select[Any]:
    """Select every word on owners that is in force, the newest first, as it was kept."""
    newest = (_WORD.c.recorded_at.desc(), _WORD.c.id.desc())
    return sa.select(_WORD).where(_WORD.c.verdict != Verdict.WITHDRAWN).order_by(*newest)


def word(connection: sa.Connection, word_id: int) -> sa.Row[Any] | None:
    """Return a word on owners; None where it never was, or is in force no longer."""
    return connection.execute(words_in_force().where(_WORD.c.id == word_id)).first()


def word_between(connection: sa.Connection, a: Party, b: Party) -> sa.Row[Any] | None:
    """Return the word in force on two owners, in whichever order; None where there is none."""
    keys = sorted(each.key or "" for each in (a, b))
    query = words_in_force().where(_WORD.c.key_a == keys[0], _WORD.c.key_b == keys[1])
    return connection.execute(query).first()


def read_word(
    verdict: Verdict, key_a: str, key_b: str, *, by: str, on: date, reason: str
) -> Confirmation | None:
    """Return what a word says; None of one that takes another back."""
    if verdict is Verdict.WITHDRAWN:
        return None
    return _KINDS[verdict](key_a, key_b, by=by, on=on, reason=reason)


def _words(rows: Iterable[sa.Row[Any]]) -> dict[tuple[str, str], Confirmation]:
    found = {}
    for row in rows:
        word = read_word(
            Verdict(row.verdict), row.key_a, row.key_b, by=row.said_by, on=row.said_on,
            reason=row.reason,
        )  # fmt: skip
        if word is not None:
            found[row.key_a, row.key_b] = word
    return found


_KINDS: Mapping[Verdict, Callable[..., Confirmation]] = {
    Verdict.SAME: ConfirmedSame,
    Verdict.DIFFERENT: ConfirmedDifferent,
    Verdict.ONE_LANDLORD: ConfirmedOneLandlord,
}


_REACHED = sa.select(
    sa.func.unnest(sa.bindparam("keys", type_=sa.ARRAY(sa.Text))).label("key")
).cte("reached", recursive=True)
_HELD_AGAINST = _REACHED.union(
    sa.select(
        sa.case(
            (OwnerConfirmation.key_a == _REACHED.c.key, OwnerConfirmation.key_b),
            else_=OwnerConfirmation.key_a,
        )
    ).where(
        sa.or_(OwnerConfirmation.key_a == _REACHED.c.key, OwnerConfirmation.key_b == _REACHED.c.key)
    )
)
"""Every key that a chain of confirmations of any kind leads to, whichever way each is written."""
_EVERY = (
    sa.select(OwnerConfirmation.__table__)
    .ext(distinct_on(OwnerConfirmation.key_a, OwnerConfirmation.key_b))
    .order_by(OwnerConfirmation.key_a, OwnerConfirmation.key_b, OwnerConfirmation.id.desc())
)
"""The latest word on each two owners."""
_WORD = _EVERY.subquery("word")
_LATEST = _EVERY.where(OwnerConfirmation.key_a.in_(sa.select(_HELD_AGAINST.c.key)))

"""Make one thing of a form, such as a complaint or a case, however often it is sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Moment
from cases.errors import CaseError
from cases.models import IntakeKey

SHORTEST, LONGEST = 16, 64


class UnusableKeyError(CaseError, ValueError):
    """A form carries no key by which it could be known when it is sent again."""


class Made(StrEnum):
    """What a form makes, by the column that keeps which it was."""

    COMPLAINT = "complaint_id"
    CASE = "case_id"


@dataclass(frozen=True, slots=True)
class Once:
    """What came of a form.

    Attributes
    ----------
    id
        The identity of the complaint or the case.
    again
        It was made before, and nothing was made now.
    """

    id: int
    again: bool


def once(
    connection: sa.Connection,
    make: Callable[[], int],
    *,
    what: Made,
    key: str,
    moment: Moment,
) -> Once:
    """Make something unless it was made by this key before, by this sender or in this moment.

    Parameters
    ----------
    key
        As the form's page was given it: `SHORTEST` to `LONGEST` characters that nobody guesses.

    Raises
    ------
    UnusableKeyError
        The key is none, or something else was made by it.
    """
    if not SHORTEST <= len(key.strip()) <= LONGEST:
        msg = "This page lost its key: reload it and send it again."
        raise UnusableKeyError(msg)
    if (before := _before(connection, key, what)) is not None:
        return Once(before, again=True)
    trial = connection.begin_nested()
    made = make()
    kept = insert(IntakeKey).values(
        {"key": key, what.value: made, "kept_at": moment.now}
    )  # whoever sent the same in this moment is waited for here
    if connection.execute(kept.on_conflict_do_nothing().returning(IntakeKey.key)).first():
        trial.commit()
        return Once(made, again=False)
    trial.rollback()
    before = _before(connection, key, what)
    assert before is not None  # noqa: S101 - it was in the way
    return Once(before, again=True)


def made_before(
    connection: sa.Connection, table: Any, form_key: UUID, *, said: Mapping[str, Any]
) -> int | None:
    """Return which row of a table a form has made; None where it has made none yet.

    Whoever sends the same in this moment waits here until the transaction ends.

    Parameters
    ----------
    table
        One whose rows have an ``id`` and a unique ``form_key``.
    said
        What the form says, by the columns that keep it.

    Raises
    ------
    UnusableKeyError
        The form was sent before, and said something else.
    """
    lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(str(form_key), 0))
    connection.execute(sa.select(lock))
    found = connection.execute(sa.select(table.__table__).where(table.form_key == form_key)).first()
    if found is None:
        return None
    if any(getattr(found, name) != value for name, value in said.items()):
        msg = "This form was sent before, and that is on record. Open it anew for another."
        raise UnusableKeyError(msg)
    return int(found.id)


def keep_noted(
    connection: sa.Connection, table: Any, form_key: UUID, *, by: str, moment: Moment, **values: Any
) -> int:
    """Keep what a form says as a new row that somebody noted; gives its identity.

    Parameters
    ----------
    table
        As for `made_before`, which was asked first.
    """
    noted = {"form_key": form_key, "noted_at": moment.now, "noted_by": by}
    kept = sa.insert(table).values({**noted, **values}).returning(table.id)
    return int(connection.execute(kept).scalar_one())


def _before(connection: sa.Connection, key: str, what: Made) -> int | None:
    query = sa.select(IntakeKey.complaint_id, IntakeKey.case_id).where(IntakeKey.key == key)
    found = connection.execute(query).first()
    if found is None:
        return None
    made: int | None = getattr(found, what)
    if made is None:
        msg = "This page's key was used for something else: reload it and send it again."
        raise UnusableKeyError(msg)
    return made

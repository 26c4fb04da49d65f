"""Keep the questions somebody asks of the lists again and again, for one or for the office."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.errors import CaseError
from cases.models import SavedList, Staff
from cases.wording import tidy
from cases.workflow.roles import Role

LONGEST = 80


class UnnamedListError(CaseError, ValueError):
    """A list is to be kept without a name, or under one that is too long."""


def save(connection: sa.Connection, staff_id: int, *, name: str, query: str, now: datetime) -> None:
    """Keep a question under a name; the same name again takes its place.

    Parameters
    ----------
    query
        As the address carries it, without the question mark.

    Raises
    ------
    UnnamedListError
        The name is empty or too long.
    """
    said = tidy(name)
    if said is None or len(said) > LONGEST:
        msg = f"Give the list a name of 1 to {LONGEST} characters."
        raise UnnamedListError(msg)
    values = {"staff_id": staff_id, "name": said, "query": query, "saved_at": now}
    kept = insert(SavedList).values(**values)
    again = {"query": kept.excluded.query, "saved_at": kept.excluded.saved_at}
    connection.execute(kept.on_conflict_do_update(constraint="saved_list_once", set_=again))


def forget(connection: sa.Connection, staff_id: int, *, saved_id: int) -> None:
    """Keep one of somebody's questions no longer."""
    mine = sa.delete(SavedList).where(SavedList.id == saved_id, SavedList.staff_id == staff_id)
    connection.execute(mine)


def share(connection: sa.Connection, staff_id: int, *, saved_id: int) -> None:
    """Show one of somebody's questions to the whole office."""
    mine = sa.update(SavedList).where(SavedList.id == saved_id, SavedList.staff_id == staff_id)
    connection.execute(mine.values(shared=True))


def unshare(connection: sa.Connection, staff_id: int, *, saved_id: int, role: Role) -> None:
    """Show a question to the office no longer: its owner may say so, and a manager."""
    query = sa.update(SavedList).where(SavedList.id == saved_id)
    if role is not Role.MANAGER:
        query = query.where(SavedList.staff_id == staff_id)
    connection.execute(query.values(shared=False))


def shared_with(staff_id: int) -> sa.Select[Any]:
    """Select what others share with somebody: ``id``, ``name``, ``query`` and ``owner``."""
    columns: tuple[Any, ...] = (
        SavedList.id, SavedList.name, SavedList.query, Staff.name.label("owner"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Staff, Staff.id == SavedList.staff_id)
        .where(SavedList.shared, SavedList.staff_id != staff_id)
        .order_by(SavedList.name, SavedList.id)
    )


def saved_by(staff_id: int) -> sa.Select[Any]:
    """Select somebody's questions by name: ``id``, ``name``, ``query``, ``shared``."""
    columns: tuple[Any, ...] = (
        SavedList.id, SavedList.name, SavedList.query, SavedList.shared,
    )  # fmt: skip
    return sa.select(*columns).where(SavedList.staff_id == staff_id).order_by(SavedList.name)

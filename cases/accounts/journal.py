"""Write what happens to accounts in their own append-only record."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from cases.models import AccountEvent


def write(
    connection: sa.Connection,
    kind: str,
    *,
    staff_id: int | None,
    actor: str,
    now: datetime,
    **details: Any,
) -> None:
    """Append one event.

    Parameters
    ----------
    kind
        One of those the database knows: ``signed_in``.
    staff_id
        Whose account; None where a try named none there is.
    actor
        Who did it.
    """
    connection.execute(
        sa.insert(AccountEvent).values(
            kind=kind, staff_id=staff_id, actor=actor, happened_at=now, details=details
        )
    )


def events_of(staff_id: int) -> sa.Select[Any]:
    """Return the events of one account, the latest first."""
    return (
        sa.select(AccountEvent.kind, AccountEvent.actor, AccountEvent.happened_at,
                  AccountEvent.details)
        .where(AccountEvent.staff_id == staff_id)
        .order_by(AccountEvent.id.desc())
    )  # fmt: skip

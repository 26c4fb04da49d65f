"""Hold what the ledger has charged for one thing at what that thing has come to by a day."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.ledger.accounts import Component
from cases.ledger.charging import charge, lower
from cases.ledger.queries import CHARGES
from cases.models import LedgerPosting
from geo.compiled import Compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A penalty that adds up: an order's fine, or a citation's further days.

    Parameters
    ----------
    key
        How the keys of its postings begin: "order:7".
    reference
        By what it is owed, as a clerk would cite it: "Order ORD-2026-00001".
    """

    case_id: int
    key: str
    reference: str


def tallied(connection: sa.Connection, tally: Tally) -> int:
    """Return the cents that the ledger holds of it: charged, less what was lowered."""
    return int(_TALLIED.first(connection, **_own(tally)).cents)


def tallies_of(case_id: int) -> sa.Select[Any]:
    """Select what the ledger holds of each tally of a case: ``key`` of the tally, ``cents``."""
    key = sa.func.substring(LedgerPosting.key, f"^(.*):{_OWN_ENDS}").label("key")
    return (
        sa.select(key, _HELD.label("cents"))
        .where(LedgerPosting.case_id == case_id, key.is_not(None))
        .group_by(key)
    )


def bring_to(
    connection: sa.Connection,
    tally: Tally,
    cents: int,
    *,
    memo: str = "",
    lowered_by: str | None = None,
    reason: str | None = None,
    actor: Actor,
    moment: Moment,
) -> None:
    """Charge what it has come to beyond what is charged, or give up what was charged beyond it.

    Parameters
    ----------
    memo
        What a charge is for, beyond the reference.
    lowered_by, reason
        Whatever may have made it less, and why.
    """
    before = tallied(connection, tally)
    common: dict[str, Any] = {
        "case_id": tally.case_id, "component": Component.PENALTY, "actor": actor.name,
        "on": moment.on, "now": moment.now,
    }  # fmt: skip
    if cents > before:
        charge(
            connection, cents=cents - before, authority=tally.reference, memo=memo,
            key=_key(connection, tally, "accrued", moment), **common,
        )  # fmt: skip
    elif cents < before:
        lower(
            connection, cents=before - cents, authority=lowered_by or tally.reference,
            reason=reason or "The fine is less than was charged",
            key=_key(connection, tally, "lowered", moment), **common,
        )  # fmt: skip


def _own(tally: Tally) -> dict[str, Any]:
    """Say which postings are its own; those they brought with them have a slash in their key."""
    return {"case_id": tally.case_id, "pattern": f"^{tally.key}:{_OWN_ENDS}"}


_OWN_ENDS = "(accrued|lowered):[^/]*$"
"""How the key of a tally's own posting ends, behind that of the tally."""
_CHARGED = sa.case((CHARGES, LedgerPosting.cents), else_=-LedgerPosting.cents)
_HELD = sa.cast(sa.func.coalesce(sa.func.sum(_CHARGED), 0), sa.BigInteger)
_OWN = sa.and_(
    LedgerPosting.case_id == sa.bindparam("case_id"),
    LedgerPosting.key.regexp_match(sa.bindparam("pattern")),
)
_TALLIED = Compiled(sa.select(_HELD.label("cents")).where(_OWN))
_OF_DAY = Compiled(
    sa.select(sa.func.count().label("postings")).where(
        _OWN, LedgerPosting.effective_on == sa.bindparam("day")
    )
)


def _key(connection: sa.Connection, tally: Tally, word: str, moment: Moment) -> str:
    """Name a posting by its thing and day; the second of one day gets a number behind it."""
    before = _OF_DAY.first(connection, **_own(tally), day=moment.on).postings
    name = f"{tally.key}:{word}:{moment.on}"
    return f"{name}:{before + 1}" if before else name

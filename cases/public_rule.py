"""Keep what the town's settings say of closed cases and hidden kinds where the views read it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import sqlalchemy as sa

from cases.lawpack.reading import parse_pack
from cases.lawpack.schema import LawPack
from cases.models import Case, PublicRule

CLOSED_DAYS = 365
"""How long a closed case is told of unless the town says otherwise."""
LONGEST = 36_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What the public is told of cases that ended, and of which kinds it is told nothing.

    Parameters
    ----------
    closed_days
        How many days after it was closed a case is still told of.
    hidden_kinds
        Kinds of cases, in small letters.
    """

    closed_days: int = CLOSED_DAYS
    hidden_kinds: tuple[str, ...] = ()


def keep(connection: sa.Connection, rule: Rule) -> bool:
    """Write what the settings say, if anything else was written; tells whether it was."""
    said = {"closed_days": rule.closed_days, "hidden_kinds": list(rule.hidden_kinds)}
    differs = sa.or_(*(getattr(PublicRule, name) != value for name, value in said.items()))
    if connection.scalar(sa.select(PublicRule.id).where(differs)) is None:
        return False  # an update of no row would still wake the triggers
    return bool(connection.execute(sa.update(PublicRule).where(differs).values(said)).rowcount)


def told(connection: sa.Connection) -> Rule:
    """Return what the public may know of the rule, which is all of it."""
    row = connection.execute(sa.select(_TOLD)).one()
    return Rule(closed_days=row.closed_days, hidden_kinds=tuple(row.hidden_kinds))


def law_told(connection: sa.Connection, *, on: date) -> LawPack | None:
    """Return the law in force as the public reads it; None in a town that has adopted none."""
    latest = (
        sa.select(_LAW.c.content)
        .where(_LAW.c.adopted_on <= on)
        .order_by(_LAW.c.adopted_on.desc(), _LAW.c.id.desc())
        .limit(1)
    )
    text = connection.scalar(latest)
    return _parsed(text) if text else None


@lru_cache(maxsize=4)
def _parsed(text: str) -> LawPack:
    return parse_pack(text, name="the law in force")


_TOLD = sa.table(
    "public_rule", sa.column("closed_days"), sa.column("hidden_kinds"), schema="published"
)
_LAW = sa.table(
    "adopted_law", sa.column("id"), sa.column("adopted_on"), sa.column("content"),
    schema="published",
)  # fmt: skip


def unknown_kinds(connection: sa.Connection, rule: Rule) -> list[str]:
    """Return the hidden kinds that no case here is of: one may be misspelt, and hide nothing."""
    lower = sa.func.lower(Case.category)
    known = connection.scalars(sa.select(lower).where(lower.in_(rule.hidden_kinds)).distinct())
    return sorted(set(rule.hidden_kinds) - set(known))

"""Keep what the town's settings say of closed cases and hidden kinds where the views read it."""

from dataclasses import dataclass

import sqlalchemy as sa

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
    return bool(connection.execute(sa.update(PublicRule).where(differs).values(said)).rowcount)


def unknown_kinds(connection: sa.Connection, rule: Rule) -> list[str]:
    """Return the hidden kinds that no case here is of: one may be misspelt, and hide nothing."""
    lower = sa.func.lower(Case.category)
    known = connection.scalars(sa.select(lower).where(lower.in_(rule.hidden_kinds)).distinct())
    return sorted(set(rule.hidden_kinds) - set(known))

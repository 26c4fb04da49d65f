"""Check the ledger: every balance kept is what its entries come to, every posting balances."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from cases.ledger.accounts import Account
from cases.ledger.queries import Rows
from cases.models import Case, LedgerBalance, LedgerEntry, LedgerPosting
from cases.money import write_cents

_KEPT = (Account.RECEIVABLE, Account.UNAPPLIED_CREDIT)


def unequal(connection: sa.Connection) -> Iterator[str]:
    """Tell, in a sentence each, which balance or posting is not what its entries come to.

    The database refuses all of it as it is written; this finds what was changed past its guards.
    """
    for row in connection.execute(_unbalanced()):
        yield (
            f"Posting {row.id} says {write_cents(row.cents)}, but its debits are "
            f"{write_cents(row.debits)} and its credits {write_cents(row.credits)}."
        )
    for row in connection.execute(_unequal()):
        what = row.account.replace("_", " ") + (f" of {row.component}" if row.component else "")
        yield (
            f"Case {row.number}: its {what} is kept as {write_cents(row.kept)}, but its entries "
            f"come to {write_cents(row.told)}."
        )


def _sum(cents: sa.ColumnElement[Any] | Any) -> sa.ColumnElement[int]:
    return sa.cast(sa.func.coalesce(sa.func.sum(cents), 0), sa.BigInteger)


def _unbalanced() -> Rows:
    debits = _sum(sa.func.greatest(LedgerEntry.cents, 0))
    credited = _sum(sa.func.greatest(-LedgerEntry.cents, 0))
    return (
        sa.select(
            LedgerPosting.id,
            LedgerPosting.cents,
            debits.label("debits"),
            credited.label("credits"),
        )
        .outerjoin(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .group_by(LedgerPosting.id)
        .having(sa.or_(debits != LedgerPosting.cents, credited != LedgerPosting.cents))
        .order_by(LedgerPosting.id)
    )


def _unequal() -> Rows:
    told = (
        sa.select(
            LedgerPosting.case_id,
            LedgerEntry.account,
            LedgerEntry.component,
            _sum(LedgerEntry.cents).label("cents"),
        )
        .join(LedgerPosting, LedgerEntry.posting_id == LedgerPosting.id)
        .where(LedgerEntry.account.in_(_KEPT))
        .group_by(LedgerPosting.case_id, LedgerEntry.account, LedgerEntry.component)
        .subquery()
    )
    kept = LedgerBalance.__table__
    same = sa.and_(
        told.c.case_id == kept.c.case_id,
        told.c.account == kept.c.account,
        sa.func.coalesce(told.c.component, "") == sa.func.coalesce(kept.c.component, ""),
    )
    come_to, stands = (sa.func.coalesce(side.c.cents, 0) for side in (told, kept))
    either = sa.func.coalesce(told.c.case_id, kept.c.case_id)
    return (
        sa.select(
            Case.number,
            sa.func.coalesce(told.c.account, kept.c.account).label("account"),
            sa.func.coalesce(told.c.component, kept.c.component).label("component"),
            stands.label("kept"),
            come_to.label("told"),
        )
        .select_from(told.join(kept, same, full=True).join(Case.__table__, Case.id == either))
        .where(come_to != stands)
        .order_by(Case.number, sa.literal_column("account"), sa.literal_column("component"))
    )

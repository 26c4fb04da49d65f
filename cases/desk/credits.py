"""Ask which cases hold more money than they owe, and since when."""

from typing import Any

import sqlalchemy as sa

from cases.ledger.accounts import Account, Kind
from cases.models import Case, LedgerBalance, LedgerPosting


def cases_in_credit(*, most: int) -> sa.Select[Any]:
    """Select the cases with money that covers nothing, the largest sum first.

    Columns: ``number``, ``cents`` in credit, ``paid_on``, the day of its last payment.
    """
    at = LedgerBalance
    last = (
        sa.select(sa.func.max(LedgerPosting.effective_on))
        .where(LedgerPosting.case_id == at.case_id, LedgerPosting.kind == Kind.PAID)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (Case.number, (-at.cents).label("cents"), last.label("paid_on"))
    return (
        sa.select(*columns)
        .join(Case, Case.id == at.case_id)
        .where(at.account == Account.UNAPPLIED_CREDIT, at.cents < 0)
        .order_by(at.cents, Case.id)
        .limit(most)
    )

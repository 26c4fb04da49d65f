"""Ask the ledger: what is owed, how it came to that, and the books of a day."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select

from cases.ledger.accounts import Account, Component, Kind, Side
from cases.models import Case, DepositReceipt, LedgerEntry, LedgerPosting
from geo.layers import Town

type Rows = Select[*tuple[Any, ...]]
type Of = int | sa.BindParameter[int]
"""Whose books: a case, or whichever is named when they are asked."""

_ZONE = sa.select(Town.timezone).scalar_subquery()
# Not as a list, for statements that are compiled once hold none.
CHARGES, WAIVERS = (
    sa.or_(LedgerPosting.kind == here, LedgerPosting.kind == moved_in)
    for here, moved_in in (
        (Kind.CHARGED, Kind.CHARGE_MOVED_IN),
        (Kind.WAIVED, Kind.WAIVER_MOVED_IN),
    )
)
"""What made a debt, and what gave some of it up: here, or in the system the town came from."""
POSTED_ON = sa.func.timezone(_ZONE, LedgerPosting.posted_at).cast(sa.Date)
"""The town's day on which something was posted: of the day's books and the day's deposits."""


def balance(case_id: Of, *, on: date | None = None) -> Select[str | None, int]:
    """Select what a case owes: ``component``, ``cents``, for each component that ever owed.

    Parameters
    ----------
    on
        At the end of this day of the town, by the dates postings took effect; None for now.
    """
    query = _moved(case_id, on=on).where(LedgerEntry.account == Account.RECEIVABLE)
    return (
        query.with_only_columns(LedgerEntry.component, _cents(LedgerEntry.cents).label("cents"))
        .group_by(LedgerEntry.component)
        .order_by(LedgerEntry.component)
    )


def made_of(case_id: Of) -> Rows:
    """Select what a case's debts were made of: ``component``, ``side``, ``authority``, ``cents``.

    Charges stand by the authority they were charged by; payments and what was given up stand
    once a component, without one, for money covers a component and no charge.
    """
    side = sa.case(
        (CHARGES, Side.CHARGED.value), (WAIVERS, Side.WAIVED.value),
        else_=Side.PAID.value,
    ).label("side")  # fmt: skip
    authority = sa.case((CHARGES, LedgerPosting.reference)).label("authority")
    cents = _cents(LedgerEntry.cents)
    made = (
        _moved(case_id, on=None)
        .where(LedgerEntry.account == Account.RECEIVABLE)
        .with_only_columns(
            LedgerEntry.component, side, authority, cents.label("cents"),
            sa.func.min(LedgerPosting.id).label("first"),
        )
        .group_by(LedgerEntry.component, sa.literal_column("side"), sa.literal_column("authority"))
        .having(cents != 0)
    ).subquery()  # fmt: skip
    return sa.select(made.c.component, made.c.side, made.c.authority, made.c.cents).order_by(
        made.c.first
    )


def credit(case_id: Of, *, on: date | None = None) -> Select[int]:
    """Select one number: the cents a case has in unapplied credit, at the end of a day or now."""
    query = _moved(case_id, on=on).where(LedgerEntry.account == Account.UNAPPLIED_CREDIT)
    return query.with_only_columns((-_cents(LedgerEntry.cents)).label("cents"))


def statement(case_id: int, *, on: date | None = None) -> Rows:
    """Select a case's postings in order, each with what it did and what stood after it.

    Columns: ``id``, ``effective_on``, ``kind``, ``cents``, ``method``, ``reference``, ``memo``,
    ``actor``, ``reverses``; the cents it added to each component (negative: took off); ``balance``
    and ``credit``, the cents owed in all and in unapplied credit after it; ``deposit_id``, of the
    deposit it went to the bank with.
    """
    owed = LedgerEntry.account == Account.RECEIVABLE
    in_credit = -_cents(LedgerEntry.cents, LedgerEntry.account == Account.UNAPPLIED_CREDIT)
    return (
        _moved(case_id, on=on)
        .with_only_columns(
            *_HEAD,
            *(
                _cents(LedgerEntry.cents, owed, LedgerEntry.component == part).label(part)
                for part in Component
            ),
            _running(_cents(LedgerEntry.cents, owed)).label("balance"),
            _running(in_credit).label("credit"),
            sa.select(DepositReceipt.deposit_id)
            .where(DepositReceipt.posting_id == LedgerPosting.id)
            .scalar_subquery()
            .label("deposit_id"),
        )
        .group_by(LedgerPosting.id)
        .order_by(LedgerPosting.id)
    )


def general_ledger(*, first: date, last: date) -> Rows:
    """Select the books of some days: ``account``, ``component``, ``debits``, ``credits``, in cents.

    Both columns have the same sum. A day's books hold what was posted on it by the town's clock,
    so that they never change once the day is over, whatever date a later posting takes effect on.
    """
    debits = _cents(LedgerEntry.cents, LedgerEntry.cents > 0)
    credited = -_cents(LedgerEntry.cents, LedgerEntry.cents < 0)
    return (
        sa.select(
            LedgerEntry.account,
            LedgerEntry.component,
            debits.label("debits"),
            credited.label("credits"),
        )
        .join(LedgerPosting)
        .where(posted_within(first, last))
        .group_by(LedgerEntry.account, LedgerEntry.component)
        .order_by(LedgerEntry.account, LedgerEntry.component)
    )


def journal(*, first: date, last: date) -> Rows:
    """Select the entries of some days by the town's clock, each with its posting, in order.

    Columns: ``id`` of the posting, ``posted_on``, ``effective_on``, ``case_number``, ``kind``,
    ``account``, ``component``, ``debit`` and ``credit`` in cents, one of them zero, ``method``,
    ``reference``, ``memo``, ``actor``, ``reverses``. As in `general_ledger` a day that is over
    never changes, and both columns have the same sum.
    """
    return (
        sa.select(
            LedgerPosting.id,
            POSTED_ON.label("posted_on"),
            LedgerPosting.effective_on,
            Case.number.label("case_number"),
            LedgerPosting.kind,
            LedgerEntry.account,
            LedgerEntry.component,
            sa.func.greatest(LedgerEntry.cents, 0).label("debit"),
            sa.func.greatest(-LedgerEntry.cents, 0).label("credit"),
            LedgerPosting.method,
            LedgerPosting.reference,
            LedgerPosting.memo,
            LedgerPosting.actor,
            LedgerPosting.reverses,
        )
        .join(LedgerPosting, LedgerEntry.posting_id == LedgerPosting.id)
        .join(Case, Case.id == LedgerPosting.case_id)
        .where(posted_within(first, last))
        .order_by(LedgerPosting.id, LedgerEntry.id)
    )


def deposits(*, first: date, last: date) -> Rows:
    """Select the money of some days for the bank: a row a day and way of paying.

    Columns: ``day``, ``method``, ``payments``, ``received``, ``returns``, ``returned``, ``voids``,
    ``voided`` (how many, and cents). What banks sent back, and the receipts voided, stand by
    themselves; ``received`` less both, over all rows, is what `general_ledger` says of cash for
    those days.
    """
    day = POSTED_ON.label("day")
    paid = LedgerPosting.kind == Kind.PAID
    returned = LedgerPosting.kind == Kind.PAYMENT_RETURNED
    voided = LedgerPosting.kind == Kind.PAYMENT_VOIDED
    return (
        sa.select(
            day,
            LedgerPosting.method,
            sa.func.count().filter(paid).label("payments"),
            _cents(LedgerPosting.cents, paid).label("received"),
            sa.func.count().filter(returned).label("returns"),
            _cents(LedgerPosting.cents, returned).label("returned"),
            sa.func.count().filter(voided).label("voids"),
            _cents(LedgerPosting.cents, voided).label("voided"),
        )
        .where(sa.or_(paid, returned, voided))
        .where(posted_within(first, last))
        .group_by(day, LedgerPosting.method)
        .order_by(day, LedgerPosting.method)
    )


_HEAD = (
    LedgerPosting.id,
    LedgerPosting.effective_on,
    LedgerPosting.kind,
    LedgerPosting.cents,
    LedgerPosting.method,
    LedgerPosting.reference,
    LedgerPosting.memo,
    LedgerPosting.payer,
    LedgerPosting.actor,
    LedgerPosting.reverses,
)


def _moved(case_id: Of, *, on: date | None) -> Select[Any]:
    query = sa.select(LedgerEntry).join(LedgerPosting).where(LedgerPosting.case_id == case_id)
    return query if on is None else query.where(LedgerPosting.effective_on <= on)


def _cents(
    column: sa.ColumnElement[int] | Any, *only: sa.ColumnElement[bool]
) -> sa.ColumnElement[int]:
    """Sum cents as a whole number; PostgreSQL's own sum of bigint is a numeric."""
    total = sa.func.sum(column)
    kept = total.filter(*only) if only else total
    return sa.cast(sa.func.coalesce(kept, 0), sa.BigInteger)


def _running(cents: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """Sum cents over the postings so far; ids follow dates within a case."""
    return sa.cast(sa.func.sum(cents).over(order_by=LedgerPosting.id), sa.BigInteger)


def posted_within(first: date, last: date) -> sa.ColumnElement[bool]:
    """Say that something was posted on some days by the town's clock, in the words of an index."""
    begin, end = (
        sa.func.timezone(_ZONE, sa.cast(day, sa.DateTime(timezone=False)))
        for day in (first, last + timedelta(days=1))
    )
    return sa.and_(LedgerPosting.posted_at >= begin, LedgerPosting.posted_at < end)

"""Read back what was posted, for the commands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.ledger import queries
from cases.ledger.accounts import Account, Component, Kind, Part, Side
from cases.ledger.lines import Line, Lines
from cases.models import LedgerEntry, LedgerPosting
from geo.compiled import Compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A deed as it stands in the ledger, the same for everyone who asked for it."""

    id: int
    case_id: int
    kind: Kind
    cents: int
    on: date
    lines: Lines


def made_of(connection: sa.Connection, case_id: int) -> list[Part]:
    """Return what a case's debts are made of, in the order it came about: they sum to `owed`."""
    rows = _MADE_OF.all(connection, case_id=case_id)
    return [
        Part(Component(row.component), Side(row.side), row.authority, row.cents) for row in rows
    ]


def owed(connection: sa.Connection, case_id: int) -> dict[Component, int]:
    """Return the cents a case owes now, by component."""
    rows = _OWED.all(connection, case_id=case_id)
    return {Component(row.component): row.cents for row in rows}


def in_credit(connection: sa.Connection, case_id: int) -> int:
    """Return the cents a case has in unapplied credit now."""
    return int(_IN_CREDIT.first(connection, case_id=case_id).cents)


_MADE_OF = Compiled(queries.made_of(sa.bindparam("case_id")))
_OWED = Compiled(queries.balance(sa.bindparam("case_id")))
_IN_CREDIT = Compiled(queries.credit(sa.bindparam("case_id")))


def paid_on(connection: sa.Connection, case_id: int, component: Component) -> int:
    """Return the cents of money that cover a component, less what was made credit again since.

    Below zero where a payment came back after some of it had been made credit.
    """
    covered = sa.and_(LedgerPosting.kind.in_(_BY_MONEY), LedgerEntry.account == Account.RECEIVABLE)
    made_credit = sa.and_(
        LedgerPosting.kind == Kind.WAIVED,
        LedgerEntry.account.in_([Account.RECEIVABLE, Account.WAIVERS]),
    )
    total = sa.cast(sa.func.coalesce(sa.func.sum(-LedgerEntry.cents), 0), sa.BigInteger)
    query = (
        sa.select(total.label("cents"))
        .join(LedgerPosting, LedgerEntry.posting_id == LedgerPosting.id)
        .where(LedgerPosting.case_id == case_id, LedgerEntry.component == component)
        .where(sa.or_(covered, made_credit))
    )
    return connection.scalars(query).one()


_BY_MONEY = (
    Kind.PAID, Kind.PAYMENT_RETURNED, Kind.PAYMENT_VOIDED, Kind.CREDIT_APPLIED,
    Kind.CREDIT_TAKEN_BACK, Kind.PAYMENT_MOVED_IN,
)  # fmt: skip


def waived_by(connection: sa.Connection, case_id: int, *, authority: str) -> int:
    """Return the cents an authority has waived on a case."""
    total = sa.cast(sa.func.coalesce(sa.func.sum(LedgerPosting.cents), 0), sa.BigInteger)
    query = sa.select(total.label("cents")).where(
        LedgerPosting.case_id == case_id,
        LedgerPosting.kind == Kind.WAIVED,
        LedgerPosting.reference == authority,
    )
    return connection.scalars(query).one()


def is_posted(connection: sa.Connection, case_id: int, *, key: str) -> bool:
    """Tell whether a deed with a key is in a case's ledger."""
    query = sa.select(LedgerPosting.id)
    query = query.where(LedgerPosting.case_id == case_id, LedgerPosting.key == key)
    return connection.scalar(query) is not None


def postings(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Posting]:
    """Return some postings with their lines, the latest first."""
    query = (
        sa.select(LedgerPosting.__table__, *_LINE)
        .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .where(*where)
        .order_by(LedgerPosting.id.desc(), LedgerEntry.id)
    )
    found: dict[int, list[sa.Row[Any]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.id, []).append(row)
    return [_read(rows) for rows in found.values()]


_LINE = (LedgerEntry.account, LedgerEntry.component, LedgerEntry.cents.label("line_cents"))


def _read(rows: list[sa.Row[Any]]) -> Posting:
    head = rows[0]
    lines = tuple(
        Line(
            Account(row.account),
            Component(row.component) if row.component else None,
            row.line_cents,
        )
        for row in rows
    )
    return Posting(
        id=head.id,
        case_id=head.case_id,
        kind=Kind(head.kind),
        cents=head.cents,
        on=head.effective_on,
        lines=lines,
    )

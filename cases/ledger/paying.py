"""Take a payment in, and use or give back what was paid beyond what was owed."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from cases.ledger import limits, lines
from cases.ledger.accounts import Kind
from cases.ledger.allocation import require_whole_order
from cases.ledger.posting import post, posted_before
from cases.ledger.reading import Posting, in_credit, owed
from cases.ledger.slips import Slip, given, method_of, positive


def pay(
    connection: sa.Connection,
    *,
    case_id: int,
    cents: int,
    method: str,
    order: Sequence[str],
    reference: str = "",
    payer: str | None = None,
    memo: str = "",
    actor: str,
    key: str,
    on: date,
    now: datetime,
) -> Posting:
    """Take a payment in: it covers what is owed, and what is left becomes unapplied credit.

    Parameters
    ----------
    method
        One of `Method`.
    order
        Every component once, as the law pack orders them; see `allocate`.
    reference
        The number of the cheque or the receipt.
    payer
        Who paid, as the receipt names them; None where nobody knows.

    Raises
    ------
    MethodError, OrderError
    """
    positive(cents)
    way, turns = method_of(method), require_whole_order(order)
    asked = {"cents": cents, "method": way, "order": list(turns), "reference": reference}
    asked["memo"] = memo
    if payer is not None:
        payer = asked["payer"] = given(payer, what="name of whoever paid")
    slip = Slip(case_id=case_id, kind=Kind.PAID, key=key, actor=actor, on=on, now=now, asked=asked)
    if (first := posted_before(connection, slip)) is not None:
        return first
    written = lines.paid(owed(connection, case_id), cents, turns)
    return post(
        connection, slip, written, method=way, reference=reference or None, payer=payer,
        memo=memo or None,
    )  # fmt: skip


def apply_credit(
    connection: sa.Connection,
    *,
    case_id: int,
    cents: int,
    order: Sequence[str],
    actor: str,
    key: str,
    on: date,
    now: datetime,
) -> Posting:
    """Cover some of what is owed out of unapplied credit.

    Raises
    ------
    OrderError
        When the order does not name every component once.
    OverCreditError
        When the case has less in credit.
    OverBalanceError
        When less is owed.
    """
    positive(cents)
    turns = require_whole_order(order)
    asked = {"cents": cents, "order": list(turns)}
    slip = Slip(
        case_id=case_id, kind=Kind.CREDIT_APPLIED, key=key, actor=actor, on=on, now=now, asked=asked
    )
    if (first := posted_before(connection, slip)) is not None:
        return first
    limits.require_credit(in_credit(connection, case_id), cents, use="applied")
    written = lines.credit_applied(owed(connection, case_id), cents, turns)
    return post(connection, slip, written)


def refund(
    connection: sa.Connection,
    *,
    case_id: int,
    cents: int,
    payee: str,
    reason: str,
    actor: str,
    key: str,
    on: date,
    now: datetime,
) -> Posting:
    """Give unapplied credit back: it becomes payable to the payee, for the treasury to pay.

    Raises
    ------
    OverCreditError
        When the case has less in credit.
    """
    positive(cents)
    to, why = given(payee, what="payee"), given(reason, what="reason of the refund")
    asked = {"cents": cents, "payee": to, "reason": why}
    slip = Slip(
        case_id=case_id, kind=Kind.REFUNDED, key=key, actor=actor, on=on, now=now, asked=asked
    )
    if (first := posted_before(connection, slip)) is not None:
        return first
    limits.require_credit(in_credit(connection, case_id), cents, use="refunded")
    return post(connection, slip, lines.refunded(cents), reference=to, memo=why)

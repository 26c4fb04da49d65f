"""Ask what pays a case or a lien off by a day; nothing is charged by the asking."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.accruing import certified_orders, imposed
from cases.blocking import is_blocked, open_blocks
from cases.errors import CaseError
from cases.exposure import open_liens
from cases.ledger.reading import in_credit, made_of
from cases.liens import LienError
from cases.models import Case, Lien
from cases.ordered import fine_of
from cases.payoff import CertifiedFine, Payoff, RecordedLien, draw_up


class BlockedError(CaseError):
    """A payoff is asked for a case whose debt may not be collected."""


class PastError(CaseError):
    """A payoff is asked for a day that is over."""


def payoff_of_case(
    connection: sa.Connection, case_id: int, *, good_through: date, today: date
) -> Payoff:
    """Return what pays a case off by a day: what the ledger owes once it is brought up to it.

    Raises
    ------
    BlockedError
        A bankruptcy, a stay or counsel bars collection.
    PastError
        The day is over.
    """
    if good_through < today:
        msg = f"A payoff good through {good_through} is over: it is {today}; give that or later."
        raise PastError(msg)
    _refuse_blocked(connection, case_id)
    orders = certified_orders(connection, case_id)
    fines = [
        CertifiedFine(
            reference=f"Order {order.number}",
            fine=fine_of(connection, order.id, as_of=good_through),
            charged_cents=imposed(connection, order),
        )
        for order in orders
    ]
    return draw_up(
        made_of(connection, case_id), fines,
        liens=list(_recorded(connection, case_id, orders, fines)),
        credit_cents=in_credit(connection, case_id), good_through=good_through,
    )  # fmt: skip


def payoff_of_lien(
    connection: sa.Connection, lien_id: int, *, good_through: date, today: date
) -> Payoff:
    """Return what pays off the case that a lien comes from, which frees the property.

    Raises
    ------
    LienError
        There is no such lien, or it came from a file, so that the ledger does not know it.
    BlockedError, PastError
        As `payoff_of_case` says.
    """
    query = sa.select(Lien.instrument_no, Lien.case_id, Lien.order_id).where(Lien.id == lien_id)
    found = connection.execute(query).first()
    if found is None:
        msg = f"There is no lien with the identity {lien_id}."
        raise LienError(msg)
    if found.case_id is None or found.order_id is None:
        msg = (
            f"Lien {found.instrument_no} came from a file, and the ledger does not know what is "
            "owed on it: ask the system it came from."
        )
        raise LienError(msg)
    return payoff_of_case(connection, found.case_id, good_through=good_through, today=today)


def _recorded(
    connection: sa.Connection,
    case_id: int,
    orders: Sequence[sa.Row[Any]],
    fines: Sequence[CertifiedFine],
) -> Iterator[RecordedLien]:
    """Yield the liens that bind for the certified orders of a case, in the order of recording."""
    of = {order.id: each for order, each in zip(orders, fines, strict=True)}
    liens = open_liens().where(Lien.case_id == case_id, Lien.order_id.in_(of))
    for lien in connection.execute(liens).all() if of else ():
        each = of[lien.order_id]
        before = fine_of(connection, lien.order_id, as_of=lien.recorded_on)
        yield RecordedLien(
            instrument_no=lien.instrument_no, authority=each.reference,
            recorded_on=lien.recorded_on, principal_cents=lien.amount_cents,
            since_cents=each.fine.total_cents - before.total_cents,
        )  # fmt: skip


def _refuse_blocked(connection: sa.Connection, case_id: int) -> None:
    if not is_blocked(connection, case_id):
        return
    number = connection.scalar(sa.select(Case.number).where(Case.id == case_id))
    papers = [row.reference for row in connection.execute(open_blocks(case_id))]
    by = f" ({', '.join(papers)})" if papers else ""
    msg = (
        f"Collection in case {number} is barred{by}: no payoff is given until that is lifted. "
        "Refer whoever asks to the town's counsel."
    )
    raise BlockedError(msg)

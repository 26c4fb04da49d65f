"""Ask what pays a case or a lien off by a day; nothing is charged by the asking."""

from datetime import date

import sqlalchemy as sa

from cases.accruing import certified_orders, imposed
from cases.blocking import is_blocked, open_blocks
from cases.errors import CaseError
from cases.ledger.reading import in_credit, owed
from cases.liens import LienError
from cases.models import Case, Lien
from cases.ordered import fine_of
from cases.payoff import CertifiedFine, Payoff, draw_up


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
    fines = [
        CertifiedFine(
            reference=f"Order {order.number}",
            fine=fine_of(connection, order.id, as_of=good_through),
            charged_cents=imposed(connection, order),
        )
        for order in certified_orders(connection, case_id)
    ]
    return draw_up(
        owed(connection, case_id), fines, credit_cents=in_credit(connection, case_id),
        good_through=good_through,
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

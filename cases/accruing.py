"""Bring the ledger to what an order has imposed by a day: its fine is computed, never added to."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import lock_case
from cases.ledger.accounts import Component
from cases.ledger.charging import charge, lower
from cases.ledger.reading import owed
from cases.models import EnforcementOrder
from cases.ordered import fine_of
from cases.rows import row_of
from cases.tallies import Tally, bring_to, tallied
from cases.workflow.order import OrderStatus
from geo.compiled import Compiled


def bring_up_to(
    connection: sa.Connection,
    order_id: int,
    *,
    lowered_by: str | None = None,
    reason: str | None = None,
    actor: Actor,
    moment: Moment,
) -> int:
    """Charge what a certified fine has come to by the day; gives the cents it stands at.

    What the ledger holds of an order, its charges less what was lowered, is from then on what the
    fine is at the end of the day: the difference is charged, or given up where the fine is less
    than was charged. An order that is not certified imposes nothing, a vacated one nothing more.

    Parameters
    ----------
    lowered_by, reason
        Whatever may have made the fine less, and why.
    """
    lock_case(connection, _order(connection, order_id).case_id)
    order = _order(connection, order_id)
    if order.certified_on is None:
        return 0
    stands = _stands_at(connection, order, on=moment.on)
    bring_to(
        connection, _tally(order), stands, memo=f"Fine to the end of {moment.on}",
        lowered_by=lowered_by, reason=reason, actor=actor, moment=moment,
    )  # fmt: skip
    return stands


def bring_case_up_to(
    connection: sa.Connection, case_id: int, *, actor: Actor, moment: Moment
) -> None:
    """Charge what every certified fine of a case has come to by the day."""
    for order in certified_orders(connection, case_id):
        bring_up_to(connection, order.id, actor=actor, moment=moment)


def give_up_days(
    connection: sa.Connection,
    violation_id: int,
    *,
    by: str,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Give up what was charged of the certified fines on a violation beyond what they are now.

    Days not charged yet stay so, since compliance may be found to be older still.
    """
    for order in _CERTIFIED_ON.all(connection, violation_id=violation_id):
        if _stands_at(connection, order, on=moment.on) < imposed(connection, order):
            bring_up_to(
                connection, order.id, lowered_by=by, reason=reason, actor=actor, moment=moment
            )


def uncharged(connection: sa.Connection, case_id: int, *, on: date) -> int:
    """Return the cents that bringing a case's certified fines up to a day would charge.

    Below zero where a day before the last one charged is asked about.
    """
    return sum(
        fine_of(connection, order.id, as_of=on).total_cents - imposed(connection, order)
        for order in certified_orders(connection, case_id)
    )


def is_paid(connection: sa.Connection, case_id: int, *, on: date) -> bool:
    """Tell whether a case owes nothing at all to the end of a day."""
    return not any(owed(connection, case_id).values()) and not uncharged(connection, case_id, on=on)


def certified_orders(connection: sa.Connection, case_id: int) -> list[sa.Row[Any]]:
    """Return the orders of a case whose fines are imposed and not yet satisfied."""
    return _CERTIFIED.all(connection, case_id=case_id)


def charge_costs(connection: sa.Connection, order_id: int, *, actor: Actor, moment: Moment) -> None:
    """Charge what an order sets as costs, which it does from its execution (s. 162.07(2))."""
    order = _order(connection, order_id)
    if order.costs_cents is not None:
        charge(
            connection, case_id=order.case_id, component=Component.COST, cents=order.costs_cents,
            authority=f"Order {order.number}", memo="Costs of prosecution", actor=actor.name,
            key=f"order:{order_id}:costs", on=moment.on, now=moment.now,
        )  # fmt: skip


def take_back(
    connection: sa.Connection, order_id: int, *, reason: str, actor: Actor, moment: Moment
) -> None:
    """Give up all that an order set aside had imposed; what was paid of it becomes credit."""
    order = _order(connection, order_id)
    by = f"End of Order {order.number}"
    bring_up_to(connection, order_id, lowered_by=by, reason=reason, actor=actor, moment=moment)
    if order.costs_cents is not None:
        lower(
            connection, case_id=order.case_id, component=Component.COST, cents=order.costs_cents,
            authority=by, reason=reason, actor=actor.name, key=f"order:{order_id}:costs-fell",
            on=moment.on, now=moment.now,
        )  # fmt: skip


def imposed(connection: sa.Connection, order: sa.Row[Any]) -> int:
    """Return the cents of an order's fine that the ledger holds: charged, less what was lowered."""
    return tallied(connection, _tally(order))


def _stands_at(connection: sa.Connection, order: sa.Row[Any], *, on: date) -> int:
    if order.status == OrderStatus.VACATED:
        return 0
    return fine_of(connection, order.id, as_of=on).total_cents


def _tally(order: sa.Row[Any]) -> Tally:
    return Tally(case_id=order.case_id, key=f"order:{order.id}", reference=f"Order {order.number}")


def _order(connection: sa.Connection, order_id: int) -> sa.Row[Any]:
    return row_of(connection, EnforcementOrder, order_id)


_THE_CERTIFIED = (
    sa.select(EnforcementOrder.__table__)
    .where(EnforcementOrder.status == OrderStatus.CERTIFIED)
    .order_by(EnforcementOrder.id)
)
_CERTIFIED = Compiled(_THE_CERTIFIED.where(EnforcementOrder.case_id == sa.bindparam("case_id")))
_CERTIFIED_ON = Compiled(
    _THE_CERTIFIED.where(EnforcementOrder.violation_id == sa.bindparam("violation_id"))
)

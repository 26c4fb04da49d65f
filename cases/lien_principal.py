"""Reckon for what sum an order is recorded as a lien, so that it is seen before it is recorded."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.accruing import uncharged
from cases.exposure import open_liens, reckoned
from cases.fines.clock import Fine
from cases.ledger.accounts import Component
from cases.ledger.reading import owed
from cases.models import Abatement, AbatementCost, EnforcementOrder, Lien
from cases.ordered import fine_of
from cases.workflow.order import OrderStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """For what an order binds, and of what it is made (s. 162.09(1) and (3)).

    Attributes
    ----------
    fine
        As of the day of recording, itself counted, with every day explained.
    penalties_owed_cents, costs_owed_cents
        What the case owes of each, fines to today; no lien binds for more.
    order_costs_cents, work_cents
        What the order sets as costs, and what the town's work by its authority cost.
    bound_cents
        For what other orders of the case bind already, with what their fines added since: a
        payment is the case's and no order's, so two liens together may not bind for more than
        the case owes.
    """

    fine: Fine
    penalties_owed_cents: int
    costs_owed_cents: int
    order_costs_cents: int
    work_cents: int
    bound_cents: int

    @property
    def left_cents(self) -> int:
        """What the case owes beyond that for which other orders bind."""
        return max(0, self.penalties_owed_cents + self.costs_owed_cents - self.bound_cents)

    @property
    def fine_cents(self) -> int:
        """What is recorded of the fine."""
        return min(self.fine.total_cents, self.penalties_owed_cents, self.left_cents)

    @property
    def costs_cents(self) -> int:
        """What is recorded of the costs."""
        made = self.order_costs_cents + self.work_cents
        return min(made, self.costs_owed_cents, self.left_cents - self.fine_cents)

    @property
    def total_cents(self) -> int:
        """What is recorded."""
        return self.fine_cents + self.costs_cents


def principal_of(
    connection: sa.Connection, order: sa.Row[Any], *, on: date, today: date
) -> Principal:
    """Reckon for what a certified order is recorded.

    Parameters
    ----------
    on
        The day of recording, to the end of which the fine is counted.
    today
        The day to which what the case owes is counted.

    Raises
    ------
    VacatedError
        The order was set aside.
    """
    owes = owed(connection, order.case_id)
    work = sa.select(sa.func.coalesce(sa.func.sum(AbatementCost.cents), 0)).join(
        Abatement, Abatement.id == AbatementCost.abatement_id
    )
    of_order = connection.execute(work.where(Abatement.order_id == order.id)).scalar_one()
    return Principal(
        fine=fine_of(connection, order.id, as_of=on),
        penalties_owed_cents=owes.get(Component.PENALTY, 0)
        + uncharged(connection, order.case_id, on=today),
        costs_owed_cents=owes.get(Component.COST, 0),
        order_costs_cents=order.costs_cents or 0,
        work_cents=int(of_order),
        bound_cents=_bound_by_others(connection, order, on=today),
    )


def _bound_by_others(connection: sa.Connection, order: sa.Row[Any], *, on: date) -> int:
    others = open_liens().where(
        Lien.case_id == order.case_id,
        Lien.order_id != order.id,
        EnforcementOrder.status == OrderStatus.CERTIFIED,
    )
    liens = reckoned(connection, connection.execute(others).all(), on=on)
    return sum(each.principal_cents + (each.accrued_cents or 0) for each in liens)

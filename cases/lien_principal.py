"""Reckon for what sum an order is recorded as a lien, so that it is seen before it is recorded."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.accruing import uncharged
from cases.fines.clock import Fine
from cases.ledger.accounts import Component
from cases.ledger.reading import owed
from cases.models import Abatement, AbatementCost
from cases.ordered import fine_of


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
    """

    fine: Fine
    penalties_owed_cents: int
    costs_owed_cents: int
    order_costs_cents: int
    work_cents: int

    @property
    def fine_cents(self) -> int:
        """What is recorded of the fine."""
        return min(self.fine.total_cents, self.penalties_owed_cents)

    @property
    def costs_cents(self) -> int:
        """What is recorded of the costs."""
        return min(self.order_costs_cents + self.work_cents, self.costs_owed_cents)

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
    )

"""Take plans out of force without others in their place, with why; nothing of them is lost."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.models import Staff, VisitPlan
from cases.visits.adopting import hold_day, permit, supersede
from cases.visits.planned import VisitsError
from cases.wording import day_in_words, tidy

LONGEST_REASON = 300


def withdraw_plan(
    connection: sa.Connection, *, plan_id: int, because: str, actor: Actor, moment: Moment
) -> None:
    """Withdraw a plan; by the same person for the same reason again, it is withdrawn once.

    Parameters
    ----------
    because
        Why, in words the officer reads.

    Raises
    ------
    NotYoursToPlanError
        The actor is neither a manager nor the officer.
    VisitsError
        It is not in force any more, or no reason is given.
    """
    said = tidy(because)
    if said is None or len(said) > LONGEST_REASON:
        msg = f"Say in 1 to {LONGEST_REASON} characters why the plan is withdrawn."
        raise VisitsError(msg)
    whose = connection.execute(_plan(plan_id)).first()
    if whose is None:
        msg = "There is no such plan: look at the day again."
        raise VisitsError(msg)
    permit(actor, officer=whose.officer)
    hold_day(connection, officer_id=whose.officer_id, on=whose.on_day)
    row = connection.execute(_plan(plan_id)).one()
    if row.superseded_at is None:
        supersede(connection, plan_id, because=said, actor=actor, moment=moment)
    elif (row.withdrawn_because, row.superseded_by) != (said, actor.name):
        msg = (
            f"The plan of {row.officer} for {day_in_words(row.on_day)} is in force no more: look "
            "at the day again."
        )
        raise VisitsError(msg)


def withdraw_plans(
    connection: sa.Connection,
    plan_ids: Collection[int],
    *,
    because: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Withdraw some plans for one reason, each as `withdraw_plan` does, in a fixed order.

    Raises
    ------
    NotYoursToPlanError
        The actor may not withdraw one of them.
    VisitsError
        One is not in force any more, or no reason is given.
    """
    for each in sorted(plan_ids):
        withdraw_plan(connection, plan_id=each, because=because, actor=actor, moment=moment)


def _plan(plan_id: int) -> sa.Select[Any]:
    told: tuple[Any, ...] = (
        VisitPlan.officer_id, VisitPlan.on_day, VisitPlan.superseded_at,
        VisitPlan.superseded_by, VisitPlan.withdrawn_because, Staff.name.label("officer"),
    )  # fmt: skip
    return (
        sa.select(*told)
        .join(Staff, Staff.id == VisitPlan.officer_id)
        .where(VisitPlan.id == plan_id)
    )

"""Certify a fine, reduce it, let a judgment end it, and end its order: paid, or fallen in court."""

from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.accruing import bring_up_to, is_paid, take_back
from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.advancing import advance
from cases.errors import CaseError, FineRateError
from cases.fines.clock import Fine
from cases.fines.orders import End, EndReason, Reduction
from cases.fines.terms import check_caps
from cases.hearings import About, Outcome, is_decided
from cases.models import EnforcementOrder, FineReduction, Violation
from cases.money import write_cents
from cases.ordered import fine_of, terms_of
from cases.papers import CourtPaper
from cases.parts import lock_part, move
from cases.workflow.order import OrderAction, OrderStatus
from cases.workflow.step import Guard
from cases.workflow.violation import ViolationStatus


class ReductionError(CaseError):
    """A fine cannot be lowered so, or not on this day."""


def certify(connection: sa.Connection, *, order_id: int, actor: Actor, moment: Moment) -> Fine:
    """Impose the fine, the time to contest it being over; gives what it is and is charged at."""
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    over = row.contest_by is None or row.contest_by < moment.on
    held = {Guard.CONTEST_OVER: over, Guard.WITHIN_CAPS: _within_caps(connection, row)}
    step = advance(OrderStatus(row.status), OrderAction.CERTIFY, actor=actor, held=held)
    connection.execute(
        sa.update(EnforcementOrder)
        .where(EnforcementOrder.id == order_id)
        .values(certified_on=moment.on)
    )
    imposed = fine_of(connection, order_id, as_of=moment.on)
    move(
        connection, EnforcementOrder, row, step, actor=actor, moment=moment, number=row.number,
        cents=imposed.total_cents, per_diem_cents=imposed.per_diem_cents,
        reckoning=[line.explanation for line in imposed.lines],
    )  # fmt: skip
    bring_up_to(connection, order_id, actor=actor, moment=moment)
    return imposed


def reduce(
    connection: sa.Connection,
    *,
    order_id: int,
    hearing_id: int,
    to_cents: int,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Lower a certified fine as it stands, once by each hearing that grants it (s. 162.09(2)(c)).

    Raises
    ------
    FineTermsError
        A court has adjudged it since, so that it is no longer the tribunal's to reduce.
    ReductionError
        It was lowered on this very day already, or would be below nothing.
    """
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    held = {Guard.MITIGATION_HEARD: _grants(connection, row, hearing_id)}
    at = OrderStatus(row.status)
    step = advance(at, OrderAction.REDUCE, actor=actor, held=held, reason=reason)
    _refuse_reduction(connection, row, to_cents=to_cents, on=moment.on)
    standing = terms_of(connection, row)
    lowered = Reduction(moment.on, f"Reduction of Order {row.number}", to_cents=to_cents)
    replace(standing, reductions=(*standing.reductions, lowered))
    before = fine_of(connection, order_id, as_of=moment.on).total_cents
    connection.execute(
        sa.insert(FineReduction).values(
            order_id=order_id,
            hearing_id=hearing_id,
            ordered_on=moment.on,
            to_cents=to_cents,
            reason=reason,
        )
    )
    move(
        connection, EnforcementOrder, row, step, actor=actor, moment=moment, reason=reason,
        number=row.number, before_cents=before, to_cents=to_cents,
    )  # fmt: skip
    bring_up_to(
        connection, order_id, lowered_by=f"Reduction of Order {row.number}", reason=reason,
        actor=actor, moment=moment,
    )  # fmt: skip


def satisfy(connection: sa.Connection, *, order_id: int, actor: Actor, moment: Moment) -> None:
    """Say that a certified order is met and its fine paid: nothing is owed to the day.

    A violation that is corrected but on no day known, as an imported one may be, ended no fine.
    """
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    status = sa.select(Violation.status).where(Violation.id == row.violation_id)
    corrected = connection.scalar(status) == ViolationStatus.CORRECTED
    standing = terms_of(connection, row)
    held = {
        Guard.VIOLATION_CORRECTED: corrected and not (standing.rates and standing.end is None),
        Guard.PAID_IN_FULL: is_paid(connection, row.case_id, on=moment.on),
    }
    step = advance(OrderStatus(row.status), OrderAction.SATISFY, actor=actor, held=held)
    move(connection, EnforcementOrder, row, step, actor=actor, moment=moment, number=row.number)


def set_aside(
    connection: sa.Connection, *, order_id: int, paper: CourtPaper, actor: Actor, moment: Moment
) -> None:
    """Let an order fall because a court says so; what was paid of it becomes credit."""
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    held = {Guard.COURT_SAID_SO: paper.on_record(on=moment.on, since=row.executed_on)}
    step = advance(OrderStatus(row.status), OrderAction.SET_ASIDE, actor=actor, held=held)
    move(
        connection, EnforcementOrder, row, step, actor=actor, moment=moment, number=row.number,
        paper=paper.number, signed_on=paper.signed_on.isoformat(),
    )  # fmt: skip
    take_back(
        connection, order_id, reason=f"Set aside by {paper.number} of {paper.signed_on}",
        actor=actor, moment=moment,
    )  # fmt: skip


def is_ended_by_judgment(connection: sa.Connection, order_id: int, *, judged_on: date) -> bool:
    """Tell whether a judgment ends an order's daily fine: not where one as early ended it.

    Asked before anything is written.

    Raises
    ------
    FineTermsError
        The fine cannot have ended on that day.
    """
    query = sa.select(EnforcementOrder.__table__).where(EnforcementOrder.id == order_id)
    row = connection.execute(query).one()
    if row.judged_on is not None and row.judged_on <= judged_on:
        return False
    replace(terms_of(connection, row), end=End(judged_on, EndReason.JUDGMENT))
    return True


def end_by_judgment(
    connection: sa.Connection,
    order_id: int,
    *,
    judged_on: date,
    judgment: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """End an order's daily fine on the day of a judgment (s. 162.09(3)).

    What was charged for days from then on is given up.
    """
    connection.execute(
        sa.update(EnforcementOrder)
        .where(EnforcementOrder.id == order_id)
        .values(judged_on=judged_on, judged_known_on=moment.on)
    )
    bring_up_to(
        connection, order_id, lowered_by=judgment, reason=f"The fine ended on {judged_on}",
        actor=actor, moment=moment,
    )  # fmt: skip


def _grants(connection: sa.Connection, row: sa.Row[Any], hearing_id: int) -> bool:
    """Tell whether a hearing granted a reduction that was not ordered yet."""
    used = sa.select(FineReduction.id).where(FineReduction.hearing_id == hearing_id)
    return is_decided(
        connection, row.case_id, about=[About.MITIGATION], outcome=Outcome.GRANTED,
        hearing_id=hearing_id,
    ) and not connection.scalar(sa.select(used.exists()))  # fmt: skip


def _refuse_reduction(
    connection: sa.Connection, row: sa.Row[Any], *, to_cents: int, on: date
) -> None:
    if to_cents < 0:
        msg = f"A fine is lowered to nothing at the least, not to {to_cents} cents."
        raise ReductionError(msg)
    same_day = sa.select(FineReduction.to_cents).where(
        FineReduction.order_id == row.id, FineReduction.ordered_on == on
    )
    lowered = connection.scalar(same_day)
    if lowered is not None:
        msg = (
            f"The fine of Order {row.number} was lowered to {write_cents(lowered)} on {on} "
            "already: a further reduction is ordered on another day."
        )
        raise ReductionError(msg)


def _within_caps(connection: sa.Connection, row: sa.Row[Any]) -> bool:
    law = law_of_case(connection, row.case_id)
    try:
        check_caps(terms_of(connection, row), law.fines)
    except FineRateError:
        return False
    return True

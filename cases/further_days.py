"""Impose a citation's penalty again for each day the violation goes on, and give up what falls."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.advancing import advance
from cases.errors import CaseError
from cases.fines.clock import Fine, fine
from cases.fines.continuing import continuing
from cases.fines.orders import End, EndReason, Pause, first_end
from cases.fines.words import days_in_words
from cases.models import Citation, EnforcementOrder, Violation
from cases.ordered import terms_of
from cases.parts import lock_part, move
from cases.rows import row_of
from cases.tallies import Tally, bring_to, tallied
from cases.workflow.citation import CitationAction, CitationStatus
from cases.workflow.order import OrderStatus
from cases.workflow.step import Guard
from cases.workflow.violation import ViolationStatus
from geo.compiled import Compiled

ESTABLISHED = (CitationStatus.ADMITTED, CitationStatus.UPHELD)
"""From where further days may be imposed: the violation is admitted or found."""
_FALLEN = (CitationStatus.DISMISSED, CitationStatus.VOIDED)
_STOOD = (ViolationStatus.OPEN, ViolationStatus.CORRECTED)


class NoFurtherDaysError(CaseError):
    """Further days are asked of a citation that has none."""


def reckon(connection: sa.Connection, citation_id: int, *, as_of: date) -> Fine:
    """Return what a citation's further days have come to by a day, explained line by line.

    It runs from the day after the citation's deadline until verified correction, up to the town's
    cap. It is potential whatever the day: what a person has imposed of it is what the ledger holds
    (`imposed`). It ends the day before the fine of an order on the same violation begins, unless
    that order is set aside; a repeat's or an irreparable violation's begins the day it was found.
    No law says so, but both at once would fine a day twice: the town's choice, as the reading that
    favours the respondent.

    Raises
    ------
    NoFurtherDaysError
        The citation fell or was never served, or its violation was taken back or handed on.
    """
    row = _citation(connection, citation_id)
    violation = _violation_of(connection, row)
    if row.answer_by is None or row.status in _FALLEN or violation.status not in _STOOD:
        msg = (
            f"Citation {row.number} adds nothing for further days: it is {row.status}, and its "
            f"violation {violation.status}."
        )
        raise NoFurtherDaysError(msg)
    law = law_of_case(connection, row.case_id)
    orders = _orders_on(connection, row)
    terms = continuing(
        f"Citation {row.number}", penalty_cents=row.penalty_cents, correct_by=row.answer_by,
        limit=law.continuing, end=_end(violation, orders, known_on=as_of),
        pauses=[
            Pause(
                terms_of(connection, each).first_day, None, each.executed_on,
                f"Order {each.number}",
            )
            for each in orders
        ],
    )  # fmt: skip
    rules = law.continuing.rules(law.fines, penalty_cents=row.penalty_cents)
    return fine(terms, rules, as_of=as_of)


def imposed(connection: sa.Connection, citation_id: int) -> int:
    """Return the cents of a citation's further days that the ledger holds."""
    return tallied(connection, _tally(_citation(connection, citation_id)))


def impose(connection: sa.Connection, *, citation_id: int, actor: Actor, moment: Moment) -> int:
    """Impose what further days have come to by the day; gives the cents imposed in all.

    Never by itself: a person does it, and nobody has to. Asked again on the same day it changes
    nothing.
    """
    row = lock_part(connection, Citation, citation_id, moment=moment)
    due = _come_to(connection, row, on=moment.on)
    at, action = CitationStatus(row.status), CitationAction.IMPOSE_CONTINUING
    step = advance(at, action, actor=actor, held={Guard.DAYS_TO_FINE: due > 0})
    before = tallied(connection, _tally(row))
    if due <= before:
        return before
    days = _days(row, after=before, to=due)
    move(
        connection, Citation, row, step, actor=actor, moment=moment, number=row.number,
        days=(due - before) // row.penalty_cents, days_in_words=days, cents=due - before,
        total_cents=due, source=law_of_case(connection, row.case_id).continuing.source,
    )  # fmt: skip
    bring_to(connection, _tally(row, days), due, actor=actor, moment=moment)
    return due


def give_up(
    connection: sa.Connection,
    violation_id: int,
    *,
    by: str,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Give up what was imposed for days that are no longer for a violation's citations to fine.

    What is still owed of it falls away, what was paid becomes credit; nothing is added. A citation
    that is settled stays so.
    """
    for row in _UNSETTLED.all(connection, violation_id=violation_id):
        tally = _tally(row)
        stands = _come_to(connection, row, on=moment.on)
        if stands < tallied(connection, tally):
            bring_to(
                connection, tally, stands, lowered_by=by, reason=reason, actor=actor,
                moment=moment,
            )  # fmt: skip


def _come_to(connection: sa.Connection, row: sa.Row[Any], *, on: date) -> int:
    """Return what may be imposed by a day: nothing before the violation is admitted or found."""
    try:
        due = reckon(connection, row.id, as_of=on).total_cents
    except NoFurtherDaysError:
        return 0
    return due if row.status in ESTABLISHED else 0


def _days(row: sa.Row[Any], *, after: int, to: int) -> str:
    """Say which days a sum adds: they follow the deadline without a gap, each the penalty again."""
    first, last = (
        row.answer_by + timedelta(days=count)
        for count in (after // row.penalty_cents + 1, to // row.penalty_cents)
    )
    return days_in_words(first, last)


def _end(violation: sa.Row[Any], orders: list[sa.Row[Any]], *, known_on: date) -> End | None:
    ends = [
        End(each.complied_on, EndReason.COMPLIANCE, known_on=each.complied_known_on)
        for each in orders
        if each.complied_on is not None
    ]
    if violation.corrected_on is not None:
        ends.append(End(violation.corrected_on, EndReason.COMPLIANCE))
    return first_end(ends, known_on=known_on)


def _orders_on(connection: sa.Connection, row: sa.Row[Any]) -> list[sa.Row[Any]]:
    return _ORDERS.all(connection, violation_id=row.violation_id)


def _violation_of(connection: sa.Connection, row: sa.Row[Any]) -> sa.Row[Any]:
    return row_of(connection, Violation, row.violation_id)


def _tally(row: sa.Row[Any], days: str | None = None) -> Tally:
    of_days = f", further days {days}" if days else ""
    return Tally(
        case_id=row.case_id, key=f"citation:{row.id}", reference=f"Citation {row.number}{of_days}"
    )


def _citation(connection: sa.Connection, citation_id: int) -> sa.Row[Any]:
    return row_of(connection, Citation, citation_id)


_UNSETTLED = Compiled(
    sa.select(Citation.__table__)
    .where(
        Citation.violation_id == sa.bindparam("violation_id"),
        Citation.status != CitationStatus.SETTLED,
    )
    .order_by(Citation.id)
)
_ORDERS = Compiled(
    sa.select(EnforcementOrder.__table__)
    .where(
        EnforcementOrder.violation_id == sa.bindparam("violation_id"),
        EnforcementOrder.status != OrderStatus.VACATED,
    )
    .order_by(EnforcementOrder.id)
)

"""Enter an order, bring it to the respondent, and see it met or not."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from cases import further_days, notices
from cases.accruing import bring_up_to, charge_costs, take_back
from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.advancing import advance, record
from cases.days import require_answer
from cases.deadlines import Answer, Deadline, due, in_time
from cases.errors import CaseError
from cases.fines.rules import FineKind
from cases.fines.terms import check_caps
from cases.hearings import About, Outcome, is_decided
from cases.ledger.slips import positive
from cases.models import EnforcementOrder, Hearing, Inspection, Violation
from cases.notice_words import NoticeKind
from cases.numbering import next_number
from cases.ordered import COLUMNS, Ordered, concluded, frozen, in_words, terms
from cases.parts import lock_part, move
from cases.repeating import may_be_fined_as_repeat
from cases.rows import insert, row_of
from cases.violations import REFUSED
from cases.wording import day_in_words
from cases.workflow.inspection import InspectionStatus
from cases.workflow.order import OrderAction, OrderStatus
from cases.workflow.registry import step_for
from cases.workflow.step import Guard

NUMBERED = "ORD"


class ComplianceDayError(CaseError):
    """An order is said to be met on a day that cannot be."""


def enter(
    connection: sa.Connection,
    *,
    hearing_id: int,
    violation_id: int,
    ordered: Ordered,
    homestead: bool = False,
    actor: Actor,
    moment: Moment,
) -> int:
    """Enter an order on a hearing that found a violation; gives its identity.

    It is executed on the day. The hearing was about the citation or the violation.

    Parameters
    ----------
    homestead
        Whether the owner has shown that it is the owner's lawful homestead, which may have a cap of
        its own.

    Raises
    ------
    FineRateError
        It sets more than the law lets a fine be.
    FineTermsError
        Nothing could be counted by it.
    AmountError
        Its costs are no amount.
    """
    if ordered.costs_cents is not None:
        positive(ordered.costs_cents, what="costs")
    heard = lock_part(connection, Hearing, hearing_id, moment=moment)
    law = law_of_case(connection, heard.case_id)
    caps = law.fines.of_homestead() if homestead else law.fines
    check_caps(terms("to be entered", ordered), caps)
    held = _held(connection, heard, violation_id, ordered)
    step = advance(None, OrderAction.ENTER, actor=actor, held=held)
    number = next_number(connection, NUMBERED, on=moment.on)
    values = {
        "number": number,
        "case_id": heard.case_id,
        "hearing_id": hearing_id,
        "violation_id": violation_id,
        "status": step.to,
        "executed_on": moment.on,
        **frozen(ordered),
    }
    order_id = insert(connection, EnforcementOrder, **values)
    told: dict[str, Any] = {name: _said(value) for name, value in frozen(ordered).items()}
    told["terms"] = in_words(ordered)
    record(
        connection, step, case_id=heard.case_id, actor=actor, moment=moment,
        enforcement_order=order_id, number=number, violation=violation_id, **told,
    )  # fmt: skip
    charge_costs(connection, order_id, actor=actor, moment=moment)
    further_days.give_up(
        connection, violation_id, by=f"Order {number}", reason="Its days are the order's to fine",
        actor=actor, moment=moment,
    )  # fmt: skip
    return order_id


def _held(
    connection: sa.Connection, heard: sa.Row[Any], violation_id: int, ordered: Ordered
) -> dict[Guard, bool]:
    return {
        Guard.HEARING_DECIDED: _found(connection, heard, violation_id),
        Guard.WITHIN_CAPS: True,  # refused before, with the cap and its statute
        Guard.REPEAT_CONFIRMED: ordered.kind is not FineKind.REPEAT
        or may_be_fined_as_repeat(
            connection, violation_id, case_id=heard.case_id, found_on=ordered.found_on
        ),
    }


def send(
    connection: sa.Connection,
    *,
    order_id: int,
    respondent_id: int,
    actor: Actor,
    moment: Moment,
) -> int:
    """Issue the notice that brings the order to the respondent; gives the notice's identity."""
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    terms_said = {name: _said(getattr(row, name)) for name in COLUMNS}
    says = {
        "number": row.number,
        "executed_on": row.executed_on.isoformat(),
        # The order holds findings of fact and conclusions of law (s. 162.07(4), Florida Statutes).
        "findings": row_of(connection, Hearing, row.hearing_id).findings,
        "concludes": concluded(row_of(connection, Violation, row.violation_id).section),
        **terms_said,
    }
    with connection.begin_nested():  # a notice that cannot be issued leaves no draft
        notice_id = notices.draft(
            connection, case_id=row.case_id, kind=NoticeKind.ORDER,
            respondent_id=respondent_id, violation_ids=[row.violation_id], says=says, actor=actor,
            moment=moment,
        )  # fmt: skip
        notices.issue(connection, notice_id=notice_id, actor=actor, moment=moment)
    connection.execute(
        sa.update(EnforcementOrder)
        .where(EnforcementOrder.id == order_id)
        .values(notice_id=notice_id)
    )
    return notice_id


def confirm_service(
    connection: sa.Connection, *, order_id: int, actor: Actor, moment: Moment
) -> None:
    """Say that the respondent was served with the order."""
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    # Asked before the notice is confirmed too, which would stand though this is refused.
    step_for(OrderStatus(row.status), OrderAction.CONFIRM_SERVICE, role=actor.role)
    proved = row.notice_id is not None and notices.see_served(
        connection, notice_id=row.notice_id, actor=actor, moment=moment
    )
    held = {Guard.SERVICE_PROVED: bool(proved)}
    step = advance(OrderStatus(row.status), OrderAction.CONFIRM_SERVICE, actor=actor, held=held)
    move(connection, EnforcementOrder, row, step, actor=actor, moment=moment, number=row.number)


def verify_compliance(
    connection: sa.Connection,
    *,
    order_id: int,
    inspection_id: int,
    complied_on: date,
    actor: Actor,
    moment: Moment,
) -> None:
    """Say that the property complies, since a day that the inspection shows.

    Parameters
    ----------
    complied_on
        The day the fine ends: that of the inspection that found it, or one before. Days after it
        that were charged are given up.

    Raises
    ------
    ComplianceDayError
        It lies before the violation was found, or after the inspection.
    """
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    seen_on = _seen_on(connection, row, inspection_id)
    held = {Guard.INSPECTED: seen_on is not None, Guard.NOT_YET_COMPLIED: row.complied_on is None}
    step = advance(OrderStatus(row.status), OrderAction.VERIFY_COMPLIANCE, actor=actor, held=held)
    _refuse_day(row, complied_on, seen_on=seen_on or moment.on)
    values = {"complied_on": complied_on, "complied_known_on": moment.on}
    move(
        connection, EnforcementOrder, row, step, actor=actor, moment=moment, values=values,
        number=row.number, complied_on=complied_on.isoformat(), inspection=inspection_id,
    )  # fmt: skip
    bring_up_to(
        connection, order_id, lowered_by=f"Compliance with Order {row.number}",
        reason=f"It complied on {day_in_words(complied_on)}", actor=actor, moment=moment,
    )  # fmt: skip
    further_days.give_up(
        connection, row.violation_id, by=f"Compliance with Order {row.number}",
        reason=f"It complied on {day_in_words(complied_on)}", actor=actor, moment=moment,
    )  # fmt: skip


def file_affidavit(
    connection: sa.Connection,
    *,
    order_id: int,
    inspection_id: int,
    actor: Actor,
    moment: Moment,
) -> Deadline:
    """Swear that the order is not met; gives until when the respondent may contest it."""
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    held = {
        Guard.INSPECTED: _seen_on(connection, row, inspection_id) is not None,
        Guard.COMPLY_BY_PASSED: row.comply_by is None or row.comply_by < moment.on,
        Guard.NOT_YET_COMPLIED: row.complied_on is None,
    }
    step = advance(OrderStatus(row.status), OrderAction.FILE_AFFIDAVIT, actor=actor, held=held)
    law = law_of_case(connection, row.case_id)
    contest_by = due(
        law.deadlines.contest_noncompliance, counted_from=moment.on, calendar=law.calendar.days
    )
    values = {"affidavit_on": moment.on, "contest_by": contest_by.on}
    move(
        connection, EnforcementOrder, row, step, actor=actor, moment=moment, values=values,
        number=row.number, contest_by=contest_by.on.isoformat(), because=contest_by.because,
        inspection=inspection_id,
    )  # fmt: skip
    return contest_by


def contest(
    connection: sa.Connection, *, order_id: int, answer: Answer, actor: Actor, moment: Moment
) -> None:
    """Contest the affidavit of non-compliance within the time for it.

    Raises
    ------
    DayError
        It came before the affidavit was sworn, or is still to come.
    """
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    require_answer(
        answer, moment=moment, since=row.affidavit_on,
        after=f"the affidavit about Order {row.number} was sworn",
    )  # fmt: skip
    rule = law_of_case(connection, row.case_id).deadlines.contest_noncompliance
    timely = row.contest_by is not None and in_time(answer, Deadline(row.contest_by, ""), rule=rule)
    held = {Guard.IN_TIME: timely}
    step = advance(OrderStatus(row.status), OrderAction.CONTEST, actor=actor, held=held)
    move(connection, EnforcementOrder, row, step, actor=actor, moment=moment, number=row.number)


def sustain_affidavit(
    connection: sa.Connection, *, order_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Find that the order was not met: a hearing since the affidavit granted what it says."""
    _after_hearing(
        connection, OrderAction.SUSTAIN_AFFIDAVIT, order_id, outcome=Outcome.GRANTED,
        reason=reason, actor=actor, moment=moment, values={"contest_by": None},
    )  # fmt: skip


def reject_affidavit(
    connection: sa.Connection, *, order_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Find that the affidavit does not stand: a hearing held since refused what it says."""
    _after_hearing(
        connection, OrderAction.REJECT_AFFIDAVIT, order_id, outcome=Outcome.REFUSED,
        reason=reason, actor=actor, moment=moment,
        values={"contest_by": None, "affidavit_on": None},
    )  # fmt: skip


def vacate(
    connection: sa.Connection, *, order_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Set an order aside: nothing is owed by it, and what was paid of it becomes credit."""
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    step = advance(OrderStatus(row.status), OrderAction.VACATE, actor=actor, reason=reason)
    move(
        connection, EnforcementOrder, row, step, actor=actor, moment=moment, reason=reason,
        number=row.number,
    )  # fmt: skip
    take_back(connection, order_id, reason=reason, actor=actor, moment=moment)


def _found(connection: sa.Connection, heard: sa.Row[Any], violation_id: int) -> bool:
    """Tell whether a hearing found a violation, which is one of its own case."""
    case_of = sa.select(Violation.case_id).where(Violation.id == violation_id)
    return connection.scalar(case_of) == heard.case_id and is_decided(
        connection, heard.case_id, about=[About.CITATION, About.VIOLATION],
        outcome=Outcome.VIOLATION, hearing_id=heard.id,
    )  # fmt: skip


def _seen_on(connection: sa.Connection, row: sa.Row[Any], inspection_id: int) -> date | None:
    """Return the day an inspection since the order saw the property; None where none did."""
    query = sa.select(Inspection.made_on).where(
        Inspection.id == inspection_id,
        Inspection.case_id == row.case_id,
        Inspection.made_on >= row.executed_on,
        Inspection.status == InspectionStatus.MADE,
        Inspection.entry.is_distinct_from(REFUSED),
    )
    return connection.scalar(query)


def _after_hearing(
    connection: sa.Connection,
    action: OrderAction,
    order_id: int,
    *,
    outcome: Outcome,
    reason: str,
    actor: Actor,
    moment: Moment,
    values: dict[str, Any],
) -> None:
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    heard = is_decided(
        connection, row.case_id, about=[About.NONCOMPLIANCE], outcome=outcome,
        since=row.affidavit_on,
    )  # fmt: skip
    held = {Guard.HEARING_DECIDED: heard}
    step = advance(OrderStatus(row.status), action, actor=actor, held=held, reason=reason)
    move(
        connection, EnforcementOrder, row, step, actor=actor, moment=moment, values=values,
        reason=reason, number=row.number,
    )  # fmt: skip


def _refuse_day(row: sa.Row[Any], complied_on: date, *, seen_on: date) -> None:
    """Refuse a day of compliance on which no fine of the order could end."""
    if complied_on > seen_on:
        msg = (
            f"The inspection was made on {seen_on}, which cannot show that the property complied "
            f"on {complied_on}: give that day or an earlier one, or inspect again."
        )
        raise ComplianceDayError(msg)
    if row.found_on is not None and complied_on < row.found_on:
        msg = (
            f"Order {row.number} is for a violation found on {row.found_on}, which cannot have "
            f"been over on {complied_on}: give the day it was, from {row.found_on} on."
        )
        raise ComplianceDayError(msg)


def _said(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value

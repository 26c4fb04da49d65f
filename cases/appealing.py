"""Keep an appeal of an order to the circuit court, and do to the order what the court says.

While one runs, nothing is collected or recorded (`cases.blocking`); the fine goes on accruing
unless the court says that it stands still.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa

from cases import pausing
from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.advancing import advance, record
from cases.appeal_terms import appeal_due
from cases.days import require_answer
from cases.deadlines import Answer, Deadline, due, in_time, judged_on
from cases.errors import CaseError
from cases.imposing import set_aside
from cases.lawpack.schema import LawPack
from cases.models import AccrualPause, Appeal, EnforcementOrder, Notice
from cases.papers import CourtPaper
from cases.parts import lock_part, move
from cases.pausing import Paper, PauseAuthority
from cases.rows import insert
from cases.workflow.appeal import RUNNING, AppealAction, AppealStatus
from cases.workflow.order import RUNNING as ORDER_RUNS
from cases.workflow.order import OrderStatus
from cases.workflow.step import Guard, Step


class AppealError(CaseError):
    """An appeal is said to be what it cannot be."""


def file(
    connection: sa.Connection,
    *,
    order_id: int,
    answer: Answer,
    court_case_no: str,
    actor: Actor,
    moment: Moment,
) -> int:
    """Put an appeal on record that was filed in time (s. 162.11); gives its identity.

    Parameters
    ----------
    answer
        The days the court received the notice of appeal and the post took it; the law pack says
        which counts.

    Raises
    ------
    DayError
        It came before the order was entered, or is still to come.
    AppealError
        The order fell, or is under appeal already; or the appeal has no number in court.
    """
    order = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    require_answer(
        answer, moment=moment, since=order.executed_on, after=f"Order {order.number} was entered"
    )
    law = law_of_case(connection, order.case_id)
    rule = law.deadlines.appeal_order
    filed_on = judged_on(answer, rule=rule)
    until = _until(connection, order, law, filed_on=filed_on)
    held = {Guard.IN_TIME: in_time(answer, until, rule=rule)}
    step = advance(None, AppealAction.FILE, actor=actor, held=held)
    _require_appealable(connection, order, court_case_no)
    values = {
        "case_id": order.case_id, "order_id": order_id, "status": step.to,
        "court_case_no": court_case_no, "received_on": answer.received_on,
        "postmarked_on": answer.postmarked_on, "filed_on": filed_on, "due_on": until.on,
    }  # fmt: skip
    appeal_id = insert(connection, Appeal, **values)
    record(
        connection, step, case_id=order.case_id, actor=actor, moment=moment, appeal=appeal_id,
        number=order.number, court_case=court_case_no, filed_on=filed_on.isoformat(),
        due_on=until.on.isoformat(), because=until.because,
    )  # fmt: skip
    return appeal_id


def stay(
    connection: sa.Connection,
    *,
    appeal_id: int,
    paper: CourtPaper,
    fine_stands_from: date | None = None,
    actor: Actor,
    moment: Moment,
) -> None:
    """Put on record that the court stayed the order.

    Parameters
    ----------
    fine_stands_from
        The first day on which the fine does not accrue, where the court says so; a stay by itself
        stops no fine.
    """
    row = lock_part(connection, Appeal, appeal_id, moment=moment)
    step = _as_the_court_says(row, AppealAction.STAY, paper, actor=actor, moment=moment)
    pause_id = None
    if fine_stands_from is not None:
        pause_id = pausing.pause(
            connection, order_id=row.order_id, first_day=fine_stands_from, paper=_said(paper),
            reason=f"Stayed on appeal {row.court_case_no}", actor=actor, moment=moment,
        )  # fmt: skip
    values = {
        "stay_no": paper.number, "stayed_on": paper.signed_on, "pause_id": pause_id,
        "lifted_no": None, "lifted_on": None,
    }  # fmt: skip
    _move(connection, row, step, paper, values=values, actor=actor, moment=moment)


def lift_stay(
    connection: sa.Connection, *, appeal_id: int, paper: CourtPaper, actor: Actor, moment: Moment
) -> None:
    """Put on record that the court lifted its stay; a fine it let stand still runs on."""
    row = lock_part(connection, Appeal, appeal_id, moment=moment)
    step = _as_the_court_says(row, AppealAction.LIFT_STAY, paper, actor=actor, moment=moment)
    values = {"lifted_no": paper.number, "lifted_on": paper.signed_on}
    _move(connection, row, step, paper, values=values, actor=actor, moment=moment)
    _resume(connection, row, paper, actor=actor, moment=moment)


def affirm(
    connection: sa.Connection, *, appeal_id: int, paper: CourtPaper, actor: Actor, moment: Moment
) -> None:
    """Put on record that the court affirmed the order, which goes on."""
    row = _decide(connection, AppealAction.AFFIRM, appeal_id, paper, actor=actor, moment=moment)
    _resume(connection, row, paper, actor=actor, moment=moment)


def dismiss(
    connection: sa.Connection, *, appeal_id: int, paper: CourtPaper, actor: Actor, moment: Moment
) -> None:
    """Put on record that the court dismissed the appeal; the order goes on."""
    row = _decide(connection, AppealAction.DISMISS, appeal_id, paper, actor=actor, moment=moment)
    _resume(connection, row, paper, actor=actor, moment=moment)


def reverse(
    connection: sa.Connection, *, appeal_id: int, paper: CourtPaper, actor: Actor, moment: Moment
) -> None:
    """Put on record that the court reversed the order: it falls, and nothing is owed by it."""
    row = _decide(connection, AppealAction.REVERSE, appeal_id, paper, actor=actor, moment=moment)
    _let_fall(connection, row, paper, actor=actor, moment=moment)


def remand(
    connection: sa.Connection, *, appeal_id: int, paper: CourtPaper, actor: Actor, moment: Moment
) -> None:
    """Put on record that the court sent the matter back: the order falls, and it is heard anew."""
    row = _decide(connection, AppealAction.REMAND, appeal_id, paper, actor=actor, moment=moment)
    _let_fall(connection, row, paper, actor=actor, moment=moment)


def _until(
    connection: sa.Connection, order: sa.Row[Any], law: LawPack, *, filed_on: date
) -> Deadline:
    """Return the last day to appeal; before the time runs, what is filed is always in time."""
    days = sa.select(Notice.issued_on, Notice.served_on).where(Notice.id == order.notice_id)
    told = connection.execute(days).first()
    rule, calendar = law.deadlines.appeal_order, law.calendar.days
    until = appeal_due(
        law.appeal, rule, calendar=calendar, executed_on=order.executed_on,
        sent_on=told and told.issued_on, served_on=told and told.served_on,
    )  # fmt: skip
    return until or due(rule, counted_from=filed_on, calendar=calendar)


def _require_appealable(connection: sa.Connection, order: sa.Row[Any], court_case_no: str) -> None:
    if order.status == OrderStatus.VACATED:
        msg = f"Order {order.number} was vacated or set aside: there is nothing to appeal."
        raise AppealError(msg)
    running = sa.select(Appeal.court_case_no).where(
        Appeal.order_id == order.id, Appeal.status.in_(RUNNING)
    )
    if (other := connection.scalar(running)) is not None:
        msg = f"Order {order.number} is under appeal already, in court case {other}."
        raise AppealError(msg)
    if not court_case_no.strip():
        msg = "The appeal has no number in court: give the number the court's clerk gave it."
        raise AppealError(msg)


def _decide(
    connection: sa.Connection,
    action: AppealAction,
    appeal_id: int,
    paper: CourtPaper,
    *,
    actor: Actor,
    moment: Moment,
) -> sa.Row[Any]:
    """Record what the court decided; gives the appeal as it was before."""
    row = lock_part(connection, Appeal, appeal_id, moment=moment)
    step = _as_the_court_says(row, action, paper, actor=actor, moment=moment)
    values = {"paper_no": paper.number, "paper_on": paper.signed_on}
    _move(connection, row, step, paper, values=values, actor=actor, moment=moment)
    return row


def _as_the_court_says(
    row: sa.Row[Any], action: AppealAction, paper: CourtPaper, *, actor: Actor, moment: Moment
) -> Step:
    """Permit what the court's paper says, if it is one of this appeal's time."""
    since = row.stayed_on if action is AppealAction.LIFT_STAY else row.filed_on
    held = {Guard.COURT_SAID_SO: paper.on_record(on=moment.on, since=since or row.filed_on)}
    return advance(AppealStatus(row.status), action, actor=actor, held=held)


def _move(
    connection: sa.Connection,
    row: sa.Row[Any],
    step: Step,
    paper: CourtPaper,
    *,
    values: dict[str, Any],
    actor: Actor,
    moment: Moment,
) -> None:
    move(
        connection, Appeal, row, step, actor=actor, moment=moment, values=values,
        court_case=row.court_case_no, paper=paper.number, signed_on=paper.signed_on.isoformat(),
    )  # fmt: skip


def _let_fall(
    connection: sa.Connection,
    row: sa.Row[Any],
    paper: CourtPaper,
    *,
    actor: Actor,
    moment: Moment,
) -> None:
    """Set the order aside, unless the tribunal vacated it meanwhile."""
    status = sa.select(EnforcementOrder.status).where(EnforcementOrder.id == row.order_id)
    if connection.scalar(status) != OrderStatus.VACATED:
        set_aside(connection, order_id=row.order_id, paper=paper, actor=actor, moment=moment)


def _resume(
    connection: sa.Connection,
    row: sa.Row[Any],
    paper: CourtPaper,
    *,
    actor: Actor,
    moment: Moment,
) -> None:
    """Let the fine run on after today, where the stay let it stand still and it still does.

    An order that is met, paid or vacated since has no fine to run on. A fine that was to stand
    still only later does so for one day, since a pause has one at the least.
    """
    standing = (
        sa.select(AccrualPause.id, AccrualPause.first_day)
        .join(EnforcementOrder, EnforcementOrder.id == AccrualPause.order_id)
        .where(
            AccrualPause.id == row.pause_id,
            AccrualPause.last_day.is_(None),
            EnforcementOrder.status.in_(ORDER_RUNS),
        )
    )
    if (paused := connection.execute(standing).first()) is not None:
        pausing.resume(
            connection, pause_id=paused.id, last_day=max(moment.on, paused.first_day),
            paper=_said(paper),
            reason=f"The stay in {row.court_case_no} is over", actor=actor, moment=moment,
        )  # fmt: skip


def _said(paper: CourtPaper) -> Paper:
    return Paper(
        authority=PauseAuthority.COURT_ORDER, reference=paper.number, ordered_on=paper.signed_on
    )

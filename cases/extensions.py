"""Ask for more time to correct a violation, and grant or deny it with a reason."""

from datetime import date

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.adopted import law_of_case, provision
from cases.advancing import advance, record
from cases.days import require_answer
from cases.deadlines import Answer, Deadline, DeadlineError, in_time, judged_on
from cases.errors import CaseError
from cases.models import Extension, Violation
from cases.parts import lock_part, move
from cases.rows import insert
from cases.wording import day_in_words
from cases.workflow.extension import ExtensionAction, ExtensionStatus
from cases.workflow.step import Guard


class LateRequestError(CaseError):
    """More time is asked for once the time there was is over."""


class WaitingRequestError(CaseError):
    """More time is asked for while an earlier request for it is not decided."""


def request(
    connection: sa.Connection,
    *,
    violation_id: int,
    because: str,
    until: date,
    answer: Answer,
    actor: Actor,
    moment: Moment,
) -> int:
    """Ask for more time; gives the request's identity.

    Parameters
    ----------
    because
        Why, and what progress is made.
    until
        The day asked for.
    answer
        The days the request was posted and came; the law pack says which counts.

    Raises
    ------
    DayError
        It came before the violation was found, or is still to come.
    LateRequestError
        It was made after the deadline.
    WaitingRequestError
        An earlier request about the violation is not decided.
    """
    row = lock_part(connection, Violation, violation_id, moment=moment)
    require_answer(
        answer, moment=moment, since=row.found_on, after="the violation was found"
    )  # fmt: skip
    law = law_of_case(connection, row.case_id)
    due, rule = row.comply_by, law.deadlines.cure
    held = {
        Guard.EXTENDABLE: provision(law, row.section, on=row.found_on).extendable,
        Guard.BEFORE_DEADLINE: due is not None,
        Guard.SAYS_WHY: bool(because.strip()),
    }
    step = advance(None, ExtensionAction.REQUEST, actor=actor, held=held)
    if not in_time(answer, Deadline(due, ""), rule=rule):
        _refuse_late(judged_on(answer, rule=rule), due)
    _refuse_second(connection, violation_id)
    _refuse_earlier(until, row.comply_by)
    extension_id = insert(
        connection, Extension, case_id=row.case_id, violation_id=violation_id, status=step.to,
        because=because, asked_until=until, received_on=answer.received_on,
        postmarked_on=answer.postmarked_on,
    )  # fmt: skip
    record(
        connection, step, case_id=row.case_id, actor=actor, moment=moment,
        extension=extension_id, violation=violation_id, section=row.section, because=because,
        asked_until=until.isoformat(),
    )  # fmt: skip
    return extension_id


def grant(
    connection: sa.Connection,
    *,
    extension_id: int,
    until: date,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Give more time: the violation's deadline moves, and the history says from when to when.

    Raises
    ------
    DeadlineError
        The new day is not after the old one.
    """
    row = lock_part(connection, Extension, extension_id, moment=moment)
    at = ExtensionStatus(row.status)
    step = advance(at, ExtensionAction.GRANT, actor=actor, reason=reason)
    due = sa.select(Violation.comply_by).where(Violation.id == row.violation_id)
    before = connection.execute(due).scalar_one()
    _refuse_earlier(until, before)
    connection.execute(
        sa.update(Violation).where(Violation.id == row.violation_id).values(comply_by=until)
    )
    decided = {"granted_until": until, "decided_by": actor.name, "decision": reason}
    move(
        connection, Extension, row, step, actor=actor, moment=moment, values=decided,
        reason=reason, violation=row.violation_id, before=before and before.isoformat(),
        until=until.isoformat(),
    )  # fmt: skip


def deny(
    connection: sa.Connection, *, extension_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Refuse more time; the deadline stays."""
    row = lock_part(connection, Extension, extension_id, moment=moment)
    at = ExtensionStatus(row.status)
    step = advance(at, ExtensionAction.DENY, actor=actor, reason=reason)
    decided = {"decided_by": actor.name, "decision": reason}
    move(
        connection, Extension, row, step, actor=actor, moment=moment, values=decided,
        reason=reason,
    )  # fmt: skip


def withdraw(connection: sa.Connection, *, extension_id: int, actor: Actor, moment: Moment) -> None:
    """Take a request back."""
    row = lock_part(connection, Extension, extension_id, moment=moment)
    step = advance(ExtensionStatus(row.status), ExtensionAction.WITHDRAW, actor=actor)
    move(connection, Extension, row, step, actor=actor, moment=moment)


def _refuse_late(made_on: date, due: date) -> None:
    msg = (
        f"The time to correct ended on {day_in_words(due)}, and this request counts as made on "
        f"{day_in_words(made_on)}: more time is asked for before the time there is ends. Record "
        "a correction on an inspection, or have the day set by a hearing's order."
    )
    raise LateRequestError(msg)


def _refuse_second(connection: sa.Connection, violation_id: int) -> None:
    waiting = sa.select(Extension.received_on).where(
        Extension.violation_id == violation_id, Extension.status == ExtensionStatus.REQUESTED
    )
    received_on = connection.scalar(waiting)
    if received_on is not None:
        msg = (
            f"The request of {received_on} for more time about this violation is not decided yet: "
            "grant or deny it, or have it withdrawn, before another."
        )
        raise WaitingRequestError(msg)


def _refuse_earlier(until: date, before: date | None) -> None:
    if before is not None and until <= before:
        msg = f"More time must end after {before}, the deadline there is; {until} does not."
        raise DeadlineError(msg)

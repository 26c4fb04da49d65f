"""Issue a citation, see it served, answered or waived, and settled.

The module of the citation's steps is `cases.workflow.citation`; how a provision is cited in words
is `cases.citations`.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa

from cases import further_days, notices
from cases.accruing import is_paid
from cases.actors import Actor, Moment
from cases.adopted import law_of_case, provision
from cases.advancing import advance, record
from cases.days import require_answer
from cases.deadlines import Answer, Deadline, due, in_time, judged_on
from cases.errors import CaseError
from cases.forum import Excused, Tribunal, citation_faults
from cases.hearings import Outcome
from cases.lawpack.schema import LawPack
from cases.ledger.accounts import Component
from cases.ledger.charging import charge, lower
from cases.models import Citation, Hearing, Notice, NoticeViolation, Violation
from cases.notice_words import NoticeKind
from cases.numbering import next_number
from cases.parts import lock_part, move
from cases.penalty_limits import penalty_limits
from cases.repeating import is_repeat_by
from cases.rows import insert, row_of
from cases.service.attempts import MAILED
from cases.workflow.citation import RUNNING, CitationAction, CitationStatus
from cases.workflow.hearing import HearingStatus
from cases.workflow.notice import NoticeStatus
from cases.workflow.registry import step_for
from cases.workflow.step import Guard
from cases.workflow.violation import ViolationStatus

NUMBERED = "UCV"


class RunningCitationError(CaseError):
    """A violation is under a citation already that has not come to its end."""


def issue(
    connection: sa.Connection,
    *,
    violation_id: int,
    respondent_id: int,
    penalty_cents: int,
    excused: Excused | None = None,
    number: str | None = None,
    actor: Actor,
    moment: Moment,
) -> int:
    """Issue a citation with its notice; gives its identity.

    Parameters
    ----------
    penalty_cents
        Within what the provision allows.
    excused
        Why no warning is needed before it; None where one was served and its time is over. A
        repeat is one only where it is confirmed of this respondent (`cases.repeating`).
    number
        Drawn ahead (`cases.field.numbers`); None draws the next.

    Raises
    ------
    RunningCitationError
        Another citation for the violation has not come to its end.
    """
    row = lock_part(connection, Violation, violation_id, moment=moment)
    law = law_of_case(connection, row.case_id)
    over = row.comply_by is not None and row.comply_by < moment.on
    held = {
        Guard.VIOLATION_OPEN: row.status == ViolationStatus.OPEN,
        Guard.WARNED_OR_EXCUSED: _excuses(connection, row.id, law, excused, of=respondent_id),
        Guard.DEADLINE_PASSED: excused is not None or over,
        Guard.WITHIN_PENALTIES: _lawful(
            connection, law, row, penalty_cents, excused=excused, of=respondent_id
        ),
    }
    step = advance(None, CitationAction.ISSUE, actor=actor, held=held)
    _refuse_second(connection, violation_id)
    with connection.begin_nested():  # a notice that cannot be issued leaves no draft
        number = number or next_number(connection, NUMBERED, on=moment.on)
        notice_id = _tell(
            connection, row, law, respondent_id=respondent_id, number=number,
            penalty_cents=penalty_cents, actor=actor, moment=moment,
        )  # fmt: skip
    citation_id = insert(
        connection, Citation, number=number, case_id=row.case_id, violation_id=violation_id,
        notice_id=notice_id, status=step.to, penalty_cents=penalty_cents, excused=excused,
    )  # fmt: skip
    record(
        connection, step, case_id=row.case_id, actor=actor, moment=moment, citation=citation_id,
        number=number, violation=violation_id, section=row.section, penalty_cents=penalty_cents,
        excused=excused and str(excused), source=law.forum.source,
    )  # fmt: skip
    return citation_id


def _tell(
    connection: sa.Connection,
    row: sa.Row[Any],
    law: LawPack,
    *,
    respondent_id: int,
    number: str,
    penalty_cents: int,
    actor: Actor,
    moment: Moment,
) -> int:
    """Issue the notice that brings a citation; gives its identity."""
    days = law.deadlines.answer_citation.days
    notice_id = notices.draft(
        connection, case_id=row.case_id, kind=NoticeKind.CITATION, respondent_id=respondent_id,
        violation_ids=[row.id], actor=actor, moment=moment,
        says={"number": number, "penalty_cents": penalty_cents, "days_to_answer": days},
    )  # fmt: skip
    notices.issue(connection, notice_id=notice_id, actor=actor, moment=moment)
    return notice_id


def confirm_service(
    connection: sa.Connection, *, citation_id: int, actor: Actor, moment: Moment
) -> None:
    """Confirm that a citation was served: its penalty is owed, and the days to answer run."""
    row = lock_part(connection, Citation, citation_id, moment=moment)
    # Asked before the notice is confirmed too, which would stand though this is refused.
    step_for(CitationStatus(row.status), CitationAction.CONFIRM_SERVICE, role=actor.role)
    served = notices.see_served(connection, notice_id=row.notice_id, actor=actor, moment=moment)
    step = advance(
        CitationStatus(row.status), CitationAction.CONFIRM_SERVICE, actor=actor,
        held={Guard.SERVICE_PROVED: served.served_on is not None},
    )  # fmt: skip
    law = law_of_case(connection, row.case_id)
    answer_by = due(
        law.deadlines.answer_citation, counted_from=served.served_on,
        calendar=law.calendar.days, by_mail=served.served_by in MAILED,
    )  # fmt: skip
    move(
        connection, Citation, row, step, actor=actor, moment=moment,
        values={"answer_by": answer_by.on}, number=row.number, answer_by=answer_by.on.isoformat(),
        because=answer_by.because,
    )  # fmt: skip
    charge(
        connection, case_id=row.case_id, component=Component.PENALTY, cents=row.penalty_cents,
        authority=f"Citation {row.number}", actor=actor.name, key=f"citation:{row.id}:penalty",
        on=moment.on, now=moment.now,
    )  # fmt: skip


def request_hearing(
    connection: sa.Connection, *, citation_id: int, answer: Answer, actor: Actor, moment: Moment
) -> None:
    """Contest a citation by its deadline, received or postmarked as the law pack says.

    Raises
    ------
    DayError
        The request came before the citation was issued, or is still to come.
    """
    row = lock_part(connection, Citation, citation_id, moment=moment)
    require_answer(
        answer, moment=moment, since=_issued_on(connection, row.notice_id),
        after=f"Citation {row.number} was issued",
    )  # fmt: skip
    rule = law_of_case(connection, row.case_id).deadlines.request_hearing
    timely = row.answer_by is not None and in_time(answer, Deadline(row.answer_by, ""), rule=rule)
    step = advance(
        CitationStatus(row.status), CitationAction.REQUEST_HEARING, actor=actor,
        held={Guard.IN_TIME: timely},
    )  # fmt: skip
    on = judged_on(answer, rule=rule)
    move(
        connection, Citation, row, step, actor=actor, moment=moment,
        values={"contested_on": on}, number=row.number, asked_on=on.isoformat(),
    )  # fmt: skip


def withdraw_request(
    connection: sa.Connection, *, citation_id: int, actor: Actor, moment: Moment
) -> None:
    """Take the request for a hearing back."""
    row = lock_part(connection, Citation, citation_id, moment=moment)
    at = CitationStatus(row.status)
    step = advance(at, CitationAction.WITHDRAW_REQUEST, actor=actor)
    move(
        connection, Citation, row, step, actor=actor, moment=moment, values={"contested_on": None},
        number=row.number,
    )  # fmt: skip


def uphold(connection: sa.Connection, *, citation_id: int, actor: Actor, moment: Moment) -> None:
    """Let a citation stand after its hearing."""
    row = lock_part(connection, Citation, citation_id, moment=moment)
    held = {Guard.HEARING_DECIDED: _heard(connection, citation_id, Outcome.VIOLATION)}
    step = advance(CitationStatus(row.status), CitationAction.UPHOLD, actor=actor, held=held)
    move(connection, Citation, row, step, actor=actor, moment=moment, number=row.number)


def dismiss(
    connection: sa.Connection, *, citation_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Dismiss a citation after its hearing: its penalty falls, and what was paid becomes credit."""
    row = lock_part(connection, Citation, citation_id, moment=moment)
    held = {Guard.HEARING_DECIDED: _heard(connection, citation_id, Outcome.NO_VIOLATION)}
    at = CitationStatus(row.status)
    step = advance(at, CitationAction.DISMISS, actor=actor, held=held, reason=reason)
    move(
        connection, Citation, row, step, actor=actor, moment=moment, reason=reason,
        number=row.number,
    )  # fmt: skip
    _take_back(connection, row, reason=reason, actor=actor, moment=moment)


def settle(connection: sa.Connection, *, citation_id: int, actor: Actor, moment: Moment) -> None:
    """Say that the violation is corrected and nothing is owed."""
    row = lock_part(connection, Citation, citation_id, moment=moment)
    status = sa.select(Violation.status).where(Violation.id == row.violation_id)
    held = {
        Guard.VIOLATION_CORRECTED: connection.scalar(status) == ViolationStatus.CORRECTED,
        Guard.PAID_IN_FULL: is_paid(connection, row.case_id, on=moment.on),
    }
    at = CitationStatus(row.status)
    step = advance(at, CitationAction.SETTLE, actor=actor, held=held)
    move(connection, Citation, row, step, actor=actor, moment=moment, number=row.number)


def void(
    connection: sa.Connection, *, citation_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Take a citation back that should not have been written.

    Its penalty is owed no more, nor what was imposed for further days; what was paid of either
    becomes credit.
    """
    row = lock_part(connection, Citation, citation_id, moment=moment)
    at = CitationStatus(row.status)
    step = advance(at, CitationAction.VOID, actor=actor, reason=reason)
    move(
        connection, Citation, row, step, actor=actor, moment=moment, reason=reason,
        number=row.number,
    )  # fmt: skip
    _take_back(connection, row, reason=reason, actor=actor, moment=moment)
    further_days.give_up(
        connection, row.violation_id, by=f"End of citation {row.number}", reason=reason,
        actor=actor, moment=moment,
    )  # fmt: skip


def _take_back(
    connection: sa.Connection, row: sa.Row[Any], *, reason: str, actor: Actor, moment: Moment
) -> None:
    """Give up the penalty of a citation that fell; one never served was never charged."""
    if row.answer_by is None:
        return
    lower(
        connection, case_id=row.case_id, component=Component.PENALTY, cents=row.penalty_cents,
        authority=f"End of citation {row.number}", reason=reason, actor=actor.name,
        key=f"citation:{row.id}:fell", on=moment.on, now=moment.now,
    )  # fmt: skip


def notice_of(connection: sa.Connection, citation_id: int) -> int:
    """Return the notice that brings a citation."""
    return int(row_of(connection, Citation, citation_id).notice_id)


def _refuse_second(connection: sa.Connection, violation_id: int) -> None:
    running = sa.select(Citation.number, Citation.status).where(
        Citation.violation_id == violation_id, Citation.status.in_(RUNNING)
    )
    found = connection.execute(running).first()
    if found is not None:
        msg = (
            f"The violation is under citation {found.number} already, which is {found.status}: "
            "a further one waits until that is settled, heard or voided."
        )
        raise RunningCitationError(msg)


def _excuses(
    connection: sa.Connection, violation_id: int, law: LawPack, excused: Excused | None, *, of: int
) -> bool:
    """Tell whether a warning was served, or what is said to excuse the lack of one does."""
    if excused is not None and excused not in law.forum.excused:
        return False
    if excused is Excused.REPEAT:
        return is_repeat_by(connection, violation_id, respondent_id=of)
    return excused is not None or is_warned(connection, violation_id)


def is_warned(connection: sa.Connection, violation_id: int) -> bool:
    """Tell whether a warning about a violation was served."""
    served = (
        sa.select(Notice.id)
        .join(NoticeViolation, NoticeViolation.notice_id == Notice.id)
        .where(
            NoticeViolation.violation_id == violation_id,
            Notice.kind == NoticeKind.WARNING,
            Notice.status == NoticeStatus.SERVED,
        )
    )
    return bool(connection.scalar(sa.select(served.exists())))


def _lawful(
    connection: sa.Connection,
    law: LawPack,
    row: sa.Row[Any],
    penalty_cents: int,
    *,
    excused: Excused | None,
    of: int,
) -> bool:
    least, _, most = penalty_limits(connection, row, law, respondent_id=of)
    if not least <= penalty_cents <= most:
        return False
    if law.forum.county_court is None or law.forum.citation_forum is Tribunal.MAGISTRATE:
        return True
    text = provision(law, row.section, on=row.found_on)
    faults = citation_faults(
        law.forum.county_court, penalty_cents=penalty_cents, warning_days=text.cure_days,
        excused=excused,
    )  # fmt: skip
    return not faults


def _heard(connection: sa.Connection, citation_id: int, outcome: Outcome) -> bool:
    decided = sa.select(Hearing.id).where(
        Hearing.citation_id == citation_id,
        Hearing.status == HearingStatus.DECIDED,
        Hearing.outcome == outcome,
    )
    return bool(connection.scalar(sa.select(decided.exists())))


def _issued_on(connection: sa.Connection, notice_id: int) -> date | None:
    return connection.scalar(sa.select(Notice.issued_on).where(Notice.id == notice_id))

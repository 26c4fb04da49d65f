"""Confirm that a hearing was waived, which admits the violation, and set a waiver aside."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from cases import further_days
from cases.actors import Actor, Moment
from cases.advancing import advance
from cases.days import require_day
from cases.models import Citation, Notice
from cases.parts import lock_part, move
from cases.workflow.citation import CitationAction, CitationStatus
from cases.workflow.notice import NoticeStatus
from cases.workflow.step import Guard


class ScraResult(StrEnum):
    """What the Defense Department's records say of a respondent (50 U.S.C. s. 3931(b))."""

    NOT_IN_SERVICE = "not_in_service"
    IN_SERVICE = "in_service"
    NO_RECORD = "no_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScraCheck:
    """The look whether a respondent serves in the forces, before a waiver may be confirmed."""

    checked_on: date
    result: ScraResult


def confirm_waiver(
    connection: sa.Connection,
    *,
    citation_id: int,
    check: ScraCheck | None,
    actor: Actor,
    moment: Moment,
) -> None:
    """Confirm, by name, that the hearing was waived, which admits the violation.

    Never automatic: the deadline has passed, service is proved, and the respondent was found not
    to be in military service.

    Raises
    ------
    DayError
        The search is said to be made on a day to come.
    """
    row = lock_part(connection, Citation, citation_id, moment=moment)
    require_day(check.checked_on if check else None, of="checked_on", moment=moment)
    held = {
        Guard.SERVICE_PROVED: _served(connection, row.notice_id),
        Guard.DEADLINE_PASSED: row.answer_by is not None and row.answer_by < moment.on,
        Guard.SCRA_CHECKED: check is not None and check.result is ScraResult.NOT_IN_SERVICE,
    }
    at = CitationStatus(row.status)
    step = advance(at, CitationAction.CONFIRM_WAIVER, actor=actor, held=held)
    assert check is not None  # noqa: S101 - the guard held
    values = {
        "waived_on": moment.on,
        "waived_by": actor.name,
        "scra_checked_on": check.checked_on,
        "scra_result": check.result,
    }
    move(
        connection, Citation, row, step, actor=actor, moment=moment, values=values,
        number=row.number, scra=str(check.result), scra_checked_on=check.checked_on.isoformat(),
    )  # fmt: skip


def vacate_waiver(
    connection: sa.Connection, *, citation_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Set a waiver aside; the respondent has a hearing after all.

    What was imposed for further days rested on the admission, and is given up.
    """
    row = lock_part(connection, Citation, citation_id, moment=moment)
    at = CitationStatus(row.status)
    step = advance(at, CitationAction.VACATE_WAIVER, actor=actor, reason=reason)
    values = {"waived_on": None, "waived_by": None, "contested_on": moment.on}
    move(
        connection, Citation, row, step, actor=actor, moment=moment, values=values, reason=reason,
        number=row.number,
    )  # fmt: skip
    further_days.give_up(
        connection, row.violation_id, by=f"Waiver of Citation {row.number} set aside",
        reason=reason, actor=actor, moment=moment,
    )  # fmt: skip


def _served(connection: sa.Connection, notice_id: int) -> bool:
    query = sa.select(Notice.status).where(Notice.id == notice_id)
    return connection.scalar(query) == NoticeStatus.SERVED

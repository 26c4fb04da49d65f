"""End a hearing by what both sides agreed, and give what is open until the day agreed."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import advance
from cases.days import DayError
from cases.heard import BEFORE_THE_ORDER
from cases.models import Citation, Hearing, Violation
from cases.parts import lock_part, move
from cases.wording import day_in_words
from cases.workflow.hearing import HearingAction, HearingStatus
from cases.workflow.step import Guard
from cases.workflow.violation import ViolationStatus


def agree(
    connection: sa.Connection,
    *,
    hearing_id: int,
    agreement: str,
    keep_by: date,
    signed_by_respondent: bool,
    actor: Actor,
    moment: Moment,
) -> None:
    """End a hearing by a compliance agreement that both sides signed.

    The time to correct what was to be heard then runs until the day agreed.

    Parameters
    ----------
    keep_by
        The last day on which it is still kept.

    Raises
    ------
    DayError
        That day is over.
    """
    row = lock_part(connection, Hearing, hearing_id, moment=moment)
    held = {Guard.SIGNED_BY_BOTH: signed_by_respondent and bool(agreement.strip())}
    step = advance(HearingStatus(row.status), HearingAction.AGREE, actor=actor, held=held)
    if keep_by < moment.on:
        msg = (
            f"{day_in_words(keep_by)} is over, for today is {day_in_words(moment.on)}: give the "
            "last day on which the agreement is still kept."
        )
        raise DayError(msg, of="keep_by")
    move(
        connection, Hearing, row, step, actor=actor, moment=moment,
        values={"agreement": agreement, "keep_by": keep_by}, agreement=agreement,
        keep_by=keep_by.isoformat(), **_moved(connection, row, keep_by),
    )  # fmt: skip


def _moved(connection: sa.Connection, row: sa.Row[Any], keep_by: date) -> dict[str, Any]:
    """Let the time to correct what was to be heard run until a day; gives what is told of it."""
    if row.about not in BEFORE_THE_ORDER:
        return {}
    until = sa.update(Violation).where(*_heard(row)).values(comply_by=keep_by)
    moved = connection.execute(until.returning(Violation.id, Violation.section)).all()
    return {
        "due": {str(each.id): keep_by.isoformat() for each in moved},
        "sections": {str(each.id): each.section for each in moved},
        "deadlines": {str(each.id): "as agreed" for each in moved},
    }


def _heard(row: sa.Row[Any]) -> list[sa.ColumnElement[bool]]:
    """Say which violations are open of those a hearing was to be about: the one cited, else all."""
    found = [Violation.case_id == row.case_id, Violation.status == ViolationStatus.OPEN]
    if row.citation_id is not None:
        cited = sa.select(Citation.violation_id).where(Citation.id == row.citation_id)
        found.append(Violation.id == cited.scalar_subquery())
    return found

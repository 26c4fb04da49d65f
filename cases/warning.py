"""Warn everybody a case names of every violation in it that they were not warned of yet."""

from typing import Any

import sqlalchemy as sa

from cases import notices
from cases.actors import Actor, Moment
from cases.errors import CaseError
from cases.models import Notice, NoticeViolation, Respondent, Violation
from cases.notices import NoticeKind
from cases.workflow.notice import NoticeStatus
from cases.workflow.violation import ViolationStatus

_STANDS = (NoticeStatus.DRAFTED, NoticeStatus.ISSUED, NoticeStatus.SERVED)


class NothingToWarnOfError(CaseError):
    """Nobody is named, or everybody was warned of everything."""


def warn(connection: sa.Connection, *, case_id: int, actor: Actor, moment: Moment) -> list[int]:
    """Draft and issue a warning to each respondent; gives the notices' identities.

    Raises
    ------
    NothingToWarnOfError
        There is nobody to warn, or nothing to warn of.
    """
    wanting = [
        (row.id, violations)
        for row in connection.execute(_respondents(case_id))
        if (violations := list(connection.scalars(_unwarned(case_id, row.id))))
    ]
    if not wanting:
        msg = (
            "There is nothing to warn of: no respondent is named, or no violation is verified "
            "and open, or everybody was warned of all."
        )
        raise NothingToWarnOfError(msg)
    sent = []
    for respondent_id, violations in wanting:
        notice_id = notices.draft(
            connection, case_id=case_id, kind=NoticeKind.WARNING, respondent_id=respondent_id,
            violation_ids=violations, actor=actor, moment=moment,
        )  # fmt: skip
        notices.issue(connection, notice_id=notice_id, actor=actor, moment=moment)
        sent.append(notice_id)
    return sent


def _respondents(case_id: int) -> sa.Select[Any]:
    current = sa.select(Respondent.id).where(
        Respondent.case_id == case_id, Respondent.until.is_(None)
    )
    return current.order_by(Respondent.id)


def _unwarned(case_id: int, respondent_id: int) -> sa.Select[Any]:
    warned = (
        sa.select(NoticeViolation.violation_id)
        .join(Notice, Notice.id == NoticeViolation.notice_id)
        .where(
            Notice.respondent_id == respondent_id,
            Notice.kind == NoticeKind.WARNING,
            Notice.status.in_(_STANDS),
        )
    )
    still_open = sa.select(Violation.id).where(
        Violation.case_id == case_id,
        Violation.status == ViolationStatus.OPEN,
        Violation.id.not_in(warned),
    )
    return still_open.order_by(Violation.id)

"""Tell everybody a case names of what they were not told yet, by a warning or of a hearing."""

from typing import Any

import sqlalchemy as sa

from cases import notices
from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.errors import CaseError
from cases.lawpack.schema import LawPack
from cases.models import Hearing, Notice, NoticeViolation, Respondent, Violation
from cases.notice_words import NoticeKind, is_told
from cases.workflow.hearing import HearingStatus
from cases.workflow.notice import NoticeStatus

_STANDS = (NoticeStatus.DRAFTED, NoticeStatus.ISSUED, NoticeStatus.SERVED)
_TO_COME = (HearingStatus.REQUESTED, HearingStatus.DOCKETED, HearingStatus.CONTINUED)


class NothingToTellError(CaseError):
    """Nobody is named, or everybody was told of everything, or there is no hearing to tell of."""


def tell(
    connection: sa.Connection, *, case_id: int, kind: NoticeKind, actor: Actor, moment: Moment
) -> list[int]:
    """Draft and issue a notice to each respondent who wants one; gives the notices' identities.

    Parameters
    ----------
    kind
        A warning, of what is open; or a notice of hearing, of what is heard. The others are
        issued with the citation or the order they bring.

    Raises
    ------
    NothingToTellError
        There is nobody to tell, or nothing to tell of.
    """
    if kind is NoticeKind.NOTICE_OF_HEARING and not _is_to_be_heard(connection, case_id):
        msg = "There is nothing to tell of: no hearing was asked for, or all were held."
        raise NothingToTellError(msg)
    law = law_of_case(connection, case_id)
    wanting = [
        (row.id, untold)
        for row in connection.execute(_respondents(case_id))
        if (untold := _untold(connection, case_id, row.id, kind=kind, law=law))
    ]
    if not wanting:
        msg = (
            f"There is nothing to tell by a {_NAMED[kind]}: no respondent is named, or no "
            "violation is verified and open, or everybody was told of all."
        )
        raise NothingToTellError(msg)
    sent = []
    for respondent_id, violations in wanting:
        notice_id = notices.draft(
            connection, case_id=case_id, kind=kind, respondent_id=respondent_id,
            violation_ids=violations, actor=actor, moment=moment,
        )  # fmt: skip
        notices.issue(connection, notice_id=notice_id, actor=actor, moment=moment)
        sent.append(notice_id)
    return sent


def issue_drafts(
    connection: sa.Connection, *, case_id: int, actor: Actor, moment: Moment
) -> list[int]:
    """Issue every notice that is drafted in a case; gives their identities.

    Raises
    ------
    NothingToTellError
        None is drafted.
    GuardError
        One of them names no violation, or nobody at an address.
    """
    drafted = sa.select(Notice.id).where(
        Notice.case_id == case_id, Notice.status == NoticeStatus.DRAFTED
    )
    found = list(connection.scalars(drafted.order_by(Notice.id)))
    if not found:
        msg = "There is nothing to issue: no notice is drafted in this case."
        raise NothingToTellError(msg)
    for notice_id in found:
        notices.issue(connection, notice_id=notice_id, actor=actor, moment=moment)
    return found


_NAMED = {NoticeKind.WARNING: "warning", NoticeKind.NOTICE_OF_HEARING: "notice of hearing"}


def _is_to_be_heard(connection: sa.Connection, case_id: int) -> bool:
    coming = sa.select(Hearing.id).where(Hearing.case_id == case_id, Hearing.status.in_(_TO_COME))
    return connection.scalar(coming.limit(1)) is not None


def _respondents(case_id: int) -> sa.Select[Any]:
    current = sa.select(Respondent.id).where(
        Respondent.case_id == case_id, Respondent.until.is_(None)
    )
    return current.order_by(Respondent.id)


def _untold(
    connection: sa.Connection, case_id: int, respondent_id: int, *, kind: NoticeKind, law: LawPack
) -> list[int]:
    """Return the violations such a notice names that a respondent has none of yet."""
    told = (
        sa.select(NoticeViolation.violation_id)
        .join(Notice, Notice.id == NoticeViolation.notice_id)
        .where(
            Notice.respondent_id == respondent_id,
            Notice.kind == kind,
            Notice.status.in_(_STANDS),
        )
    )
    rest = sa.select(Violation.__table__).where(
        Violation.case_id == case_id, Violation.id.not_in(told)
    )
    rows = connection.execute(rest.order_by(Violation.id))
    return [each.id for each in rows if is_told(each, kind=kind, law=law)]

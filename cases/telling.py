"""Tell everybody a case names of what they were not told yet, by a warning or of a hearing."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from cases import notices
from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.errors import CaseError
from cases.heard import tells_of
from cases.lawpack.schema import LawPack
from cases.models import Notice, NoticeViolation, Respondent, Violation
from cases.notice_words import NoticeKind, docketed, is_heard_at, is_told
from cases.workflow.notice import NoticeStatus

type Row = Any

STANDS = (NoticeStatus.DRAFTED, NoticeStatus.ISSUED, NoticeStatus.SERVED)


class NothingToTellError(CaseError):
    """Nobody is named, or everybody was told of everything, or no hearing has its day."""


def tell(
    connection: sa.Connection, *, case_id: int, kind: NoticeKind, actor: Actor, moment: Moment
) -> list[int]:
    """Draft and issue a notice to each respondent who wants one; gives the notices' identities.

    Parameters
    ----------
    kind
        A warning, of what is open; or a notice of hearing, of what is heard on a day that is set,
        and anew once it has another day. The others are issued with the citation or the order
        they bring.

    Raises
    ------
    NothingToTellError
        There is nobody to tell, or nothing to tell of.
    """
    coming = docketed(connection, case_id)
    if kind is NoticeKind.NOTICE_OF_HEARING and not coming:
        msg = "There is nothing to tell of: no hearing has its day. Docket it first."
        raise NothingToTellError(msg)
    wanted = _of_hearings(coming) if kind is NoticeKind.NOTICE_OF_HEARING else _of_warning
    law, rows = law_of_case(connection, case_id), connection.execute(_violations(case_id)).all()
    told, wanting = connection.execute(_told(case_id, kind=kind)).all(), []
    named = connection.execute(_respondents(case_id)).all()
    for each in named:
        theirs = [row for row in told if row.respondent_id == each.id]
        if untold := [row.id for row in rows if wanted(row, theirs, law)]:
            wanting.append((each.id, untold))
    if not wanting:
        raise NothingToTellError(_why_not(kind, named, rows, law))
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


def _why_not(kind: NoticeKind, named: Sequence[Row], rows: Sequence[Row], law: LawPack) -> str:
    """Say why nobody is to be told of anything."""
    if not named:
        return "Nobody is to be told: no respondent is named. Name one first."
    if kind is NoticeKind.WARNING and not any(is_told(each, kind=kind, law=law) for each in rows):
        return "There is nothing to warn of: no violation is verified and open."
    return f"There is nothing to tell by a {_NAMED[kind]}: everybody was told of all."


def _respondents(case_id: int) -> sa.Select[Any]:
    current = sa.select(Respondent.id).where(
        Respondent.case_id == case_id, Respondent.until.is_(None)
    )
    return current.order_by(Respondent.id)


def _violations(case_id: int) -> sa.Select[Any]:
    mine = sa.select(Violation.__table__).where(Violation.case_id == case_id)
    return mine.order_by(Violation.id)


def _told(case_id: int, *, kind: NoticeKind) -> sa.Select[Any]:
    """Select ``respondent_id``, ``violation_id`` and ``content`` of what notices of a kind told."""
    columns = (Notice.respondent_id, NoticeViolation.violation_id, Notice.content)
    named = sa.select(*columns).join(Notice, Notice.id == NoticeViolation.notice_id)
    mine = (Notice.case_id == case_id, Notice.kind == kind)
    return named.where(*mine, Notice.status.in_(STANDS))


def _of_warning(row: Row, told: Sequence[Row], law: LawPack) -> bool:
    """Tell whether a violation is open and a respondent was not warned of it."""
    known = {each.violation_id for each in told}
    return row.id not in known and is_told(row, kind=NoticeKind.WARNING, law=law)


def _of_hearings(coming: Sequence[Row]) -> Callable[[Row, Sequence[Row], LawPack], bool]:
    """Return the test whether a violation is heard on a day that a respondent was not told."""

    def is_wanted(row: Row, told: Sequence[Row], law: LawPack) -> bool:
        said = [each.content for each in told if each.violation_id == row.id]
        return any(
            is_heard_at(row, hearing, law=law) and not any(tells_of(each, hearing) for each in said)
            for hearing in coming
        )

    return is_wanted

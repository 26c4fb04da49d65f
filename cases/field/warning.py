"""Say how a violation may be warned of on the spot, and issue the warning written there."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases import notices
from cases.actors import Actor, Moment
from cases.adopted import provision
from cases.deadlines import due
from cases.field.errors import WarningError
from cases.lawpack.ordinance import Ordinance
from cases.lawpack.schema import LawPack
from cases.models import Notice, NoticeViolation, Respondent, Violation
from cases.notice_words import NoticeKind
from cases.permissions import may
from cases.telling import STANDS
from cases.workflow.notice import NoticeAction, NoticeStatus
from cases.workflow.roles import Role
from cases.workflow.violation import ViolationStatus

_DEEDS = (NoticeAction.DRAFT, NoticeAction.ISSUE)
WARNED = (NoticeStatus.ISSUED, NoticeStatus.SERVED)
"""As what a warning stands that has left the house; a draft warns nobody."""
_TO_WARN_OF = frozenset({ViolationStatus.OPEN, ViolationStatus.ALLEGED})


def warns(law: LawPack | None) -> bool:
    """Tell whether a town's law has warnings at all."""
    return law is not None and not set(_DEEDS) & set(law.without)


def warn_offer(
    row: Any, law: LawPack | None, *, told: Collection[int], on: date
) -> dict[str, Any] | None:
    """Say how a violation may be warned of; None where nobody warns of such a one.

    Parameters
    ----------
    row
        The violation.
    told
        The respondents to whom a warning names it already, drafted or issued.

    Returns
    -------
    dict or None
        As `warn_of`.
    """
    if law is None or row.section is None or row.status not in _TO_WARN_OF:
        return None
    return warn_of(law, provision(law, row.section, on=row.found_on), told=told, on=on)


def warn_of(
    law: LawPack, text: Ordinance, *, told: Collection[int] = (), on: date
) -> dict[str, Any]:
    """Say how a violation of a provision is warned of.

    Returns
    -------
    dict
        ``officer``: whether an officer may issue the warning by the town's steps; ``told``: the
        respondents it needs no more; ``days`` to correct it, and ``due``, their last one where it
        is served on the day itself; ``moved``: from where and why that moved, "" where it did not.
    """
    rule = law.deadlines.cure_in(text.cure_days)
    until = due(rule, counted_from=on, calendar=law.calendar.days)
    return {
        "officer": all(may(Role.OFFICER, each, without=law.without) for each in _DEEDS),
        "told": sorted(told),
        "days": text.cure_days,
        "due": until.on.isoformat(),
        "moved": until.moved,
    }


def warn(
    connection: sa.Connection,
    *,
    case_id: int,
    respondent_id: int,
    violation_ids: Sequence[int],
    actor: Actor,
    moment: Moment,
) -> int:
    """Draft and issue a warning as it stands; gives its identity. It is to be served by somebody.

    Raises
    ------
    WarningError
        It names what is not open, or what a warning that stands tells the respondent already.
    GuardError
        It names nothing, or nobody at an address.
    """
    _refuse_unverified(connection, violation_ids)
    _refuse_second(connection, violation_ids, respondent_id=respondent_id)
    notice_id = notices.draft(
        connection, case_id=case_id, kind=NoticeKind.WARNING, respondent_id=respondent_id,
        violation_ids=violation_ids, actor=actor, moment=moment,
    )  # fmt: skip
    notices.issue(connection, notice_id=notice_id, actor=actor, moment=moment)
    return notice_id


def _refuse_unverified(connection: sa.Connection, violation_ids: Sequence[int]) -> None:
    query = (
        sa.select(Violation.section, Violation.status)
        .where(Violation.id.in_(violation_ids), Violation.status != ViolationStatus.OPEN)
        .order_by(Violation.id)
    )
    found = connection.execute(query).first()
    if found is not None:
        msg = (
            f"The violation of section {found.section} is {found.status}, not open: a warning "
            "names what was verified on a visit and still stands. Look at it again, and then warn."
        )
        raise WarningError(msg)


def _refuse_second(
    connection: sa.Connection, violation_ids: Sequence[int], *, respondent_id: int
) -> None:
    query = (
        sa.select(Violation.section, Notice.status, Respondent.name)
        .join(NoticeViolation, NoticeViolation.violation_id == Violation.id)
        .join(Notice, Notice.id == NoticeViolation.notice_id)
        .join(Respondent, Respondent.id == Notice.respondent_id)
        .where(
            Violation.id.in_(violation_ids),
            Notice.respondent_id == respondent_id,
            Notice.kind == NoticeKind.WARNING,
            Notice.status.in_(STANDS),
        )
        .order_by(Violation.id)
    )
    found = connection.execute(query).first()
    if found is not None:
        msg = (
            f"A warning to {found.name} names the violation of section {found.section} already "
            f"and is {found.status}: a further one waits until that is withdrawn or thrown away."
        )
        raise WarningError(msg)

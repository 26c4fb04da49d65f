"""Put together what a notice says: to whom, by which law, each violation in the law's own words."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.adopted import provision
from cases.heard import is_heard
from cases.lawpack.schema import LawPack
from cases.models import Hearing, HearingSession, Respondent, Violation
from cases.workflow.hearing import HearingStatus
from cases.workflow.violation import ViolationStatus
from geo.compiled import Compiled


class NoticeKind(StrEnum):
    """What a notice is; each kind is served by rules of its own."""

    WARNING = "warning"
    CITATION = "citation"
    NOTICE_OF_HEARING = "notice_of_hearing"
    ORDER = "order"


def content_of(
    connection: sa.Connection,
    law: LawPack,
    *,
    case_id: int,
    kind: str,
    respondent_id: int,
    named: Iterable[sa.Row[Any]],
) -> dict[str, Any]:
    """Return what a notice says, or would: to whom, by which law, each violation in its words.

    That of a hearing names what is heard at those that are docketed, and says of each at which
    something it names is heard before whom and on which day; and the rights that the law tells of.

    Parameters
    ----------
    named
        The violations it is about; those that are not to be told any more are left out. What is
        corrected already has no ``days`` to be corrected in.
    """
    coming = docketed(connection, case_id) if kind == NoticeKind.NOTICE_OF_HEARING else ()
    to = _TO.first(connection, respondent_id=respondent_id, case_id=case_id)
    told = [
        _of_repeat(each, kind=kind, law=law) | _of_violation(each, kind=kind, law=law)
        for each in named
        if each.case_id == case_id and _is_named(each, coming, kind=kind, law=law)
    ]
    content = {
        "recipient": to.name if to else None,
        "address": to.address if to else None,
        "law": law.pack.cited,
        "violations": told,
    }
    if kind != NoticeKind.NOTICE_OF_HEARING:
        return content
    names = {each["violation"] for each in told}
    return content | {
        "hearings": [_of_hearing(each) for each in coming if names & set(each.violations)],
        "rights": [each.says for each in law.hearing_rights.told] if law.hearing_rights else [],
    }


def _of_violation(each: sa.Row[Any], *, kind: str, law: LawPack) -> dict[str, Any]:
    text = provision(law, each.section, on=each.found_on)
    stands = law.standing_notice_of(text) if kind == NoticeKind.WARNING else None
    told = {"stands": stands.told} if stands else {}
    return told | {
        "violation": each.id,
        "section": text.section,
        "title": text.title,
        "text": text.text,
        "corrected_by": text.corrected_by,
        "days": None if each.status == ViolationStatus.CORRECTED else text.cure_days,
    }


def _of_hearing(each: Any) -> dict[str, Any]:
    return {
        "held_on": each.held_on.isoformat(),
        "body": each.body,
        "place": each.place,
        "begins_at": each.begins_at and f"{each.begins_at:%H:%M}",
    }


def is_told(each: sa.Row[Any], *, kind: str, law: LawPack) -> bool:
    """Tell whether a notice names a violation: an open one, or a repeat heard though corrected.

    Of such a repeat the violator is told first, by a warning that gives no time to correct it, and
    then of the hearing (s. 162.06(3)).
    """
    if each.status == ViolationStatus.OPEN:
        return True
    return kind != NoticeKind.CITATION and is_heard_though_corrected(each, law=law)


def is_heard_though_corrected(each: sa.Row[Any], *, law: LawPack) -> bool:
    """Tell whether a violation is a repeat that was corrected, and the town's law hears such."""
    heard = each.status == ViolationStatus.CORRECTED and each.repeat_confirmed_on is not None
    return heard and law.repeats.heard_though_corrected is not None


def docketed(connection: sa.Connection, case_id: int) -> Sequence[sa.Row[Any]]:
    """Return the hearings of a case that have their day, the first to be held first.

    Columns: ``about``; ``held_on``, ``body``, ``begins_at`` and ``place`` of its sitting;
    ``violations``, the identities of those heard there.
    """
    return _DOCKETED.all(connection, case_id=case_id)


def is_heard_at(each: sa.Row[Any], hearing: sa.Row[Any], *, law: LawPack) -> bool:
    """Tell whether a notice of a hearing names a violation.

    What is cited or ordered is heard though it was corrected; of a case that is neither, what
    `is_told` says.
    """
    if each.id not in hearing.violations:
        return False
    free = hearing.about == "violation"
    return not free or is_told(each, kind=NoticeKind.NOTICE_OF_HEARING, law=law)


def _is_named(each: sa.Row[Any], coming: Sequence[sa.Row[Any]], *, kind: str, law: LawPack) -> bool:
    if coming:
        return any(is_heard_at(each, hearing, law=law) for hearing in coming)
    return is_told(each, kind=kind, law=law)


def _of_repeat(each: sa.Row[Any], *, kind: str, law: LawPack) -> dict[str, Any]:
    """Say what a notice tells of a repeat; before a hearing, that correcting may not end it."""
    if each.repeat_confirmed_on is None:
        return {}
    before = kind in {NoticeKind.WARNING, NoticeKind.NOTICE_OF_HEARING}
    warned = law.repeats.heard_though_corrected if before else None
    return {"repeat": True} | ({"though_corrected": warned} if warned else {})


_TO = Compiled(
    sa.select(Respondent.name, Respondent.address).where(
        Respondent.id == sa.bindparam("respondent_id"),
        Respondent.case_id == sa.bindparam("case_id"),
    )
)
_VIOLATIONS = (
    sa.select(Violation.id).where(is_heard(now=True)).correlate(Hearing).order_by(Violation.id)
)
_DOCKETED = Compiled(
    sa.select(
        Hearing.about,
        HearingSession.held_on,
        HearingSession.body,
        HearingSession.begins_at,
        HearingSession.place,
        sa.func.array(_VIOLATIONS.scalar_subquery()).label("violations"),
    )
    .join(Hearing, Hearing.session_id == HearingSession.id)
    .where(Hearing.case_id == sa.bindparam("case_id"), Hearing.status == HearingStatus.DOCKETED)
    .order_by(HearingSession.held_on, Hearing.id)
)

"""Read whether a notice lets the town correct a violation itself, without an order."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.adopted import law_of_case, provision
from cases.models import Case, CaseEvent, Notice, NoticeViolation, ServiceAttempt, Violation
from cases.notice_words import NoticeKind
from cases.service.attempts import Method
from cases.standing_notice import EarlierNotice, needs_no_further
from cases.workflow.notice import NoticeStatus


def is_unanswered(connection: sa.Connection, violation: sa.Row[Any], *, on: date) -> bool:
    """Tell whether a violation was warned of, its time is over, and the law then lets the town act.

    As section 342.006(a), Texas Health and Safety Code, and section 731.53, Ohio Revised Code, do.
    """
    law = law_of_case(connection, violation.case_id)
    text = provision(law, violation.section, on=violation.found_on)
    over = violation.comply_by is not None and violation.comply_by < on
    warned = _SERVED.where(NoticeViolation.violation_id == violation.id)
    return bool(text.abate_under and over and connection.scalar(sa.select(warned.exists())))


def stands_for(connection: sa.Connection, violation: sa.Row[Any], *, on: date) -> bool:  # noqa: ARG001
    """Tell whether an earlier notice of the same on the same parcel stands for a violation.

    Section 342.006(d), Texas Health and Safety Code: it said so, and was handed over, or mailed and
    posted; of another owner the town knows by a transfer that is on record since.
    """
    law = law_of_case(connection, violation.case_id)
    rules = law.standing_notice_of(provision(law, violation.section, on=violation.found_on))
    here = sa.select(Case.parcel_id).where(Case.id == violation.case_id).scalar_subquery()
    earlier = _SERVED.add_columns(Notice.issued_on, Notice.content, Notice.case_id).where(
        Case.parcel_id == here,
        Violation.id != violation.id,
        Violation.section == violation.section,
        NoticeViolation.violation_id == Violation.id,
    )
    return any(
        needs_no_further(
            rules,
            EarlierNotice(
                noticed_on=row.issued_on,
                told=_says_so(row.content) and _is_brought(connection, row.id),
                same_kind=True,
                owner_changed=_is_sold(connection, row.case_id, since=row.issued_on),
            ),
            found_on=violation.found_on,
        )
        for row in (connection.execute(earlier).all() if rules else ())
    )


def _says_so(content: dict[str, Any]) -> bool:
    return any(each.get("stands") for each in content.get("violations", ()))


def _is_brought(connection: sa.Connection, notice_id: int) -> bool:
    """Tell whether a notice was handed over, or both mailed first class and posted."""
    tried = sa.select(ServiceAttempt.method).where(ServiceAttempt.notice_id == notice_id)
    methods = set(connection.scalars(tried))
    return Method.HAND in methods or {Method.FIRST_CLASS_MAIL, Method.POSTING} <= methods


def _is_sold(connection: sa.Connection, case_id: int, *, since: date) -> bool:
    sold = sa.select(CaseEvent.seq).where(
        CaseEvent.case_id == case_id,
        CaseEvent.kind == "ownership_transferred",
        CaseEvent.happened_on >= since,
    )
    return bool(connection.scalar(sa.select(sold.exists())))


_SERVED = (
    sa.select(Notice.id)
    .join(NoticeViolation, NoticeViolation.notice_id == Notice.id)
    .join(Violation, Violation.id == NoticeViolation.violation_id)
    .join(Case, Case.id == Notice.case_id)
    .where(Notice.kind == NoticeKind.WARNING, Notice.status == NoticeStatus.SERVED)
)

"""The steps of a notice: a warning, a notice of violation or of hearing, an order's copy."""

from enum import StrEnum

from cases.workflow.roles import Role
from cases.workflow.step import Guard, step


class NoticeStatus(StrEnum):
    """What has become of one notice."""

    DRAFTED = "drafted"
    DISCARDED = "discarded"
    ISSUED = "issued"
    SERVED = "served"
    WITHDRAWN = "withdrawn"


class NoticeAction(StrEnum):
    """What may be done with one."""

    DRAFT = "notice.draft"
    DISCARD = "notice.discard"
    ISSUE = "notice.issue"
    RECORD_ATTEMPT = "notice.record_attempt"
    CONFIRM_SERVICE = "notice.confirm_service"
    WITHDRAW = "notice.withdraw"


S, A = NoticeStatus, NoticeAction
_DESK = [Role.OFFICER, Role.CLERK]

STEPS = (
    step(None, A.DRAFT, S.DRAFTED, by=_DESK, event="notice_drafted"),
    step(S.DRAFTED, A.DISCARD, S.DISCARDED, by=_DESK, event="notice_discarded"),
    step(
        S.DRAFTED, A.ISSUE, S.ISSUED, by=_DESK, event="notice_issued",
        needs=[Guard.NAMES_VIOLATIONS, Guard.ADDRESSED, Guard.NAMES_HEARING],
    ),
    step(S.ISSUED, A.RECORD_ATTEMPT, S.ISSUED, by=_DESK, event="service_attempted"),
    step(
        S.ISSUED, A.CONFIRM_SERVICE, S.SERVED, by=_DESK, event="notice_served",
        needs=[Guard.SERVICE_PROVED],
    ),
    step(S.ISSUED, A.WITHDRAW, S.WITHDRAWN, by=_DESK, event="notice_withdrawn", reason=True),
    step(S.SERVED, A.WITHDRAW, S.WITHDRAWN, by=[Role.MANAGER], event="notice_withdrawn",
         reason=True),
)  # fmt: skip

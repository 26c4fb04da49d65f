"""The steps of a hearing before the tribunal."""

from enum import StrEnum

from cases.workflow.roles import Role
from cases.workflow.step import Guard, step


class HearingStatus(StrEnum):
    """What has become of one hearing."""

    REQUESTED = "requested"
    DOCKETED = "docketed"
    OPENED = "opened"
    CONTINUED = "continued"
    DECIDED = "decided"
    AGREED = "agreed"
    CANCELLED = "cancelled"


TO_BE_HEARD = (HearingStatus.DOCKETED, HearingStatus.OPENED)
"""At which a hearing on a docket is still to be called or decided."""


class HearingAction(StrEnum):
    """What may be done about one."""

    REQUEST = "hearing.request"
    DOCKET = "hearing.docket"
    MOVE = "hearing.move"
    SHIFT = "hearing.shift"  # its sitting has another hour or room
    OPEN = "hearing.open"
    CONTINUE = "hearing.continue"
    DECIDE = "hearing.decide"
    AGREE = "hearing.agree"
    CANCEL = "hearing.cancel"


S, A = HearingStatus, HearingAction
_CLERK, _JUDGE = [Role.CLERK], [Role.HEARING_OFFICER]
_BENCH = [Role.CLERK, Role.HEARING_OFFICER]
_SEATED = [Guard.SERVICE_PROVED, Guard.NEW_OWNER_HAD_TIME, Guard.SEAT_FREE]

STEPS = (
    step(
        None, A.REQUEST, S.REQUESTED, event="hearing_requested",
        by=[Role.RESPONDENT, Role.OFFICER, Role.CLERK, Role.MANAGER],
    ),
    step(
        S.REQUESTED, A.DOCKET, S.DOCKETED, by=_CLERK, event="hearing_docketed", needs=_SEATED,
    ),
    step(S.CONTINUED, A.DOCKET, S.DOCKETED, by=_BENCH, event="hearing_docketed", needs=_SEATED),
    step(
        S.DOCKETED, A.MOVE, S.DOCKETED, by=_BENCH, event="hearing_moved",
        needs=[Guard.ANOTHER_WAITS],
    ),
    step(S.DOCKETED, A.SHIFT, S.DOCKETED, by=_CLERK, event="hearing_shifted", reason=True),
    step(
        S.DOCKETED, A.OPEN, S.OPENED, by=_JUDGE, event="hearing_opened",
        needs=[Guard.HEARING_NOTICE_SERVED, Guard.NEW_OWNER_HAD_TIME, Guard.QUORUM],
    ),
    step(S.DOCKETED, A.CONTINUE, S.CONTINUED, by=_BENCH, event="hearing_continued", reason=True),
    step(S.OPENED, A.CONTINUE, S.CONTINUED, by=_JUDGE, event="hearing_continued", reason=True),
    step(
        S.OPENED, A.DECIDE, S.DECIDED, by=_JUDGE, event="hearing_decided",
        needs=[Guard.UNDER_OATH, Guard.FINDINGS_MADE],
    ),
    step(
        S.DOCKETED, A.AGREE, S.AGREED, by=_BENCH, event="compliance_agreed",
        needs=[Guard.SIGNED_BY_BOTH],
    ),
    step(
        S.OPENED, A.AGREE, S.AGREED, by=_JUDGE, event="compliance_agreed",
        needs=[Guard.SIGNED_BY_BOTH],
    ),
    step(S.REQUESTED, A.CANCEL, S.CANCELLED, by=_BENCH, event="hearing_cancelled", reason=True),
    step(S.DOCKETED, A.CANCEL, S.CANCELLED, by=_BENCH, event="hearing_cancelled", reason=True),
    step(S.CONTINUED, A.CANCEL, S.CANCELLED, by=_BENCH, event="hearing_cancelled", reason=True),
)  # fmt: skip

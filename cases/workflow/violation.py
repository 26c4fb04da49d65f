"""The steps of a violation: one breach of one provision."""

from enum import StrEnum

from cases.workflow.roles import Role
from cases.workflow.step import Guard, step


class ViolationStatus(StrEnum):
    """What has become of one violation; ``closed`` comes from imports that do not say how."""

    ALLEGED = "alleged"
    OPEN = "open"
    CORRECTED = "corrected"
    CLOSED = "closed"
    UNFOUNDED = "unfounded"
    VOIDED = "voided"
    TRANSFERRED = "transferred"


class ViolationAction(StrEnum):
    """What may be done about one."""

    ALLEGE = "violation.allege"
    VERIFY = "violation.verify"
    FIND_UNFOUNDED = "violation.find_unfounded"
    FIND_CORRECTED = "violation.find_corrected"
    FIND_STANDING = "violation.find_standing"  # on reinspection it is still there
    TRANSFER = "violation.transfer"
    VOID = "violation.void"
    REOPEN = "violation.reopen"
    CONFIRM_REPEAT = "violation.confirm_repeat"
    WITHDRAW_REPEAT = "violation.withdraw_repeat"


S, A = ViolationStatus, ViolationAction
_OFFICER, _MANAGER = [Role.OFFICER], [Role.MANAGER]
_SEEN = [Guard.INSPECTED, Guard.RIGHT_OF_ENTRY]

STEPS = (
    step(None, A.ALLEGE, S.ALLEGED, by=[Role.OFFICER, Role.CLERK], event="violation_alleged"),
    step(S.ALLEGED, A.VERIFY, S.OPEN, by=_OFFICER, event="violation_verified", needs=_SEEN),
    step(
        S.ALLEGED, A.FIND_UNFOUNDED, S.UNFOUNDED, by=_OFFICER, event="violation_unfounded",
        needs=[Guard.INSPECTED],
    ),
    step(
        S.OPEN, A.FIND_CORRECTED, S.CORRECTED, by=_OFFICER, event="violation_corrected",
        needs=[*_SEEN, Guard.SEEN_SINCE],
    ),
    step(S.OPEN, A.FIND_STANDING, S.OPEN, by=_OFFICER, event="violation_standing", needs=_SEEN),
    step(S.OPEN, A.TRANSFER, S.TRANSFERRED, by=_MANAGER, event="violation_transferred",
         reason=True),
    step(S.ALLEGED, A.VOID, S.VOIDED, by=_MANAGER, event="violation_voided", reason=True),
    step(S.OPEN, A.VOID, S.VOIDED, by=_MANAGER, event="violation_voided", reason=True),
    step(S.CORRECTED, A.REOPEN, S.OPEN, by=_MANAGER, event="violation_reopened", reason=True),
    step(S.UNFOUNDED, A.REOPEN, S.ALLEGED, by=_MANAGER, event="violation_reopened", reason=True),
    # Never automatic; a corrected repeat may still be heard.
    *(
        step(
            at, A.CONFIRM_REPEAT, at, by=[Role.OFFICER, Role.MANAGER], event="repeat_confirmed",
            needs=[Guard.PRIOR_COUNTS],
        )
        for at in (S.OPEN, S.CORRECTED)
    ),
    *(
        step(at, A.WITHDRAW_REPEAT, at, by=_MANAGER, event="repeat_withdrawn",
             needs=[Guard.REPEAT_ON_RECORD, Guard.NOTHING_RESTS_ON_IT], reason=True)
        for at in (S.OPEN, S.CORRECTED)
    ),
)  # fmt: skip

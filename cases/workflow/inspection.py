"""The steps of an inspection: an appointment to be kept, or a visit made without one."""

from enum import StrEnum

from cases.workflow.roles import Role
from cases.workflow.step import Guard, step


class InspectionStatus(StrEnum):
    """What has become of one inspection."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"
    MADE = "made"
    NO_ACCESS = "no_access"
    CANCELLED = "cancelled"


class InspectionAction(StrEnum):
    """What may be done about one."""

    BOOK = "inspection.book"
    CONFIRM = "inspection.confirm"
    MOVE = "inspection.move"
    MAKE = "inspection.make"
    FIND_NO_ACCESS = "inspection.find_no_access"
    CANCEL = "inspection.cancel"


S, A = InspectionStatus, InspectionAction
_OFFICER = [Role.OFFICER]
_ARRANGES = [Role.RESPONDENT, Role.OFFICER, Role.CLERK]
_DESK = [Role.OFFICER, Role.CLERK]
PLANNED = (S.BOOKED, S.CONFIRMED)
"""An appointment of which nothing has come yet."""
_ENTRY = [Guard.RIGHT_OF_ENTRY]

STEPS = (
    step(None, A.BOOK, S.BOOKED, by=_ARRANGES, event="inspection_booked"),
    step(None, A.MAKE, S.MADE, by=_OFFICER, event="inspection_made", needs=_ENTRY),
    step(None, A.FIND_NO_ACCESS, S.NO_ACCESS, by=_OFFICER, event="access_not_had", reason=True),
    step(S.BOOKED, A.CONFIRM, S.CONFIRMED, by=_ARRANGES, event="inspection_confirmed"),
    *(step(at, A.MOVE, S.BOOKED, by=_ARRANGES, event="inspection_moved") for at in PLANNED),
    *(
        step(at, A.MAKE, S.MADE, by=_OFFICER, event="inspection_made", needs=_ENTRY)
        for at in PLANNED
    ),
    *(
        step(at, A.FIND_NO_ACCESS, S.NO_ACCESS, by=_OFFICER, event="access_not_had", reason=True)
        for at in PLANNED
    ),
    *(
        step(at, A.CANCEL, S.CANCELLED, by=_DESK, event="inspection_cancelled", reason=True)
        for at in PLANNED
    ),
)

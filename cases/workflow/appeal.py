"""The steps of an appeal of an order to the circuit court."""

from enum import StrEnum

from cases.workflow.roles import Role
from cases.workflow.step import Guard, step


class AppealStatus(StrEnum):
    """What has become of one appeal."""

    FILED = "filed"
    STAYED = "stayed"  # the order may not be carried out meanwhile
    AFFIRMED = "affirmed"
    REVERSED = "reversed"
    REMANDED = "remanded"
    DISMISSED = "dismissed"


class AppealAction(StrEnum):
    """What may be done about one."""

    FILE = "appeal.file"
    STAY = "appeal.stay"
    LIFT_STAY = "appeal.lift_stay"
    AFFIRM = "appeal.affirm"
    REVERSE = "appeal.reverse"
    REMAND = "appeal.remand"
    DISMISS = "appeal.dismiss"


S, A = AppealStatus, AppealAction
RUNNING = (S.FILED, S.STAYED)
"""The court has not decided yet."""

_CLERK = [Role.CLERK]
_COURT = [Guard.COURT_SAID_SO]

STEPS = (
    step(
        None, A.FILE, S.FILED, by=[Role.RESPONDENT, Role.CLERK], event="appeal_filed",
        needs=[Guard.IN_TIME],
    ),
    step(S.FILED, A.STAY, S.STAYED, by=_CLERK, event="order_stayed", needs=_COURT),
    step(S.STAYED, A.LIFT_STAY, S.FILED, by=_CLERK, event="stay_lifted", needs=_COURT),
    *(
        step(at, action, to, by=_CLERK, event=event, needs=_COURT)
        for at in RUNNING
        for action, to, event in (
            (A.AFFIRM, S.AFFIRMED, "order_affirmed"),
            (A.REVERSE, S.REVERSED, "order_reversed"),
            (A.REMAND, S.REMANDED, "order_remanded"),
            (A.DISMISS, S.DISMISSED, "appeal_dismissed"),
        )
    ),
)  # fmt: skip

"""The steps of a legal action: a suit for what is owed, or for an injunction."""

from enum import StrEnum

from cases.workflow.roles import Role
from cases.workflow.step import Guard, step


class LegalActionStatus(StrEnum):
    """What has become of one action."""

    REFERRED = "referred"
    DECLINED = "declined"
    FILED = "filed"
    JUDGMENT = "judgment"
    SATISFIED = "satisfied"
    SETTLED = "settled"
    DISMISSED = "dismissed"


GIVEN_UP = (LegalActionStatus.DECLINED, LegalActionStatus.DISMISSED, LegalActionStatus.SETTLED)
"""How an action ends that came to nothing by the court."""


class LegalAction(StrEnum):
    """What may be done about one."""

    REFER = "legal_action.refer"
    DECLINE = "legal_action.decline"
    FILE = "legal_action.file"
    ADJUDGE = "legal_action.adjudge"
    SATISFY = "legal_action.satisfy"
    SETTLE = "legal_action.settle"
    DISMISS = "legal_action.dismiss"


S, A = LegalActionStatus, LegalAction
_CLERK, _MANAGER = [Role.CLERK], [Role.MANAGER]
_COURT = [Guard.COURT_SAID_SO]

STEPS = (
    step(None, A.REFER, S.REFERRED, by=_MANAGER, event="action_referred", reason=True),
    step(S.REFERRED, A.DECLINE, S.DECLINED, by=_MANAGER, event="action_declined", reason=True),
    step(S.REFERRED, A.FILE, S.FILED, by=_CLERK, event="action_filed",
         needs=[Guard.NOT_BLOCKED, Guard.AUTHORIZED, Guard.LIEN_RIPE]),
    step(S.FILED, A.ADJUDGE, S.JUDGMENT, by=_CLERK, event="judgment_entered", needs=_COURT),
    step(S.FILED, A.DISMISS, S.DISMISSED, by=_CLERK, event="action_dismissed", needs=_COURT),
    step(S.FILED, A.SETTLE, S.SETTLED, by=_MANAGER, event="action_settled",
         needs=[Guard.AUTHORIZED], reason=True),
    step(S.JUDGMENT, A.SATISFY, S.SATISFIED, by=_CLERK, event="judgment_satisfied",
         needs=[Guard.PAID_IN_FULL]),
)  # fmt: skip

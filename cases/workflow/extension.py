"""The steps of a request for more time."""

from enum import StrEnum

from cases.workflow.roles import Role
from cases.workflow.step import Guard, step


class ExtensionStatus(StrEnum):
    """What has become of one request."""

    REQUESTED = "requested"
    GRANTED = "granted"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


class ExtensionAction(StrEnum):
    """What may be done with one."""

    REQUEST = "extension.request"
    GRANT = "extension.grant"
    DENY = "extension.deny"
    WITHDRAW = "extension.withdraw"


S, A = ExtensionStatus, ExtensionAction
_ASKS = [Role.RESPONDENT, Role.OFFICER, Role.CLERK]  # staff enter the paper form
_DECIDES = [Role.OFFICER, Role.MANAGER]

STEPS = (
    step(
        None, A.REQUEST, S.REQUESTED, by=_ASKS, event="extension_requested",
        needs=[Guard.EXTENDABLE, Guard.BEFORE_DEADLINE, Guard.SAYS_WHY],
        source="the town's process: some violations cannot be delayed",
    ),
    step(S.REQUESTED, A.GRANT, S.GRANTED, by=_DECIDES, event="extension_granted", reason=True),
    step(S.REQUESTED, A.DENY, S.DENIED, by=_DECIDES, event="extension_denied", reason=True),
    step(S.REQUESTED, A.WITHDRAW, S.WITHDRAWN, by=_ASKS, event="extension_withdrawn"),
)  # fmt: skip

"""The steps of a lien: a certified order, recorded."""

from enum import StrEnum

from cases.workflow.roles import Role
from cases.workflow.step import Guard, step


class LienStatus(StrEnum):
    """Whether a lien still binds its property, and how it ended."""

    RECORDED = "recorded"
    FORECLOSING = "foreclosing"
    SATISFIED = "satisfied"
    RELEASED = "released"
    FORECLOSED = "foreclosed"
    EXPIRED = "expired"


BINDING = (LienStatus.RECORDED, LienStatus.FORECLOSING)
"""While a lien binds its property."""


class LienAction(StrEnum):
    """What may be done about one."""

    RECORD = "lien.record"
    STATE_HOMESTEAD = "lien.state_homestead"
    RELEASE_IN_PART = "lien.release_in_part"
    SATISFY = "lien.satisfy"
    RELEASE = "lien.release"
    EXPIRE = "lien.expire"
    FORECLOSE = "lien.foreclose"
    WITHDRAW_FORECLOSURE = "lien.withdraw_foreclosure"
    ADJUDGE = "lien.adjudge"


S, A = LienStatus, LienAction
_CLERK, _MANAGER = [Role.CLERK], [Role.MANAGER]
_DESK = [Role.CLERK, Role.MANAGER]
_PAID = [Guard.PAID_IN_FULL]

STEPS = (
    step(
        None, A.RECORD, S.RECORDED, by=_CLERK, event="lien_recorded",
        needs=[Guard.FINE_CERTIFIED, Guard.SOMETHING_OWED, Guard.NOT_BLOCKED,
               Guard.RECORDING_DATA],
    ),
    step(S.RECORDED, A.STATE_HOMESTEAD, S.RECORDED, by=_DESK, event="homestead_stated",
         reason=True),
    step(S.FORECLOSING, A.STATE_HOMESTEAD, S.FORECLOSING, by=_DESK, event="homestead_stated",
         reason=True),
    step(S.RECORDED, A.RELEASE_IN_PART, S.RECORDED, by=_MANAGER, event="lien_released_in_part",
         needs=[Guard.RECORDING_DATA], reason=True),
    step(S.RECORDED, A.SATISFY, S.SATISFIED, by=_CLERK, event="lien_satisfied", needs=_PAID),
    step(S.FORECLOSING, A.SATISFY, S.SATISFIED, by=_CLERK, event="lien_satisfied", needs=_PAID),
    step(S.RECORDED, A.RELEASE, S.RELEASED, by=_MANAGER, event="lien_released",
         needs=[Guard.AUTHORIZED], reason=True),
    step(
        S.RECORDED, A.EXPIRE, S.EXPIRED, by=_CLERK, event="lien_expired",
        needs=[Guard.LIFE_OVER],
    ),
    step(
        S.RECORDED, A.FORECLOSE, S.FORECLOSING, by=_MANAGER, event="foreclosure_begun",
        needs=[Guard.FORECLOSURE_DUE, Guard.NOT_HOMESTEAD, Guard.NOT_BLOCKED, Guard.AUTHORIZED],
    ),
    step(S.FORECLOSING, A.WITHDRAW_FORECLOSURE, S.RECORDED, by=_MANAGER,
         event="foreclosure_withdrawn", reason=True),
    step(S.FORECLOSING, A.ADJUDGE, S.FORECLOSED, by=_CLERK, event="lien_foreclosed",
         needs=[Guard.COURT_SAID_SO]),
)  # fmt: skip

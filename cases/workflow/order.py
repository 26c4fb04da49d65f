"""The steps of an order of the tribunal, and of the fine that follows when it is not met."""

from enum import StrEnum

from cases.workflow.roles import Role
from cases.workflow.step import Guard, step


class OrderStatus(StrEnum):
    """What has become of one order."""

    ENTERED = "entered"
    SERVED = "served"
    COMPLIED = "complied"
    NONCOMPLIANT = "noncompliant"  # an affidavit says so; the fine is potential, not imposed
    CONTESTED = "contested"
    CERTIFIED = "certified"
    SATISFIED = "satisfied"
    VACATED = "vacated"


class OrderAction(StrEnum):
    """What may be done about one."""

    ENTER = "order.enter"
    CONFIRM_SERVICE = "order.confirm_service"
    VERIFY_COMPLIANCE = "order.verify_compliance"
    FILE_AFFIDAVIT = "order.file_affidavit"
    CONTEST = "order.contest"
    SUSTAIN_AFFIDAVIT = "order.sustain_affidavit"
    REJECT_AFFIDAVIT = "order.reject_affidavit"
    CERTIFY = "order.certify"
    REDUCE = "order.reduce"
    PAUSE = "order.pause"
    RESUME = "order.resume"
    RECORD = "order.record"
    ACKNOWLEDGE = "order.acknowledge"
    SATISFY = "order.satisfy"
    VACATE = "order.vacate"
    SET_ASIDE = "order.set_aside"  # by a court


S, A = OrderStatus, OrderAction
RUNNING = (S.ENTERED, S.SERVED, S.NONCOMPLIANT, S.CONTESTED, S.CERTIFIED)
"""An order stands and is not met yet."""

_OFFICER, _CLERK, _JUDGE = [Role.OFFICER], [Role.CLERK], [Role.HEARING_OFFICER]
_FOUND = [Guard.INSPECTED, Guard.NOT_YET_COMPLIED]
_DESK = [Role.CLERK, Role.MANAGER]

STEPS = (
    step(
        None, A.ENTER, S.ENTERED, by=_JUDGE, event="order_entered",
        needs=[Guard.HEARING_DECIDED, Guard.WITHIN_CAPS, Guard.REPEAT_CONFIRMED],
    ),
    step(
        S.ENTERED, A.CONFIRM_SERVICE, S.SERVED, by=_CLERK, event="order_served",
        needs=[Guard.SERVICE_PROVED],
    ),
    step(S.ENTERED, A.VERIFY_COMPLIANCE, S.COMPLIED, by=_OFFICER, event="compliance_verified",
         needs=_FOUND),
    step(S.SERVED, A.VERIFY_COMPLIANCE, S.COMPLIED, by=_OFFICER, event="compliance_verified",
         needs=_FOUND),
    step(
        S.SERVED, A.FILE_AFFIDAVIT, S.NONCOMPLIANT, by=_OFFICER, event="affidavit_filed",
        needs=[Guard.COMPLY_BY_PASSED, *_FOUND],
    ),
    # Compliance after the affidavit ends the fine's days; the days before it stay to be decided.
    step(S.NONCOMPLIANT, A.VERIFY_COMPLIANCE, S.NONCOMPLIANT, by=_OFFICER,
         event="compliance_verified", needs=_FOUND),
    step(S.CONTESTED, A.VERIFY_COMPLIANCE, S.CONTESTED, by=_OFFICER,
         event="compliance_verified", needs=_FOUND),
    step(S.CERTIFIED, A.VERIFY_COMPLIANCE, S.CERTIFIED, by=_OFFICER,
         event="compliance_verified", needs=_FOUND),
    step(
        S.NONCOMPLIANT, A.CONTEST, S.CONTESTED, by=[Role.RESPONDENT, Role.CLERK],
        event="affidavit_contested", needs=[Guard.IN_TIME],
    ),
    step(
        S.CONTESTED, A.SUSTAIN_AFFIDAVIT, S.NONCOMPLIANT, by=_JUDGE, event="affidavit_sustained",
        needs=[Guard.HEARING_DECIDED], reason=True,
    ),
    step(
        S.CONTESTED, A.REJECT_AFFIDAVIT, S.SERVED, by=_JUDGE, event="affidavit_rejected",
        needs=[Guard.HEARING_DECIDED], reason=True,
    ),
    step(
        S.NONCOMPLIANT, A.CERTIFY, S.CERTIFIED, by=_JUDGE, event="fine_certified",
        needs=[Guard.CONTEST_OVER, Guard.WITHIN_CAPS],
    ),
    step(
        S.CERTIFIED, A.REDUCE, S.CERTIFIED, by=_JUDGE, event="fine_reduced",
        needs=[Guard.MITIGATION_HEARD], reason=True,
    ),
    step(
        S.COMPLIED, A.ACKNOWLEDGE, S.COMPLIED, by=_CLERK, event="compliance_acknowledged",
        needs=[Guard.ORDER_RECORDED],
    ),
    step(
        S.CERTIFIED, A.SATISFY, S.SATISFIED, by=_CLERK, event="order_satisfied",
        needs=[Guard.VIOLATION_CORRECTED, Guard.PAID_IN_FULL],
    ),
    *(
        step(at, A.RECORD, at, by=_CLERK, event="order_recorded",
             needs=[Guard.RECORDING_DATA, Guard.NOT_BLOCKED])
        for at in RUNNING
    ),
    *(
        step(at, action, at, by=_DESK, event=event, needs=[Guard.COURT_OR_COUNSEL], reason=True)
        for at in RUNNING
        for action, event in ((A.PAUSE, "accrual_paused"), (A.RESUME, "accrual_resumed"))
    ),
    *(
        step(at, A.VACATE, S.VACATED, by=_JUDGE, event="order_vacated", reason=True)
        for at in RUNNING
    ),
    # An order that was met or paid may be under appeal still.
    *(
        step(at, A.SET_ASIDE, S.VACATED, by=_CLERK, event="order_set_aside",
             needs=[Guard.COURT_SAID_SO])
        for at in (*RUNNING, S.COMPLIED, S.SATISFIED)
    ),
)  # fmt: skip

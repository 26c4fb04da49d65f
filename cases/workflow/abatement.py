"""The steps of an abatement: the town does what the owner did not, and sends the bill."""

from enum import StrEnum

from cases.workflow.roles import Role
from cases.workflow.step import Guard, step


class AbatementStatus(StrEnum):
    """What has become of one abatement."""

    AUTHORIZED = "authorized"
    ORDERED = "ordered"
    DONE = "done"
    INVOICED = "invoiced"
    SETTLED = "settled"
    CANCELLED = "cancelled"


class AbatementAction(StrEnum):
    """What may be done about one."""

    AUTHORIZE = "abatement.authorize"
    ORDER_WORK = "abatement.order_work"
    COMPLETE = "abatement.complete"
    INVOICE = "abatement.invoice"
    CERTIFY = "abatement.certify"
    SETTLE = "abatement.settle"
    CANCEL = "abatement.cancel"


S, A = AbatementStatus, AbatementAction

STEPS = (
    step(
        None, A.AUTHORIZE, S.AUTHORIZED, by=[Role.MANAGER, Role.HEARING_OFFICER],
        event="abatement_authorized", needs=[Guard.VIOLATION_OPEN, Guard.AUTHORITY], reason=True,
    ),
    step(
        S.AUTHORIZED, A.ORDER_WORK, S.ORDERED, by=[Role.OFFICER, Role.MANAGER],
        event="work_ordered", needs=[Guard.WORK_LAWFUL],
    ),
    step(S.ORDERED, A.COMPLETE, S.DONE, by=[Role.OFFICER], event="work_done",
         needs=[Guard.PHOTOS]),
    step(S.DONE, A.INVOICE, S.INVOICED, by=[Role.CLERK], event="abatement_invoiced",
         needs=[Guard.COST_LINES]),
    step(
        S.INVOICED, A.CERTIFY, S.INVOICED, by=[Role.CLERK], event="cost_certified",
        needs=[Guard.ON_TAX_LIST],
    ),
    step(S.INVOICED, A.SETTLE, S.SETTLED, by=[Role.CLERK], event="abatement_settled",
         needs=[Guard.PAID_IN_FULL]),
    step(S.AUTHORIZED, A.CANCEL, S.CANCELLED, by=[Role.MANAGER], event="abatement_cancelled",
         reason=True),
    step(S.ORDERED, A.CANCEL, S.CANCELLED, by=[Role.MANAGER], event="abatement_cancelled",
         reason=True),
)  # fmt: skip

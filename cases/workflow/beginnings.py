"""Say on which part of a case, and in which status of it, another part begins."""

from collections.abc import Mapping
from enum import StrEnum

from cases.workflow.abatement import AbatementAction
from cases.workflow.appeal import AppealAction
from cases.workflow.casefile import CaseStatus
from cases.workflow.citation import CitationAction
from cases.workflow.document import DocumentAction
from cases.workflow.extension import ExtensionAction
from cases.workflow.hearing import HearingAction, HearingStatus
from cases.workflow.inspection import InspectionAction
from cases.workflow.legal_action import LegalAction
from cases.workflow.lien import LienAction
from cases.workflow.notice import NoticeAction
from cases.workflow.order import OrderAction, OrderStatus
from cases.workflow.violation import ViolationAction, ViolationStatus

_OPEN_CASE = ("case", (CaseStatus.OPEN,))
_OPEN_VIOLATION = ("violation", (ViolationStatus.OPEN,))

BEGIN_ON: Mapping[StrEnum, tuple[str, tuple[StrEnum, ...]]] = {
    ViolationAction.ALLEGE: _OPEN_CASE,
    InspectionAction.MAKE: _OPEN_CASE,
    InspectionAction.BOOK: _OPEN_CASE,
    InspectionAction.FIND_NO_ACCESS: _OPEN_CASE,
    NoticeAction.DRAFT: _OPEN_CASE,
    ExtensionAction.REQUEST: _OPEN_VIOLATION,
    CitationAction.ISSUE: _OPEN_VIOLATION,
    HearingAction.REQUEST: _OPEN_CASE,
    OrderAction.ENTER: ("hearing", (HearingStatus.DECIDED,)),
    LienAction.RECORD: ("order", (OrderStatus.CERTIFIED,)),
    AppealAction.FILE: (
        "order",
        tuple(each for each in OrderStatus if each is not OrderStatus.VACATED),
    ),
    AbatementAction.AUTHORIZE: _OPEN_VIOLATION,
    LegalAction.REFER: _OPEN_CASE,
    DocumentAction.ADD: _OPEN_CASE,
}
"""What begins a part that does not exist yet, and what of the case it is offered on.

Only where to offer it: whether it may be done is decided by the step's guards.
"""

"""The steps of a citation (uniform civil violation)."""

from enum import StrEnum

from cases.workflow.roles import Role
from cases.workflow.step import Guard, step


class CitationStatus(StrEnum):
    """What has become of one citation."""

    ISSUED = "issued"
    SERVED = "served"
    CONTESTED = "contested"
    ADMITTED = "admitted"
    UPHELD = "upheld"
    SETTLED = "settled"
    DISMISSED = "dismissed"
    VOIDED = "voided"


RUNNING = (
    CitationStatus.ISSUED,
    CitationStatus.SERVED,
    CitationStatus.CONTESTED,
    CitationStatus.ADMITTED,
    CitationStatus.UPHELD,
)
"""A citation has not come to its end."""


class CitationAction(StrEnum):
    """What may be done about one."""

    ISSUE = "citation.issue"
    CONFIRM_SERVICE = "citation.confirm_service"
    REQUEST_HEARING = "citation.request_hearing"
    RECORD_LATE = "citation.record_late_request"
    WITHDRAW_REQUEST = "citation.withdraw_request"
    CONFIRM_WAIVER = "citation.confirm_waiver"
    VACATE_WAIVER = "citation.vacate_waiver"
    UPHOLD = "citation.uphold"
    DISMISS = "citation.dismiss"
    IMPOSE_CONTINUING = "citation.impose_continuing"
    SETTLE = "citation.settle"
    VOID = "citation.void"


S, A = CitationStatus, CitationAction
_ASKS = [Role.RESPONDENT, Role.CLERK]
_DESK = [Role.OFFICER, Role.CLERK]
_NAMED = [Role.CLERK, Role.MANAGER]
_JUDGE, _MANAGER = [Role.HEARING_OFFICER], [Role.MANAGER]
_DONE = [Guard.VIOLATION_CORRECTED, Guard.PAID_IN_FULL]

STEPS = (
    step(
        None, A.ISSUE, S.ISSUED, by=[Role.OFFICER], event="citation_issued",
        needs=[Guard.VIOLATION_OPEN, Guard.WARNED_OR_EXCUSED, Guard.DEADLINE_PASSED,
               Guard.WITHIN_PENALTIES],
    ),
    step(
        S.ISSUED, A.CONFIRM_SERVICE, S.SERVED, by=_DESK, event="citation_served",
        needs=[Guard.SERVICE_PROVED],
    ),
    step(
        S.SERVED, A.REQUEST_HEARING, S.CONTESTED, by=_ASKS, event="citation_contested",
        needs=[Guard.IN_TIME],
    ),
    # It changes nothing; one that was in time after all is a ground to vacate a waiver.
    step(S.SERVED, A.RECORD_LATE, S.SERVED, by=[Role.CLERK], event="late_request_recorded",
         needs=[Guard.LATE]),
    step(S.ADMITTED, A.RECORD_LATE, S.ADMITTED, by=[Role.CLERK], event="late_request_recorded"),
    step(S.CONTESTED, A.WITHDRAW_REQUEST, S.SERVED, by=_ASKS, event="contest_withdrawn"),
    # Never automatic: a named person confirms that the hearing was waived, and it can be vacated.
    step(
        S.SERVED, A.CONFIRM_WAIVER, S.ADMITTED, by=_NAMED, event="hearing_waived",
        needs=[Guard.SERVICE_PROVED, Guard.DEADLINE_PASSED, Guard.SCRA_CHECKED],
        source="50 U.S.C. s. 3931 (military service); the town's code (waiver)",
    ),
    step(
        S.ADMITTED, A.VACATE_WAIVER, S.CONTESTED, by=[Role.HEARING_OFFICER, Role.MANAGER],
        event="waiver_vacated", reason=True,
    ),
    step(
        S.CONTESTED, A.UPHOLD, S.UPHELD, by=_JUDGE, event="citation_upheld",
        needs=[Guard.HEARING_DECIDED],
    ),
    step(
        S.CONTESTED, A.DISMISS, S.DISMISSED, by=_JUDGE, event="citation_dismissed",
        needs=[Guard.HEARING_DECIDED], reason=True,
    ),
    # What comes due by itself is potential; a person imposes it, and may let it be.
    *(
        step(at, A.IMPOSE_CONTINUING, at, by=[Role.CLERK], event="continuing_imposed",
             needs=[Guard.DAYS_TO_FINE], source="the town's code (each further day)")
        for at in (S.ADMITTED, S.UPHELD)
    ),
    step(S.SERVED, A.SETTLE, S.SETTLED, by=_DESK, event="citation_settled", needs=_DONE),
    step(S.ADMITTED, A.SETTLE, S.SETTLED, by=_DESK, event="citation_settled", needs=_DONE),
    step(S.UPHELD, A.SETTLE, S.SETTLED, by=_DESK, event="citation_settled", needs=_DONE),
    # What is contested is dismissed or upheld, or the contest withdrawn first.
    *(
        step(at, A.VOID, S.VOIDED, by=_MANAGER, event="citation_voided", reason=True)
        for at in (S.ISSUED, S.SERVED, S.ADMITTED, S.UPHELD)
    ),
)  # fmt: skip

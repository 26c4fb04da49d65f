"""The steps of the case itself; its phase follows from its parts."""

from datetime import date
from enum import StrEnum
from typing import Protocol

from cases.workflow.roles import STAFF, Role
from cases.workflow.step import Guard, step


class CaseStatus(StrEnum):
    """Whether a case may be written in."""

    OPEN = "open"
    CLOSED = "closed"
    VOID = "void"


class CaseAction(StrEnum):
    """What may be done with a case as a whole."""

    OPEN = "case.open"
    PLACE = "case.place"  # on the parcel it is about, where it was on none
    ASSIGN = "case.assign"
    NAME_RESPONDENT = "case.name_respondent"
    TRANSFER_OWNERSHIP = "case.transfer_ownership"
    BLOCK = "case.block"  # a bankruptcy, or counsel's instruction
    UNBLOCK = "case.unblock"
    CLOSE = "case.close"
    REOPEN = "case.reopen"
    VOID = "case.void"


S, A = CaseStatus, CaseAction
_MANAGER = [Role.MANAGER]

STEPS = (
    step(None, A.OPEN, S.OPEN, by=STAFF, event="case_opened"),
    step(S.OPEN, A.PLACE, S.OPEN, by=STAFF, event="case_placed"),
    step(S.OPEN, A.ASSIGN, S.OPEN, by=[Role.CLERK, Role.MANAGER], event="case_assigned"),
    step(
        S.OPEN,
        A.NAME_RESPONDENT,
        S.OPEN,
        by=[Role.OFFICER, Role.CLERK],
        event="respondent_named",
    ),
    step(S.OPEN, A.TRANSFER_OWNERSHIP, S.OPEN, by=[Role.CLERK, Role.MANAGER],
         event="ownership_transferred"),
    step(S.OPEN, A.BLOCK, S.OPEN, by=[Role.CLERK, Role.MANAGER], event="collection_blocked",
         reason=True, source="11 U.S.C. s. 362 (automatic stay)"),
    step(S.OPEN, A.UNBLOCK, S.OPEN, by=_MANAGER, event="collection_unblocked", reason=True),
    step(S.OPEN, A.CLOSE, S.CLOSED, by=STAFF, event="case_closed",
         needs=[Guard.NOTHING_PENDING], reason=True),
    step(S.CLOSED, A.REOPEN, S.OPEN, by=_MANAGER, event="case_reopened", reason=True),
    step(S.OPEN, A.VOID, S.VOID, by=_MANAGER, event="case_voided", reason=True),
)  # fmt: skip


class _Dated(Protocol):
    """A case's row, or whatever else says when it was closed and voided."""

    @property
    def closed_on(self) -> date | None: ...
    @property
    def voided_on(self) -> date | None: ...


def status_of(case: _Dated) -> CaseStatus:
    """Tell from a case's days whether it may be written in."""
    if case.voided_on is not None:
        return CaseStatus.VOID
    return CaseStatus.OPEN if case.closed_on is None else CaseStatus.CLOSED

"""The steps of a document that hangs on a case; its file never changes and is never thrown away."""

from enum import StrEnum

from cases.workflow.roles import STAFF, Role
from cases.workflow.step import Guard, step


class DocumentStatus(StrEnum):
    """Whether a document still counts among a case's papers."""

    ATTACHED = "attached"
    WITHDRAWN = "withdrawn"


class DocumentAction(StrEnum):
    """What may be done with one."""

    ADD = "document.add"
    REDACT = "document.redact"
    PUBLISH = "document.publish"
    HOLD_BACK = "document.hold_back"
    WITHDRAW = "document.withdraw"


S, A = DocumentStatus, DocumentAction
_RECORDS = [Role.CLERK, Role.MANAGER]

STEPS = (
    step(None, A.ADD, S.ATTACHED, by=STAFF | {Role.HEARING_OFFICER, Role.RESPONDENT},
         event="document_added"),
    step(S.ATTACHED, A.REDACT, S.ATTACHED, by=_RECORDS, event="document_redacted",
         needs=[Guard.EXEMPTION_CITED]),
    step(S.ATTACHED, A.PUBLISH, S.ATTACHED, by=_RECORDS, event="document_published",
         needs=[Guard.PUBLIC_COPY]),
    step(S.ATTACHED, A.HOLD_BACK, S.ATTACHED, by=_RECORDS, event="document_held_back",
         reason=True),
    step(S.ATTACHED, A.WITHDRAW, S.WITHDRAWN, by=STAFF, event="document_withdrawn", reason=True),
)  # fmt: skip

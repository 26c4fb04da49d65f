"""The steps of a complaint: a report, which is not yet a case."""

from enum import StrEnum

from cases.workflow.roles import STAFF, Role
from cases.workflow.step import Guard, step


class ComplaintStatus(StrEnum):
    """What has become of one complaint."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    LINKED = "linked"
    REFERRED = "referred"
    DISMISSED = "dismissed"
    CLOSED = "closed"


class ComplaintAction(StrEnum):
    """What may be done with one."""

    RECEIVE = "complaint.receive"
    OVERRIDE = "complaint.override"  # an automatic decision
    PLACE = "complaint.place"  # on the parcel it is about, where it was on none
    RELEASE = "complaint.release"  # what was held back as maybe no report
    NAME_REPORTER = "complaint.name_reporter"  # who said nothing of themselves at first
    ACCEPT = "complaint.accept"
    LINK = "complaint.link"
    REFER = "complaint.refer"
    DISMISS = "complaint.dismiss"
    REOPEN = "complaint.reopen"
    CLOSE = "complaint.close"
    FOLLOW = "complaint.follow"  # what it repeats was accepted
    DISCLOSE_REPORTER = "complaint.disclose_reporter"


S, A = ComplaintStatus, ComplaintAction
_ENDED = [Guard.MATTER_ENDED, Guard.TOLD]

STEPS = (
    step(None, A.RECEIVE, S.RECEIVED, by=STAFF | {Role.RESIDENT}, event="complaint_received"),
    step(S.RECEIVED, A.OVERRIDE, S.RECEIVED, by=STAFF, event="screening_overridden", reason=True),
    step(S.RECEIVED, A.PLACE, S.RECEIVED, by=STAFF, event="complaint_placed"),
    step(S.RECEIVED, A.RELEASE, S.RECEIVED, by=STAFF, event="complaint_released"),
    step(S.RECEIVED, A.NAME_REPORTER, S.RECEIVED, by=STAFF, event="reporter_named"),
    step(
        S.RECEIVED,
        A.ACCEPT,
        S.ACCEPTED,
        by=STAFF,
        event="complaint_accepted",
        needs=[Guard.MAY_OPEN],
    ),
    step(S.RECEIVED, A.LINK, S.LINKED, by=STAFF, event="complaint_linked"),
    step(S.RECEIVED, A.REFER, S.REFERRED, by=STAFF, event="complaint_referred", reason=True),
    step(S.RECEIVED, A.DISMISS, S.DISMISSED, by=STAFF, event="complaint_dismissed", reason=True),
    step(
        S.DISMISSED,
        A.REOPEN,
        S.RECEIVED,
        by=[Role.MANAGER],
        event="complaint_reopened",
        reason=True,
    ),
    step(S.LINKED, A.FOLLOW, S.LINKED, by=STAFF, event="complaint_followed"),
    step(S.ACCEPTED, A.CLOSE, S.CLOSED, by=STAFF, event="complaint_closed", needs=_ENDED),
    step(S.LINKED, A.CLOSE, S.CLOSED, by=STAFF, event="complaint_closed", needs=_ENDED),
    *(
        step(at, A.DISCLOSE_REPORTER, at, by=STAFF, event="reporter_disclosed", reason=True)
        for at in S
    ),
)  # fmt: skip

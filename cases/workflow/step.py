"""Say what a step is, and what may have to hold before it is taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cases.workflow.roles import Role


class Guard(StrEnum):
    """What must hold before a step; the value says it in the words a clerk is told."""

    MAY_OPEN = "the complaint may open an investigation under the town's rule on anonymity"
    RIGHT_OF_ENTRY = "the inspection says by what right the officer saw it"
    INSPECTED = "an inspection is on record"
    SEEN_SINCE = "the inspection was made after the one that found the violation"
    NAMES_VIOLATIONS = "the notice names an open violation, its section and what corrects it"
    ADDRESSED = "the notice has a recipient and an address"
    NAMES_HEARING = "a notice of hearing names a hearing that has its day"
    SERVICE_PROVED = "service is proved"
    HEARING_NOTICE_SERVED = "the notice of hearing is served before the hearing"
    NEW_OWNER_HAD_TIME = "a new owner has had the time to correct before it"
    EXTENDABLE = "the provision allows more time"
    BEFORE_DEADLINE = "it is asked before the deadline"
    SAYS_WHY = "the respondent says why and shows progress"
    IN_TIME = "it came within the time the law gives"
    LATE = "it came after the time the law gives"
    DEADLINE_PASSED = "the deadline has passed"
    WARNED_OR_EXCUSED = "a warning was served, or a reason to need none is on record"
    VIOLATION_OPEN = "the violation is open"
    VIOLATION_CORRECTED = "the violation is corrected"
    WITHIN_PENALTIES = "the penalty lies within what the provision allows"
    SCRA_CHECKED = "the military-service (SCRA) check is on record"
    DAYS_TO_FINE = "the violation stood after the time to correct it, on days that no order fines"
    PAID_IN_FULL = "nothing is owed"
    SOMETHING_OWED = "something is owed"
    SEAT_FREE = "the session has room"
    ANOTHER_WAITS = "another hearing that waits to be opened stands on that side of it"
    QUORUM = "enough members sit"
    UNDER_OATH = "those who testified were sworn"
    FINDINGS_MADE = "findings of fact are on record"
    SIGNED_BY_BOTH = "the town and the respondent have signed"
    HEARING_DECIDED = "the hearing is decided and found so"
    PRIOR_COUNTS = "a prior found or admitted in the years before counts against the same violator"
    REPEAT_ON_RECORD = "a repeat is confirmed on record"
    REPEAT_CONFIRMED = (
        "a repeat fined as such is confirmed on record, its prior counts, and its days begin when "
        "it was found"
    )
    NOTHING_RESTS_ON_IT = "no citation or order that stands rests on it"
    WITHIN_CAPS = "the fine lies within the caps of the law"
    COMPLY_BY_PASSED = "the day to comply by has passed"
    NOT_YET_COMPLIED = "compliance is not on record yet"
    CONTEST_OVER = "the time to contest the affidavit has passed, or the contest is decided"
    MITIGATION_HEARD = "the request to reduce the fine was heard and granted, for one reduction"
    ORDER_RECORDED = "the order is recorded"
    FINE_CERTIFIED = "the fine is certified"
    NOT_BLOCKED = "no bankruptcy, stay or instruction of counsel blocks it"
    RECORDING_DATA = "the instrument number and the day of recording are given"
    LIFE_OVER = "the life of the lien is over"
    FORECLOSURE_DUE = "the months before a foreclosure have passed"
    NOT_HOMESTEAD = "the property is no homestead"
    AUTHORIZED = "the governing body has authorized it"
    COURT_OR_COUNSEL = "the court's order or counsel's written instruction is on record"
    LIEN_RIPE = "the lien sued upon has waited its months, or its foreclosure is begun"
    COURT_SAID_SO = "the court's paper is on record"
    AUTHORITY = "an order or an emergency gives the authority, or a notice where the law says so"
    WORK_LAWFUL = "a contractor is named, and the owner's consent or a warrant to enter"
    PHOTOS = "photographs before and after are on record"
    COST_LINES = "the costs are itemized"
    ON_TAX_LIST = "the law has such a cost collected with the taxes"
    MATTER_ENDED = "its case has ended, or no violation was found"
    EXEMPTION_CITED = "each part blacked out cites the section that exempts it"
    PUBLIC_COPY = "a copy for the public is made, without what the camera wrote"
    TOLD = "it says how the reporter was told and on which day"
    NOTHING_PENDING = "nothing in the case is open, unpaid or waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that may happen to one part of a case.

    Parameters
    ----------
    at
        The status it is taken from; None where the part does not exist yet.
    action, to
        What is done, and the status it leads to.
    by
        Who may.
    event
        What the history says of it, in the past tense.
    needs
        What must hold.
    reason
        Whether a reason must be given.
    source
        What it rests on in every state: federal law, or the town's own code or process. The
        provisions of a state are its law pack's to name.
    """

    at: StrEnum | None
    action: StrEnum
    to: StrEnum
    by: frozenset[Role]
    event: str
    needs: tuple[Guard, ...] = ()
    reason: bool = False
    source: str = ""


def step(
    at: StrEnum | None,
    action: StrEnum,
    to: StrEnum,
    *,
    by: Iterable[Role],
    event: str,
    needs: Iterable[Guard] = (),
    reason: bool = False,
    source: str = "",
) -> Step:
    """Write one row of the table."""
    return Step(
        at=at,
        action=action,
        to=to,
        by=frozenset(by),
        event=event,
        needs=tuple(needs),
        reason=reason,
        source=source,
    )

"""Plan visits, make them, and keep by what right the officer saw what was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases import violations
from cases.actors import Actor, Moment
from cases.advancing import advance, lock_open_case, record
from cases.days import DayError
from cases.models import Inspection
from cases.parts import lock_part, move
from cases.rows import insert
from cases.wording import day_in_words, hour_in_words
from cases.workflow.inspection import PLANNED, InspectionAction, InspectionStatus
from cases.workflow.step import Guard
from cases.workflow.violation import ViolationStatus

FARTHEST = timedelta(days=365)
"""How far ahead a visit may be arranged."""
HOURS = range(6, 21)
"""The hours of a day in which one may begin."""
USUAL_HOURS = range(8, 17)
"""The hours in which an office is open; a visit at another is booked on purpose or by mistake."""
LASTS = timedelta(hours=1)
"""How long a visit takes an officer up, as booking takes it: within it, they are elsewhere."""


class Entry(StrEnum):
    """By what right an officer saw the property."""

    VANTAGE = "vantage"  # from where anybody may stand
    CONSENT = "consent"
    WARRANT = "warrant"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One item of an inspection's checklist.

    Parameters
    ----------
    section
        The provision the item tries.
    """

    section: str
    item: str
    passed: bool


class Answer(StrEnum):
    """What an officer answers a line that asks what is there."""

    YES = "yes"
    NO = "no"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One line of what was looked for, with its answer (`cases.checklists`)."""

    line: str
    answer: Answer
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What an officer brings back from a visit.

    Parameters
    ----------
    entry_detail
        Where the officer stood, who consented, or the warrant's number.
    looked
        What was looked for by the kind of the case; no line of it becomes a violation.
    """

    entry: Entry
    entry_detail: str
    findings: Sequence[Finding] = ()
    looked: Sequence[Looked] = ()
    note: str | None = None


def arrange(
    connection: sa.Connection, *, case_id: int, at: datetime, actor: Actor, moment: Moment
) -> int:
    """Arrange the one visit to come of a case; gives its identity.

    Parameters
    ----------
    at
        When, with its time zone.

    Raises
    ------
    DayError
        It is over, too far ahead or at night; or another visit is arranged already.
    """
    lock_open_case(connection, case_id, on=moment.on)
    planned = sa.select(Inspection.booked_for).where(
        Inspection.case_id == case_id, Inspection.status.in_(PLANNED)
    )
    refuse_hour(at, moment=moment)
    if (other := connection.scalar(planned.limit(1))) is not None:
        there = other.astimezone(at.tzinfo)
        hour = hour_in_words(there.time())
        msg = (
            f"A visit is arranged for {day_in_words(there.date())} at {hour} already: move that "
            "one, or say what came of it."
        )
        raise DayError(msg, of="at")
    return book(connection, case_id=case_id, at=at, actor=actor, moment=moment)


def book(
    connection: sa.Connection, *, case_id: int, at: datetime, actor: Actor, moment: Moment
) -> int:
    """Put a visit on record by its hour, also one told once it is over; gives its identity.

    Parameters
    ----------
    at
        When, with its time zone.
    """
    lock_open_case(connection, case_id, on=moment.on)
    step = advance(None, InspectionAction.BOOK, actor=actor)
    values = {"case_id": case_id, "status": step.to, "booked_for": at}
    inspection_id = insert(connection, Inspection, **values)
    record(
        connection, step, case_id=case_id, actor=actor, moment=moment, inspection=inspection_id,
        booked_for=at.isoformat(),
    )  # fmt: skip
    return inspection_id


def confirm(connection: sa.Connection, *, inspection_id: int, actor: Actor, moment: Moment) -> None:
    """Confirm an appointment."""
    _step(connection, InspectionAction.CONFIRM, inspection_id, actor=actor, moment=moment)


def postpone(
    connection: sa.Connection, *, inspection_id: int, at: datetime, actor: Actor, moment: Moment
) -> None:
    """Move an appointment to another time; it wants confirming again.

    Raises
    ------
    DayError
        The time is over, too far ahead or at night.
    """
    refuse_hour(at, moment=moment)
    _step(
        connection, InspectionAction.MOVE, inspection_id, actor=actor, moment=moment,
        values={"booked_for": at}, booked_for=at.isoformat(),
    )  # fmt: skip


def find_no_access(
    connection: sa.Connection, *, inspection_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Say that a visit was in vain."""
    _step(
        connection, InspectionAction.FIND_NO_ACCESS, inspection_id, actor=actor, moment=moment,
        reason=reason,
    )  # fmt: skip


def try_in_vain(
    connection: sa.Connection,
    *,
    case_id: int,
    at: datetime,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> int:
    """Record a visit that nobody had planned and that was in vain; gives its identity.

    Parameters
    ----------
    at
        When the officer came, with its time zone.
    """
    lock_open_case(connection, case_id, on=moment.on)
    step = advance(None, InspectionAction.FIND_NO_ACCESS, actor=actor, reason=reason)
    values = {"case_id": case_id, "status": step.to, "tried_at": at, "officer": actor.name}
    inspection_id = insert(connection, Inspection, **values)
    record(
        connection, step, case_id=case_id, actor=actor, moment=moment, inspection=inspection_id,
        reason=reason, tried_at=at.isoformat(),
    )  # fmt: skip
    return inspection_id


def cancel(
    connection: sa.Connection, *, inspection_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Call an appointment off."""
    _step(
        connection, InspectionAction.CANCEL, inspection_id, actor=actor, moment=moment,
        reason=reason,
    )  # fmt: skip


def make(
    connection: sa.Connection, *, case_id: int, visit: Visit, actor: Actor, moment: Moment
) -> int:
    """Record a visit made without an appointment; gives its identity.

    An item that did not pass becomes a verified violation of its section, unless that is open
    already: then it is found standing.
    """
    lock_open_case(connection, case_id, on=moment.on)
    step = advance(None, InspectionAction.MAKE, actor=actor, held=_lawful(visit))
    values = {"case_id": case_id, "status": step.to, **_seen(visit, actor, moment)}
    inspection_id = insert(connection, Inspection, **values)
    record(
        connection, step, case_id=case_id, actor=actor, moment=moment, inspection=inspection_id,
        **_told(visit),
    )  # fmt: skip
    _write_up(connection, case_id, inspection_id, visit, actor=actor, moment=moment)
    return inspection_id


def keep(
    connection: sa.Connection, *, inspection_id: int, visit: Visit, actor: Actor, moment: Moment
) -> None:
    """Record the visit of an appointment; what did not pass becomes a verified violation."""
    row = lock_part(connection, Inspection, inspection_id, moment=moment)
    at = InspectionStatus(row.status)
    step = advance(at, InspectionAction.MAKE, actor=actor, held=_lawful(visit))
    move(
        connection, Inspection, row, step, actor=actor, moment=moment,
        values=_seen(visit, actor, moment), **_told(visit),
    )  # fmt: skip
    _write_up(connection, row.case_id, inspection_id, visit, actor=actor, moment=moment)


def refuse_hour(at: datetime, *, moment: Moment) -> None:
    """Refuse an hour for which no visit can be arranged.

    Raises
    ------
    DayError
        It is over, too far ahead or at night.
    """
    hour = hour_in_words(at.time())
    if at < moment.now:
        msg = f"{day_in_words(at.date())} at {hour} is over: arrange a visit for a time to come."
        raise DayError(msg, of="at")
    if at > moment.now + FARTHEST:
        msg = f"{day_in_words(at.date())} is more than a year ahead: arrange it for a nearer day."
        raise DayError(msg, of="at")
    if at.hour not in HOURS:
        msg = f"A visit begins between 6:00 AM and 8:59 PM, not at {hour}: give another hour."
        raise DayError(msg, of="at")


def _step(
    connection: sa.Connection,
    action: InspectionAction,
    inspection_id: int,
    *,
    actor: Actor,
    moment: Moment,
    values: dict[str, Any] | None = None,
    reason: str | None = None,
    **details: Any,
) -> None:
    row = lock_part(connection, Inspection, inspection_id, moment=moment)
    step = advance(InspectionStatus(row.status), action, actor=actor, reason=reason)
    move(
        connection, Inspection, row, step, actor=actor, moment=moment, values=values,
        reason=reason, **details,
    )  # fmt: skip


def _lawful(visit: Visit) -> dict[Guard, bool]:
    shown = visit.entry is Entry.REFUSED or bool(visit.entry_detail.strip())
    return {Guard.RIGHT_OF_ENTRY: shown}


def _seen(visit: Visit, actor: Actor, moment: Moment) -> dict[str, Any]:
    checklist = [
        {"section": each.section, "item": each.item, "passed": each.passed}
        for each in visit.findings
    ]
    return {
        "made_on": moment.on,
        "officer": actor.name,
        "entry": visit.entry,
        "entry_detail": visit.entry_detail,
        "checklist": checklist,
        "looked": [
            {"line": each.line, "answer": str(each.answer), "note": each.note}
            for each in visit.looked
        ],
        "note": visit.note,
    }


def _told(visit: Visit) -> dict[str, Any]:
    failed = [each.item for each in visit.findings if not each.passed]
    return {
        "entry": str(visit.entry),
        "entry_detail": visit.entry_detail or None,
        "failed": failed or None,
        "note": visit.note,
    }


def _write_up(
    connection: sa.Connection,
    case_id: int,
    inspection_id: int,
    visit: Visit,
    *,
    actor: Actor,
    moment: Moment,
) -> None:
    """Verify what did not pass; nothing the case has on record is alleged a second time."""
    who: dict[str, Any] = {"actor": actor, "moment": moment}
    for section in dict.fromkeys(each.section for each in visit.findings if not each.passed):
        known = violations.on_record(connection, case_id=case_id, section=section)
        violation_id = (
            known.id if known
            else violations.allege(connection, case_id=case_id, section=section, **who)
        )  # fmt: skip
        is_open = known is not None and known.status == ViolationStatus.OPEN
        find = violations.find_standing if is_open else violations.verify
        find(connection, violation_id=violation_id, inspection_id=inspection_id, **who)

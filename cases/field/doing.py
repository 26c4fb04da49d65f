"""Do in the records what an officer did in the field, a command for each kind of deed."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from cases import citing, inspections, notices, violations
from cases.actors import Actor, Moment
from cases.field import hazards, noting, numbers, starting, told, warning
from cases.field.errors import NoVisitError, SettledError, UnreadableError
from cases.field.handing import Paper, handed, posted
from cases.field.records import of_officer, taken_visit, told_before
from cases.field.told import Kind, Result
from cases.inspections import Finding, Looked
from cases.intake import accept
from cases.models import Citation, FieldSettlement, Notice, Violation
from cases.opening import close_case
from cases.screening import Belief
from cases.visits import outcomes
from cases.wording import day_in_words, hour_in_words, tidy


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """A deed that is being done: who told what, and when it was.

    Parameters
    ----------
    case_id
        The case it is about; None for a complaint not yet looked into, or a parcel.
    """

    connection: sa.Connection
    deed: told.Deed
    case_id: int | None
    staff_id: int
    actor: Actor
    moment: Moment

    @property
    def who(self) -> dict[str, Any]:
        """Who does it and when, as every command takes it."""
        return {"actor": self.actor, "moment": self.moment}


type Done = dict[str, Any]
"""What the office answers: identities and numbers the phone did not know."""


def _open(doing: Doing, said: told.Opened) -> Done:
    """Open a case of what was seen in passing, and keep the visit that saw it."""
    case_id = starting.open_seen(
        doing.connection, said, as_it_is=_was_told_there(doing), **doing.who
    )
    return _visited(doing, said, case_id)


def _was_told_there(doing: Doing) -> bool:
    """Tell whether a person read that no parcel is known at this very place, and sends it again."""
    if doing.deed.again is None:
        return False
    chain = told_before(doing.connection, doing.deed.again)
    links = [of_officer(doing.connection, each, staff_id=doing.staff_id) for each in chain]
    return any(
        link is not None and link.answer.get("unplaced") and _is_there(doing, link.told["payload"])
        for link in links
    )


def _is_there(doing: Doing, was: Mapping[str, Any]) -> bool:
    place = ("parcel_no", "address", "spot")
    return all(doing.deed.payload.get(each) == was.get(each) for each in place)


def _visit(doing: Doing, said: told.Visit) -> Done:
    case_id = doing.case_id or _look_into(doing, said.belief)
    return _visited(doing, said, case_id, inspection_id=said.inspection)


def _visited(
    doing: Doing, said: told.Seen, case_id: int, *, inspection_id: int | None = None
) -> Done:
    """Keep what was seen, as the visit of an appointment where one was made."""
    visit = inspections.Visit(
        entry=said.entry,
        entry_detail=tidy(said.entry_detail) or "",
        findings=tuple(
            Finding(section=each.section, item=each.item, passed=each.passed)
            for each in said.findings
        ),
        looked=tuple(Looked(**dict(each)) for each in said.looked),
        note=tidy(_dated(said.note, said.seen_at, doing.moment)),
    )
    if inspection_id is None:
        inspection_id = inspections.make(
            doing.connection, case_id=case_id, visit=visit, **doing.who
        )
    else:
        inspections.keep(doing.connection, inspection_id=inspection_id, visit=visit, **doing.who)
    return {"case": case_id, "inspection": inspection_id, **_found(doing, case_id, said)}


def _found(doing: Doing, case_id: int, said: told.Seen) -> Done:
    """Tell which violation each item became that the phone gave a name of its own."""
    named = {str(each.id): each.section for each in said.findings if each.id and not each.passed}
    if not named:
        return {}
    became: dict[str, int] = {}
    for name, section in named.items():
        row = violations.on_record(doing.connection, case_id=case_id, section=section)
        if row is not None:
            became[name] = row.id
    return {"violations": became}


def _dated(note: str, seen_at: datetime | None, moment: Moment) -> str:
    """Say in a note told anew when it really was."""
    if seen_at is None:
        return note
    seen = seen_at.astimezone(moment.now.tzinfo)
    hour = hour_in_words(seen.time())
    return f"Seen on {day_in_words(seen.date())} at {hour}, entered later. {note}"


def _look_into(doing: Doing, belief: told.Believed | None = None) -> int:
    """Accept the complaint that the officer came for, which opens a case or feeds one."""
    if doing.deed.complaint is None:
        msg = "The deed names neither a case nor a complaint."
        raise UnreadableError(msg)
    believed = Belief(imminent=belief.imminent, reason=belief.reason) if belief else None
    return accept(doing.connection, complaint_id=doing.deed.complaint, belief=believed, **doing.who)


def _no_access(doing: Doing, said: told.NoAccess) -> Done:
    case_id = doing.case_id or _look_into(doing)
    if said.inspection is not None:
        inspections.find_no_access(
            doing.connection, inspection_id=said.inspection, reason=said.reason, **doing.who
        )
        return {"case": case_id, "inspection": said.inspection}
    at = doing.deed.done_at or doing.deed.made_at
    tried = inspections.try_in_vain(
        doing.connection, case_id=case_id, at=at, reason=said.reason, **doing.who
    )
    return {"case": case_id, "inspection": tried}


_RESULTS: Mapping[Result, Callable[..., None]] = {
    Result.VERIFIED: violations.verify,
    Result.UNFOUNDED: violations.find_unfounded,
    Result.STANDING: violations.find_standing,
    Result.CORRECTED: violations.find_corrected,
}


def _result(doing: Doing, said: told.Found) -> Done:
    if doing.deed.visit is None:
        msg = "The deed does not say on which visit it was seen."
        raise UnreadableError(msg)
    visit = taken_visit(doing.connection, doing.deed.visit, staff_id=doing.staff_id)
    _require_of_case(doing, said.violation)
    _RESULTS[said.result](
        doing.connection, violation_id=said.violation,
        inspection_id=visit.answer["inspection"], **doing.who,
    )  # fmt: skip
    return {"case": doing.case_id}


def _warn(doing: Doing, said: told.Warn) -> Done:
    if doing.deed.visit is not None:
        taken_visit(doing.connection, doing.deed.visit, staff_id=doing.staff_id)
    named = [*said.violations, *(_found_on_visit(doing, each) for each in said.found)]
    for each in named:
        _require_of_case(doing, each)
    if doing.case_id is None:
        msg = "A warning names the case it is about."
        raise UnreadableError(msg)
    notice_id = warning.warn(
        doing.connection, case_id=doing.case_id, respondent_id=said.respondent,
        violation_ids=named, **doing.who,
    )  # fmt: skip
    return {"case": doing.case_id, "notice": notice_id}


def _cite(doing: Doing, said: told.Cite) -> Done:
    violation_id = said.violation or _found_on_visit(doing, said.found)
    _require_of_case(doing, violation_id)
    numbers.use(doing.connection, said.number, device_id=doing.deed.device, deed_id=doing.deed.id)
    citing.issue(
        doing.connection, violation_id=violation_id, respondent_id=said.respondent,
        penalty_cents=said.penalty_cents, excused=said.excused, number=said.number, **doing.who,
    )  # fmt: skip
    return {"case": doing.case_id, "citation": said.number}


def _found_on_visit(doing: Doing, found: uuid.UUID | None) -> int:
    """Return the violation that an item of the deed's visit became."""
    if doing.deed.visit is None or found is None:
        msg = "It names a violation of the case, or one found on its visit."
        raise UnreadableError(msg)
    visit = taken_visit(doing.connection, doing.deed.visit, staff_id=doing.staff_id)
    violation_id = visit.answer.get("violations", {}).get(str(found))
    if violation_id is None:
        msg = "The visit found no such violation: name what it found, or none."
        raise UnreadableError(msg)
    return int(violation_id)


def _serve(doing: Doing, said: told.Serve) -> Done:
    """Record that a citation was handed over, and confirm its service where that proves it."""
    recipient: Any = Notice.content["recipient"].astext.label("recipient")
    query = (
        sa.select(
            Citation.id, Citation.notice_id, Notice.issued_on, recipient,
            numbers.used_on(Citation.number).label("visit"),
        )
        .join(Notice, Notice.id == Citation.notice_id)
        .where(Citation.number == said.citation, Citation.case_id == doing.case_id)
    )  # fmt: skip
    row = doing.connection.execute(query).first()
    if row is None:
        msg = f"The case has no citation {said.citation}: decide first what becomes of that one."
        raise UnreadableError(msg)
    paper = Paper(
        recipient=row.recipient, issued_on=row.issued_on,
        of_visit=row.visit is not None and row.visit == str(doing.deed.visit),
    )  # fmt: skip
    attempt = handed(said, paper, deed=doing.deed, **doing.who)
    notices.record_attempt(
        doing.connection, notice_id=row.notice_id, attempt=attempt, **doing.who
    )  # fmt: skip
    proof = notices.service_of(doing.connection, row.notice_id, on=doing.moment.on).proof
    # What a handover lacks is no fault of the record; of a posting the proof may lie ahead.
    served = proof is not None and proof.served_on <= doing.moment.on
    if served:
        citing.confirm_service(doing.connection, citation_id=row.id, **doing.who)
    return {"case": doing.case_id, "citation": said.citation, "served": served}


def _post(doing: Doing, said: told.Post) -> Done:
    """Record that a notice was posted; it serves, if at all, only days later."""
    recipient: Any = Notice.content["recipient"].astext.label("recipient")
    query = sa.select(Notice.id, Notice.issued_on, recipient).where(
        Notice.id == said.notice, Notice.case_id == doing.case_id, Notice.issued_on.is_not(None)
    )
    row = doing.connection.execute(query).first()
    if row is None:
        msg = "The case has no such notice that was issued: decide first what becomes of it."
        raise UnreadableError(msg)
    paper = Paper(recipient=row.recipient, issued_on=row.issued_on)
    attempt = posted(said, paper, deed=doing.deed, **doing.who)
    notices.record_attempt(
        doing.connection, notice_id=row.id, attempt=attempt, **doing.who
    )  # fmt: skip
    return {"case": doing.case_id, "notice": row.id}


def _require_of_case(doing: Doing, violation_id: int) -> None:
    """Refuse a violation of another case than the one the deed was judged by."""
    query = sa.select(Violation.case_id).where(Violation.id == violation_id)
    if doing.case_id is None or doing.connection.scalar(query) != doing.case_id:
        msg = f"The case has no violation with the identity {violation_id}."
        raise UnreadableError(msg)


def _close(doing: Doing, said: told.Close) -> Done:
    if doing.case_id is None:
        msg = "The case to close was never opened, for the visit to it is not on record."
        raise NoVisitError(msg)
    close_case(doing.connection, case_id=doing.case_id, reason=said.reason, **doing.who)
    return {"case": doing.case_id}


def _hazard(doing: Doing, said: told.HazardTold) -> Done:
    if said.lift is not None:
        hazards.lift(doing.connection, hazard_id=said.lift, reason=said.note, **doing.who)
        return {"hazard": said.lift}
    if said.parcel is None or said.kind is None:
        msg = "A warning says on which parcel and of what kind the danger is."
        raise UnreadableError(msg)
    hazard_id = hazards.flag(
        doing.connection, parcel_id=said.parcel, kind=said.kind, note=said.note,
        until=said.until, **doing.who,
    )  # fmt: skip
    return {"hazard": hazard_id}


def _arrive(doing: Doing, said: told.AtStop) -> Done:
    outcomes.arrive(
        doing.connection, stop_id=said.stop, at=_by_our_clock(doing, said.at), after_all=True,
        **doing.who,
    )  # fmt: skip
    return {"stop": said.stop}


def _leave(doing: Doing, said: told.AtStop) -> Done:
    outcomes.leave(
        doing.connection, stop_id=said.stop, at=_by_our_clock(doing, said.at), **doing.who
    )
    return {"stop": said.stop}


def _skip(doing: Doing, said: told.Skipped) -> Done:
    outcomes.skip(doing.connection, stop_id=said.stop, reason=said.reason, **doing.who)
    return {"stop": said.stop}


def _by_our_clock(doing: Doing, at: datetime) -> datetime:
    """Return when it was; a phone whose clock is ahead tells of now, which is no matter to ask."""
    return min(at, doing.moment.now)


def _settle(doing: Doing, said: told.Settle) -> Done:
    deed = settle(doing, said.deed, how=said.how, reason=said.reason)
    if said.how is not told.How.NOTE:
        return {"settled": str(said.deed), "how": str(said.how)}
    noted = noting.note(doing.connection, deed, reason=said.reason, **doing.who)
    return {"settled": str(said.deed), "how": str(said.how), "noted": noted}


def settle(doing: Doing, deed_id: uuid.UUID, *, how: str, reason: str) -> sa.Row[Any]:
    """Keep a person's decision about a deed of theirs that was not taken; gives that deed.

    Raises
    ------
    SettledError
        There is no such deed, it was taken, or somebody has decided it.
    """
    found = of_officer(doing.connection, deed_id, staff_id=doing.staff_id)
    if found is None or found.status != "conflict":
        msg = "There is nothing to decide about that deed: it was taken, or never came."
        raise SettledError(msg)
    if found.how is not None:
        msg = "That deed was decided before."
        raise SettledError(msg)
    values = {"deed_id": deed_id, "by_deed": doing.deed.id, "how": how, "reason": reason}
    doing.connection.execute(sa.insert(FieldSettlement).values(values))
    return found


COMMANDS: Mapping[Kind, Callable[[Doing, Any], Done]] = {
    Kind.OPEN: _open,
    Kind.VISIT: _visit,
    Kind.NO_ACCESS: _no_access,
    Kind.RESULT: _result,
    Kind.WARN: _warn,
    Kind.CITE: _cite,
    Kind.SERVE: _serve,
    Kind.POST: _post,
    Kind.CLOSE: _close,
    Kind.HAZARD: _hazard,
    Kind.SETTLE: _settle,
    Kind.ARRIVE: _arrive,
    Kind.LEAVE: _leave,
    Kind.SKIP: _skip,
}

"""Write a notice, freeze it, record how it was brought, and prove that it was served."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.advancing import advance, lock_open_case, record
from cases.days import require_day
from cases.deadlines import Deadline, due
from cases.models import Notice, NoticeViolation, ServiceAttempt, Violation
from cases.notice_words import NoticeKind, content_of
from cases.parts import lock_part, move
from cases.rows import insert, row_of, update
from cases.service.attempts import MAILED, Attempt, ServiceError
from cases.service.proof import Service, service
from cases.wording import day_in_words
from cases.workflow.notice import NoticeAction, NoticeStatus
from cases.workflow.step import Guard
from geo.compiled import Compiled

_ATTEMPT = TypeAdapter(Attempt)


def draft(
    connection: sa.Connection,
    *,
    case_id: int,
    kind: NoticeKind,
    respondent_id: int,
    violation_ids: Sequence[int],
    says: Mapping[str, Any] | None = None,
    actor: Actor,
    moment: Moment,
) -> int:
    """Begin a notice to a respondent about some violations; gives its identity.

    Parameters
    ----------
    says
        What it says beside the violations: a citation's penalty, a hearing's day, an order's
        terms. JSON, frozen with the rest.
    """
    lock_open_case(connection, case_id, on=moment.on)
    step = advance(None, NoticeAction.DRAFT, actor=actor)
    notice_id = insert(
        connection, Notice, case_id=case_id, respondent_id=respondent_id, kind=kind,
        status=step.to, content={"says": dict(says or {})},
    )  # fmt: skip
    for each in violation_ids:
        _NAME.do(connection, notice_id=notice_id, violation_id=each)
    record(
        connection, step, case_id=case_id, actor=actor, moment=moment, notice=notice_id,
        notice_kind=str(kind), violations=list(violation_ids),
    )  # fmt: skip
    return notice_id


def discard(connection: sa.Connection, *, notice_id: int, actor: Actor, moment: Moment) -> None:
    """Throw a draft away."""
    row = lock_part(connection, Notice, notice_id, moment=moment)
    step = advance(NoticeStatus(row.status), NoticeAction.DISCARD, actor=actor)
    move(connection, Notice, row, step, actor=actor, moment=moment, notice_kind=row.kind)


def issue(connection: sa.Connection, *, notice_id: int, actor: Actor, moment: Moment) -> None:
    """Freeze what the notice says: to whom, at what address, which violations, how to correct them.

    From here on the database refuses to change it.
    """
    row = lock_part(connection, Notice, notice_id, moment=moment)
    law = law_of_case(connection, row.case_id)
    content = content_of(
        connection, law, case_id=row.case_id, kind=row.kind, respondent_id=row.respondent_id,
        named=_NAMED.all(connection, notice_id=row.id),
    )  # fmt: skip
    held = {
        Guard.NAMES_VIOLATIONS: bool(content["violations"]),
        Guard.ADDRESSED: bool(content["recipient"] and content["address"]),
        Guard.NAMES_HEARING: row.kind != NoticeKind.NOTICE_OF_HEARING or bool(content["hearings"]),
    }
    step = advance(NoticeStatus(row.status), NoticeAction.ISSUE, actor=actor, held=held)
    frozen = {"content": row.content | content, "issued_on": moment.on}
    move(
        connection, Notice, row, step, actor=actor, moment=moment, values=frozen,
        notice_kind=row.kind, recipient=content["recipient"],
    )  # fmt: skip


def record_attempt(
    connection: sa.Connection, *, notice_id: int, attempt: Attempt, actor: Actor, moment: Moment
) -> int:
    """Record one attempt to bring the notice; gives its identity.

    Raises
    ------
    DayError
        It was made before the notice was issued, or one of its days is still to come.
    """
    row = lock_part(connection, Notice, notice_id, moment=moment)
    step = advance(NoticeStatus(row.status), NoticeAction.RECORD_ATTEMPT, actor=actor)
    _refuse_days(attempt, row, moment=moment)
    facts = _ATTEMPT.dump_python(attempt, mode="json")
    attempt_id = insert(
        connection, ServiceAttempt, notice_id=notice_id, method=attempt.method,
        made_on=attempt.made_on, facts=facts,
    )  # fmt: skip
    move(
        connection, Notice, row, step, actor=actor, moment=moment, notice_kind=row.kind,
        method=str(attempt.method),
        made_on=attempt.made_on.isoformat(), attempt=attempt_id,
    )  # fmt: skip
    return attempt_id


def complete_attempt(
    connection: sa.Connection, *, attempt_id: int, actor: Actor, moment: Moment, **facts: Any
) -> None:
    """Add to an attempt what came of it: signed for, returned, the affidavit, further weeks.

    Parameters
    ----------
    facts
        Fields of `Attempt`.

    Raises
    ------
    DayError
        One of its days is still to come.
    ServiceError
        Nothing is said of it; or of a letter both that it was signed for and that it came back.
    """
    kept = row_of(connection, ServiceAttempt, attempt_id)
    row = lock_part(connection, Notice, kept.notice_id, moment=moment)
    step = advance(NoticeStatus(row.status), NoticeAction.RECORD_ATTEMPT, actor=actor)
    whole = dataclasses.replace(attempt_of(kept.facts), **facts)
    _refuse_days(whole, row, moment=moment)
    _refuse_no_answer(whole, facts)
    changed = _ATTEMPT.dump_python(whole, mode="json")
    update(connection, ServiceAttempt, attempt_id, facts=changed)
    came = {name: changed[name] for name in facts}
    if "photos" in came:  # the attempt keeps which; its history, how many
        came["photos"] = len(came["photos"])
    move(
        connection, Notice, row, step, actor=actor, moment=moment, notice_kind=row.kind,
        method=kept.method, made_on=kept.made_on.isoformat(), attempt=attempt_id, came=came,
    )  # fmt: skip


def service_of(
    connection: sa.Connection, notice_id: int, *, on: date, needed_by: date | None = None
) -> Service:
    """Tell how the service of a notice stands: proved, or what is missing and what would do."""
    row = row_of(connection, Notice, notice_id)
    rules = dict(law_of_case(connection, row.case_id).service)[row.kind]
    attempts = _attempts(connection, notice_id)
    return service(attempts, rules=rules, on=on, needed_by=needed_by, notice_id=notice_id)


def confirm_service(
    connection: sa.Connection, *, notice_id: int, actor: Actor, moment: Moment
) -> None:
    """Confirm that a notice was served, by the proof on record; a warning's deadlines run from it.

    Raises
    ------
    GuardError
        Nothing on record proves it: `service_of` says what is missing.
    """
    row = lock_part(connection, Notice, notice_id, moment=moment)
    proof = service_of(connection, notice_id, on=moment.on).proof
    complete = proof is not None and proof.served_on <= moment.on
    held = {Guard.SERVICE_PROVED: complete}
    step = advance(NoticeStatus(row.status), NoticeAction.CONFIRM_SERVICE, actor=actor, held=held)
    assert proof is not None  # noqa: S101 - the guard held
    served = {"served_on": proof.served_on, "served_by": proof.method}
    deadlines: dict[int, Deadline] = {}
    sections = None
    if row.kind == NoticeKind.WARNING:
        sections = {str(each["violation"]): each["section"] for each in row.content["violations"]}
        by_mail = proof.method in MAILED
        deadlines = _set_deadlines(connection, row, served_on=proof.served_on, by_mail=by_mail)
    move(
        connection, Notice, row, step, actor=actor, moment=moment, values=served,
        notice_kind=row.kind, served_on=proof.served_on.isoformat(), method=str(proof.method),
        source=proof.source,
        deadlines={str(each): told.because for each, told in deadlines.items()} or None,
        due={str(each): told.on.isoformat() for each, told in deadlines.items()} or None,
        sections=sections,
    )  # fmt: skip


def see_served(
    connection: sa.Connection, *, notice_id: int, actor: Actor, moment: Moment
) -> sa.Row[Any]:
    """Return a notice that was served, confirming it first where nobody has yet.

    Raises
    ------
    GuardError
        Nothing on record proves it.
    """
    row = row_of(connection, Notice, notice_id)
    if row.status == NoticeStatus.SERVED:
        return row
    confirm_service(connection, notice_id=notice_id, actor=actor, moment=moment)
    return row_of(connection, Notice, notice_id)


def withdraw(
    connection: sa.Connection, *, notice_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Take an issued notice back; what it said stays on record."""
    row = lock_part(connection, Notice, notice_id, moment=moment)
    step = advance(NoticeStatus(row.status), NoticeAction.WITHDRAW, actor=actor, reason=reason)
    move(
        connection, Notice, row, step, actor=actor, moment=moment, reason=reason,
        notice_kind=row.kind,
    )  # fmt: skip


def _refuse_days(attempt: Attempt, row: sa.Row[Any], *, moment: Moment) -> None:
    """Refuse days before the notice was issued, or to come; of imported ones none is known."""
    for name in ("made_on", "signed_on", "returned_on", "affidavit_on"):
        require_day(
            getattr(attempt, name), of=name, moment=moment, since=row.issued_on,
            after="the notice was issued",
        )  # fmt: skip


def _refuse_no_answer(whole: Attempt, facts: Mapping[str, Any]) -> None:
    """Refuse an entry that says nothing, and of a letter one that says two things at once."""
    if not any(facts.values()):
        msg = "Nothing is said of what came of it: give the day it was signed for or came back."
        if whole.method not in MAILED:
            msg = "Nothing is said of what came of it: give at least the day of the affidavit."
        raise ServiceError(msg)
    if {"signed_on", "returned_on"} & facts.keys() and whole.signed_on and whole.returned_on:
        msg = (
            f"It was signed for on {day_in_words(whole.signed_on)} and came back on "
            f"{day_in_words(whole.returned_on)}: only one of the two can be, so leave one open."
        )
        raise ServiceError(msg)


def _attempts(connection: sa.Connection, notice_id: int) -> list[Attempt]:
    made = _ATTEMPTS.all(connection, notice_id=notice_id)
    return [attempt_of(each.facts) for each in made]


def attempt_of(facts: Mapping[str, Any]) -> Attempt:
    """Return an attempt at service as it was kept."""
    return _ATTEMPT.validate_python(facts)


def _set_deadlines(
    connection: sa.Connection, row: sa.Row[Any], *, served_on: date, by_mail: bool
) -> dict[int, Deadline]:
    law = law_of_case(connection, row.case_id)
    deadlines = {}
    for each in row.content["violations"]:
        if each["days"] is None:  # it was corrected before the warning: nothing is due
            continue
        rule = law.deadlines.cure_in(each["days"])
        deadline = due(rule, counted_from=served_on, calendar=law.calendar.days, by_mail=by_mail)
        deadlines[each["violation"]] = deadline
        update(connection, Violation, each["violation"], comply_by=deadline.on)
        _SET_DAY.do(
            connection, of_notice=row.id, of_violation=each["violation"], comply_by=deadline.on
        )
    return deadlines


_NAME = Compiled(
    sa.insert(NoticeViolation).values(
        notice_id=sa.bindparam("notice_id"), violation_id=sa.bindparam("violation_id")
    )
)
_SET_DAY = Compiled(
    sa.update(NoticeViolation)
    .where(
        NoticeViolation.notice_id == sa.bindparam("of_notice"),
        NoticeViolation.violation_id == sa.bindparam("of_violation"),
    )
    .values(comply_by=sa.bindparam("comply_by"))
)
_NAMED = Compiled(
    sa.select(Violation.__table__)
    .join(NoticeViolation, NoticeViolation.violation_id == Violation.id)
    .where(NoticeViolation.notice_id == sa.bindparam("notice_id"))
    .order_by(Violation.id)
)
_ATTEMPTS = Compiled(
    sa.select(ServiceAttempt.facts)
    .where(ServiceAttempt.notice_id == sa.bindparam("notice_id"))
    .order_by(ServiceAttempt.id)
)

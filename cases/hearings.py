"""Bring a matter before the tribunal: request, docket, open, decide, cancel."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.advancing import advance, lock_open_case, record
from cases.days import DayError
from cases.minutes import Minutes, RepresentationError, Representative, may_speak
from cases.models import Cancellation, Exhibit, Hearing, HearingSession
from cases.parts import lock_part, move
from cases.rows import insert
from cases.service.proof import ServiceProof
from cases.summoned import has_had_time, is_summoned, proves
from cases.wording import day_in_words
from cases.workflow.hearing import HearingAction, HearingStatus
from cases.workflow.step import Guard


class About(StrEnum):
    """What a hearing is about."""

    CITATION = "citation"
    VIOLATION = "violation"
    NONCOMPLIANCE = "noncompliance"
    MITIGATION = "mitigation"


class Outcome(StrEnum):
    """What the tribunal found."""

    VIOLATION = "violation"
    NO_VIOLATION = "no_violation"
    GRANTED = "granted"
    REFUSED = "refused"


def request(
    connection: sa.Connection,
    *,
    case_id: int,
    about: About,
    citation_id: int | None = None,
    representative: Representative | None = None,
    interpreter: str | None = None,
    actor: Actor,
    moment: Moment,
) -> int:
    """Ask for a hearing; gives its identity.

    Parameters
    ----------
    representative
        Who may speak for the respondent, with the writing that says so.
    interpreter
        The language one is needed for.

    Raises
    ------
    RepresentationError
        The writing is of a day to come.
    """
    lock_open_case(connection, case_id, on=moment.on)
    step = advance(None, HearingAction.REQUEST, actor=actor)
    values = {
        "case_id": case_id,
        "citation_id": citation_id,
        "about": about,
        "status": step.to,
        "requested_by": actor.name,
        "interpreter": interpreter,
        **_spoken_for(representative, on=moment.on),
    }
    hearing_id = insert(connection, Hearing, **values)
    record(
        connection, step, case_id=case_id, actor=actor, moment=moment, hearing=hearing_id,
        about=str(about), representative=representative and representative.name,
        document=representative and representative.document, interpreter=interpreter,
        document_sha256=representative and representative.sha256,
    )  # fmt: skip
    return hearing_id


def docket(
    connection: sa.Connection,
    *,
    hearing_id: int,
    session_id: int,
    proof: ServiceProof | None,
    actor: Actor,
    moment: Moment,
) -> int:
    """Put a hearing on the docket of a sitting; gives its place there.

    Parameters
    ----------
    proof
        That the notice of what is heard was served, and so before the sitting
        (`cases.notices.service_of`), on somebody who answers in the case now; nothing is
        docketed without.

    Raises
    ------
    DayError
        The sitting has begun.
    GuardError
        The notice was not served so, or the sitting is full.
    """
    row = lock_part(connection, Hearing, hearing_id, moment=moment)
    query = sa.select(HearingSession.__table__).where(HearingSession.id == session_id)
    sitting = connection.execute(query.with_for_update()).one()
    place = _next_place(connection, session_id)
    held = {
        Guard.SERVICE_PROVED: proof is not None
        and proves(connection, proof, case_id=row.case_id)
        and proof.served_on <= sitting.held_on,
        Guard.NEW_OWNER_HAD_TIME: has_had_time(connection, row, by=sitting.held_on),
        Guard.SEAT_FREE: place <= sitting.capacity,
    }
    step = advance(HearingStatus(row.status), HearingAction.DOCKET, actor=actor, held=held)
    _refuse_begun(sitting, moment=moment)
    assert proof is not None  # noqa: S101 - the guard held
    move(
        connection, Hearing, row, step, actor=actor, moment=moment,
        values={"session_id": session_id, "docket_place": place},
        held_on=sitting.held_on.isoformat(), place=place, served_on=proof.served_on.isoformat(),
        method=str(proof.method), source=proof.source,
    )  # fmt: skip
    return place


def has_begun(sitting: Any, *, moment: Moment) -> bool:
    """Tell whether a sitting's hour is past; of one without an hour, whether its day is."""
    if sitting.held_on != moment.on or sitting.begins_at is None:
        return bool(sitting.held_on < moment.on)
    return bool(sitting.begins_at <= moment.now.time())


def _refuse_begun(sitting: sa.Row[Any], *, moment: Moment) -> None:
    """Refuse a sitting at which nobody could be told to come any more."""
    if has_begun(sitting, moment=moment):
        msg = (
            f"The sitting of {day_in_words(sitting.held_on)} has begun or is over: put the hearing "
            "on a later one."
        )
        raise DayError(msg, of="session")


def open_hearing(
    connection: sa.Connection,
    *,
    hearing_id: int,
    members_sitting: int,
    actor: Actor,
    moment: Moment,
) -> None:
    """Open a hearing on its day, the respondent having been told of it, with enough members."""
    row = lock_part(connection, Hearing, hearing_id, moment=moment)
    law = law_of_case(connection, row.case_id)
    body, held_on = _sitting(connection, row.session_id)
    quorum = next((each.quorum for each in law.bodies if each.name == body), None)
    held = {
        Guard.HEARING_NOTICE_SERVED: is_summoned(connection, row, before=held_on),
        Guard.NEW_OWNER_HAD_TIME: has_had_time(connection, row, by=held_on),
        Guard.QUORUM: quorum is not None and members_sitting >= quorum and held_on == moment.on,
    }
    step = advance(HearingStatus(row.status), HearingAction.OPEN, actor=actor, held=held)
    move(
        connection, Hearing, row, step, actor=actor, moment=moment,
        values={"members_sitting": members_sitting}, members_sitting=members_sitting,
    )  # fmt: skip


def decide(
    connection: sa.Connection,
    *,
    hearing_id: int,
    outcome: Outcome,
    findings: str,
    sworn: bool,
    minutes: Minutes,
    actor: Actor,
    moment: Moment,
) -> None:
    """Decide a hearing by findings of fact, on sworn testimony (s. 162.07(3) and (4)).

    Raises
    ------
    RepresentationError
        A representative appeared whom nothing on record authorizes.
    """
    row = lock_part(connection, Hearing, hearing_id, moment=moment)
    held = {Guard.UNDER_OATH: sworn, Guard.FINDINGS_MADE: bool(findings.strip())}
    step = advance(HearingStatus(row.status), HearingAction.DECIDE, actor=actor, held=held)
    may_speak(row.representative is not None, minutes)
    found = {
        "sworn": sworn, "findings": findings, "outcome": outcome, "appeared": minutes.appeared,
        "minutes": minutes.text, "interpreted_by": minutes.interpreted_by,
        "came_by_name": minutes.came, "testified": minutes.testified,
    }  # fmt: skip
    shown = [
        {
            "hearing_id": hearing_id, "number": number, "what": each.what,
            "offered_by": each.offered_by, "sha256": each.sha256,
        }
        for number, each in enumerate(minutes.exhibits, start=1)
    ]  # fmt: skip
    if shown:
        connection.execute(sa.insert(Exhibit), shown)
    move(
        connection, Hearing, row, step, actor=actor, moment=moment, values=found,
        outcome=str(outcome), findings=findings, appeared=str(minutes.appeared),
        interpreted_by=minutes.interpreted_by, came_by_name=minutes.came,
        testified=minutes.testified and "; ".join(minutes.testified.splitlines()),
        exhibits=[f"{each['number']}. {each['what']}" for each in shown],
    )  # fmt: skip


def cancel(
    connection: sa.Connection, *, hearing_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Take a hearing off; the docket it was on keeps from which place, by whom and why."""
    row = lock_part(connection, Hearing, hearing_id, moment=moment)
    at = HearingStatus(row.status)
    step = advance(at, HearingAction.CANCEL, actor=actor, reason=reason)
    if row.docket_place is not None:
        insert(
            connection, Cancellation, hearing_id=hearing_id, session_id=row.session_id,
            docket_place=row.docket_place, cancelled_on=moment.on, cancelled_by=actor.name,
            reason=reason,
        )  # fmt: skip
    off = {"session_id": None, "docket_place": None}
    move(connection, Hearing, row, step, actor=actor, moment=moment, values=off, reason=reason)


def is_decided(
    connection: sa.Connection,
    case_id: int,
    *,
    about: Collection[About],
    outcome: Outcome,
    hearing_id: int | None = None,
    since: date | None = None,
) -> bool:
    """Tell whether a hearing in a case was decided with an outcome; of one hearing, or of any.

    Parameters
    ----------
    since
        The day before which a sitting does not count; None for a sitting of any day.
    """
    query = sa.select(Hearing.id).where(
        Hearing.case_id == case_id,
        Hearing.about.in_(about),
        Hearing.status == HearingStatus.DECIDED,
        Hearing.outcome == outcome,
    )
    if hearing_id is not None:
        query = query.where(Hearing.id == hearing_id)
    if since is not None:
        sitting = HearingSession.id == Hearing.session_id
        query = query.join(HearingSession, sitting).where(HearingSession.held_on >= since)
    return bool(connection.scalar(sa.select(query.exists())))


def _spoken_for(representative: Representative | None, *, on: date) -> dict[str, Any]:
    if representative is None:
        return {}
    if representative.authorized_on > on:
        msg = (
            f"{representative.name} is to be authorized on {representative.authorized_on}, and it "
            f"is {on}: name a representative once the writing is there."
        )
        raise RepresentationError(msg)
    return {
        "representative": representative.name,
        "representative_authorized_on": representative.authorized_on,
        "representative_signed_by": representative.signed_by,
        "representative_document": representative.document,
        "representative_sha256": representative.sha256,
    }


def _next_place(connection: sa.Connection, session_id: int) -> int:
    taken = set(
        connection.scalars(
            sa.select(Hearing.docket_place).where(
                Hearing.session_id == session_id, Hearing.docket_place.is_not(None)
            )
        )
    )
    return next(place for place in range(1, len(taken) + 2) if place not in taken)


def _sitting(connection: sa.Connection, session_id: int | None) -> tuple[str, date]:
    """Return who sits and when; of a hearing on no docket, nobody and never."""
    query = sa.select(HearingSession.body, HearingSession.held_on)
    row = connection.execute(query.where(HearingSession.id == session_id)).first()
    return (row.body, row.held_on) if row else ("", date.min)

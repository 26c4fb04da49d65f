"""Note what passed with somebody about a case or a complaint: a call, a visit, a letter."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import lock_case, refuse_backdating
from cases.complaints import known, lock_complaint
from cases.errors import CaseError
from cases.history import CASES, COMPLAINTS, Chain, Deed, append
from cases.models import Contact
from cases.permissions import Right, may
from cases.wording import tidy
from cases.workflow.casefile import CaseStatus, status_of
from cases.workflow.roles import Role


class Direction(StrEnum):
    """Who began it."""

    IN = "in"
    OUT = "out"


class Way(StrEnum):
    """How people reached each other."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    LETTER = "letter"
    EMAIL = "email"
    PAGE = "page"  # the respondent's own page


class Party(StrEnum):
    """In what part somebody spoke or wrote."""

    RESPONDENT = "respondent"
    REPRESENTATIVE = "representative"
    REPORTER = "reporter"  # never by name: that stands in one table and is told on record
    OTHER = "other"


class ContactError(CaseError):
    """A note of a contact does not say enough, says too much, or is not for this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What passed.

    Parameters
    ----------
    who
        The name of whoever it was with; None for a reporter, whom no note names.
    happened_at
        When, with its time zone; not in the future.
    mail_id
        The mail that carries it, where it was written from here (`cases.messages`).
    """

    direction: Direction
    way: Way
    party: Party
    who: str | None = None
    said: str
    happened_at: datetime
    mail_id: int | None = None


def note_on_case(
    connection: sa.Connection, *, case_id: int, note: Note, actor: Actor, moment: Moment
) -> int:
    """Note a contact about a case, open or closed; gives the note's identity.

    Raises
    ------
    ContactError
        The note cannot be kept, or the case is void.
    """
    case = lock_case(connection, case_id)
    if status_of(case) is CaseStatus.VOID:
        msg = f"Case {case.number} is void: nothing more is noted in it."
        raise ContactError(msg)
    refuse_backdating(connection, case, on=moment.on)
    return _note(
        connection, note, about={"case_id": case.id}, chain=CASES, actor=actor, moment=moment
    )


def note_on_complaint(
    connection: sa.Connection, *, complaint_id: int, note: Note, actor: Actor, moment: Moment
) -> int:
    """Note a contact about a complaint, whatever became of it; gives the note's identity.

    Raises
    ------
    ContactError
        The note cannot be kept.
    """
    row = lock_complaint(connection, complaint_id, moment=moment)
    return _note(
        connection, note, about={"complaint_id": row.id}, chain=COMPLAINTS, actor=actor,
        moment=moment, **known(row),
    )  # fmt: skip


def contacts_of(*, case_id: int | None = None, complaint_id: int | None = None) -> sa.Select[Any]:
    """Select the contacts about one case or one complaint, the latest first."""
    whose = (
        Contact.case_id == case_id if case_id is not None else Contact.complaint_id == complaint_id
    )
    return (
        sa.select(Contact.__table__)
        .where(whose)
        .order_by(Contact.happened_at.desc(), Contact.id.desc())
    )


def _note(
    connection: sa.Connection,
    note: Note,
    *,
    about: dict[str, int],
    chain: Chain,
    actor: Actor,
    moment: Moment,
    **details: Any,
) -> int:
    who, said = _usable(note, actor=actor, moment=moment)
    values = {
        **about,
        "direction": note.direction,
        "way": note.way,
        "party": note.party,
        "who": who,
        "said": said,
        "happened_at": note.happened_at,
        "noted_at": moment.now,
        "noted_by": actor.name,
        "mail_id": note.mail_id,
    }
    kept = connection.execute(sa.insert(Contact).values(values).returning(Contact.id))
    told = {
        **details,
        "direction": str(note.direction),
        "contact_way": str(note.way),
        "happened_at": note.happened_at.astimezone(UTC).isoformat(timespec="minutes"),
        "with_whom": _with_whom(note.party, who),
        "note": said,
    }
    (subject,) = about.values()
    deed = Deed(subject, "contact_noted", moment.on, told)
    append(connection, [deed], actor=actor.name, recorded_at=moment.now, chain=chain)
    return int(kept.scalar_one())


def _usable(note: Note, *, actor: Actor, moment: Moment) -> tuple[str | None, str]:
    who, said = tidy(note.who), tidy(note.said)
    if not (may(actor.role, Right.NOTE_CONTACT) or _wrote_it(note, actor)):
        msg = f"A contact is noted by staff who work the cases, not by the {actor.role}."
    elif said is None:
        msg = "Say what was said or written, in a sentence."
    elif note.happened_at > moment.now:
        msg = "That time lies in the future: give the time it happened."
    elif note.party is Party.REPORTER and who is not None:
        msg = (
            "A reporter is never named in a note: leave the name empty. Whoever needs it asks on "
            "the complaint, with a reason."
        )
    elif note.party is not Party.REPORTER and who is None:
        msg = f"Say with whom it was: the name of the {note.party}."
    else:
        return who, said
    raise ContactError(msg)


def _wrote_it(note: Note, actor: Actor) -> bool:
    """Tell whether a note is what a respondent wrote on the page of their own."""
    is_theirs = note.party in {Party.RESPONDENT, Party.REPRESENTATIVE}
    came = note.direction is Direction.IN and note.way is Way.PAGE
    return actor.role is Role.RESPONDENT and came and is_theirs


def _with_whom(party: Party, who: str | None) -> str:
    if party is Party.OTHER:
        return str(who)
    return f"the {party} {who}" if who else f"the {party}"

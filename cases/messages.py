"""Write to a respondent by e-mail, each message once, and note where they may be written to.

What was written is a contact of the case like any other (`cases.contacts`), with the mail that
carries it; so the history tells it, and notes among staff never come near it.
"""

import dataclasses
import uuid
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import lock_case
from cases.contacts import ContactError, Direction, Note, Party, Way, note_on_case
from cases.history import Deed, append
from cases.mail import outbox
from cases.mail.message import Message, require_address
from cases.mail.table import MAIL
from cases.models import Contact, Respondent
from cases.parts import NoSuchPartError
from cases.permissions import Right, may
from cases.wording import tidy

THREAD = (Way.EMAIL, Way.LETTER, Way.PAGE)
"""The ways of a thread; a call or a visit is a contact beside it."""
PARTIES = (Party.RESPONDENT, Party.REPRESENTATIVE)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """An e-mail to a respondent.

    Parameters
    ----------
    key
        What its form called it before it was sent; the same again is the same message.
    body
        The mail as it is worded: what is said, and who writes.
    """

    key: uuid.UUID
    subject: str
    said: str
    body: str


def write(
    connection: sa.Connection,
    *,
    case_id: int,
    respondent_id: int,
    writing: Writing,
    actor: Actor,
    moment: Moment,
) -> int:
    """Queue an e-mail to a respondent and note it as a contact; gives the contact's identity.

    Raises
    ------
    ContactError
        There is no address on record, nothing is said, this person may not, or the case is void.
    MailError
        It cannot be sent as it is.
    NoSuchPartError
        The case has no such respondent.
    """
    lock_case(connection, case_id)
    if (before := _sent_before(connection, writing.key, case_id=case_id)) is not None:
        return before
    row = _respondent(connection, case_id, respondent_id)
    said = tidy(writing.said)
    if row.email is None:
        msg = f"No e-mail address is on record for {row.name}: note one first."
        raise ContactError(msg)
    if said is None:
        msg = "Say what you write."
        raise ContactError(msg)
    message = Message(to=row.email, subject=writing.subject, body=writing.body, case_id=case_id)
    mail_id = outbox.queue(connection, message=message, now=moment.now, message_id=writing.key)
    note = Note(
        direction=Direction.OUT, way=Way.EMAIL, party=Party.RESPONDENT, who=row.name, said=said,
        happened_at=moment.now, mail_id=mail_id,
    )  # fmt: skip
    return note_on_case(connection, case_id=case_id, note=note, actor=actor, moment=moment)


def note_address(
    connection: sa.Connection,
    *,
    case_id: int,
    respondent_id: int,
    email: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Keep a respondent's e-mail address, in place of the one before.

    Raises
    ------
    ContactError
        This person may not.
    MailError
        It is no address.
    NoSuchPartError
        The case has no such respondent.
    """
    lock_case(connection, case_id)
    if not may(actor.role, Right.NOTE_CONTACT):
        msg = f"An address is noted by staff who work the cases, not by the {actor.role}."
        raise ContactError(msg)
    row = _respondent(connection, case_id, respondent_id)
    address = require_address(email.strip())
    if address == row.email:
        return
    changed = sa.update(Respondent).where(Respondent.id == respondent_id).values(email=address)
    connection.execute(changed)
    details = {"name": row.name, "email": address, "before": row.email}
    deed = Deed(case_id, "address_noted", moment.on, details)
    append(connection, [deed], actor=actor.name, recorded_at=moment.now)


def contacts_and_mail(case_id: int) -> sa.Select[Any]:
    """Select a case's contacts, the latest first, with how the mail of each stands.

    Columns: those of `cases.models.Contact`, ``in_thread``, ``mail_status`` and ``mail_error``.
    """
    thread = sa.and_(Contact.way.in_(THREAD), Contact.party.in_(PARTIES))
    return (
        sa.select(
            Contact.__table__, thread.label("in_thread"), MAIL.c.status.label("mail_status"),
            MAIL.c.last_error.label("mail_error"),
        )
        .outerjoin(MAIL, MAIL.c.id == Contact.mail_id)
        .where(Contact.case_id == case_id)
        .order_by(Contact.happened_at.desc(), Contact.id.desc())
    )  # fmt: skip


def _sent_before(connection: sa.Connection, key: uuid.UUID, *, case_id: int) -> int | None:
    query = (
        sa.select(Contact.id)
        .join(MAIL, MAIL.c.id == Contact.mail_id)
        .where(MAIL.c.message_id == key, Contact.case_id == case_id)
    )
    return connection.scalar(query)


def _respondent(connection: sa.Connection, case_id: int, respondent_id: int) -> sa.Row[Any]:
    columns: tuple[Any, ...] = (Respondent.name, Respondent.email)
    query = sa.select(*columns).where(Respondent.id == respondent_id, Respondent.case_id == case_id)
    row: sa.Row[Any] | None = connection.execute(query).first()
    if row is None:
        msg = f"The case has no respondent with the identity {respondent_id}."
        raise NoSuchPartError(msg)
    return row

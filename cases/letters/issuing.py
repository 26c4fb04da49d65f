"""Issue the letters of a case, and keep when each was sent and came back.

An issued letter is locked: its bytes are kept, and nothing of it changes. How a notice was mailed
and whether it came back is told by the attempts to serve it, and by nothing here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases import rows
from cases.actors import Actor, Moment
from cases.days import require_day
from cases.documents.store import Store
from cases.errors import CaseError
from cases.history import CASES, Deed, append, lock
from cases.letters.keeping import hold, put
from cases.letters.kinds import LetterKind
from cases.letters.templates import Paper
from cases.models import CaseLetter, CaseLetterReturn, CaseLetterSending

_BACK = sa.select(CaseLetterReturn.letter_id)


class LetterStateError(CaseError):
    """A letter is sent twice, or comes back that was not sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """Of what a letter tells, in which language, and to whom.

    Parameters
    ----------
    part_id
        The identity of the part of the case it tells of; of a payoff, the case's own.
    respondent_id
        Who is written to; None for whom the case does not name.
    of_event
        The number of the event of the case that it tells of, where that may happen again.
    """

    case_id: int
    kind: LetterKind
    part_id: int
    language: str
    recipient: str
    address: str
    respondent_id: int | None = None
    of_event: int | None = None


def issue(
    connection: sa.Connection,
    store: Store,
    paper: Paper,
    *,
    addressed: Addressed,
    name: str,
    actor: Actor,
    moment: Moment,
) -> int:
    """Issue a letter; gives its identity, or that of the one that was issued before.

    What came back is issued again, to the same address or another; what has not, never is.

    Parameters
    ----------
    name
        What its file is called.

    Raises
    ------
    StoreError
        It cannot be stored.
    OutOfOrderError
        The day lies before the last event of the case.
    """
    hold(connection, addressed.case_id, moment=moment)
    sha256 = put(connection, store, paper.pdf, name=name, moment=moment)
    before = sa.select(sa.func.count()).where(*_same(addressed))
    row = {
        "case_id": addressed.case_id, "kind": addressed.kind, "part_id": addressed.part_id,
        "of_event": addressed.of_event, "language": addressed.language,
        "respondent_id": addressed.respondent_id, "recipient": addressed.recipient,
        "address": addressed.address, "copy": 1 + connection.execute(before).scalar_one(),
        "sha256": sha256, "pages": paper.pages, "issued_on": moment.on, "issued_at": moment.now,
        "issued_by": actor.name,
    }  # fmt: skip
    found = issued(connection, addressed, sha256=sha256)
    if found is None:
        found = rows.insert(connection, CaseLetter, **row)
        _record(connection, found, "letter_issued", actor=actor, moment=moment)
    return found


def issued(
    connection: sa.Connection, addressed: Addressed, *, sha256: str | None = None
) -> int | None:
    """Return the letter of the same to the same person, at any address, that has not come back.

    Parameters
    ----------
    sha256
        That of a payoff, which is the same only to the last bit.
    """
    stands = sa.select(CaseLetter.id).where(*_same(addressed), CaseLetter.id.not_in(_BACK))
    if addressed.kind is LetterKind.PAYOFF:
        stands = stands.where(CaseLetter.sha256 == (sha256 or ""))
    return connection.scalar(stands)


def came_back(connection: sa.Connection, addressed: Addressed) -> bool:
    """Whether a letter of the same to the same person came back."""
    mine = sa.select(CaseLetter.id).where(*_same(addressed), CaseLetter.id.in_(_BACK))
    return connection.scalar(mine.limit(1)) is not None


def _same(addressed: Addressed) -> list[sa.ColumnElement[bool]]:
    """Say that a letter tells the same, in the same language, to the same person."""
    at = CaseLetter
    return [
        at.kind == addressed.kind, at.part_id == addressed.part_id,
        at.of_event.is_not_distinct_from(addressed.of_event), at.language == addressed.language,
        at.respondent_id.is_not_distinct_from(addressed.respondent_id),
    ]  # fmt: skip


def letters_of(case_id: int) -> sa.Select[Any]:
    """Select the letters of a case, the latest first, each with how it stands.

    Columns: those of `cases.models.CaseLetter`; ``sent_on``, ``returned_on`` and ``because``.
    """
    return _letters().where(CaseLetter.case_id == case_id).order_by(CaseLetter.id.desc())


def letters_of_day(on: date) -> sa.Select[Any]:
    """Select the letters that were issued on a day, as `letters_of` does, the first first."""
    return _letters().where(CaseLetter.issued_on == on).order_by(CaseLetter.id)


def send(
    connection: sa.Connection, *, letter_id: int, sent_on: date, actor: Actor, moment: Moment
) -> None:
    """Tell that a letter went into the mail.

    Raises
    ------
    LetterStateError
        There is no such letter, or it was sent before.
    DayError
        It was not issued on that day yet, or the day is still to come.
    OutOfOrderError
        Today lies before the last event of the case.
    """
    row = _held(connection, letter_id, moment=moment)
    require_day(
        sent_on, of="sent_on", moment=moment, since=row.issued_on, after="the letter was issued"
    )
    values = {"letter_id": letter_id, "sent_on": sent_on, **_told(actor, moment)}
    if not _kept(connection, CaseLetterSending, values):
        msg = "This letter was sent already: a letter goes into the mail once."
        raise LetterStateError(msg)
    _record(
        connection, letter_id, "letter_sent", actor=actor, moment=moment,
        sent_on=sent_on.isoformat(),
    )  # fmt: skip


def send_all(
    connection: sa.Connection,
    letter_ids: Sequence[int],
    *,
    sent_on: date,
    actor: Actor,
    moment: Moment,
) -> int:
    """Tell that letters went into the mail together; gives how many had not been sent before.

    Raises
    ------
    CaseError
        As `send`.
    """
    mine = sa.select(CaseLetter.case_id).where(CaseLetter.id.in_(letter_ids))
    lock(connection, CASES, set(connection.scalars(mine)))
    unsent = [
        each.id
        for each in connection.execute(
            _letters().where(CaseLetter.id.in_(letter_ids), CaseLetterSending.letter_id.is_(None))
        )
    ]
    for letter_id in unsent:
        send(connection, letter_id=letter_id, sent_on=sent_on, actor=actor, moment=moment)
    return len(unsent)


def take_back(
    connection: sa.Connection,
    *,
    letter_id: int,
    returned_on: date,
    because: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Tell that a letter came back, and what the post wrote on it.

    Raises
    ------
    LetterStateError
        It was not sent, or came back before.
    DayError
        It was not sent on that day yet, or the day is still to come.
    OutOfOrderError
        Today lies before the last event of the case.
    """
    row = _held(connection, letter_id, moment=moment)
    if row.sent_on is None:
        msg = "This letter was not sent yet: tell first when it went into the mail."
        raise LetterStateError(msg)
    require_day(
        returned_on, of="returned_on", moment=moment, since=row.sent_on,
        after="the letter was sent",
    )  # fmt: skip
    values = {"letter_id": letter_id, "returned_on": returned_on, "because": because}
    if not _kept(connection, CaseLetterReturn, values | _told(actor, moment)):
        msg = "This letter came back already: look at its number again."
        raise LetterStateError(msg)
    _record(
        connection, letter_id, "letter_returned", actor=actor, moment=moment,
        returned_on=returned_on.isoformat(), because=because,
    )  # fmt: skip


def _record(
    connection: sa.Connection, letter_id: int, kind: str, *, actor: Actor, moment: Moment,
    **details: str,
) -> None:  # fmt: skip
    """Write in the history of a case what became of one of its letters."""
    row = _known(connection, letter_id)
    said = {
        "letter": letter_id, "letter_kind": row.kind, "recipient": row.recipient,
        "address": row.address, "letter_language": row.language, "sha256": row.sha256, **details,
    }  # fmt: skip
    deed = Deed(row.case_id, kind, moment.on, said)
    append(connection, [deed], actor=actor.name, recorded_at=moment.now)


def _told(actor: Actor, moment: Moment) -> dict[str, Any]:
    return {"told_at": moment.now, "told_by": actor.name}


def _kept(connection: sa.Connection, what: Any, values: dict[str, Any]) -> bool:
    """Keep a row of a letter; tell whether there was none before."""
    kept = insert(what).values(values).on_conflict_do_nothing().returning(what.letter_id)
    return connection.scalar(kept) is not None


def _held(connection: sa.Connection, letter_id: int, *, moment: Moment) -> sa.Row[Any]:
    """Return a letter whose case is held until the transaction ends."""
    hold(connection, _known(connection, letter_id).case_id, moment=moment)
    return _known(connection, letter_id)


def _known(connection: sa.Connection, letter_id: int) -> sa.Row[Any]:
    row = connection.execute(_letters().where(CaseLetter.id == letter_id)).first()
    if row is None:
        msg = f"There is no letter with the identity {letter_id}."
        raise LetterStateError(msg)
    return row


def _letters() -> sa.Select[Any]:
    sent, back = CaseLetterSending, CaseLetterReturn
    return (
        sa.select(CaseLetter.__table__, sent.sent_on, back.returned_on, back.because)
        .outerjoin(sent, sent.letter_id == CaseLetter.id)
        .outerjoin(back, back.letter_id == CaseLetter.id)
    )

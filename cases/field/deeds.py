"""Take in what a phone tells: each deed once and in order, its answer the same however often asked.

What a command refuses is no error here. It is kept with the office's words and waits for a person,
and the deeds behind it go on.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.adopted import law_over
from cases.advancing import last_day
from cases.errors import CaseError
from cases.field import devices, records, told
from cases.field.basis import bears_on
from cases.field.doing import COMMANDS, Doing, settle
from cases.field.errors import (
    ChangedError,
    ClockError,
    DoubledError,
    FieldError,
    OutOfTurnError,
    TakenIdError,
    UnplacedError,
)
from cases.field.reading import payload
from cases.history import CASES
from cases.models import Case, CaseEvent, Complaint, FieldDeed, FieldDevice
from cases.story import Line
from cases.story import told as in_words
from geo.errors import LotlineError

AHEAD = timedelta(minutes=15)
LONGEST = timedelta(days=14)
"""How far a phone's clock may be ahead, and how long a deed may wait and still have its own day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Whose phone it is."""

    staff_id: int
    actor: Actor


def receive(
    connection: sa.Connection, deed: told.Deed, *, officer: Officer, now: datetime
) -> dict[str, Any]:
    """Do a deed, or keep it with the reason it cannot be done; gives the answer for the phone.

    Parameters
    ----------
    now
        The moment of writing, in the town's time zone.

    Returns
    -------
    dict
        ``status`` (``stored`` or ``conflict``), ``case``, ``number`` and ``seen`` (the last event
        of the case); of a conflict also ``words``, and ``meanwhile`` in words, and ``id`` where it
        is kept under another identity than it came with, which was taken.

    Raises
    ------
    OtherDeviceError, TakenIdError, OutOfTurnError
        It cannot be told now, and nothing of it is kept.
    """
    device = devices.hold(connection, deed.device, staff_id=officer.staff_id)
    own = _own(connection, deed)
    before = records.of_any(connection, own.id)
    if before is not None:
        return _same(before, own)
    if deed.seq != device.last_seq + 1:
        if own is not deed:
            raise TakenIdError(_TAKEN)
        raise OutOfTurnError(device.last_seq + 1, deed.seq)
    case_id = _case_of(connection, deed, officer)
    if own is deed:
        status, answer, span = _tried(connection, deed, case_id, officer=officer, now=now)
    else:
        status, answer, span = _waits_as(own, case_id)
    whole = {"status": status, **answer, **_seen(connection, answer.get("case") or case_id)}
    _keep(connection, own, whole, span=span, now=now)
    return whole


type _Span = tuple[int, int] | None
type _Tried = tuple[str, dict[str, Any], _Span]

_TAKEN = "Something else was told under this identity before."


def _own(connection: sa.Connection, deed: told.Deed) -> told.Deed:
    """Return a deed under an identity of its own: another's is not to hold up all behind it."""
    before = records.of_any(connection, deed.id)
    if before is None or _is(before, deed):
        return deed
    return deed.model_copy(update={"id": uuid.uuid5(deed.device, str(deed.seq))})


def _waits_as(own: told.Deed, case_id: int | None) -> _Tried:
    """Answer a deed that came under another's identity: it waits for a person under its own."""
    return "conflict", {"id": str(own.id), **_refused(TakenIdError(_TAKEN), case_id, ())}, None


def _tried(
    connection: sa.Connection,
    deed: told.Deed,
    case_id: int | None,
    *,
    officer: Officer,
    now: datetime,
) -> _Tried:
    since = _others_since(connection, deed, case_id)
    before = _last_event(connection, case_id)
    trial = connection.begin_nested()
    try:
        doing = Doing(
            connection=connection, deed=deed, case_id=case_id, staff_id=officer.staff_id,
            actor=officer.actor, moment=_moment(connection, deed, case_id, now=now),
        )  # fmt: skip
        if deed.again is not None:
            settle(doing, deed.again, how="again", reason="Sent again as the case stands now.")
            trial.commit()  # that it was told anew stands, whatever comes of it now
            trial = connection.begin_nested()
        done = _do(doing, since)
    except LotlineError as error:
        trial.rollback()
        lines = _lines(connection, case_id, since, now)
        return "conflict", _refused(error, case_id, lines), None
    except (sa.exc.IntegrityError, sa.exc.DataError):
        trial.rollback()
        words = "The records refused it as it stands. Keep it as a note, and tell the office."
        return "conflict", {"case": case_id, "words": words, "meanwhile": []}, None
    trial.commit()
    return "stored", done, _written(connection, done.get("case"), before=before)


def _do(doing: Doing, since: Sequence[sa.Row[Any]]) -> dict[str, Any]:
    kind, said = doing.deed.kind, payload(doing.deed)
    bearing = bears_on(
        since, kind, violation_id=getattr(said, "violation", None),
        inspection_id=getattr(said, "inspection", None),
    )  # fmt: skip
    if bearing:
        msg = (
            "The case is not any more as you saw it. Read what was done meanwhile, then decide "
            "whether what you did still holds."
        )
        raise ChangedError(msg)
    return COMMANDS[kind](doing, said)


def _moment(
    connection: sa.Connection, deed: told.Deed, case_id: int | None, *, now: datetime
) -> Moment:
    """Date a deed by the day it was made on the phone; told anew, unless the case went on, as well.

    Raises
    ------
    ClockError
        Its clock is ahead, or it waited too long.
    """
    if deed.made_at > now + AHEAD:
        msg = (
            "By the phone's clock this is still to come: set its clock, then send it again, "
            "which dates it today."
        )
        raise ClockError(msg)
    if deed.made_at < now - LONGEST:
        msg = (
            f"This waited for more than {LONGEST.days} days on the phone. Send it again, which "
            "dates it today and tells in its note when it was."
        )
        raise ClockError(msg)
    on = min(deed.made_at, now).astimezone(now.tzinfo).date()
    if deed.done_at is not None and now - LONGEST <= deed.done_at <= now:
        done_on = deed.done_at.astimezone(now.tzinfo).date()
        last = last_day(connection, case_id) if case_id is not None else None
        on = min(on, max(done_on, last or done_on))
    return Moment(on=on, now=now)


def _case_of(connection: sa.Connection, deed: told.Deed, officer: Officer) -> int | None:
    """Return the case a deed is about: named, or opened by the visit that it rests on."""
    if deed.case is not None:
        known = sa.select(Case.id).where(Case.id == deed.case)
        return connection.scalar(known)
    if deed.visit is None:
        return None
    try:
        visit = records.taken_visit(connection, deed.visit, staff_id=officer.staff_id)
    except FieldError:
        return None
    return int(visit.answer["case"])


def _others_since(
    connection: sa.Connection, deed: told.Deed, case_id: int | None
) -> Sequence[sa.Row[Any]]:
    """Return the events of a case since the phone's copy of it, its own deeds' left out.

    The case is held, so that nobody adds one before this deed is done.
    """
    if case_id is None:
        return ()
    connection.execute(sa.select(Case.id).where(Case.id == case_id).with_for_update())
    own = sa.exists().where(
        FieldDeed.device_id == deed.device,
        FieldDeed.case_id == case_id,
        CaseEvent.seq.between(FieldDeed.from_event, FieldDeed.to_event),
    )
    query = (
        sa.select(CaseEvent.__table__)
        .where(CaseEvent.case_id == case_id, CaseEvent.seq > deed.basis, ~own)
        .order_by(CaseEvent.seq)
    )
    return connection.execute(query).all()


def _written(connection: sa.Connection, case_id: int | None, *, before: int) -> _Span:
    """Return the first and the last event that a deed wrote in a case, whose row is held."""
    last = _last_event(connection, case_id)
    return (before + 1, last) if last > before else None


def _last_event(connection: sa.Connection, case_id: int | None) -> int:
    """Return the number of a case's last event; 0 where there is no case yet."""
    last = sa.select(sa.func.max(CaseEvent.seq)).where(CaseEvent.case_id == case_id)
    return connection.scalar(last) or 0


def _lines(
    connection: sa.Connection, case_id: int | None, since: Sequence[sa.Row[Any]], now: datetime
) -> list[Line]:
    if case_id is None or now.tzinfo is None:
        return []
    law = law_over(connection, case_id, chain=CASES)
    return list(in_words(since, law=law, zone=now.tzinfo))


def _refused(error: LotlineError, case_id: int | None, lines: Iterable[Line]) -> dict[str, Any]:
    return {
        "case": case_id,
        "words": str(error) if isinstance(error, CaseError) else "It could not be done.",
        "meanwhile": [
            {"on": each.on.isoformat() if each.on else None, "text": each.text} for each in lines
        ],
        **({"matters": list(error.matters)} if isinstance(error, DoubledError) else {}),
        **({"unplaced": True} if isinstance(error, UnplacedError) else {}),
    }


def _seen(connection: sa.Connection, case_id: int | None) -> dict[str, Any]:
    if case_id is None:
        return {}
    number = connection.scalar(sa.select(Case.number).where(Case.id == case_id))
    return {"number": number, "seen": _last_event(connection, case_id)}


def _keep(
    connection: sa.Connection,
    deed: told.Deed,
    answer: dict[str, Any],
    *,
    span: _Span,
    now: datetime,
) -> None:
    values = {
        "id": deed.id, "device_id": deed.device, "seq": deed.seq, "kind": deed.kind,
        "case_id": answer.get("case"), "complaint_id": _known_complaint(connection, deed),
        "told": _as_told(deed), "made_at": deed.made_at, "received_at": now,
        "status": answer["status"], "answer": answer,
        "from_event": span and span[0], "to_event": span and span[1],
    }  # fmt: skip
    connection.execute(sa.insert(FieldDeed).values(values))
    mine = sa.update(FieldDevice).where(FieldDevice.id == deed.device)
    connection.execute(mine.values(last_seq=deed.seq))


def _known_complaint(connection: sa.Connection, deed: told.Deed) -> int | None:
    """Return the complaint a deed names, where there is one: a record of it must not fail."""
    known = sa.select(Complaint.id).where(Complaint.id == deed.complaint)
    return connection.scalar(known) if deed.complaint is not None else None


def _as_told(deed: told.Deed) -> dict[str, Any]:
    told_of = deed.model_dump(mode="json", exclude={"id", "device", "seq"})
    if deed.done_at is None:
        del told_of["done_at"]  # as it was kept before phones told it
    return told_of


def _same(before: sa.Row[Any], deed: told.Deed) -> dict[str, Any]:
    """Return the answer given before; refuse another deed under the same identity."""
    if not _is(before, deed):
        raise TakenIdError(_TAKEN)
    answer: dict[str, Any] = before.answer
    return answer


def _is(before: sa.Row[Any], deed: told.Deed) -> bool:
    """Tell whether a deed is one that was told before."""
    return (before.device_id, before.seq, before.told) == (deed.device, deed.seq, _as_told(deed))

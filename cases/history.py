"""Append what happens to cases to their hash-chained history, and check the chain."""

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from psycopg.types.json import Jsonb
from sqlalchemy.dialects.postgresql import distinct_on

from cases.errors import HistoryError
from cases.models import Case, CaseEvent
from geo.database import raw

FIRST = bytes(32)
"""The hash that stands before a case's first event."""

_COPY = """COPY lotline.case_event
    (case_id, seq, kind, actor, happened_on, recorded_at, details, prev_hash, hash) FROM STDIN"""
_AT_ONCE = 10_000


@dataclasses.dataclass(frozen=True, slots=True)
class Deed:
    """Something that happened to a case and is not yet written down.

    Parameters
    ----------
    case_id
        The case.
    kind
        What happened, in the past tense: ``imported``, ``lien_recorded``.
    happened_on
        The day it happened, in the town's calendar; None where unknown.
    details
        JSON of text, whole numbers, booleans, lists and objects: everything but fractions, which
        would not come back from the database letter for letter.
    """

    case_id: int
    kind: str
    happened_on: date | None = None
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def append(
    connection: sa.Connection, deeds: Sequence[Deed], *, actor: str, recorded_at: datetime
) -> None:
    """Write deeds at the end of their cases' histories, each chained to the one before it.

    The cases' rows are locked until the transaction ends, so that two writers cannot both
    continue from the same event.

    Parameters
    ----------
    deeds
        What happened, in order; any mixture of cases.
    actor
        Who did it: a user's name, or the program that did.
    recorded_at
        The moment of writing, with its time zone.

    Raises
    ------
    HistoryError
        When a deed's details cannot be kept exactly.
    """
    ends = _ends(connection, sorted({deed.case_id for deed in deeds}))
    with raw(connection).cursor().copy(_COPY) as copy:
        for deed in deeds:
            seq, prev_hash = ends.get(deed.case_id, (0, FIRST))
            digest = fingerprint(
                deed, seq=seq + 1, actor=actor, recorded_at=recorded_at, prev_hash=prev_hash
            )
            ends[deed.case_id] = (seq + 1, digest)
            written = Jsonb(dict(deed.details))
            head = (deed.case_id, seq + 1, deed.kind, actor, deed.happened_on, recorded_at)
            copy.write_row((*head, written, prev_hash, digest))


def fingerprint(
    deed: Deed, *, seq: int, actor: str, recorded_at: datetime, prev_hash: bytes
) -> bytes:
    """Return the SHA-256 over the hash before an event and the event's canonical JSON.

    Canonical JSON has its keys in order, no spaces, and its moment in UTC to the microsecond.

    Raises
    ------
    HistoryError
        When the details hold a fraction or something JSON cannot say.
    """
    _require_exact(deed.details)
    told = {
        "case_id": deed.case_id,
        "seq": seq,
        "kind": deed.kind,
        "actor": actor,
        "happened_on": deed.happened_on.isoformat() if deed.happened_on else None,
        "recorded_at": recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "details": dict(deed.details),
    }
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(prev_hash + canonical.encode()).digest()


def faults(connection: sa.Connection) -> Iterator[str]:
    """Tell, in a sentence each, where a history was edited, cut in the middle or put out of order.

    A history whose last events were cut away looks whole from inside: only an anchor kept
    elsewhere can show that.
    """
    events = sa.select(CaseEvent.__table__).order_by(CaseEvent.case_id, CaseEvent.seq)
    case_id, seq, prev_hash = 0, 0, FIRST
    for event in connection.execute(events, execution_options={"yield_per": _AT_ONCE}):
        if event.case_id != case_id:
            case_id, seq, prev_hash = event.case_id, 0, FIRST
        if event.seq != seq + 1:
            yield f"Case {case_id}: event {seq + 1} is missing before event {event.seq}."
        elif event.prev_hash != prev_hash or event.hash != _recomputed(event):
            yield f"Case {case_id}: event {event.seq} is not as it was written."
        seq, prev_hash = event.seq, event.hash


def _recomputed(event: sa.Row[Any]) -> bytes:
    deed = Deed(event.case_id, event.kind, event.happened_on, event.details)
    return fingerprint(
        deed,
        seq=event.seq,
        actor=event.actor,
        recorded_at=event.recorded_at,
        prev_hash=event.prev_hash,
    )


def _ends(connection: sa.Connection, case_ids: Sequence[int]) -> dict[int, tuple[int, bytes]]:
    """Lock the cases and return the number and hash of each one's last event, where it has one."""
    among = {"case_ids": list(case_ids)}
    connection.execute(_LOCK, among).all()
    return {row.case_id: (row.seq, row.hash) for row in connection.execute(_LAST, among)}


_AMONG = sa.any_(sa.bindparam("case_ids", type_=sa.ARRAY(sa.BigInteger)))
_LOCK = sa.select(Case.id).where(Case.id == _AMONG).order_by(Case.id).with_for_update()
_LAST = (
    sa.select(CaseEvent.case_id, CaseEvent.seq, CaseEvent.hash)
    .ext(distinct_on(CaseEvent.case_id))
    .where(CaseEvent.case_id == _AMONG)
    .order_by(CaseEvent.case_id, CaseEvent.seq.desc())
)


def _require_exact(value: object) -> None:
    if isinstance(value, Mapping):
        for inner in value.values():
            _require_exact(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for inner in value:
            _require_exact(inner)
    elif value is not None and not isinstance(value, str | int):
        msg = (
            f"An event's details hold {value!r}, which would not come back exactly: "
            "give fractions as text and dates in ISO form."
        )
        raise HistoryError(msg)

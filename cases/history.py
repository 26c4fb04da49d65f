"""Append what happens to cases and complaints to their hash-chained histories, and check them."""

import dataclasses
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql import distinct_on

from cases.errors import HistoryError
from cases.models import Case, CaseEvent, Complaint, ComplaintEvent
from geo.compiled import Compiled
from geo.database import raw

FIRST = bytes(32)
"""The hash that stands before a history's first event."""

_AT_ONCE = 10_000

type End = tuple[int, bytes]
"""The number and the hash of a history's last event."""


@dataclasses.dataclass(frozen=True, slots=True)
class Chain:
    """Whose histories a table of events holds, each of them a chain of its own.

    Parameters
    ----------
    word
        What sentences, and the lines of a root, call whose history it is.
    key
        The column of the events that names it; hashed with them.
    """

    word: str
    subject: type[Case | Complaint]
    event: type[CaseEvent | ComplaintEvent]
    key: str

    @property
    def about(self) -> sa.ColumnElement[int]:
        """The events' column that says whose history they are of."""
        column: sa.ColumnElement[int] = self.event.__table__.c[self.key]
        return column


CASES = Chain("case", Case, CaseEvent, "case_id")
COMPLAINTS = Chain("complaint", Complaint, ComplaintEvent, "complaint_id")
CHAINS = (CASES, COMPLAINTS)


@dataclasses.dataclass(frozen=True, slots=True)
class Deed:
    """Something that happened to a case or a complaint and is not yet written down.

    Parameters
    ----------
    about
        The identity of the case or the complaint.
    kind
        What happened, in the past tense: ``imported``, ``lien_recorded``.
    happened_on
        The day it happened, in the town's calendar; None where unknown.
    details
        JSON of text, whole numbers, booleans, lists and objects: everything but fractions, which
        would not come back from the database letter for letter.
    """

    about: int
    kind: str
    happened_on: date | None = None
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def append(
    connection: sa.Connection,
    deeds: Sequence[Deed],
    *,
    actor: str,
    recorded_at: datetime,
    chain: Chain = CASES,
) -> None:
    """Write deeds at the end of the histories they belong to, each chained to the one before it.

    The rows of the cases or complaints are locked until the transaction ends, so that two writers
    cannot both continue from the same event.

    Parameters
    ----------
    deeds
        What happened, in order; any mixture of cases, or of complaints.
    actor
        Who did it: a user's name, or the program that did.
    recorded_at
        The moment of writing, with its time zone.
    chain
        Whether they are deeds of cases or of complaints.

    Raises
    ------
    HistoryError
        When a deed's details cannot be kept exactly.
    """
    ends = _ends(connection, chain, sorted({deed.about for deed in deeds}))
    with raw(connection).cursor().copy(_copy(chain)) as copy:
        for deed in deeds:
            written = _chained(
                deed, end=ends.get(deed.about), actor=actor, recorded_at=recorded_at, chain=chain
            )
            ends[deed.about] = (written[1], written[-1])
            copy.write_row(written)


def append_held(
    connection: sa.Connection,
    deed: Deed,
    *,
    end: End | None,
    actor: str,
    recorded_at: datetime,
    chain: Chain = CASES,
) -> None:
    """Write one deed of a case, or of a complaint, whose row the caller holds.

    Parameters
    ----------
    end
        Where its history ends, read since the row is held; None before its first event.

    Raises
    ------
    HistoryError
        When the deed's details cannot be kept exactly.
    """
    written = _chained(deed, end=end, actor=actor, recorded_at=recorded_at, chain=chain)
    raw(connection).execute(_insert(chain), written)


def end_of(connection: sa.Connection, about: int, *, chain: Chain = CASES) -> End | None:
    """Return where the history of a case, or of a complaint, ends, whose row the caller holds."""
    last = _end(chain).first(connection, about=about)
    return None if last is None else (last.seq, last.hash)


@lru_cache
def _end(chain: Chain) -> Compiled:
    events = sa.select(chain.event.seq, chain.event.hash)
    mine = events.where(chain.about == sa.bindparam("about"))
    return Compiled(mine.order_by(chain.event.seq.desc()).limit(1))


def _chained(
    deed: Deed, *, end: End | None, actor: str, recorded_at: datetime, chain: Chain
) -> tuple[Any, ...]:
    """Return an event's columns, its hash the last of them."""
    seq, prev_hash = end or (0, FIRST)
    digest = fingerprint(
        deed, seq=seq + 1, actor=actor, recorded_at=recorded_at, prev_hash=prev_hash, chain=chain
    )
    head = (deed.about, seq + 1, deed.kind, actor, deed.happened_on, recorded_at)
    return (*head, Jsonb(dict(deed.details)), prev_hash, digest)


@lru_cache
def _insert(chain: Chain) -> bytes:
    columns = _columns(chain)
    written = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier("lotline", chain.event.__tablename__),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(sql.Placeholder() * len(columns)),
    )
    return written.as_bytes()  # once: the driver would write it out each time


def _copy(chain: Chain) -> sql.Composed:
    return sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier("lotline", chain.event.__tablename__),
        sql.SQL(", ").join(map(sql.Identifier, _columns(chain))),
    )


def _columns(chain: Chain) -> tuple[str, ...]:
    told = ("seq", "kind", "actor", "happened_on", "recorded_at", "details", "prev_hash", "hash")
    return (chain.key, *told)


def fingerprint(
    deed: Deed,
    *,
    seq: int,
    actor: str,
    recorded_at: datetime,
    prev_hash: bytes,
    chain: Chain = CASES,
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
        chain.key: deed.about,
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
    for chain in CHAINS:
        yield from _faults(connection, chain)


def _faults(connection: sa.Connection, chain: Chain) -> Iterator[str]:
    events = sa.select(chain.event.__table__, chain.about.label("about"))
    events = events.order_by(chain.about, chain.event.seq)
    whose, (about, seq, prev_hash) = chain.word.capitalize(), (0, 0, FIRST)
    for event in connection.execute(events, execution_options={"yield_per": _AT_ONCE}):
        if event.about != about:
            about, seq, prev_hash = event.about, 0, FIRST
        if event.seq != seq + 1:
            yield f"{whose} {about}: event {seq + 1} is missing before event {event.seq}."
        elif event.prev_hash != prev_hash or event.hash != _recomputed(event, chain):
            yield f"{whose} {about}: event {event.seq} is not as it was written."
        seq, prev_hash = event.seq, event.hash


def _recomputed(event: sa.Row[Any], chain: Chain) -> bytes:
    deed = Deed(event.about, event.kind, event.happened_on, event.details)
    return fingerprint(
        deed,
        seq=event.seq,
        actor=event.actor,
        recorded_at=event.recorded_at,
        prev_hash=event.prev_hash,
        chain=chain,
    )


def lock(connection: sa.Connection, chain: Chain, ids: Collection[int]) -> None:
    """Hold whom histories are of until the transaction ends, in the one order that all keep to."""
    connection.execute(_lock(chain), {"ids": list(ids)}).all()


def _ends(connection: sa.Connection, chain: Chain, ids: Sequence[int]) -> dict[int, End]:
    """Lock whom the histories are of and return the number and hash of each one's last event."""
    lock(connection, chain, ids)
    among = {"ids": list(ids)}
    return {row.about: (row.seq, row.hash) for row in connection.execute(_last(chain), among)}


_AMONG = sa.any_(sa.bindparam("ids", type_=sa.ARRAY(sa.BigInteger)))


@lru_cache
def _lock(chain: Chain) -> Select[int]:
    subject = chain.subject
    mine = sa.select(subject.id).where(subject.id == _AMONG)
    return mine.order_by(subject.id).with_for_update()


@lru_cache
def _last(chain: Chain) -> Select[int, int, bytes]:
    return last_events(chain).where(chain.about == _AMONG)


def last_events(chain: Chain) -> Select[int, int, bytes]:
    """Select where each history of a chain ends: ``about``, ``seq`` and ``hash``."""
    return (
        sa.select(chain.about.label("about"), chain.event.seq, chain.event.hash)
        .ext(distinct_on(chain.about))
        .order_by(chain.about, chain.event.seq.desc())
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

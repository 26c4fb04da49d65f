"""Post a deed once: lock its case, know it by its key, write its lines, tell its history."""

from datetime import date
from functools import cache
from typing import Any, TypedDict, Unpack

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as upsert

from cases.history import Deed, append_held, end_of
from cases.ledger import limits
from cases.ledger.accounts import Kind
from cases.ledger.errors import KeyReusedError, NoCaseError
from cases.ledger.lines import Lines, turnover
from cases.ledger.reading import Posting, postings
from cases.ledger.slips import Slip, content, differences
from cases.models import Case, LedgerEntry, LedgerPosting
from cases.rows import insert
from geo.compiled import Compiled
from geo.layers import Town


class Said(TypedDict, total=False):
    """What a posting says beside its lines, where it says it."""

    reference: str | None
    memo: str | None
    method: str | None
    payer: str | None
    reverses: int


def posted_before(connection: sa.Connection, slip: Slip) -> Posting | None:
    """Lock the case until the transaction ends, and return the deed if it was done already.

    With the case locked nobody else posts to it, so what is read of it afterwards stays true:
    the caller's transaction has to be READ COMMITTED, PostgreSQL's default. At another level the
    database's own guards refuse what would no longer be so.

    Raises
    ------
    NoCaseError, KeyReusedError, DateError
    """
    today = _lock(connection, slip)
    first = _same_deed(connection, slip)
    if first is None:
        last = _LAST.first(connection, case_id=slip.case_id)
        limits.require_date(slip.on, last=last.day, today=today)
    return first


def post(
    connection: sa.Connection,
    slip: Slip,
    lines: Lines,
    *,
    told: dict[str, Any] | None = None,
    **said: Unpack[Said],
) -> Posting:
    """Write a deed's posting, its case being locked, and its event in the case's history.

    Parameters
    ----------
    told
        What the event says beside what was asked.

    Raises
    ------
    KeyReusedError
        When a deed on another case took the key in this very moment.
    """
    posting = write(connection, slip, lines, key=slip.key, **said)
    details = {"posting": posting.id, "cents": posting.cents, **slip.asked, **(told or {})}
    deed = Deed(slip.case_id, slip.kind, slip.on, details)
    end = end_of(connection, slip.case_id)
    append_held(connection, deed, end=end, actor=slip.actor, recorded_at=slip.now)
    return posting


def write(
    connection: sa.Connection,
    slip: Slip,
    lines: Lines,
    *,
    key: str,
    kind: Kind | None = None,
    **said: Unpack[Said],
) -> Posting:
    """Write one posting and its lines; a deed may bring others with it, by keys of their own."""
    posting = Posting(
        id=_insert_head(connection, slip, lines, key=key, kind=kind or slip.kind, **said),
        case_id=slip.case_id,
        kind=kind or slip.kind,
        cents=turnover(lines),
        on=slip.on,
        lines=lines,
    )
    for line in lines:
        insert(connection, LedgerEntry, posting_id=posting.id, **line._asdict())
    return posting


def _insert_head(
    connection: sa.Connection,
    slip: Slip,
    lines: Lines,
    *,
    key: str,
    kind: Kind,
    **said: Unpack[Said],
) -> int:
    values = {
        "case_id": slip.case_id, "kind": kind, "key": key, "cents": turnover(lines),
        "actor": slip.actor, "posted_at": slip.now, "effective_on": slip.on,
        "asked": dict(slip.asked), **said,
    }  # fmt: skip
    written = _head(frozenset(values)).first(connection, **values)
    if written is None:  # a deed on another case took the key since, for this case is locked
        _same_deed(connection, slip)
        msg = f"The key {slip.key} was taken in this very moment: ask again."
        raise KeyReusedError(msg)
    return int(written.id)


@cache
def _head(columns: frozenset[str]) -> Compiled:
    given: dict[str, Any] = {name: sa.bindparam(name) for name in sorted(columns)}
    head = upsert(LedgerPosting).values(given).on_conflict_do_nothing(index_elements=["key"])
    return Compiled(head.returning(LedgerPosting.id))


def _lock(connection: sa.Connection, slip: Slip) -> date:
    """Lock the case and return the town's date of the moment of posting."""
    locked = _LOCKED.first(connection, case_id=slip.case_id, moment=slip.now)
    if locked is None:
        msg = f"There is no case {slip.case_id} to post to: look it up by its number."
        raise NoCaseError(msg)
    today: date = locked.today
    return today


_MOMENT = sa.bindparam("moment", type_=sa.DateTime(timezone=True))
_LOCKED = Compiled(
    sa.select(sa.cast(sa.func.timezone(Town.timezone, _MOMENT), sa.Date).label("today"))
    .select_from(Case)
    .join(Town, sa.true())
    .where(Case.id == sa.bindparam("case_id"))
    .with_for_update(of=Case)
)
_LAST = Compiled(
    sa.select(sa.func.max(LedgerPosting.effective_on).label("day")).where(
        LedgerPosting.case_id == sa.bindparam("case_id")
    )
)


def _same_deed(connection: sa.Connection, slip: Slip) -> Posting | None:
    kept = _CONTENT.first(connection, key=slip.key)
    if kept is None:
        return None
    (found,) = postings(connection, LedgerPosting.key == slip.key)
    differing = differences(content(*kept), slip.content)
    if differing:
        msg = (
            f"The key {slip.key} stands for posting {found.id} already, and this is another "
            f"deed: {'; '.join(differing)}. Give a new deed a key of its own."
        )
        raise KeyReusedError(msg)
    return found


_CONTENT = Compiled(
    sa.select(
        LedgerPosting.case_id,
        LedgerPosting.kind,
        LedgerPosting.actor,
        LedgerPosting.effective_on,
        LedgerPosting.asked,
    ).where(LedgerPosting.key == sa.bindparam("key"))
)

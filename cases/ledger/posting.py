"""Post a deed once: lock its case, know it by its key, write its lines, tell its history."""

from datetime import date
from typing import Any, TypedDict, Unpack

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.history import Deed, append
from cases.ledger import limits
from cases.ledger.accounts import Kind
from cases.ledger.errors import KeyReusedError, NoCaseError
from cases.ledger.lines import Lines, turnover
from cases.ledger.reading import Posting, postings
from cases.ledger.slips import Slip, content, differences
from cases.models import Case, LedgerEntry, LedgerPosting
from geo.layers import Town


class Said(TypedDict, total=False):
    """What a posting says beside its lines, where it says it."""

    reference: str | None
    memo: str | None
    method: str | None
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
        last = sa.select(sa.func.max(LedgerPosting.effective_on))
        last_on = connection.scalar(last.where(LedgerPosting.case_id == slip.case_id))
        limits.require_date(slip.on, last=last_on, today=today)
    return first


def post(
    connection: sa.Connection,
    slip: Slip,
    lines: Lines,
    *,
    told: dict[str, Any] | None = None,
    **said: Unpack[Said],
) -> Posting:
    """Write a deed's posting, and its event in the case's history.

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
    append(connection, [deed], actor=slip.actor, recorded_at=slip.now)
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
    rows = [{"posting_id": posting.id, **line._asdict()} for line in lines]
    connection.execute(sa.insert(LedgerEntry), rows)
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
    head = insert(LedgerPosting).values(
        case_id=slip.case_id,
        kind=kind,
        key=key,
        cents=turnover(lines),
        actor=slip.actor,
        posted_at=slip.now,
        effective_on=slip.on,
        asked=dict(slip.asked),
        **said,
    )
    once = head.on_conflict_do_nothing(index_elements=["key"]).returning(LedgerPosting.id)
    posting_id = connection.scalar(once)
    if posting_id is None:  # a deed on another case took the key since, for this case is locked
        _same_deed(connection, slip)
        msg = f"The key {slip.key} was taken in this very moment: ask again."
        raise KeyReusedError(msg)
    return posting_id


def _lock(connection: sa.Connection, slip: Slip) -> date:
    """Lock the case and return the town's date of the moment of posting."""
    today = sa.cast(sa.func.timezone(Town.timezone, slip.now), sa.Date)
    query = sa.select(today).select_from(Case).join(Town, sa.true())
    locked = connection.scalar(query.where(Case.id == slip.case_id).with_for_update(of=Case))
    if locked is None:
        msg = f"There is no case {slip.case_id} to post to: look it up by its number."
        raise NoCaseError(msg)
    return locked


def _same_deed(connection: sa.Connection, slip: Slip) -> Posting | None:
    found = postings(connection, LedgerPosting.key == slip.key)
    if not found:
        return None
    row = connection.execute(_CONTENT.where(LedgerPosting.key == slip.key)).one()
    differing = differences(content(*row), slip.content)
    if differing:
        msg = (
            f"The key {slip.key} stands for posting {found[0].id} already, and this is another "
            f"deed: {'; '.join(differing)}. Give a new deed a key of its own."
        )
        raise KeyReusedError(msg)
    return found[0]


_CONTENT = sa.select(
    LedgerPosting.case_id,
    LedgerPosting.kind,
    LedgerPosting.actor,
    LedgerPosting.effective_on,
    LedgerPosting.asked,
)

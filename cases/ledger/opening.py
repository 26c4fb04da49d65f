"""Open the books of cases that came from another system: what it charged, was paid and gave up.

It is neither revenue nor money in our drawer, so each posting stands against `Account.OPENING`. A
later export posts the difference to what was taken over before; nothing is ever changed.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from psycopg.types.json import Jsonb

from cases.ledger.accounts import Account, Component, Kind
from cases.ledger.allocation import allocate
from cases.ledger.lines import Line, Lines, credit_applied, turnover
from cases.models import LedgerBalance, LedgerEntry, LedgerPosting
from geo.database import raw
from geo.loading import bulk

OPENINGS = (Kind.CHARGE_MOVED_IN, Kind.PAYMENT_MOVED_IN, Kind.WAIVER_MOVED_IN)


class OldEntry(NamedTuple):
    """What names an entry of the old system's books, and how it counts here.

    Attributes
    ----------
    file, number
        In which file of the export it stands, and its number there.
    component
        Of a charge; None of what covers whatever is owed.
    tally
        How the keys begin of the penalty that adds up (`cases.tallies.Tally`) it is part of.
    """

    file: str
    number: str
    kind: Kind
    component: Component | None
    tally: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """An entry of the old system's books; below zero where money went back."""

    case_id: int
    entry: OldEntry
    cents: int
    on: date
    reference: str
    memo: str | None


@dataclass(slots=True)
class _Books:
    """How the books of one case stand while postings are added to them.

    Attributes
    ----------
    covered
        What money has covered, or what was given up.
    """

    owed: Counter[Component] = field(default_factory=Counter)
    covered: dict[Kind, Counter[Component]] = field(default_factory=lambda: defaultdict(Counter))
    credit: int = 0
    last: date = date.min


class _Written(NamedTuple):
    case_id: int
    kind: Kind
    key: str
    on: date
    reference: str
    memo: str | None
    asked: Mapping[str, Any]
    lines: Lines


def open_books(
    connection: sa.Connection,
    openings: Iterable[Opening],
    *,
    case_ids: Collection[int],
    order: Sequence[Component],
    actor: str,
    today: date,
    now: datetime,
) -> int:
    """Bring the opening entries of some cases to what the export holds; gives how many were posted.

    An entry the export holds no more is taken back. Postings of a case follow one another in time:
    what is told of an earlier day than its last posting takes effect on that one's day, and its
    own day stands in its memo.

    Parameters
    ----------
    case_ids
        Whose books they are: all of their entries are given.
    order
        In which money covers what is owed, as the town's law has it.
    """
    posted = _posted(connection, case_ids)
    books = _books(connection, case_ids)
    wanted = {(each.case_id, each.entry): each for each in openings}
    gone = [_taken_back(case_id, entry, on=today) for case_id, entry in posted.keys() - wanted]
    written: list[_Written] = []
    for each in sorted([*wanted.values(), *gone], key=_when):
        cents = each.cents - posted.get((each.case_id, each.entry), 0)
        if cents:
            written.append(_write(each, cents, books[each.case_id], order=order))
    for case_id in {each.case_id for each in written}:
        written += _use_credit(case_id, books[case_id], order=order)
    _store(connection, written, actor=actor, now=now)
    return len(written)


def _when(each: Opening) -> tuple[int, date, bool, str]:
    return (each.case_id, each.on, each.entry.kind is not Kind.CHARGE_MOVED_IN, each.entry.number)


def _taken_back(case_id: int, entry: OldEntry, *, on: date) -> Opening:
    return Opening(
        case_id=case_id, entry=entry, cents=0, on=on, reference=f"{entry.file} {entry.number}",
        memo="A later export holds it no more",
    )  # fmt: skip


def _write(each: Opening, cents: int, books: _Books, *, order: Sequence[Component]) -> _Written:
    kind = each.entry.kind
    lines = _lines(each.entry, cents, books, order=order)
    for line in lines:
        _count(books, line, kind=kind)
    books.last = max(books.last, each.on)
    return _Written(
        case_id=each.case_id,
        kind=Kind.WAIVER_MOVED_IN if kind is Kind.CHARGE_MOVED_IN and cents < 0 else kind,
        key=_key(each, lowers=cents < 0),
        on=books.last,
        reference=each.reference,
        memo=each.memo,
        asked={**each.entry._asdict(), "cents": cents},
        lines=lines,
    )


def _key(each: Opening, *, lowers: bool) -> str:
    # A slash would make it the posting of another, as `cases.tallies` reads keys.
    whence = f"moved-in:{each.entry.file}:{each.entry.number.replace('/', '-')}"
    if each.entry.tally is None:
        return whence
    if lowers:
        return _of_tally(each.entry.tally, "lowered", whence)
    return _of_tally(each.entry.tally, "accrued", whence)


def _of_tally(tally: str, word: str, whence: str) -> str:
    """Name a posting as one of a tally's own, as `cases.tallies` names them."""
    return f"{tally}:{word}:{whence}"


def _lines(entry: OldEntry, cents: int, books: _Books, *, order: Sequence[Component]) -> Lines:
    if entry.kind is Kind.CHARGE_MOVED_IN:
        assert entry.component is not None  # noqa: S101 - every charge is of something
        spread = _owed_more(entry.component, cents, books)
    elif cents > 0:
        told = allocate(books.owed, cents, order)
        spread = [_owes(component, -part) for component, part in told.applied.items()]
        spread += [Line(Account.UNAPPLIED_CREDIT, None, -told.left)]
    else:
        spread = _put_back(entry.kind, -cents, books, order=order)
    against = Line(Account.OPENING, None, -sum(line.cents for line in spread))
    return tuple(line for line in (*spread, against) if line.cents)


def _owed_more(component: Component, cents: int, books: _Books) -> list[Line]:
    """Owe so much more; or less, and what was covered already becomes credit."""
    if cents > 0:
        return [_owes(component, cents)]
    owed = min(-cents, books.owed.get(component, 0))
    return [_owes(component, -owed), Line(Account.UNAPPLIED_CREDIT, None, cents + owed)]


def _put_back(kind: Kind, cents: int, books: _Books, *, order: Sequence[Component]) -> list[Line]:
    """Take from credit, then owe again what was covered, the last to be covered first."""
    from_credit = min(cents, books.credit)
    told = allocate(books.covered[kind], cents - from_credit, tuple(reversed(order)))
    owed = dict(told.applied)
    if told.left:
        owed[order[0]] = owed.get(order[0], 0) + told.left
    again = [_owes(component, part) for component, part in owed.items()]
    return [Line(Account.UNAPPLIED_CREDIT, None, from_credit), *again]


def _owes(component: Component, cents: int) -> Line:
    return Line(Account.RECEIVABLE, component, cents)


def _use_credit(case_id: int, books: _Books, *, order: Sequence[Component]) -> Iterator[_Written]:
    """Let what was paid ahead cover what was charged after, as the old system did."""
    cents = min(books.credit, sum(books.owed.values()))
    if cents > 0:
        yield _Written(
            case_id=case_id, kind=Kind.CREDIT_APPLIED, key=f"moved-in:credit:{case_id}",
            on=books.last, reference="Paid ahead", memo=None, asked={"cents": cents},
            lines=credit_applied(books.owed, cents, order),
        )  # fmt: skip


def _count(books: _Books, line: Line, *, kind: Kind) -> None:
    if line.account is Account.UNAPPLIED_CREDIT:
        books.credit -= line.cents
    elif line.component is not None:
        books.owed[line.component] += line.cents
        books.covered[kind][line.component] -= line.cents


def _posted(
    connection: sa.Connection, case_ids: Collection[int]
) -> dict[tuple[int, OldEntry], int]:
    """Return the cents taken over before, by case and entry."""
    query = sa.select(LedgerPosting.case_id, LedgerPosting.asked).where(
        LedgerPosting.case_id == _any(case_ids), LedgerPosting.kind.in_(OPENINGS)
    )
    sums: dict[tuple[int, OldEntry], int] = defaultdict(int)
    for case_id, asked in connection.execute(query):
        component = asked["component"] and Component(asked["component"])
        entry = OldEntry(
            asked["file"], asked["number"], Kind(asked["kind"]), component, asked["tally"]
        )
        sums[case_id, entry] += asked["cents"]
    return sums


def _books(connection: sa.Connection, case_ids: Collection[int]) -> dict[int, _Books]:
    books: dict[int, _Books] = defaultdict(_Books)
    kept = sa.select(LedgerBalance.__table__).where(LedgerBalance.case_id == _any(case_ids))
    for row in connection.execute(kept):
        of = books[row.case_id]
        of.last = max(of.last, row.as_of)
        if row.account == Account.UNAPPLIED_CREDIT:
            of.credit = -row.cents
        else:
            of.owed[Component(row.component)] = row.cents
    by = LedgerPosting.asked["kind"].astext.label("by")
    cents = sa.cast(sa.func.sum(-LedgerEntry.cents), sa.BigInteger).label("cents")
    covered = (
        sa.select(LedgerPosting.case_id, by, LedgerEntry.component, cents)
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .where(LedgerPosting.case_id == _any(case_ids), LedgerPosting.kind.in_(OPENINGS))
        .where(LedgerEntry.account == Account.RECEIVABLE)
        .group_by(LedgerPosting.case_id, by, LedgerEntry.component)
    )
    for row in connection.execute(covered):
        books[row.case_id].covered[Kind(row.by)][Component(row.component or "")] = row.cents
    return books


def _any(case_ids: Collection[int]) -> sa.ColumnElement[Any]:
    return sa.any_(sa.literal(sorted(case_ids), sa.ARRAY(sa.BigInteger)))


def _store(
    connection: sa.Connection, written: Sequence[_Written], *, actor: str, now: datetime
) -> None:
    ids = bulk.new_ids(connection, LedgerPosting.__table__, count=len(written)).tolist()
    cursor = raw(connection).cursor()
    with cursor.copy(_HEADS) as copy:
        for posting_id, each in zip(ids, written, strict=True):
            # The number makes every key its own: an entry may be put right more than once.
            copy.write_row(
                (posting_id, each.case_id, each.kind, f"{each.key}:{posting_id}",
                 turnover(each.lines), actor, now, each.on, each.reference, each.memo,
                 Jsonb(dict(each.asked)))
            )  # fmt: skip
    with cursor.copy(_ENTRIES) as copy:
        for posting_id, each in zip(ids, written, strict=True):
            for line in each.lines:
                copy.write_row((posting_id, *line))


_HEADS = """COPY lotline.ledger_posting (id, case_id, kind, key, cents, actor, posted_at,
    effective_on, reference, memo, asked) FROM STDIN"""
_ENTRIES = "COPY lotline.ledger_entry (posting_id, account, component, cents) FROM STDIN"

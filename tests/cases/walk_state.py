"""Read a walk's whole state, and say what must be true of it after every step."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from datetime import date
from typing import Any

import sqlalchemy as sa
from fine_oracle import walk
from hand_read import BY_HAND, EVENTS_BY_HAND
from kept_tallies import misremembered
from sqlalchemy.orm import DeclarativeBase

from cases.advancing import HARMLESS
from cases.fines.orders import End, EndReason, Rate, Reduction
from cases.fines.rules import FineKind
from cases.fines.terms import FineTerms
from cases.history import faults
from cases.lawpack.schema import LawPack
from cases.models import (
    Case,
    CaseEvent,
    Citation,
    EnforcementOrder,
    Extension,
    FineReduction,
    Hearing,
    HearingSession,
    Inspection,
    LedgerBalance,
    LedgerEntry,
    LedgerPosting,
    Notice,
    NoticeViolation,
    Respondent,
    ServiceAttempt,
    Violation,
)
from cases.ordered import fine_of
from cases.phases import Phase
from cases.standing import standing
from cases.workflow.casefile import CaseStatus
from cases.workflow.violation import ViolationStatus

PARTS: dict[str, type[DeclarativeBase]] = {
    "case": Case,
    "violation": Violation,
    "inspection": Inspection,
    "notice": Notice,
    "extension": Extension,
    "citation": Citation,
    "hearing": Hearing,
    "order": EnforcementOrder,
}
"""The sections whose parts a walk moves, and their tables."""

_BESIDE = (
    Respondent, NoticeViolation, ServiceAttempt, HearingSession, FineReduction, LedgerPosting,
    LedgerEntry, LedgerBalance,
)  # fmt: skip
_DEADLINES = (("violation", "comply_by"), ("citation", "answer_by"), ("order", "contest_by"))
_SECTION = {event: action.partition(".")[0] for action, event in EVENTS_BY_HAND.items()}
_ACTION = {event: action.partition(".")[2] for action, event in EVENTS_BY_HAND.items()}
_NAMES = ("counter", *(part.__tablename__ for part in (*PARTS.values(), *_BESIDE, CaseEvent)))
_PRINT = " UNION ALL ".join(
    f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM lotline.{name} t"  # noqa: S608 - ours
    for name in _NAMES
)

RUNS = {
    "citation": dict.fromkeys(["issued", "served", "admitted", "upheld"], Phase.CITED)
    | {"contested": Phase.HEARING},
    "hearing": dict.fromkeys(["requested", "docketed", "opened", "continued"], Phase.HEARING),
    "order": dict.fromkeys(
        ["entered", "served", "noncompliant", "contested", "certified"], Phase.ORDERED
    ),
}
"""How far a part carries its case, by its status: read out of the process by hand."""

type Rows = list[sa.Row[Any]]


class State:
    """Everything on record: the parts by section, what stands beside them, the events by case."""

    def __init__(self, connection: sa.Connection) -> None:
        self.parts = {name: _all(connection, part) for name, part in PARTS.items()}
        self.beside = {part.__tablename__: _all(connection, part) for part in _BESIDE}
        self.events: dict[int, Rows] = defaultdict(list)
        for event in connection.execute(sa.select(CaseEvent.__table__).order_by(CaseEvent.id)):
            self.events[event.case_id].append(event)

    def of(self, section: str, part_id: int | None) -> sa.Row[Any]:
        return next(row for row in self.parts[section] if row.id == part_id)

    def last_day(self, case_id: int) -> date:
        events = (each for each in self.events[case_id] if each.kind not in HARMLESS)
        return max(event.happened_on for event in events)


def fingerprint(connection: sa.Connection) -> list[tuple[int, str]]:
    """Count the rows of every table of cases, and hash what they say."""
    return [tuple(row) for row in connection.exec_driver_sql(_PRINT)]


def case_status(row: sa.Row[Any]) -> str:
    if row.voided_on is not None:
        return "void"
    return "open" if row.closed_on is None else "closed"


def status_of(section: str, row: sa.Row[Any]) -> str:
    return case_status(row) if section == "case" else str(row.status)


def check(connection: sa.Connection, law: LawPack, state: State, *, on: date) -> None:
    """Everything that must be true of the record whatever was done."""
    assert list(faults(connection)) == []
    assert misremembered(connection) == []
    for case in state.parts["case"]:
        _check_statuses(state, case)
        _check_standing(state, case)
    _check_ledger(state)
    for row in state.parts["order"]:
        _check_fine(connection, law, state, row, on=on)


def _all(connection: sa.Connection, part: Any) -> Rows:
    table = part.__table__
    return list(connection.execute(sa.select(table).order_by(*table.primary_key.columns)))


def _check_statuses(state: State, case: sa.Row[Any]) -> None:
    """The status of every part is the one that its events lead to, by the table read by hand."""
    reached = _replayed(state.events[case.id])
    stored = {
        (section, row.id): status_of(section, row)
        for section, rows in state.parts.items()
        for row in rows
        if (row.id if section == "case" else row.case_id) == case.id
    }
    assert reached == stored


def _replayed(events: Rows) -> dict[tuple[str, int], str]:
    at: dict[tuple[str, int], str] = {}
    for event in events:
        if event.kind not in _SECTION:
            continue
        section = _SECTION[event.kind]
        part = (section, _named(event, section))
        at[part] = BY_HAND[section, at.get(part), _ACTION[event.kind]].to
        if event.kind == "case_voided":  # its violations go with it
            gone = [each for each, status in at.items() if status in ("alleged", "open")]
            at |= {each: "voided" for each in gone if each[0] == "violation"}
    return at


def _named(event: sa.Row[Any], section: str) -> int:
    """Return which part an event is of, as its details name it."""
    if section == "case":
        return int(event.case_id)
    return int(event.details[PARTS[section].__tablename__])


def _check_standing(state: State, case: sa.Row[Any]) -> None:
    violations = [row for row in state.parts["violation"] if row.case_id == case.id]
    running = {
        RUNS[section][row.status]
        for section in RUNS
        for row in state.parts[section]
        if row.case_id == case.id and row.status in RUNS[section]
    }
    ordered = {
        row.violation_id: row.comply_by
        for row in state.parts["order"]
        if row.status in RUNS["order"] and row.comply_by
    }
    now = standing(
        (
            (
                ViolationStatus(row.status), ordered.get(row.id, row.comply_by),
                row.verified_on or row.found_on,
            )
            for row in violations
        ),
        status=CaseStatus(case_status(case)), running=running,
    )  # fmt: skip
    kept = (case.phase, case.open_violations, case.next_due, case.published, case.open_since)
    assert kept == astuple(now)


def _check_ledger(state: State) -> None:
    """Entries of a posting sum to zero, and the balances kept are the sums of the entries."""
    of_case = {posting.id: posting.case_id for posting in state.beside["ledger_posting"]}
    zero: dict[int, int] = defaultdict(int)
    sums: dict[tuple[int, str, str | None], int] = defaultdict(int)
    for entry in state.beside["ledger_entry"]:
        zero[entry.posting_id] += entry.cents
        sums[of_case[entry.posting_id], entry.account, entry.component] += entry.cents
    assert set(zero) == set(of_case)
    assert not any(zero.values())
    for row in state.beside["ledger_balance"]:
        assert row.cents == sums[row.case_id, row.account, row.component]


def _check_fine(
    connection: sa.Connection, law: LawPack, state: State, row: sa.Row[Any], *, on: date
) -> None:
    """Any fine is what a purse holds that walked its days, and its lines say all of it."""
    if row.status == "vacated":
        return
    found = fine_of(connection, row.id, as_of=on)
    owed, morrow = walk(_terms(state, row), law.fines, on)
    assert (found.total_cents, found.per_diem_cents) == (owed, morrow)
    assert sum(line.amount_cents for line in found.lines) == owed
    assert found.certified == (row.certified_on is not None)


def _terms(state: State, row: sa.Row[Any]) -> FineTerms:
    """Put an order's row as the oracle reads it, apart from the code under trial."""
    first = row.comply_by if row.kind == "first" else row.found_on
    end = row.complied_on and End(row.complied_on, EndReason.COMPLIANCE, row.complied_known_on)
    corrected = state.of("violation", row.violation_id).corrected_on
    speaks = corrected and not (row.found_on and corrected < row.found_on)
    if speaks and (end is None or corrected < end.on):
        end = End(corrected, EndReason.COMPLIANCE)
    cuts = [cut for cut in state.beside["fine_reduction"] if cut.order_id == row.id]
    return FineTerms(
        reference=row.number, kind=FineKind(row.kind), comply_by=row.comply_by,
        found_on=row.found_on, one_time_cents=row.one_time_cents, end=end,
        rates=(Rate(first, row.cents_per_day),) if row.cents_per_day else (),
        total_cap_cents=row.total_cap_cents,
        reductions=tuple(Reduction(cut.ordered_on, "cut", to_cents=cut.to_cents) for cut in cuts),
    )  # fmt: skip


def check_moves(before: State, after: State) -> None:
    """No deadline moves but by an event that names it and its new day."""
    told = [
        event
        for case_id, events in after.events.items()
        for event in events[len(before.events.get(case_id, ())) :]
    ]
    for section, column in _DEADLINES:
        days = {row.id: getattr(row, column) for row in before.parts[section]}
        for row in after.parts[section]:
            if getattr(row, column) != days.get(row.id):
                assert any(_tells(event, section, row, column) for event in told), (row, column)


def _tells(event: sa.Row[Any], section: str, row: sa.Row[Any], column: str) -> bool:
    details: Mapping[str, Any] = event.details
    if section == "violation" and event.kind in ("notice_served", "compliance_agreed"):
        return str(row.id) in details.get("deadlines", {})
    if section == "violation":
        moved = details.get("violation") == row.id
        return moved and details.get("until") == row.comply_by.isoformat()
    if details.get(PARTS[section].__tablename__) != row.id:
        return False
    day = getattr(row, column)
    decided = event.kind in ("affidavit_sustained", "affidavit_rejected")
    return decided if day is None else details.get(column) == day.isoformat()


def dates(state: State) -> Iterator[date]:
    """Yield every day on which something is due or held."""
    for section, column in (*_DEADLINES, ("order", "comply_by")):
        yield from filter(None, (getattr(row, column) for row in state.parts[section]))
    held = {row.id: row.held_on for row in state.beside["hearing_session"]}
    yield from (held[row.session_id] for row in state.parts["hearing"] if row.session_id)

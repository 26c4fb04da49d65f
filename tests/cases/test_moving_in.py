"""Moving in: an export enters whole, each case at its true step, to the cent, and is repeatable."""

import csv
import hashlib
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from desk import day
from moved_town import ON, Take, tables
from moving_export import WORDS
from small_ledger import settle_constraints

from cases import priors
from cases.accruing import bring_up_to, uncharged
from cases.actors import Actor
from cases.charges import Outcome
from cases.documents.store import Store
from cases.history import faults
from cases.ledger.checking import unequal
from cases.models import Case, CaseDocument, CaseEvent, EnforcementOrder, LedgerBalance, Lien
from cases.moving_in.cutting_over import cut_over
from cases.moving_in.errors import CutOverError
from cases.opening import close_case
from cases.story import events_of, told
from cases.workflow.roles import Role

CLERK = Actor("J. Okafor", Role.CLERK)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def case_id(connection: sa.Connection, number: str) -> int:
    return connection.scalars(sa.select(Case.id).where(Case.number == number)).one()


def numbered(folder: Path, status: str, *, at: int = 0) -> str:
    """The number of one of the cases of a status."""
    return [row["CASE_NO"] for row in rows(folder, "cases") if row["STATUS"] == status][at]


def test_what_stands_here_is_what_the_old_system_says_to_the_cent(
    moving_town: sa.Connection, take: Take, folder: Path
) -> None:
    moved = take(folder)
    by_hand = {row["CASE_NO"] for row in rows(folder, "cases") if row["STATUS"] == "LEGAL DEPT"}
    assert {each.number for each in moved.set_aside} == by_hand
    assert (moved.new, moved.changed, moved.unchanged) == (64 - len(by_hand), 0, 0)
    wanted = {
        row["CASE_NO"]: int(Decimal(row["BAL_DUE"]) * 100)
        for row in rows(folder, "cases")
        if row["CASE_NO"] not in by_hand
    }
    owes = sa.select(Case.number, sa.func.coalesce(sa.func.sum(LedgerBalance.cents), 0)).outerjoin(
        LedgerBalance, LedgerBalance.case_id == Case.id
    )
    here = {number: int(cents) for number, cents in moving_town.execute(owes.group_by(Case.number))}
    assert here == wanted
    assert sum(wanted.values()) > 10_000_00
    liens = {row["instrument_no"]: row["amount"].replace(",", "") for row in rows(folder, "liens")}
    kept = moving_town.execute(sa.select(Lien.instrument_no, Lien.amount_cents)).all()
    assert {row.instrument_no: f"{row.amount_cents / 100:.2f}" for row in kept} == liens
    assert [each for each in moved.controls if each.difference.count or each.difference.cents] == []
    assert list(unequal(moving_town)) == []
    assert list(faults(moving_town)) == []


PHASES = {
    "reported": "reported", "verified": "open", "noticed": "open", "served": "open",
    "cited": "cited", "hearing": "hearing", "ordered": "ordered", "fined": "ordered",
    "lien": "lien", "complied": "complied", "closed": "complied", "unfounded": "unfounded",
    "void": "void",
}  # fmt: skip
PARTS = """
    SELECT (SELECT string_agg(status, ',') FROM lotline.violation WHERE case_id = c.id),
           (SELECT string_agg(kind || ':' || status, ',' ORDER BY id) FROM lotline.notice
            WHERE case_id = c.id),
           (SELECT string_agg(status, ',') FROM lotline.citation WHERE case_id = c.id),
           (SELECT string_agg(status, ',') FROM lotline.hearing WHERE case_id = c.id),
           (SELECT string_agg(status, ',') FROM lotline.enforcement_order WHERE case_id = c.id),
           (SELECT string_agg(status, ',') FROM lotline.lien WHERE case_id = c.id)
    FROM lotline.case_file c WHERE number = %s"""
STANDS: dict[str, tuple[str | None, ...]] = {
    "COMPLAINT RCVD": ("alleged", None, None, None, None, None),
    "VIOLATION CONFIRMED": ("open", None, None, None, None, None),
    "NOV MAILED": ("open", "warning:issued", None, None, None, None),
    "NOV SERVED": ("open", "warning:served", None, None, None, None),
    "NOV PAST DUE": ("open", "warning:served", None, None, None, None),
    "UCV ISSUED": ("open", "citation:served,warning:served", "served", None, None, None),
    "HRG REQUESTED": ("open", "warning:served", None, "requested", None, None),
    "ORDER ENTERED": ("open", "warning:served,order:served", None, "decided", "served", None),
    "FINE RUNNING": ("open", "warning:served,order:served", None, "decided", "certified", None),
    "LIEN RECORDED": (
        "open", "warning:served,order:served", None, "decided", "certified", "recorded",
    ),
    "IN COMPLIANCE": ("corrected", "warning:served", None, None, None, None),
    "CLOSED-PAID": ("corrected", "citation:served,warning:served", "settled", None, None, None),
    "CLOSED-ORDER": (
        "corrected", "warning:served,order:served", None, "decided", "satisfied", None,
    ),
    "NO VIOLATION": ("unfounded", None, None, None, None, None),
    "VOID": ("voided", None, None, None, None, None),
}  # fmt: skip


def test_each_status_enters_at_its_true_step(
    moving_town: sa.Connection, take: Take, folder: Path
) -> None:
    take(folder)
    phases = {row.number: row for row in moving_town.execute(sa.select(Case.__table__))}
    for status, parts in STANDS.items():
        number = numbered(folder, status)
        case = phases[number]
        assert case.phase == PHASES[WORDS["cases.status"][status]], status
        assert tuple(moving_town.exec_driver_sql(PARTS, (number,)).one()) == parts, status
        assert case.law_pack_id is not None
    ended = {"CLOSED-PAID", "CLOSED-ORDER", "NO VIOLATION"}
    closed = {row["CASE_NO"] for row in rows(folder, "cases") if row["STATUS"] in ended}
    assert {number for number, case in phases.items() if case.closed_on} == closed
    past_due, ahead = (phases[numbered(folder, each)] for each in ("NOV PAST DUE", "NOV SERVED"))
    assert past_due.next_due < date(2025, 6, 30) < ahead.next_due
    assert phases[numbered(folder, "ORDER ENTERED")].next_due == date(2025, 7, 10)
    assert phases[numbered(folder, "NOV SERVED")].published
    assert not phases[numbered(folder, "COMPLAINT RCVD")].published


def test_a_case_says_whence_it_came(moving_town: sa.Connection, take: Take, folder: Path) -> None:
    take(folder)
    number = numbered(folder, "NOV SERVED")
    events = moving_town.execute(events_of(case_id(moving_town, number))).all()
    lines = [line.text for line in told(events, law=None)]
    assert lines[0].startswith(
        f'Moved in from CodeTrak, where it was case {number}, "NOV SERVED" as of June 30, 2025. '
        "What happened before stands as that system told it."
    )
    assert [line for line in lines[1:] if line.startswith("JK noted in CodeTrak: Spoke with the")]


def test_a_fine_that_runs_goes_on_from_what_was_charged(
    moving_town: sa.Connection, take: Take, folder: Path
) -> None:
    take(folder)
    number = numbered(folder, "FINE RUNNING")
    order = moving_town.execute(
        sa.select(EnforcementOrder.__table__)
        .join(Case, Case.id == EnforcementOrder.case_id)
        .where(Case.number == number)
    ).one()
    days = (ON.on - order.comply_by).days
    beyond = days * 5_000 - 40 * 5_000
    assert uncharged(moving_town, order.case_id, on=ON.on) == beyond
    assert bring_up_to(moving_town, order.id, actor=CLERK, moment=ON) == days * 5_000
    assert uncharged(moving_town, order.case_id, on=ON.on) == 0
    settle_constraints(moving_town)


def test_the_same_export_again_changes_nothing(
    moving_town: sa.Connection, take: Take, folder: Path
) -> None:
    first = take(folder)
    before = tables(moving_town)
    again = take(folder)
    assert tables(moving_town) == before
    assert (again.new, again.changed, again.unchanged) == (0, 0, first.new)
    assert again.controls == first.controls


def test_a_later_export_brings_only_what_changed(
    moving_town: sa.Connection, take: Take, folder: Path
) -> None:
    take(folder)
    before = Counter(moving_town.scalars(sa.select(CaseEvent.case_id)))
    paid = numbered(folder, "UCV ISSUED")
    at = int(paid.rpartition("-")[2])
    owed = next(row["BAL_DUE"] for row in rows(folder, "cases") if row["CASE_NO"] == paid)
    left = f"{Decimal(owed) - 20:.2f}"
    with (folder / "payments.csv").open("a", encoding="utf-8") as file:
        file.write(f"P{at}-9,{paid},06/20/2025,CASH,20.00,\r\n")
    _mend(folder, paid, owed=owed, left=left)
    moved = take(folder)
    assert (moved.new, moved.changed) == (0, 1)
    after = Counter(moving_town.scalars(sa.select(CaseEvent.case_id)))
    changed = case_id(moving_town, paid)
    assert after - before == Counter({changed: 1})
    cents = sa.select(sa.func.sum(LedgerBalance.cents)).where(LedgerBalance.case_id == changed)
    assert int(moving_town.scalars(cents).one()) == int(Decimal(left) * 100)
    assert list(unequal(moving_town)) == []


def _mend(folder: Path, number: str, *, owed: str, left: str) -> None:
    """Have an export say that a case owes less, and its totals with it."""
    lines = (folder / "cases.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [
        line.replace(f",{owed}", f",{left}") if line.startswith(f"{number},") else line
        for line in lines
    ]
    (folder / "cases.csv").write_text("".join(lines), encoding="utf-8")
    less = Decimal(owed) - Decimal(left)
    totals = rows(folder, "totals")
    for row in totals:
        if (row["what"], row["of"]) in (("cases", "UCV ISSUED"), ("balance", "")):
            row["amount"] = f"{Decimal(row['amount']) - less:.2f}"
        if (row["what"], row["of"]) == ("rows", "payments"):
            row["count"] = str(len(rows(folder, "payments")))
    with (folder / "totals.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(totals[0]))
        writer.writeheader()
        writer.writerows(totals)


def test_what_somebody_worked_on_is_left_alone_and_told(
    moving_town: sa.Connection, take: Take, folder: Path
) -> None:
    take(folder)
    number = numbered(folder, "IN COMPLIANCE")
    mine = case_id(moving_town, number)
    close_case(moving_town, case_id=mine, reason="Done", actor=CLERK, moment=day(6, 15))
    text = (folder / "cases.csv").read_text(encoding="utf-8")
    at = number.rpartition("-")[2]
    name = f"OWNER {int(at) % 40} LLC"
    lines = [
        line.replace(name, "SOMEBODY ELSE") if line.startswith(f"{number},") else line
        for line in text.splitlines(keepends=True)
    ]
    (folder / "cases.csv").write_text("".join(lines), encoding="utf-8")
    before = tables(moving_town)
    moved = take(folder)
    assert moved.worked_on == moved.conflicts == (number,)
    assert tables(moving_town) == before
    control = next(each for each in moved.controls if each.of == "IN COMPLIANCE")
    assert (control.theirs.count, control.here.count, control.worked_on.count) == (4, 3, 1)


def test_documents_hang_on_their_cases_by_their_hashes(
    moving_town: sa.Connection, take: Take, folder: Path, store: Store
) -> None:
    take(folder)
    wanted = {
        (row["case_no"], hashlib.sha256((folder / "files" / row["file"]).read_bytes()).hexdigest())
        for row in rows(folder, "documents")
        if row["case_no"] in set(moving_town.scalars(sa.select(Case.number)))
    }
    hung = sa.select(Case.number, CaseDocument.sha256).join(Case, Case.id == CaseDocument.case_id)
    found = {(row.number, row.sha256) for row in moving_town.execute(hung)}
    assert found == wanted
    assert all(store.holds(sha256) for _, sha256 in found)


def test_what_was_paid_or_found_there_counts_in_the_lookback(
    moving_town: sa.Connection, take: Take, folder: Path
) -> None:
    take(folder)
    came: set[tuple[str, Any]] = set()
    for section in set(WORDS["violations.code"].values()):
        asked: dict[str, Any] = {"section": section, "before": ON.on, "but_case": 0}
        came |= {(each.case_no, each.outcome) for each in priors.charges(moving_town, **asked)}
    of = {row["CASE_NO"]: row["STATUS"] for row in rows(folder, "cases")}
    assert {(of[number], outcome) for number, outcome in came} == {
        ("CLOSED-PAID", Outcome.PAID), ("CLOSED-ORDER", Outcome.FOUND),
        ("ORDER ENTERED", Outcome.FOUND), ("FINE RUNNING", Outcome.FOUND),
        ("LIEN RECORDED", Outcome.FOUND),
    }  # fmt: skip


def test_after_the_cut_over_no_export_is_taken_in(
    moving_town: sa.Connection, take: Take, folder: Path
) -> None:
    moved = take(folder)
    cut_over(moving_town, "CodeTrak", run_id=moved.run_id, on=ON.on, actor="it")
    before = tables(moving_town)
    with pytest.raises(CutOverError, match=r"cut-over from CodeTrak was made on June 15, 2026"):
        take(folder)
    assert tables(moving_town) == before

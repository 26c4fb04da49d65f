"""The journal of some days as a file, and a ledger changed past its guards, on the command line."""

import csv
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_ledger import Desk, open_cases

from geo.database import Database
from webmap.cli.ledger import ledger

DAYS = ("--from", "2026-06-01", "--to", "2026-06-30")


@pytest.fixture
def environ(fresh_database: Database, tmp_path: Path) -> dict[str, str]:
    with fresh_database.owner.begin() as connection:
        desk = Desk(connection, open_cases(connection, count=1)[0])
        desk.charge("penalty", 100_00, memo='=HYPERLINK("http://x")')
        desk.pay(120_50, reference="No. 1041")
    return {
        **os.environ,
        "LOTLINE_HOME": str(tmp_path),
        "DATABASE_URL": fresh_database.app_url,
        "DATABASE_URL_OWNER": fresh_database.owner_url,
        "DATABASE_URL_PUBLIC": fresh_database.public_url,
    }


def _run(environ: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(ledger, list(words), env=environ)


def test_the_journal_is_written_in_balanced_lines_that_no_sheet_runs(
    environ: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "june.csv"
    told = _run(environ, "export", *DAYS, "--out", str(out))
    assert (told.exit_code, told.output) == (
        0, f"5 entries, debits and credits $220.50 each.\nWrote {out}\n",
    )  # fmt: skip
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(r["kind"], r["account"], r["component"], r["debit"], r["credit"]) for r in rows] == [
        ("charged", "receivable", "penalty", "100.00", "0.00"),
        ("charged", "revenue", "penalty", "0.00", "100.00"),
        ("paid", "cash", "", "120.50", "0.00"),
        ("paid", "receivable", "penalty", "0.00", "100.00"),
        ("paid", "unapplied_credit", "", "0.00", "20.50"),
    ]
    assert rows[0]["memo"].startswith("'=HYPERLINK")
    assert (rows[2]["reference"], rows[2]["case"], rows[2]["posted_on"]) == (
        "No. 1041", "C-1", "2026-06-15",
    )  # fmt: skip


def test_days_without_postings_give_a_file_with_its_heading(
    environ: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "none.csv"
    july = ("--from", "2026-07-01", "--to", "2026-07-01")
    told = _run(environ, "export", *july, "--out", str(out))
    assert told.output.startswith("0 entries, debits and credits $0.00 each.")
    assert out.read_text(encoding="utf-8").startswith("posting,posted_on,effective_on,case,kind,")


def test_days_out_of_order_and_a_folder_that_is_none_are_one_sentence(
    environ: dict[str, str], tmp_path: Path
) -> None:
    out = str(tmp_path / "x.csv")
    told = _run(environ, "export", "--from", "2026-07-01", "--to", "2026-06-01", "--out", out)
    assert (told.exit_code, "no day is in both" in told.output) == (2, True)
    lost = _run(environ, "export", *DAYS, "--out", str(tmp_path / "no" / "x.csv"))
    assert (lost.exit_code, "is no folder" in str(lost.exception)) == (1, True)
    assert list(tmp_path.glob("*.csv")) == []


def test_a_ledger_that_adds_up_is_said_to(environ: dict[str, str]) -> None:
    told = _run(environ, "check")
    assert told.exit_code == 0
    assert told.output.startswith("Every posting balances, and every balance is what")


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("ledger_balance", "UPDATE lotline.ledger_balance SET cents = 1 WHERE component > ''",
         "Case C-1: its receivable of penalty is kept as $0.01, but its entries come to $0.00."),
        ("ledger_balance", "DELETE FROM lotline.ledger_balance WHERE component IS NULL",
         "Case C-1: its unapplied credit is kept as $0.00, but its entries come to -$20.50."),
        ("ledger_entry", "UPDATE lotline.ledger_entry SET cents = 11950 WHERE account = 'cash'",
         "says $120.50, but its debits are $119.50 and its credits $120.50."),
        ("ledger_entry", "DELETE FROM lotline.ledger_entry WHERE account IN ('cash', 'revenue')",
         "says $100.00, but its debits are $100.00 and its credits $0.00."),
    ],
)  # fmt: skip
def test_what_was_changed_past_the_guards_is_told_in_a_sentence(
    environ: dict[str, str], fresh_database: Database, table: str, change: str, said: str
) -> None:
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE lotline.{table} DISABLE TRIGGER USER")
        connection.exec_driver_sql(change)
    told = _run(environ, "check")
    assert told.exit_code == 1
    assert said in told.output
    assert "not what their entries come to" in str(told.exception)

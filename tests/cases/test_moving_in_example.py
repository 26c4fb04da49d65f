"""The worked example of the documents loads, and real violations do."""

import csv
import gzip
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from moved_town import ON, Take
from moving_export import AS_OF, Cells, Writer

from cases.adopted import adopt
from cases.documents.store import Store
from cases.lawpack.reading import DEFAULT
from cases.models import Case, LedgerBalance, Staff
from cases.moving_in.moving import Move, move_in

EXAMPLE = Path(__file__).parents[2] / "data" / "moving-in" / "orrin-bay"

LOTS = """
    INSERT INTO lotline.parcel (parcel_no) SELECT unnest(%(numbers)s::text[]);
    INSERT INTO lotline.parcel_period (parcel_id, valid_from, valid_to, situs_address, area_m2,
        content_sha, import_run_id, source_row, geom, geom_3857)
    SELECT p.id, NULL, NULL, a.address, 10000, '', kept.import_run_id, 1, kept.geom, kept.geom_3857
    FROM unnest(%(numbers)s::text[], %(addresses)s::text[]) AS a (parcel_no, address)
    JOIN lotline.parcel p USING (parcel_no),
         (SELECT * FROM lotline.parcel_period ORDER BY id LIMIT 1) kept;"""


def _read(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / name).open(newline="", encoding="cp1252") as file:
        return list(csv.DictReader(file))


def _staff(connection: sa.Connection) -> None:
    for row in _read("mapping/cases.officer.csv"):
        login = row["ours"]
        values = {"login": login, "name": login, "role": "officer", "added_at": ON.now}
        connection.execute(sa.insert(Staff).values(values))


def test_the_worked_example_reconciles(moving_town: sa.Connection, take: Take) -> None:
    cases = _read("cases.csv")
    there = {row["SITE_APN"]: row["SITE_ADDR"] for row in cases if row["SITE_APN"]}
    there.pop("99-0000")  # no parcel has this number, in the demo town either
    for script in LOTS.split(";")[:2]:
        moving_town.exec_driver_sql(
            script, {"numbers": list(there), "addresses": list(there.values())}
        )
    _staff(moving_town)
    moved = take(EXAMPLE)
    listed = {each.number: each.code for each in moved.set_aside}
    assert set(listed.values()) >= {"by_hand", "no_such_parcel"}
    assert moved.new == len(cases) - len(listed)
    (balance,) = [each for each in moved.controls if each.what == "balance"]
    owes = sa.select(sa.func.sum(LedgerBalance.cents))
    assert balance.here.cents == int(moving_town.scalars(owes).one())
    assert balance.theirs.cents == balance.here.cents + balance.set_aside.cents
    officers = sa.select(sa.func.count(Case.officer_id.distinct()))
    assert moving_town.scalars(officers).one() == len(_read("mapping/cases.officer.csv"))


@pytest.mark.realdata
def test_real_violations_move_in_with_every_case_accounted_for(
    cambridge: sa.Connection, realdata: Path, tmp_path: Path
) -> None:
    """Semi-synthetic: Syracuse's real histories laid on Cambridge's parcels."""
    with cambridge.begin_nested() as point:
        adopt(cambridge, DEFAULT, on=ON.on)
        told = _real(realdata / "cambridge", most=1_500).write(tmp_path / "export")
        store = Store(tmp_path / "documents")
        moved = move_in(cambridge, Move(folder=told, store=store, actor="it", moment=ON))
        listed = {each.number for each in moved.set_aside}
        assert moved.new + len(listed) == 1_500
        assert {each.code for each in moved.set_aside} <= {"no_such_law"}
        assert moved.new > 1_000
        point.rollback()


def _real(folder: Path, *, most: int) -> Writer:
    """Write the first cases of the real file as an export, under numbers of their own."""
    writer = Writer([])
    seen: dict[str, Cells] = {}
    with gzip.open(folder / "violations.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            number = f"S-{row['complaint_no']}"
            if number not in seen and len(seen) < most:
                seen[number] = _real_case(number, row)
                writer.files["cases"].append(seen[number])
            if number in seen:
                _real_violation(writer, seen[number], row)
    return writer


def _real_case(number: str, row: dict[str, str]) -> Cells:
    return {
        "case_no": number, "status": "CLOSED-ORDER", "opened_on": _day(row["violation_date"]),
        "closed_on": row["complaint_close_date"] or str(AS_OF), "category": row["complaint_type"],
        "parcel_no": row["ML"], "address": None, "officer": None, "respondent_name": row["owner"],
        "respondent_address": None, "respondent_kind": None, "balance": None,
    }  # fmt: skip


def _real_violation(writer: Writer, case: Cells, row: dict[str, str]) -> None:
    is_open = row["violation_status"] == "Open"
    found = _day(row["violation_date"])
    if is_open:
        case |= {"status": "VIOLATION CONFIRMED", "closed_on": None}
    case["opened_on"] = min(case["opened_on"], found)
    if case["closed_on"]:
        case["closed_on"] = max(case["closed_on"], case["opened_on"])
    due = row["comply_by"]
    writer.add(
        "violations", case_no=case["case_no"], violation_no=row["violation_no"], code="TRASH",
        status="OPEN" if is_open else "CLOSED", found_on=found,
        comply_by=None if due == "1900-01-01" else due, corrected_on=None,
    )  # fmt: skip


def _day(said: str) -> Any:
    return said or str(AS_OF)

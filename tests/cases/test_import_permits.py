"""Permits arrive tied to their parcels; what cannot be is refused line by line and named."""

import csv
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from small_town import lay_out

from cases.importing import load_permits
from cases.importing.kinds import PERMITS
from cases.models import Permit
from cases.permits import permits_of
from geo.layers import Parcel
from geo.loading.mapping import load_mapping
from geo.loading.rows import Outcome
from geo.loading.runs import Request

ROOF = {
    "permit_no": "B26-1", "parcel_no": "A-1", "permit_type": "Re-roof", "status": "issued",
    "issue_date": "5/1/2026", "expires": "2026-11-01", "description": "Shingles",
}  # fmt: skip


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    lay_out(connection)
    return connection


def _import(town: sa.Connection, folder: Path, *rows: dict[str, str]) -> Outcome:
    path = folder / "permits.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ROOF)
        writer.writeheader()
        writer.writerows(rows)
    return load_permits(town, Request(path=path, today=date(2026, 6, 15), actor="clerk"))


def test_a_permit_hangs_on_its_parcel_and_the_same_file_again_changes_nothing(
    town: sa.Connection, tmp_path: Path
) -> None:
    assert _import(town, tmp_path, ROOF).loaded == 1
    assert _import(town, tmp_path, ROOF).unchanged == 1
    done = _import(town, tmp_path, {**ROOF, "status": "final"})
    assert (done.unchanged, town.scalar(sa.select(Permit.status))) == (0, "final")
    permit = town.execute(sa.select(Permit.__table__)).one()
    lot = town.scalar(sa.select(Parcel.id).where(Parcel.parcel_no == "A-1"))
    assert (permit.parcel_id, permit.issued_on) == (lot, date(2026, 5, 1))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"permit_no": ""}, "no_key"),
        ({"permit_no": "B26-0"}, "repeated_key"),
        ({"permit_type": ""}, "no_kind"),
        ({"issue_date": "soon"}, "bad_date"),
        ({"expires": "2026-04-30"}, "expires_before_issued"),
        ({"status": "lost"}, "unknown_status"),
        ({"parcel_no": "Z-9"}, "no_such_parcel"),
        ({"parcel_no": ""}, "no_place"),
    ],
)
def test_a_permit_that_cannot_be_is_refused_by_its_line_and_the_good_go_on(
    town: sa.Connection, tmp_path: Path, said: dict[str, str], code: str
) -> None:
    outcome = _import(town, tmp_path, {**ROOF, "permit_no": "B26-0"}, {**ROOF, **said})
    assert [(reject.row, reject.code) for reject in outcome.rejects] == [(2, code)]
    assert outcome.loaded == 1


def test_a_permit_is_open_while_it_is_asked_for_or_its_last_day_is_not_past(
    town: sa.Connection, tmp_path: Path
) -> None:
    others = [
        {**ROOF, "permit_no": "B26-2", "status": "applied", "issue_date": "", "expires": ""},
        {**ROOF, "permit_no": "B26-3", "expires": "2026-06-14"},
        {**ROOF, "permit_no": "B26-4", "status": "final"},
    ]
    _import(town, tmp_path, ROOF, *others)
    lot = town.scalar(sa.select(Parcel.id).where(Parcel.parcel_no == "A-1"))
    rows = town.execute(permits_of([lot], on=date(2026, 6, 15))).all()
    assert {row.number for row in rows if row.is_open} == {"B26-1", "B26-2"}
    assert [row.is_open for row in rows] == [True, True, False, False]


def test_the_bundled_mapping_is_in_order() -> None:
    folder = Path(__file__).parents[2] / "data" / "mappings"
    assert load_mapping(folder / "permits.toml", kind=PERMITS).kind == "permits"

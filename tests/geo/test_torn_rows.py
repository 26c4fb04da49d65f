"""Tables of text: a row with too few fields or too many is told, by its number."""

import gzip
from pathlib import Path

import pytest
import sqlalchemy as sa
from few_lots import asked, codes, load_lots, lot, lots

from geo.loading.addresses import load_addresses
from geo.loading.mapping import Mapping
from geo.loading.parcels import load_parcels


@pytest.fixture
def town(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    load_lots(connection, lots(4), tmp_path)
    return connection


def test_a_row_of_too_few_or_too_many_fields_is_torn(town: sa.Connection, tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    lines = ["parcel_no,label,zip", "P1,1 A St,", "", "P2,2 A St", "P3,3 A St,34950,more",
             "   ", "P4,4 A St,34950,", '"P1","5 A\nSt",34950', "P2,6 A"]  # fmt: skip
    path.write_text("\n".join(lines))
    outcome = load_addresses(town, asked(path))
    assert (outcome.read, outcome.loaded) == (6, 3)
    assert codes(outcome) == {2: "torn_row", 3: "torn_row", 6: "torn_row"}
    assert outcome.rejects[0].reason == "it has 2 fields where the first line names 3"
    label = sa.text("SELECT label FROM lotline.situs_address WHERE source_row = 5")
    assert town.scalar(label).split() == ["5", "A", "St"]


def test_a_torn_row_is_told_though_no_selection_may_find_it(
    town: sa.Connection, tmp_path: Path
) -> None:
    path = tmp_path / "cut.csv.gz"
    path.write_bytes(gzip.compress(b"parcel_no\tlabel\tZ\nP1\t1 A St\t1\nP2\t2 A St\t2\nP3\t3 A"))
    columns = {"parcel_no": "parcel_no", "label": "label"}
    told = {"kind": "addresses", "columns": columns, "only": {"Z": ["1"]}}
    outcome = load_addresses(town, asked(path, mapping=Mapping.model_validate(told)))
    assert (outcome.read, codes(outcome)) == (2, {3: "torn_row"})
    assert "1 of 3 rows are not selected by [only]." in outcome.notes


@pytest.mark.realdata
def test_a_roll_cut_in_half_loses_no_row_without_a_word(
    town: sa.Connection, tmp_path: Path, realdata: Path
) -> None:
    path = tmp_path / "TaxFY14.csv"
    path.write_bytes((realdata / "cambridge" / "TaxFY14.csv").read_bytes()[:1_745_000])
    outcome = load_addresses(town, asked(path))
    last = outcome.rejects[0]
    assert (last.row, last.code, outcome.read) == (13_927, "torn_row", 13_927)
    assert outcome.read == outcome.loaded + outcome.rejected


def test_an_outline_longer_than_a_usual_field_is_read(
    connection: sa.Connection, tmp_path: Path
) -> None:
    frame = lots(1)
    drawn = frame.geometry[0].segmentize(lot(0).length / 9000).wkt
    path = tmp_path / "p.csv"
    path.write_text(f'parcel_no;wkt\nP1;"{drawn}"\n')
    assert len(drawn) > 1 << 17
    assert load_parcels(connection, asked(path)).loaded == 1

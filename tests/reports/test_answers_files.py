"""Files of an answer: read back by another library, each holds what the answer says."""

import csv
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from hostile import WORDS as HOSTILE
from sample_answers import ON, PLACES, everything, hostile, nothing

from geo.sheets import defused
from reports.answers.answer import Answer, Cell, Column, Kind, Row, Table
from reports.answers.files.formats import (
    FORMATS,
    NoShapesError,
    NoSuchTableError,
    formats_of,
    table_asked,
)
from reports.answers.files.placing import placed
from reports.answers.files.workbook import sheet_name
from reports.answers.files.writing import write
from reports.answers.written import to_json
from reports.errors import ReportError

KEYS = [each.key for each in PLACES.columns]


def written(folder: Path, answer: Answer, kind: str, **asked: Any) -> Path:
    path = folder / f"answer.{kind}"
    write(answer, path, kind=kind, **asked)
    assert list(folder.iterdir()) == [path]
    return path


def in_dollars(table: Table, key: str, row: int) -> Cell | Decimal:
    value = table.rows[row].cells[key]
    if table.column(key).kind is Kind.CENTS and value is not None:
        return Decimal(int(value)) * Decimal("0.01")  # type: ignore[arg-type]
    return value


def read_csv(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_a_csv_has_a_column_a_key_and_what_the_answer_says_in_each_cell(tmp_path: Path) -> None:
    head, *rows = read_csv(written(tmp_path, everything(), "csv"))
    assert head == KEYS
    for at, row in enumerate(rows):
        wanted = [in_dollars(PLACES, key, at) for key in KEYS]
        assert row == ["" if each is None else str(defused(each)) for each in wanted]
    assert rows[0][KEYS.index("owed")] == "1200.50"
    assert rows[1][KEYS.index("address")] == "'=HYPERLINK(1) Alder St"


def test_the_table_asked_for_is_the_one_in_a_csv_and_another_is_refused(tmp_path: Path) -> None:
    head, *rows = read_csv(written(tmp_path, everything(), "csv", table="kinds"))
    assert (head[0], len(rows)) == ("kind", 4)
    with pytest.raises(NoSuchTableError, match="Its tables are: places, months, steps, kinds"):
        write(everything(), tmp_path / "x.csv", kind="csv", table="zones")
    assert not (tmp_path / "x.csv").exists()


def test_an_answer_without_tables_has_its_figures_in_a_csv(tmp_path: Path) -> None:
    rows = read_csv(written(tmp_path, everything(tables=(), layers=(), charts=()), "csv"))
    assert rows[0] == ["key", "figure", "value", "low", "high", "definition"]
    assert [row[:3] for row in rows[1:]] == [
        ["cases", "cases", "1211"], ["wait", "until half have complied", "31.0"],
        ["owed", "owed", "1196.50"], ["since", "first opened", "2021-03-31"],
        ["never", "never known", ""],
    ]  # fmt: skip


def as_sheet(path: Path, name: str) -> pd.DataFrame:
    read: pd.DataFrame = pyogrio.read_dataframe(path, layer=name)
    return read


def test_a_workbook_has_a_sheet_a_table_with_real_numbers_and_days(tmp_path: Path) -> None:
    path = written(tmp_path, everything(), "xlsx")
    names = pyogrio.list_layers(path)[:, 0].tolist()
    assert names == ["About", "Places", "Cases by month", "Time to compliance"]
    sheet = as_sheet(path, "Places")
    assert list(sheet.columns) == [
        "Address", "Cases", "Rate", "Rate from", "Rate to", "Closed", "Median wait (days)",
        "Work (hours)", "Owed", "First opened", "p", "Never known",
    ]  # fmt: skip
    assert sheet["Owed"].dropna().tolist() == [1200.5, -4.0]
    assert sheet["Cases"].dropna().tolist() == [1204, 7]
    assert sheet["Rate from"].dropna().tolist() == [8.25]
    assert sheet["Closed"].dropna().tolist() == [0.125, 1.0]
    assert sheet["Address"].dropna().tolist() == ["100 Alder St", "=HYPERLINK(1) Alder St"]
    month = as_sheet(path, "Cases by month")["Month"]
    assert pd.to_datetime(month).dt.date.to_list()[0] == date(2024, 1, 1)


def test_the_sheet_about_it_says_what_the_answer_says_of_itself(tmp_path: Path) -> None:
    path = written(tmp_path, everything(), "xlsx")
    told = " ".join(map(str, as_sheet(path, "About").to_numpy().ravel().tolist()))
    for words in (
        "A bit of everything", "Alder", "A town for tests.", "2026", "1,204 cases are on 100 Alder",
        "Cases are counted by parcel.", "does not show where risk is", "Opened since", "2021-03-02",
        "until half have complied", "Median, with its 95 % interval.", "1196.5",
    ):  # fmt: skip
        assert words in told, words


def test_a_sheet_is_ready_to_be_read_and_filtered(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path, everything(), "xlsx")) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet2.xml"))  # noqa: S314 - our own
        notes = book.read("xl/comments1.xml").decode()
        styles = book.read("xl/styles.xml").decode()
        strings = book.read("docProps/core.xml").decode()
    space = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    pane = sheet.find(".//x:pane", space)
    assert pane is not None
    assert pane.get("state") == "frozen"
    assert sheet.find("x:autoFilter", space) is not None
    assert sheet.findall(".//x:f", space) == []
    assert sheet.findall(".//x:hyperlink", space) == []
    assert "Cases per 100 parcels, with its 95 % interval." in notes
    for shown in ("yyyy\\-mm\\-dd", "0.0%", "#,##0"):
        assert shown.replace("\\", "") in styles.replace("\\", "")
    assert "2026-03-02T15:30:00Z" in strings


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Cases [by] zone: 1/2?", "Cases by zone 1 2"), ("", "Table"), ("'", "Table"),
        ("History", "History 1"), ("about", "about (2)"),
        ("A title that is far too long for the name of a sheet", "A title that is far too long fo"),
    ],
)  # fmt: skip
def test_a_sheet_has_a_name_that_excel_takes(title: str, name: str) -> None:
    assert sheet_name(title, taken={"about"}) == name
    assert sheet_name(title, taken={"about", name.casefold()}) != name


def test_a_geopackage_has_a_layer_a_table_and_tells_what_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, everything(), "gpkg")
    kinds = dict(pyogrio.list_layers(path).tolist())
    assert kinds == {
        "places": "Unknown", "months": None, "steps": None, "kinds": None, "about": None,
    }  # fmt: skip
    back: gpd.GeoDataFrame = pyogrio.read_dataframe(path, layer="places")
    assert back.crs == 4326
    require_places(back)
    assert shapely.equals_exact(back.geometry[0], shapely.geometry.shape(PLACES.shapes["12-1"]))
    assert back.geometry[2] is None
    about = pyogrio.read_dataframe(path, layer="about")
    assert dict(zip(about["what"], about["says"], strict=True))["As of"] == "2026-03-02"


def require_places(back: pd.DataFrame) -> None:
    """Hold a table that was read back to the cells it was written of."""
    for at in range(len(PLACES.rows)):
        for key in KEYS:
            wanted, found = in_dollars(PLACES, key, at), back[key][at]
            if wanted is None:
                assert pd.isna(found), key
            elif isinstance(wanted, date):
                assert pd.Timestamp(found).date() == wanted
            else:
                assert type(wanted)(found) == wanted or float(found) == float(wanted), key  # type: ignore[arg-type]


def test_geojson_is_what_rfc_7946_asks_for(tmp_path: Path) -> None:
    path = written(tmp_path, everything(), "geojson")
    said = json.loads(path.read_text(encoding="utf-8"))
    assert said["about"]["As of"] == "2026-03-02"
    first, second, third = said["features"]
    assert [each["id"] for each in said["features"]] == ["12-1", "12-2", "12-3"]
    outer, hole = first["geometry"]["coordinates"]
    assert shapely.is_ccw(shapely.LinearRing(outer))
    assert not shapely.is_ccw(shapely.LinearRing(hole))
    assert (second["geometry"]["type"], third["geometry"]) == ("Point", None)
    assert list(first["properties"]) == KEYS
    assert first["properties"]["owed"] == 1200.5
    assert first["properties"]["first"] == "2021-03-31"
    back: gpd.GeoDataFrame = gpd.read_file(path)
    assert back.crs == 4326
    drawn = shapely.geometry.shape(PLACES.shapes["12-1"])
    assert shapely.hausdorff_distance(back.geometry[0], drawn) < 1e-7


def test_geoparquet_has_the_cells_and_the_shapes(tmp_path: Path) -> None:
    path = written(tmp_path, everything(), "parquet")
    back = gpd.read_parquet(path)
    assert back.crs == 4326
    require_places(back)
    assert str(pq.read_schema(path).field("first").type) == "date32[day]"
    assert str(pq.read_schema(path).field("cases").type) == "int64"


def test_json_is_the_answer_as_programs_read_it(tmp_path: Path) -> None:
    answer = everything()
    path = written(tmp_path, answer, "json")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(to_json(answer)))


@pytest.mark.parametrize("kind", ["gpkg", "geojson", "parquet"])
def test_an_answer_without_shapes_has_no_file_of_them(tmp_path: Path, kind: str) -> None:
    answer = everything(tables=[each for each in everything().tables if not each.shapes])
    assert kind not in formats_of(answer)
    with pytest.raises(NoShapesError, match=f"no {kind} of it: ask for html, pdf, csv, xlsx or j"):
        write(answer, tmp_path / f"x.{kind}", kind=kind)
    assert list(tmp_path.iterdir()) == []


def test_a_table_without_shapes_is_told_from_one_with(tmp_path: Path) -> None:
    with pytest.raises(NoShapesError, match="'months' have no shapes; those of places have"):
        write(everything(), tmp_path / "x.geojson", kind="geojson", table="months")


@pytest.mark.parametrize("kind", [each for each in FORMATS if each not in {"html", "pdf"}])
def test_what_counts_nothing_is_written_too(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, nothing(), kind)
    assert kind in formats_of(nothing())
    if kind in {"geojson", "json", "gpkg", "xlsx"}:
        said = path.read_bytes()
        if kind == "xlsx":
            said = zipfile.ZipFile(path).read("xl/sharedStrings.xml")
        assert b"No cases are loaded yet." in said
    if kind in {"geojson", "gpkg"}:
        assert len(pyogrio.read_dataframe(path, layer="sample")) == 0


def test_a_table_whose_rows_are_all_gone_keeps_its_columns(tmp_path: Path) -> None:
    empty = Table(key="places", title="", means="", columns=PLACES.columns, rows=())
    answer = everything(tables=(empty,), figures=nothing().figures)
    assert read_csv(written(tmp_path, answer, "csv")) == [KEYS]
    (tmp_path / "answer.csv").unlink()
    back = gpd.read_parquet(written(tmp_path, answer, "parquet"))
    assert list(back.columns) == [*KEYS, "geometry"]


def names_in(path: Path, kind: str) -> list[str]:
    """Read the column of names back."""
    match kind:
        case "csv":
            return [row[0] for row in read_csv(path)[1:]]
        case "xlsx":
            sheet = as_sheet(path, str(pyogrio.list_layers(path)[1, 0]))
            return list(sheet.iloc[:, 0])
        case "parquet":
            return list(gpd.read_parquet(path)["name"])
    return list(pyogrio.read_dataframe(path, layer="names")["name"])


@pytest.mark.parametrize("kind", ["csv", "xlsx", "gpkg", "geojson", "parquet"])
def test_words_of_an_attacker_are_words_in_every_file(tmp_path: Path, kind: str) -> None:
    answer = hostile(HOSTILE)
    path = written(tmp_path, answer, kind)
    read = names_in(path, kind)
    wanted = [defused(each) for each in HOSTILE] if kind == "csv" else HOSTILE
    assert read == wanted
    if kind == "xlsx":
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                assert b"<f>" not in book.read(name), name
                assert b"<hyperlink" not in book.read(name), name


def test_a_failed_file_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write(everything(title="\ud800"), path, kind="json")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(ReportError, match="nowhere is no folder"):
        write(everything(), tmp_path / "nowhere" / "x.csv", kind="csv")


def test_a_file_of_shapes_prefers_the_table_that_has_some() -> None:
    answer = everything(tables=(*everything().tables[1:], PLACES))
    assert table_asked(answer, None, with_shapes=True) is PLACES
    assert table_asked(answer, None) is answer.tables[0]
    assert answer.on == ON


def of_parcels() -> Answer:
    """Parcels by an address that pages show, one with an outline and one without."""
    square = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}
    rows = [
        Row(key=number, cells={"address": f"{number} Elm St"}, of={"address": ("parcel", number)})
        for number in ("A-1", "A-2")
    ]
    table = Table(
        key="parcels", title="Parcels", means="", columns=(Column(key="address", words="Address"),),
        rows=rows, shapes={"A-1": square},
    )  # fmt: skip
    return replace(everything(), tables=(table,), charts=(), layers=())


def test_a_file_of_parcels_has_their_numbers_and_degrees(tmp_path: Path) -> None:
    head, first, second = read_csv(written(tmp_path, of_parcels(), "csv"))
    assert head == ["address", "parcel_no", "lon", "lat"]
    assert first == ["A-1 Elm St", "A-1", "1.0", "1.0"]
    assert second == ["A-2 Elm St", "A-2", "", ""]


@pytest.mark.parametrize("kind", ["xlsx", "gpkg", "parquet"])
def test_files_for_programs_have_them_too(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, of_parcels(), kind)
    if kind == "xlsx":
        read = as_sheet(path, "Parcels").set_axis(["address", "parcel_no", "lon", "lat"], axis=1)
    else:
        read = gpd.read_parquet(path) if kind == "parquet" else gpd.read_file(path, layer="parcels")
    assert list(read["parcel_no"]) == ["A-1", "A-2"]
    assert (read["lon"][0], read["lat"][0]) == (1, 1)
    assert pd.isna(read["lon"][1])


def test_a_table_of_anything_else_stays_as_it_is(tmp_path: Path) -> None:
    assert placed(PLACES) is PLACES
    page = written(tmp_path, of_parcels(), "html").read_text("utf-8")
    assert "Longitude" not in page

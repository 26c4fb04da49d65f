"""Reading: one layer comes out the same of every format, and a bad file is one sentence."""

import gzip
import shutil
import sqlite3
import struct
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from few_lots import lots, written

from geo.loading.errors import ReadingError
from geo.loading.kinds import ADDRESSES, PARCELS
from geo.loading.mapping import Mapping
from geo.loading.reading import read
from geo.loading.values import dates, numbers

NAMES = ["p.gpkg", "p.geojson", "p.fgb", "p.shp", "p.gdb", "p.parquet"]


@pytest.mark.parametrize("name", NAMES)
def test_every_format_gives_the_same_rows(tmp_path: Path, name: str) -> None:
    frame = lots(3)
    source = read(written(frame, tmp_path, name), kind=PARCELS)
    order = source.frame["parcel_no"].argsort()  # FlatGeobuf keeps rows by place
    assert source.frame.index.tolist() == [1, 2, 3]
    assert source.frame["parcel_no"].tolist() == [f"P{n + 1}" for n in order.argsort()]
    assert sorted(source.frame["situs_address"]) == frame["situs_address"].tolist()
    assert source.shapes is not None
    assert shapely.hausdorff_distance(source.shapes[order], frame.geometry).max() < 1e-6
    assert source.crs is not None


def test_a_zipped_shapefile_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    written(lots(3), tmp_path / "in", "p.shp")
    zipped = shutil.make_archive(str(tmp_path / "parcels"), "zip", tmp_path / "in")
    assert len(read(Path(zipped), kind=PARCELS).frame) == 3


def test_topojson_is_read_though_it_stores_no_crs(tmp_path: Path) -> None:
    path = tmp_path / "p.topojson"
    path.write_text(
        '{"type":"Topology","objects":{"p":{"type":"GeometryCollection","geometries":'
        '[{"type":"Polygon","properties":{"parcel_no":"P1"},"arcs":[[0]]}]}},'
        '"arcs":[[[-80.4,27.3],[-80.4,27.31],[-80.39,27.31],[-80.4,27.3]]]}'
    )
    source = read(path, kind=PARCELS)
    assert source.crs is None
    assert source.frame["parcel_no"].tolist() == ["P1"]


def test_a_csv_gives_places_by_columns_or_by_wkt(tmp_path: Path) -> None:
    places = tmp_path / "a.csv"
    places.write_text(
        "label,Longitude,Latitude\n1 Elm St,-80.4,27.3\n2 Elm St,x,27.3\n3 Elm St,,\n"
    )
    source = read(places, kind=ADDRESSES)
    assert source.shapes is not None
    assert source.shapes[0] == shapely.Point(-80.4, 27.3)
    assert np.isnan(shapely.get_x(source.shapes[1]))
    assert source.shapes[2] is None
    drawn = tmp_path / "p.csv"
    drawn.write_text('parcel_no;wkt\nP1;"POLYGON((0 0,1 0,1 1,0 0))"\nP2;nonsense\n')
    source = read(drawn, kind=PARCELS)
    assert source.shapes is not None
    assert shapely.area(source.shapes[0]) == 0.5
    assert source.shapes[1] is None


def test_a_csv_may_be_gzipped_and_in_the_old_windows_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress("parcel_no,label\nP1,1 Cañon St\n".encode("cp1252")))
    assert read(path, kind=ADDRESSES).frame["label"].tolist() == ["1 Cañon St"]


def test_true_arcs_become_short_chords(tmp_path: Path) -> None:
    path = written(lots(1), tmp_path)
    west, south = -80.4, 27.3
    ring = [(west, south), (west + 0.001, south + 0.001), (west + 0.002, south), (west, south)]
    arc = struct.pack("<BII", 1, 8, 3) + b"".join(struct.pack("<dd", *at) for at in ring[:3])
    line = struct.pack("<BII", 1, 2, 2) + b"".join(struct.pack("<dd", *at) for at in ring[2:])
    compound = struct.pack("<BII", 1, 9, 2) + arc + line
    curved = struct.pack("<BII", 1, 10, 1) + compound
    with sqlite3.connect(path) as file:
        file.create_function("ST_IsEmpty", 1, lambda _: 0)
        for column in ("MinX", "MaxX", "MinY", "MaxY"):
            file.create_function(f"ST_{column}", 1, lambda _: 0.0)
        file.execute("UPDATE parcels SET geom = ?", [b"GP\0\1" + struct.pack("<i", 4326) + curved])
    file.close()
    source = read(path, kind=PARCELS)
    assert source.shapes is not None
    assert shapely.get_num_coordinates(source.shapes[0]) > 20
    assert source.shapes[0].area == pytest.approx(np.pi * 0.001**2 / 2, rel=0.01)


def test_whole_numbers_kept_as_floats_lose_their_point(tmp_path: Path) -> None:
    frame = lots(2, parcel_no=[1001.0, 2002.5])
    assert read(written(frame, tmp_path), kind=PARCELS).frame["parcel_no"].tolist() == [
        "1001",
        "2002.5",
    ]


def test_values_constants_and_selection_follow_the_mapping(tmp_path: Path) -> None:
    mapping = Mapping.model_validate(
        {
            "kind": "parcels",
            "columns": {"parcel_no": "parcel_no", "land_use": "land_use"},
            "constants": {"owner_name": "The town"},
            "values": {"land_use": {"101": "single_family", "": "unknown", "*": "other"}},
            "only": {"STATUS": ["A"]},
        }
    )
    frame = lots(4, land_use=["101", "999", None, "101"], STATUS=["A", "A", "A", "R"])
    source = read(written(frame, tmp_path), kind=PARCELS, mapping=mapping)
    assert source.frame["land_use"].tolist() == ["single_family", "other", "unknown"]
    assert source.frame["owner_name"].tolist() == ["The town"] * 3
    assert "1 of 4 rows are not selected" in source.notes[0]


def _nothing(path: Path) -> None:
    lots(0).to_file(path)


def _half(path: Path) -> None:
    whole = written(lots(400), path.parent, f"whole{path.suffix}")
    path.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    for part in (".shx", ".dbf", ".prj"):
        if whole.with_suffix(part).exists():
            shutil.copy(whole.with_suffix(part), path.with_suffix(part))


def _noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 20)


def _no_layer(path: Path) -> None:
    path.write_text('<kml xmlns="http://www.opengis.net/kml/2.2"><Document></Document></kml>')


def _two_layers(path: Path) -> None:
    lots(1).to_file(path, layer="lots")
    lots(1).to_file(path, layer="blocks")


@pytest.mark.parametrize(
    ("name", "make", "told"),
    [
        ("none.gpkg", None, "There is no file"),
        ("empty.gpkg", _nothing, "has no rows"),
        ("empty.csv", lambda path: path.write_text("parcel_no,lon,lat\n"), "has no rows"),
        ("nothing.csv", lambda path: path.write_text(""), "nothing.csv is empty"),
        ("nothing.gpkg", lambda path: path.write_bytes(b""), "nothing.gpkg is empty"),
        ("folder", lambda path: path.mkdir(), "folder is a folder without a layer Lotline reads"),
        ("folder.csv", lambda path: path.mkdir(), "is a folder without a layer"),
        ("none.kml", _no_layer, "none.kml holds no layer; there is nothing to import.$"),
        ("half.gpkg", _half, "damaged or breaks off"),
        ("half.geojson", _half, "damaged or breaks off"),
        ("half.fgb", _half, "damaged or breaks off"),
        ("half.shp", _half, "breaks off: it should be"),
        ("half.parquet", _half, "damaged or breaks off"),
        ("noise.bin", _noise, "in no format Lotline reads: Shapefile"),
        ("noise.csv", _noise, "binary data"),
        ("drawing.dxf", lambda path: path.write_text("0\nEOF\n"), "Lotline reads|no format"),
        ("two.gpkg", _two_layers, "several layers: .*lots.*Name one with --layer"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, name: str, make: object, told: str
) -> None:
    path = tmp_path / name
    if callable(make):
        make(path)
    with pytest.raises(ReadingError, match=told) as caught:
        read(path, kind=PARCELS)
    assert "\n" not in str(caught.value)


def test_a_table_of_a_shapefile_that_breaks_off_is_told(tmp_path: Path) -> None:
    path = written(lots(400), tmp_path, "p.shp")
    table = path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes()[: table.stat().st_size // 2])
    with pytest.raises(ReadingError, match="promises 400 rows"):
        read(path, kind=PARCELS)


def test_the_named_layer_of_several_is_read(tmp_path: Path) -> None:
    path = tmp_path / "two.gpkg"
    _two_layers(path)
    assert len(read(path, kind=PARCELS, layer="blocks").frame) == 1
    with pytest.raises(ReadingError, match='None is called "roads"'):
        read(path, kind=PARCELS, layer="roads")


def test_days_are_read_as_towns_write_them() -> None:
    text = pd.Series(
        ["2014-07-22", "7/5/2005", "11/21/1979 0:00:00", "2014-07-22T10:00:00", "0407-01-01",
         "1900-01-01", "31/12/2014", "soon", None],
        dtype="str",
    )  # fmt: skip
    days, bad = dates(text, unknown=(pd.Timestamp("1900-01-01").date(),))
    assert [str(day) for day in days] == [
        "2014-07-22", "2005-07-05", "1979-11-21", "2014-07-22", "0407-01-01",
        "None", "None", "None", "None",
    ]  # fmt: skip
    assert bad.tolist() == [False] * 6 + [True, True, False]


def test_numbers_may_have_commas_but_not_be_infinite() -> None:
    read_, bad = numbers(pd.Series(["1,234.5", " 7 ", "inf", "x", None], dtype="str"))
    assert read_[:2].tolist() == [1234.5, 7.0]
    assert bad.tolist() == [False, False, True, True, False]


def test_geometry_is_flat_however_it_came(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"parcel_no": ["P1"]}, geometry=shapely.force_3d(lots(1).geometry, 5), crs="EPSG:4326"
    )
    source = read(written(frame, tmp_path), kind=PARCELS)
    assert source.shapes is not None
    assert not shapely.has_z(source.shapes).any()


@pytest.mark.parametrize("geo", [b"{", b"[]", b"{}", b'{"primary_column": "gone"}', b"\xff"])
def test_notes_on_geometry_that_make_no_sense_are_one_sentence(tmp_path: Path, geo: bytes) -> None:
    path = tmp_path / "p.parquet"
    table = pa.table({"parcel_no": ["P1"], "geometry": [b""]})
    pq.write_table(table.replace_schema_metadata({b"geo": geo}), path)
    with pytest.raises(ReadingError, match="parquet is damaged") as caught:
        read(path, kind=PARCELS)
    assert "\n" not in str(caught.value)

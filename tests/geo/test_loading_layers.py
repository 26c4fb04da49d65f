"""Addresses, zones and streets: tied, merged, replaced and named like the parcels they lie on."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import sqlalchemy as sa
from few_lots import asked, codes, count, load_lots, lot, lots, written
from shapely import GeometryType

from geo.loading.addresses import load_addresses
from geo.loading.errors import ColumnError
from geo.loading.mapping import Mapping
from geo.loading.placing import Ground, project
from geo.loading.rows import Outcome, Rows
from geo.loading.streets import load_streets
from geo.loading.zones import load_zones
from geo.streets.dataset import Replacement, open_dataset, replacing


@pytest.fixture
def town(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    load_lots(connection, lots(4), tmp_path)
    return connection


def _csv(folder: Path, **columns: list[Any]) -> Path:
    path = folder / "addresses.csv"
    pd.DataFrame(columns).to_csv(path, index=False)
    return path


def _stored(connection: sa.Connection) -> list[tuple[Any, ...]]:
    query = sa.text("""
        SELECT parcel_no, label, number_low, number_high, street, street_key, unit, zip
        FROM lotline.situs_address JOIN lotline.parcel ON parcel.id = parcel_id ORDER BY 1, 2""")
    return [tuple(row) for row in connection.execute(query)]


def test_an_address_of_a_parcel_that_is_no_more_has_no_place(
    town: sa.Connection, tmp_path: Path
) -> None:
    town.execute(
        sa.text(
            "UPDATE lotline.parcel_period SET valid_to = '2026-01-01' WHERE parcel_id = "
            "(SELECT id FROM lotline.parcel WHERE parcel_no = 'P2')"
        )
    )
    path = _csv(tmp_path, parcel_no=["P1", "P2"], label=["1 Elm St", "2 Elm St"])
    outcome = load_addresses(town, asked(path))
    assert codes(outcome) == {2: "no_shape"}
    assert count(town, "situs_address") == 1


def test_an_address_of_the_roll_stands_inside_its_parcel(
    town: sa.Connection, tmp_path: Path
) -> None:
    path = _csv(
        tmp_path,
        parcel_no=["P1", "P2", "P9", "P1", "P1"],
        label=["100-102 ALDER ST #2", "7 Elm Street", "9 X ST", "--", "100-102 alder st, apt 2"],
        zip=["2139", "02139-1234", "", "", ""],
    )
    outcome = load_addresses(town, asked(path))
    assert codes(outcome) == {3: "no_such_parcel", 4: "no_address"}
    assert (outcome.loaded, outcome.merged) == (3, 1)
    assert _stored(town) == [
        ("P1", "100-102 Alder St #2", 100, 102, "Alder St", "alder st", "2", "02139"),
        ("P2", "7 Elm Street", 7, 7, "Elm Street", "elm st", None, "02139-1234"),
    ]
    inside = sa.text("""
        SELECT bool_and(ST_Contains(pp.geom, a.geom)) FROM lotline.situs_address a
        JOIN lotline.parcel_period pp USING (parcel_id)""")
    assert town.scalar(inside) is True


def test_a_point_is_tied_to_the_parcel_it_lies_in(town: sa.Connection, tmp_path: Path) -> None:
    at = [lot(0).centroid, lot(1).centroid, lot(2, 5).centroid]
    path = _csv(
        tmp_path,
        number=["100", "102", "104"],
        street=["ALDER ST"] * 3,
        unit=["", "#B", ""],
        lon=[point.x for point in at],
        lat=[point.y for point in at],
    )
    outcome = load_addresses(town, asked(path))
    assert codes(outcome) == {3: "not_in_a_parcel"}
    assert [row[:2] for row in _stored(town)] == [("P1", "100 Alder St"), ("P2", "102 Alder St #B")]


def test_a_point_that_is_no_number_costs_its_row(town: sa.Connection, tmp_path: Path) -> None:
    at = lot(0).centroid
    path = _csv(tmp_path, label=["1 A St"] * 3, lon=[at.x, "nan", ""], lat=[at.y, at.y, at.y])
    assert codes(load_addresses(town, asked(path))) == {2: "not_finite", 3: "no_shape"}


def test_the_same_addresses_again_touch_nothing_and_a_changed_one_is_replaced(
    town: sa.Connection, tmp_path: Path
) -> None:
    rows = sa.text("SELECT id, ctid::text, xmin::text FROM lotline.situs_address ORDER BY id")
    names = {"parcel_no": ["P1", "P2"], "label": ["1 A St", "2 A St"]}
    load_addresses(town, asked(_csv(tmp_path, **names, zip=["34950", "34950"])))
    before = town.execute(rows).all()
    outcome = load_addresses(town, asked(_csv(tmp_path, **names, zip=["34950", "34950"])))
    assert outcome.unchanged == 2
    assert town.execute(rows).all() == before
    outcome = load_addresses(town, asked(_csv(tmp_path, **names, zip=["34950", "34951"])))
    assert outcome.unchanged == 1
    assert [row[-1] for row in _stored(town)] == ["34950", "34951"]
    assert [row.id for row in town.execute(rows)] == [row.id for row in before]


def test_addresses_without_places_or_without_addresses_are_refused(
    town: sa.Connection, tmp_path: Path
) -> None:
    with pytest.raises(ColumnError, match="says of no address where it is"):
        load_addresses(town, asked(_csv(tmp_path, label=["1 A St"])))
    with pytest.raises(ColumnError, match="known to hold addresses"):
        load_addresses(town, asked(_csv(tmp_path, parcel_no=["P1"])))


def _zones(folder: Path, **columns: list[Any]) -> Path:
    frame = gpd.GeoDataFrame(
        columns,
        geometry=[shapely.box(*lot(n).bounds).buffer(0.0002) for n in range(len(columns["code"]))],
        crs="EPSG:4326",
    )
    return written(frame, folder, "zones.geojson")


def test_zones_are_known_by_kind_and_code(town: sa.Connection, tmp_path: Path) -> None:
    path = _zones(
        tmp_path,
        code=["1", "1", "2", "3"],
        kind=["officer", "ward", "beat", "Officer"],
        officer_name=["R. Diaz", None, None, None],
    )
    outcome = load_zones(town, asked(path))
    assert codes(outcome) == {3: "unknown_kind"}
    stored = town.execute(
        sa.text("SELECT kind, code, name, officer_name FROM lotline.zone ORDER BY source_row")
    )
    assert [tuple(row) for row in stored] == [
        ("officer", "1", "1", "R. Diaz"),
        ("ward", "1", "1", None),
        ("officer", "3", "3", None),
    ]


def test_a_zone_that_changes_keeps_its_identity(town: sa.Connection, tmp_path: Path) -> None:
    ids = sa.text("SELECT id, officer_name FROM lotline.zone ORDER BY code")
    kind = ["officer", "officer"]
    load_zones(town, asked(_zones(tmp_path, code=["1", "2"], kind=kind, officer=["A", "B"])))
    before = town.execute(ids).all()
    path = _zones(tmp_path, code=["1", "2"], kind=kind, officer=["A", "C"])
    assert load_zones(town, asked(path)).unchanged == 1
    after = town.execute(ids).all()
    assert [row.id for row in after] == [row.id for row in before]
    assert [row.officer_name for row in after] == ["A", "C"]


def test_rows_of_one_zone_are_united_when_the_mapping_says_so(
    town: sa.Connection, tmp_path: Path
) -> None:
    path = _zones(tmp_path, code=["1", "1"])
    told = {"kind": "zones", "columns": {"code": "code"}, "constants": {"kind": "park"}}
    outcome = load_zones(town, asked(path, mapping=Mapping.model_validate(told)))
    assert codes(outcome) == {2: "repeated_key"}
    united = Mapping.model_validate({**told, "merge_same_key": True})
    assert load_zones(town, asked(path, mapping=united)).merged == 1
    assert count(town, "zone") == 1


def test_zones_united_with_one_that_falls_out_are_named_too(
    town: sa.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"kind": "zones", "columns": {"code": "code"}, "constants": {"kind": "park"}}
    united = Mapping.model_validate({**told, "merge_same_key": True})
    path = _zones(tmp_path, code=["1", "1", "2"])
    monkeypatch.setattr("geo.loading.zones.project", _losing_row_1)
    outcome = load_zones(town, asked(path, mapping=united))
    assert codes(outcome) == {1: "unrepairable", 2: "unrepairable"}
    assert (outcome.loaded, outcome.merged, count(town, "zone")) == (1, 0, 1)


def _losing_row_1(rows: Rows, *, kinds: tuple[GeometryType, ...]) -> Ground:
    lost = np.array([row == 1 for row in rows.numbers])
    rows.reject(lost, code="unrepairable", reason="a test")
    return project(rows, kinds=kinds)


def _streets(connection: sa.Connection, folder: Path, *, network: Replacement | None = None,
             **columns: list[Any]) -> Outcome:  # fmt: skip
    lines = [
        shapely.LineString([lot(0, n).centroid, lot(9, n).centroid])
        for n in range(len(next(iter(columns.values()))))
    ]
    frame = gpd.GeoDataFrame(columns, geometry=lines, crs="EPSG:4326")
    return load_streets(connection, asked(written(frame, folder, "lines.gpkg")), network=network)


def test_streets_say_name_rank_way_and_speed(town: sa.Connection, tmp_path: Path) -> None:
    outcome = _streets(
        town,
        tmp_path,
        name=["ALDER STREET", "Oak Ave", None, "Elm", "Fir", "Ash"],
        rank=["1", None, "4", "9", "2", "2"],
        oneway=["FT", "TF", None, "0", "sideways", "0"],
        speed=["30", "0", None, "30", "30", "fast"],
    )
    assert codes(outcome) == {4: "bad_rank", 5: "bad_oneway", 6: "bad_speed"}
    query = sa.text("""
        SELECT name, street_key, rank, oneway, maxspeed_kmh FROM lotline.street
        ORDER BY source_row""")
    assert [tuple(row) for row in town.execute(query)] == [
        ("Alder Street", "alder st", 1, 1, 48),
        ("Oak Ave", "oak ave", 3, -1, None),
        (None, None, 4, 0, None),
    ]
    names = town.execute(sa.text("SELECT street_key FROM lotline.street_name ORDER BY 1"))
    assert [row.street_key for row in names] == ["alder st", "oak ave"]


def test_streets_united_with_one_that_falls_out_are_named_too(
    town: sa.Connection, tmp_path: Path
) -> None:
    point = lot(0).centroid
    lines = [
        shapely.LineString([point, lot(9).centroid]),
        *[shapely.LineString([point, point])] * 2,
    ]
    frame = gpd.GeoDataFrame({"id": ["a", "b", "b"]}, geometry=lines, crs="EPSG:4326")
    told = {"kind": "streets", "columns": {"source_key": "id"}, "merge_same_key": True}
    path = written(frame, tmp_path, "lines.gpkg")
    outcome = load_streets(town, asked(path, mapping=Mapping.model_validate(told)), network=None)
    assert codes(outcome) == {2: "no_length", 3: "no_length"}
    assert (outcome.loaded, outcome.merged, count(town, "street")) == (1, 0, 1)


def test_a_new_street_file_replaces_the_old_and_the_same_again_changes_nothing(
    town: sa.Connection, tmp_path: Path
) -> None:
    rows = sa.text("SELECT id, ctid::text, xmin::text FROM lotline.street ORDER BY id")
    _streets(town, tmp_path, name=["Alder St", "Oak Ave", "Elm St"])
    before = town.execute(rows).all()
    assert _streets(town, tmp_path, name=["Alder St", "Oak Ave", "Elm St"]).unchanged == 3
    assert town.execute(rows).all() == before
    outcome = _streets(town, tmp_path, name=["Alder St", "Oak Ave"])
    assert outcome.notes[-1] == "1 streets that this file does not name were removed."
    assert count(town, "street") == 2


def test_streets_of_a_centreline_become_a_network(town: sa.Connection, tmp_path: Path) -> None:
    with replacing(tmp_path / "net") as network:
        _streets(town, tmp_path, network=network, name=["Alder St", "Oak Ave"])
    assert open_dataset(tmp_path / "net").source_name == "lines.osm.pbf"


def test_streets_of_osm_are_read_directly(town: sa.Connection, tmp_path: Path) -> None:
    west, south, east, north = lot(0).bounds
    path = tmp_path / "town.osm"
    path.write_text(f"""<osm version="0.6">
        <node id="1" lon="{west}" lat="{south}" version="1"/>
        <node id="2" lon="{east + 0.001}" lat="{north}" version="1"/>
        <way id="7" version="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/>
        <tag k="name" v="Alder Street"/><tag k="oneway" v="yes"/></way></osm>""")
    with replacing(tmp_path / "net") as network:
        outcome = load_streets(town, asked(path), network=network)
    assert outcome.loaded == 1
    stored = town.execute(
        sa.text("SELECT source_key, name, rank, oneway FROM lotline.street")
    ).one()
    assert tuple(stored) == ("way/7", "Alder Street", 3, 1)
    assert open_dataset(tmp_path / "net").source_name == "town.osm"


def test_addresses_zones_and_streets_tell_what_is_new_and_what_changed(
    town: sa.Connection, tmp_path: Path
) -> None:
    def told(**names: list[str]) -> list[str]:
        frame = lots(2, code=["1", "2"], source_key=["a", "b"], **names)
        zones = written(frame, tmp_path, "z.gpkg")
        streets = written(frame.set_geometry(frame.boundary), tmp_path, "s.gpkg")
        addresses = _csv(tmp_path, parcel_no=["P1", "P2"], label=["1 A St", "2 A St"], **names)
        return [
            load_addresses(town, asked(addresses)).notes[-1],
            load_zones(town, asked(zones)).notes[-1],
            load_streets(town, asked(streets), network=None).notes[-1],
        ]

    kinds = ("addresses", "zones", "streets")
    first = {"name": ["X", "Y"], "zip": ["34950", "34950"]}
    assert told(**first) == [f"2 new {kind}, 0 changed." for kind in kinds]
    assert told(**first) == [f"0 new {kind}, 0 changed." for kind in kinds]
    other = {"name": ["X", "Z"], "zip": ["34950", "34951"]}
    assert told(**other) == [f"0 new {kind}, 1 changed." for kind in kinds]


def test_coordinates_that_are_no_numbers_are_told_as_such(
    town: sa.Connection, tmp_path: Path
) -> None:
    label = ["1 A St", "2 A St", "3 A St"]
    path = _csv(tmp_path, label=label, lon=["x", "NaN", ""], lat=["27.3", "NaN", ""])
    rejects = load_addresses(town, asked(path)).rejects
    assert [reject.code for reject in sorted(rejects)] == ["not_finite", "not_finite", "no_shape"]
    assert all("are no numbers" in reject.reason for reject in rejects if reject.row < 3)
    points = lots(1, label=["1 A St"]).set_geometry([shapely.Point()])
    (reject,) = load_addresses(town, asked(written(points, tmp_path, "a.gpkg"))).rejects
    assert (reject.code, "are no numbers" in reject.reason) == ("no_shape", True)

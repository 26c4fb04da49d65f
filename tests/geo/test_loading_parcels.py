"""Parcels: every row is loaded, repaired or rejected by name, and time leaves periods behind."""

from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
import sqlalchemy as sa
from few_lots import SIDE, SOUTH, TODAY, WEST, asked, codes, count, hostile, load_lots, lot, lots

from geo.clean import REPAIR_SECONDS
from geo.crs import CrsError
from geo.loading import placing
from geo.loading.errors import AsOfError, ColumnError
from geo.loading.parcels import load_parcels

PERIODS = sa.text("""
    SELECT parcel_no, valid_from, valid_to, situs_address FROM lotline.parcel_period
    JOIN lotline.parcel ON parcel.id = parcel_id ORDER BY parcel_no, valid_from NULLS FIRST
""")
OWNERS = sa.text("""
    SELECT parcel_no, owner_name, valid_from, valid_to FROM lotline.ownership
    JOIN lotline.parcel ON parcel.id = parcel_id
    ORDER BY parcel_no, valid_from NULLS FIRST, owner_name
""")
MAY = date(2026, 5, 1)


def test_a_first_load_has_always_held(connection: sa.Connection, tmp_path: Path) -> None:
    outcome = load_lots(connection, lots(3), tmp_path)
    assert (outcome.read, outcome.loaded, outcome.rejected) == (3, 3, 0)
    assert [tuple(row) for row in connection.execute(PERIODS)] == [
        ("P1", None, None, "100 Alder St"),
        ("P2", None, None, "102 Alder St"),
        ("P3", None, None, "104 Alder St"),
    ]


def test_the_town_is_made_by_its_first_layer(connection: sa.Connection, tmp_path: Path) -> None:
    load_lots(connection, lots(3), tmp_path)
    town = connection.execute(sa.text("SELECT name, srid FROM lotline.town")).one()
    assert tuple(town) == ("parcels", 32617)
    reach = connection.execute(
        sa.text("SELECT published.town.west - ST_XMin(extent) FROM published.town, lotline.town")
    ).scalar_one()
    assert reach == pytest.approx(20 / 111.2 / np.cos(np.radians(27.3)), rel=0.01)


def test_areas_and_shapes_are_those_of_the_file(connection: sa.Connection, tmp_path: Path) -> None:
    feet = lots(1).to_crs("EPSG:2236")
    load_lots(connection, feet, tmp_path)
    stored = connection.execute(
        sa.text("""
            SELECT area_m2, ST_Area(geom::geography), ST_AsText(ST_Normalize(geom)),
                   ST_IsValid(geom) AND ST_IsValid(geom_3857),
                   ST_HausdorffDistance(ST_Transform(geom, 3857), geom_3857)
            FROM lotline.parcel_period""")
    ).one()
    assert stored[0] == pytest.approx(stored[1], rel=1e-6)
    assert stored[0] == pytest.approx(feet.area[0] * 0.3048006**2, rel=1e-3)
    assert shapely.hausdorff_distance(shapely.from_wkt(stored[2]), lot(0)) < 1e-7
    assert stored[3] is True
    assert stored[4] < 1e-6


def test_the_same_file_again_touches_nothing(connection: sa.Connection, tmp_path: Path) -> None:
    frame = lots(20, owner_name=["A. Smith"] * 20)
    load_lots(connection, frame, tmp_path)
    rows = sa.text("""
        SELECT ctid::text, xmin::text FROM lotline.parcel
        UNION ALL SELECT ctid::text, xmin::text FROM lotline.parcel_period
        UNION ALL SELECT ctid::text, xmin::text FROM lotline.ownership
        UNION ALL SELECT layer, bumps::text FROM lotline.layer_change
        UNION ALL SELECT ctid::text, xmin::text FROM lotline.town""")
    before = connection.execute(rows).all()
    outcome = load_lots(connection, frame, tmp_path)
    assert (outcome.loaded, outcome.unchanged) == (20, 20)
    assert connection.execute(rows).all() == before


def test_a_changed_parcel_gets_a_new_period(connection: sa.Connection, tmp_path: Path) -> None:
    load_lots(connection, lots(2), tmp_path)
    outcome = load_lots(
        connection,
        lots(2, situs_address=["100 Alder St", "9 New St"]),
        tmp_path,
        as_of=MAY,
        today=MAY,
    )
    assert outcome.unchanged == 1
    assert [tuple(row) for row in connection.execute(PERIODS)] == [
        ("P1", None, None, "100 Alder St"),
        ("P2", None, MAY, "102 Alder St"),
        ("P2", MAY, None, "9 New St"),
    ]


def test_a_moved_boundary_is_a_change_too(connection: sa.Connection, tmp_path: Path) -> None:
    load_lots(connection, lots(1), tmp_path)
    frame = lots(1)
    frame.loc[0, "geometry"] = lot(0, side=SIDE * 1.1)
    load_lots(connection, frame, tmp_path)
    assert [row.valid_from for row in connection.execute(PERIODS)] == [None, TODAY]


def test_a_change_on_the_same_day_corrects_that_day(
    connection: sa.Connection, tmp_path: Path
) -> None:
    load_lots(connection, lots(1), tmp_path)
    load_lots(connection, lots(1, situs_address=["1 Wrong St"]), tmp_path)
    load_lots(connection, lots(1, situs_address=["1 Right St"]), tmp_path)
    assert [tuple(row) for row in connection.execute(PERIODS)] == [
        ("P1", None, TODAY, "100 Alder St"),
        ("P1", TODAY, None, "1 Right St"),
    ]


def test_an_older_file_after_a_newer_one_is_refused(
    connection: sa.Connection, tmp_path: Path
) -> None:
    load_lots(connection, lots(1), tmp_path, as_of=MAY, today=MAY)
    with pytest.raises(AsOfError, match="as of 2026-03-02, but 1 parcels on record, such as P1"):
        load_lots(connection, lots(1, land_use=["park"]), tmp_path, as_of=TODAY)


def test_parcels_the_file_does_not_name_stay_and_are_told(
    connection: sa.Connection, tmp_path: Path
) -> None:
    load_lots(connection, lots(5), tmp_path)
    outcome = load_lots(connection, lots(2), tmp_path)
    assert count(connection, "parcel_period") == 5
    assert "3 parcels on record are not in this file and stay as they are." in outcome.notes


def test_owners_follow_one_another(connection: sa.Connection, tmp_path: Path) -> None:
    mail = {"mail_line": ["1 Oak Ave", None], "homestead": [True, None]}
    load_lots(connection, lots(2, owner_name=["A. Smith", "Bay LLC"], **mail), tmp_path)
    outcome = load_lots(
        connection,
        lots(2, owner_name=["A. Smith", "Cove LLC"], **mail),
        tmp_path,
        as_of=MAY,
        today=MAY,
    )
    assert outcome.unchanged == 2  # the parcels themselves
    assert [tuple(row) for row in connection.execute(OWNERS)] == [
        ("P1", "A. Smith", None, None),
        ("P2", "Bay LLC", None, MAY),
        ("P2", "Cove LLC", MAY, None),
    ]


def test_several_owners_of_one_parcel_come_as_several_rows(
    connection: sa.Connection, tmp_path: Path
) -> None:
    frame = lots(2, parcel_no=["P1", "P1"], owner_name=["A. Smith", "B. Smith"])
    columns = {name: name for name in ("parcel_no", "owner_name")}
    outcome = load_lots(
        connection, frame, tmp_path, mapping={"columns": columns, "merge_same_key": True}
    )
    assert (outcome.loaded, outcome.merged) == (2, 1)
    assert [row.owner_name for row in connection.execute(OWNERS)] == ["A. Smith", "B. Smith"]
    area = connection.scalar(sa.text("SELECT area_m2 FROM lotline.parcel_period"))
    one = connection.scalar(sa.text("SELECT ST_Area(ST_GeomFromText(:w, 4326)::geography)"),
                            {"w": lot(0).wkt})  # fmt: skip
    assert area == pytest.approx(2 * float(one or 0), rel=1e-4)


def test_rows_united_with_one_that_falls_out_are_named_too(
    connection: sa.Connection, tmp_path: Path
) -> None:
    # Less wide than Web Mercator can tell: valid in degrees, and nothing on the map.
    west, north = WEST + 279 * np.spacing(-WEST), np.nextafter(SOUTH, 90)
    thread = shapely.Polygon([(west, SOUTH), (np.nextafter(west, 0), SOUTH), (west, north)])
    assert thread.is_valid
    frame = lots(3, parcel_no=["P1", "P2", "P2"]).set_geometry([lot(0), thread, thread])
    columns = {"parcel_no": "parcel_no"}
    outcome = load_lots(
        connection, frame, tmp_path, mapping={"columns": columns, "merge_same_key": True}
    )
    assert set(codes(outcome)) == {2, 3}
    assert {reject.key for reject in outcome.rejects} == {"P2"}
    assert (outcome.loaded, outcome.merged, count(connection, "parcel")) == (1, 0, 1)


def test_each_bad_row_is_named_and_the_good_ones_go_on(
    connection: sa.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "MOST_VERTICES", 1000)
    bowtie = shapely.Polygon(
        [(WEST, SOUTH), (WEST + SIDE, SOUTH + SIDE), (WEST + SIDE, SOUTH), (WEST, SOUTH + SIDE)]
    )
    with np.errstate(invalid="ignore"):
        nowhere = shapely.from_wkt("POLYGON((-80.4 27.3,nan 27.3,-80.4 27.4,-80.4 27.3))")
    shapes = {
        1: lot(0),
        2: None,
        3: shapely.Polygon(),
        4: shapely.Point(WEST, SOUTH),
        5: nowhere,
        6: lot(0).buffer(SIDE, quad_segs=500),
        7: shapely.Polygon([(WEST, SOUTH), (WEST + SIDE, SOUTH), (WEST, SOUTH)]),
        8: shapely.box(-60, 45, -59.999, 45.001),
        9: bowtie,
        10: lot(2),
        11: lot(3),
        12: lot(4),
        13: shapely.MultiPolygon([lot(5), lot(7)]),
    }
    shapes |= {row: lot(row) for row in range(14, 60)}
    frame = gpd.GeoDataFrame(
        {"parcel_no": [f"P{row}" for row in shapes]}, geometry=list(shapes.values()), crs=4326
    )
    frame.loc[9, "parcel_no"] = None
    frame.loc[10, "parcel_no"] = "ROAD"
    frame.loc[11, "parcel_no"] = "P1"
    outcome = load_lots(
        connection,
        frame,
        tmp_path,
        mapping={"columns": {"parcel_no": "parcel_no"}, "keys": {"pattern": r"P\d+"}},
    )
    assert codes(outcome) == {
        2: "no_shape",
        3: "no_shape",
        4: "wrong_shape",
        5: "not_finite",
        6: "too_many_vertices",
        7: "no_area",
        8: "outside_town",
        10: "no_key",
        11: "placeholder_key",
        12: "repeated_key",
    }
    assert outcome.read == outcome.loaded + outcome.rejected == 59
    assert outcome.repaired == 1
    assert count(connection, "parcel") == outcome.loaded
    flags = connection.execute(
        sa.text("SELECT flags FROM lotline.parcel_period WHERE source_row = 13")
    ).scalar_one()
    assert flags == ["multipart"]


def test_a_repair_is_kept_with_its_change_of_area(
    connection: sa.Connection, tmp_path: Path
) -> None:
    ears = shapely.Polygon(
        [(0, 0), (2, 0), (2, 1), (0.999, 1), (1.001, 2), (2, 2), (2, 1), (0, 1), (0, 0)]
    )
    frame = lots(3)
    frame.loc[1, "geometry"] = shapely.transform(ears, lambda at: at * SIDE / 3 + (WEST, SOUTH))
    assert not frame.geometry[1].is_valid
    outcome = load_lots(connection, frame, tmp_path)
    details = connection.scalar(
        sa.text("SELECT details FROM lotline.import_run WHERE id = :run"), {"run": outcome.run_id}
    )
    (repair,) = details["repairs"]
    assert (repair["row"], repair["key"]) == (2, "P2")
    assert repair["how"].startswith("make_valid")
    assert isinstance(repair["change_m2"], float)
    valid = sa.text(
        "SELECT bool_and(ST_IsValid(geom) AND ST_IsValid(geom_3857)) FROM lotline.parcel_period"
    )
    assert connection.scalar(valid) is True


def test_a_repaired_row_that_falls_out_later_counts_as_rejected_alone(
    connection: sa.Connection, tmp_path: Path
) -> None:
    bowtie = shapely.Polygon([(-60, 45), (-59.99, 45.01), (-59.99, 45), (-60, 45.01)])
    shapes = [*(lot(at) for at in range(40)), bowtie]
    frame = gpd.GeoDataFrame(
        {"parcel_no": [f"P{row}" for row in range(41)]}, geometry=shapes, crs=4326
    )
    outcome = load_lots(connection, frame, tmp_path)
    assert codes(outcome) == {41: "outside_town"}
    assert outcome.repaired == 0


def test_a_hostile_shape_costs_its_row_and_not_the_import(
    connection: sa.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert REPAIR_SECONDS <= 10
    monkeypatch.setattr("geo.clean.repair.__kwdefaults__", {"seconds": 1.0, "memory": 1 << 30})
    frame = lots(3)
    frame.loc[1, "geometry"] = hostile()
    outcome = load_lots(connection, frame, tmp_path)
    assert codes(outcome) == {2: "unrepairable"}
    assert outcome.loaded == 2


def test_a_system_that_cannot_be_right_is_refused(
    connection: sa.Connection, tmp_path: Path
) -> None:
    load_lots(connection, lots(3), tmp_path)
    elsewhere = lots(3).set_geometry(lots(3).translate(5, 3))
    with pytest.raises(CrsError, match="more than 50 km outside the town already loaded"):
        load_lots(connection, elsewhere, tmp_path)
    wide = lots(3).set_geometry([lot(0), lot(30_000), lot(60_000)])
    connection.exec_driver_sql("DELETE FROM lotline.town")
    with pytest.raises(CrsError, match="no town is wider than 300 km"):
        load_lots(connection, wide, tmp_path)


def test_a_neighbouring_layer_widens_the_town(connection: sa.Connection, tmp_path: Path) -> None:
    load_lots(connection, lots(3), tmp_path)
    outcome = load_lots(connection, lots(2).set_geometry([lot(1), lot(1200)]), tmp_path)
    assert outcome.rejected == 0
    east = connection.scalar(sa.text("SELECT ST_XMax(extent) FROM lotline.town"))
    assert east == pytest.approx(lot(1200).bounds[2])


def test_a_table_without_places_is_no_parcel_layer(
    connection: sa.Connection, tmp_path: Path
) -> None:
    path = tmp_path / "roll.csv"
    path.write_text("parcel_no,owner\nP1,A. Smith\n")
    with pytest.raises(ColumnError, match="each needs a polygon"):
        load_parcels(connection, asked(path))


def test_the_run_is_on_record(connection: sa.Connection, tmp_path: Path) -> None:
    frame = lots(3, parcel_no=["P1", None, "P3"])
    outcome = load_lots(connection, frame, tmp_path, as_of=MAY, today=MAY)
    run = connection.execute(sa.text("SELECT * FROM lotline.import_run")).one()
    assert (run.id, run.kind, run.file_name) == (outcome.run_id, "parcels", "parcels.gpkg")
    assert (run.rows_read, run.rows_loaded, run.rows_rejected) == (3, 2, 1)
    assert (run.as_of, run.actor, run.crs) == (MAY, "a test", "EPSG:4326")
    assert run.details["rejected"] == {"no_key": 1}


def test_many_parcels_keep_every_index_and_constraint(
    connection: sa.Connection, tmp_path: Path
) -> None:
    there = sa.text("""
        SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid IN ('lotline.parcel'::regclass, 'lotline.parcel_period'::regclass)
        UNION SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'parcel%'
        ORDER BY 1""")
    before = connection.execute(there).all()
    places = np.arange(6000)
    frame = gpd.GeoDataFrame(
        {"parcel_no": [f"P{n}" for n in places]},
        geometry=[lot(float(n % 100), float(n // 100)) for n in places],
        crs="EPSG:4326",
    )
    assert load_lots(connection, frame, tmp_path).loaded == 6000
    assert connection.execute(there).all() == before


def test_a_large_file_never_locks_out_the_readers_of_parcels_on_record(
    connection: sa.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.loading.bulk.WORTH_REBUILDING", 1)
    load_lots(connection, lots(1), tmp_path)
    indexes = sa.text("""
        SELECT indexrelid FROM pg_index
        WHERE indrelid IN ('lotline.parcel'::regclass, 'lotline.parcel_period'::regclass)
        ORDER BY 1""")
    before = connection.execute(indexes).all()
    load_lots(connection, lots(9), tmp_path)
    assert connection.execute(indexes).all() == before


def test_a_number_without_a_digit_stands_for_no_parcel(
    connection: sa.Connection, tmp_path: Path
) -> None:
    frame = lots(4, parcel_no=["ROAD", "---", "P-3", "7"])
    outcome = load_lots(connection, frame, tmp_path)
    assert codes(outcome) == {1: "placeholder_key", 2: "placeholder_key"}
    lettered = {"columns": {"parcel_no": "parcel_no"}, "keys": {"pattern": "[A-Z]+|\\d"}}
    outcome = load_lots(connection, frame, tmp_path, mapping=lettered)
    assert codes(outcome) == {2: "placeholder_key", 3: "placeholder_key"}

"""What the public sees of the ground: places found though mistyped, tiles as full as their zoom."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
import sqlalchemy as sa
from few_lots import asked, load_lots, lot, lots, written
from mvt_rings import ring_areas

from geo.addresses import SUFFIXES, street_key
from geo.loading.addresses import load_addresses
from geo.loading.streets import load_streets
from geo.loading.zones import load_zones
from geo.places import search

Plan = dict[str, Any]
"""A node of a query's plan, as EXPLAIN writes it."""

LABELS = {
    "P1": ["408-410 Putnam Ave #1", "408-410 Putnam Ave #2"],
    "P2": ["412 Putnam Ave"],
    "P3": ["12 First Street"],
    "P4": ["219 Monsignor O'Brien Hwy"],
}


@pytest.fixture
def town(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    load_lots(connection, lots(4, situs_address=["408 Putnam Ave", None, None, None]), tmp_path)
    path = tmp_path / "a.csv"
    rows = [(parcel, label) for parcel, labels in LABELS.items() for label in labels]
    pd.DataFrame(rows, columns=["parcel_no", "label"]).to_csv(path, index=False)
    load_addresses(connection, asked(path))
    lines = gpd.GeoDataFrame(
        {"name": ["Putnam Ave", "Service Way"], "rank": ["1", "4"]},
        geometry=[shapely.LineString([lot(0, n).centroid, lot(4, n).centroid]) for n in (1, 2)],
        crs="EPSG:4326",
    )
    load_streets(connection, asked(written(lines, tmp_path, "lines.gpkg")), network=None)
    zones = gpd.GeoDataFrame(
        {"code": ["4", "lake"], "kind": ["officer", "water"], "name": ["Zone 4", "Bell Lake"],
         "officer_name": ["R. Diaz", None]},
        geometry=[lot(1).buffer(0.002), lot(1, 0.5)],
        crs="EPSG:4326",
    )  # fmt: skip
    load_zones(connection, asked(written(zones, tmp_path, "zones.gpkg")))
    return connection


@pytest.mark.parametrize(
    ("typed", "kind", "label"),
    [
        ("408 putnam", "address", "408-410 Putnam Ave"),
        ("410 Putnam Avenue", "address", "408-410 Putnam Ave"),
        ("408 putnma ave", "address", "408-410 Putnam Ave"),
        ("41 put", "address", "412 Putnam Ave"),
        ("408-410 Putnam Ave #2, Springfield", "address", "408-410 Putnam Ave"),
        ("12 1st st", "address", "12 First Street"),
        ("219 obrien", "address", "219 Monsignor O'Brien Hwy"),
        ("putn", "street", "Putnam Ave"),
        ("putnma", "street", "Putnam Ave"),
        ("monsignor", "street", "Monsignor O'Brien Hwy"),  # of which no centreline is loaded
        ("p3", "parcel", "P3"),
        ("zone 4", "zone", "Zone 4"),
    ],
)
def test_what_is_typed_finds_what_is_meant(
    town: sa.Connection, typed: str, kind: str, label: str
) -> None:
    found = town.execute(search(typed, most=5)).all()
    assert (found[0].kind, found[0].label) == (kind, label)


def test_of_many_parcels_a_search_reads_those_it_tells_alone(
    connection: sa.Connection, tmp_path: Path
) -> None:
    many = 2000
    load_lots(connection, lots(many), tmp_path)
    connection.exec_driver_sql("ANALYZE lotline.parcel, lotline.parcel_period")
    query = search("P77", most=8).compile(connection.engine, compile_kwargs={"literal_binds": True})
    ((explained,),) = connection.execute(
        sa.text(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}".replace("%%", "%"))
    )
    assert len(connection.execute(search("P77", most=8)).all()) == 8
    assert 8 <= _rows_read(explained[0]["Plan"], "parcel") < 100


def _rows_read(node: Plan, table: str) -> int:
    """Sum the rows that a plan's nodes read of a table, told and passed over."""
    own = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    read = own * node["Actual Loops"] if node.get("Relation Name") == table else 0
    return round(read) + sum(_rows_read(child, table) for child in node.get("Plans", []))


def test_the_units_of_a_house_are_found_as_one(town: sa.Connection) -> None:
    found = town.execute(search("408 putnam ave", most=9)).all()
    assert [row.label for row in found if row.parcel_no == "P1"] == ["408-410 Putnam Ave"]
    assert found[0].hint == "P1"


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "'; DROP TABLE", "\\", "#", "9" * 400, ","])
def test_nonsense_finds_nothing_and_breaks_nothing(town: sa.Connection, typed: str) -> None:
    assert town.execute(search(typed, most=5)).all() == []


def test_both_spellers_of_streets_agree(connection: sa.Connection) -> None:
    words = [*SUFFIXES, "O'Brien", "ST. JOHN'S", "A--B", "  two  words ", "", "#4", "Cañon", "a_b"]
    spelt = sa.text("SELECT published.street_key(:word)")
    assert [connection.scalar(spelt, {"word": word}) for word in words] == [
        street_key(word) for word in words
    ]


def test_a_parcel_shows_its_address_of_the_roll_or_else_of_the_address_layer(
    town: sa.Connection,
) -> None:
    query = sa.text("SELECT parcel_no, situs_address FROM published.parcel ORDER BY 1")
    assert [tuple(row) for row in town.execute(query)][:2] == [
        ("P1", "408 Putnam Ave"),
        ("P2", "412 Putnam Ave"),
    ]


def test_a_place_is_told_its_parcel(town: sa.Connection) -> None:
    at = sa.text("SELECT parcel_no FROM published.parcel WHERE id = published.parcel_at(:x, :y)")
    centre = lot(2).centroid
    assert town.scalar(at, {"x": centre.x, "y": centre.y}) == "P3"
    assert town.scalar(at, {"x": 0, "y": 0}) is None
    assert town.scalar(at, {"x": float("nan"), "y": 0}) is None


def _tile(connection: sa.Connection, folder: Path, *, z: int) -> dict[str, pd.DataFrame]:
    tile = _tile_bytes(connection, z=z)
    path = folder / "tile.mvt"
    path.write_bytes(tile)
    names = [str(name) for name, _ in pyogrio.list_layers(path)] if tile else []
    return {name: pyogrio.read_dataframe(path, layer=name) for name in names}


def _tile_bytes(connection: sa.Connection, *, z: int, function: str = "tile_ground") -> bytes:
    """Make the tile where P2 lies."""
    made = sa.text(f"""
        SELECT published.{function}(:z, floor((lon + 180) / 360 * 2 ^ :z)::int,
                   floor((1 - asinh(tand(lat)) / pi()) / 2 * 2 ^ :z)::int)
        FROM published.parcel WHERE parcel_no = 'P2'""")  # noqa: S608 - ours
    return bytes(connection.scalar(made, {"z": z}) or b"")


@pytest.mark.parametrize(
    ("z", "layers"),
    [
        (11, {"street", "water", "zone", "zone_label"}),
        (14, {"street", "water", "zone", "zone_label", "parcel"}),
        (17, {"street", "water", "zone", "zone_label", "parcel", "address"}),
    ],
)
def test_a_tile_holds_what_its_zoom_shows(
    town: sa.Connection, tmp_path: Path, z: int, layers: set[str]
) -> None:
    tile = _tile(town, tmp_path, z=z)
    assert set(tile) == layers
    assert set(tile["zone_label"]["officer_name"]) == {"R. Diaz"}
    assert len(tile["street"]) == (1 if z < 12 else 2)
    if "parcel" in layers:
        known = set(town.scalars(sa.text("SELECT id FROM lotline.parcel")))
        assert set(tile["parcel"]["id"]) <= known
        assert "parcel_no" not in tile["parcel"]
    if "address" in layers:
        assert "412" in set(tile["address"]["label"].astype(str))


@pytest.mark.parametrize("z", [15, 16, 17])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_lot_with_a_court_keeps_its_shape_whichever_way_its_rings_run(
    town: sa.Connection, tmp_path: Path, z: int, sign: float
) -> None:
    width = 2 * np.pi * 6378137 / 2**z
    west, south = (np.floor(_place_of_p2(town) / width) * width).tolist()
    middle = shapely.Point(west + width / 2, south + width / 2)
    court = shapely.geometry.polygon.orient(middle.buffer(40) - middle.buffer(15), sign)
    town.execute(
        sa.text("""
            UPDATE lotline.parcel_period
            SET geom_3857 = ST_Multi(ST_GeomFromWKB(:shape, 3857)),
                geom = ST_Multi(ST_Transform(ST_GeomFromWKB(:shape, 3857), 4326))
            WHERE parcel_id = (SELECT id FROM lotline.parcel WHERE parcel_no = 'P2')"""),
        {"shape": shapely.to_wkb(court)},
    )
    tile = _tile(town, tmp_path, z=z)["parcel"]
    (found,) = tile.loc[tile["id"] == _id_of_p2(town), "geometry"]
    # GDAL tells a court from a lot by the way its ring runs, and counts units from below.
    units = shapely.transform(court, lambda xy: (xy - (west, south)) * 4096 / width)
    assert found.is_valid
    assert found.symmetric_difference(units).area < units.length
    rings = ring_areas(_tile_bytes(town, z=z, function="tile_parcels"))
    assert [[np.sign(area) for area in lot] for lot in rings if len(lot) > 1] == [[1, -1]]
    assert all(lot[0] > 0 for lot in rings)


def _id_of_p2(town: sa.Connection) -> int:
    return int(town.scalar(sa.text("SELECT id FROM lotline.parcel WHERE parcel_no = 'P2'")) or 0)


def _place_of_p2(town: sa.Connection) -> np.ndarray:
    place = sa.text("""
        SELECT ST_X(m), ST_Y(m) FROM published.parcel,
            LATERAL ST_Transform(ST_Point(lon, lat, 4326), 3857) m WHERE parcel_no = 'P2'""")
    return np.array(tuple(town.execute(place).one()))


def test_a_tile_of_nowhere_is_empty(town: sa.Connection) -> None:
    assert bytes(town.scalar(sa.text("SELECT published.tile_ground(14, 0, 0)"))) == b""

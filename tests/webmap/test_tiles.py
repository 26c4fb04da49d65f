"""Tiles over HTTP: what they hold, when they are sent again, and how soon a change shows."""

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from small_town import import_cases, import_liens, lay_out, violation

from cases.models import Case
from cases.tiles import CASES, refresh_grid
from geo.database import Database
from geo.prepared import Prepared
from geo.tiles import GROUND, TileError, TileStore
from webmap.application import create_app
from webmap.settings import Settings

LON, LAT = -80.3985, 27.3005
ON = date(2026, 6, 15)
CLOSED = {"open_violations": 0, "next_due": None, "phase": "complied"}


@pytest.fixture
def town(fresh_database: Database, tmp_path: Path) -> Database:
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
        import_cases(
            connection,
            tmp_path,
            violation(),
            violation(case_no="C-2", parcel_no="A-1", comply_by=""),
            violation(case_no="C-3", parcel_no="A-2", status="corrected"),
            violation(case_no="C-4", parcel_no="A-2", status="alleged"),
        )
        lien = {"instrument_no": "I-1", "parcel_no": "A-1", "amount": "100"}
        import_liens(connection, tmp_path, lien)
    return fresh_database


@pytest.fixture
def app(town: Database, tmp_path: Path) -> Iterator[Flask]:
    urls = {
        "DATABASE_URL": town.app_url,
        "DATABASE_URL_OWNER": town.owner_url,
        "DATABASE_URL_PUBLIC": town.public_url,
    }
    app = create_app(Settings(home=tmp_path, environ=urls))
    yield app
    app.extensions["lotline"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def _at(z: int, *, lon: float = LON) -> str:
    x = int((lon + 180) / 360 * 2**z)
    lat = np.radians(LAT)
    y = int((1 - np.arcsinh(np.tan(lat)) / np.pi) / 2 * 2**z)
    return f"{z}/{x}/{y}"


def _layers(folder: Path, body: bytes) -> dict[str, list[dict[str, object]]]:
    path = folder / "tile.mvt"
    path.write_bytes(body)
    found = {}
    for name, _ in pyogrio.list_layers(path):
        frame = pyogrio.read_dataframe(path, layer=name).drop(columns="mvt_id")
        found[str(name)] = frame.to_dict("records")
    return found


def _stages(layers: dict[str, list[dict[str, object]]]) -> dict[str, str]:
    """Read the stage of every case, be it alone at its place or one of several."""
    told = {}
    for row in layers["case"]:
        if row.get("cases"):
            for line in str(row["cases"]).strip("\n").split("\n"):
                stands, _, number, _ = line.split("\t")
                told[number] = stands.partition(".")[2]
        else:
            told[str(row["number"])] = str(row["stage"])
    return told


def test_close_up_a_tile_of_cases_holds_each_open_published_case_and_each_lien(
    client: FlaskClient, tmp_path: Path
) -> None:
    layers = _layers(tmp_path, client.get(f"/tiles/cases/{_at(16)}.mvt").data)
    assert _stages(layers) == {"C-1": "overdue", "C-2": "open"}
    (lien,) = layers["lien"]
    assert lien["geometry"].geom_type == "Polygon"  # type: ignore[attr-defined]


def test_cases_at_one_place_are_one_feature_with_their_count_and_the_most_urgent_stage(
    client: FlaskClient, town: Database, tmp_path: Path
) -> None:
    with town.owner.begin() as connection:
        import_cases(connection, tmp_path, violation(case_no="C-5", parcel_no="A-2", comply_by=""))
    several, alone = (
        _layers(tmp_path, client.get(f"/tiles/cases/{_at(16, lon=lon)}.mvt").data)["case"][0]
        for lon in (LON, LON + 0.001)
    )
    assert set(several) == {"zone_id", "stage", "n", "cases", "geometry"}
    assert (several["n"], several["stage"]) == (2, "overdue")
    lines = str(several["cases"]).strip("\n").split("\n")
    assert sorted(line.partition(".")[2] for line in lines) == [
        "open\tHigh grass\tC-2\t",
        "overdue\tHigh grass\tC-1\t",
    ]
    assert set(alone) == {"zone_id", "stage", "aged", "category", "number", "geometry"}
    assert (alone["stage"], alone["category"], alone["number"]) == ("open", "High grass", "C-5")


@pytest.mark.parametrize("z", [0, 5, 12, 13])
def test_far_off_a_tile_of_cases_holds_counts(client: FlaskClient, tmp_path: Path, z: int) -> None:
    layers = _layers(tmp_path, client.get(f"/tiles/cases/{_at(z)}.mvt").data)
    assert [row["n"] for row in layers["case_grid"]] == [2]
    assert ("lien" in layers) == (z == 13)


def test_a_circle_of_counts_stands_where_its_cases_are(client: FlaskClient, tmp_path: Path) -> None:
    z, x, y = map(int, _at(12).split("/"))
    (circle,) = _layers(tmp_path, client.get(f"/tiles/cases/{z}/{x}/{y}.mvt").data)["case_grid"]
    point = circle["geometry"]
    # GDAL reads a tile without its address in its own units, 4096 a side, y upwards.
    lon = (x + point.x / 4096) / 2**z * 360 - 180  # type: ignore[attr-defined]
    assert lon == pytest.approx(LON, abs=360 / 2**z / 64)


def test_a_tile_too_crowded_to_draw_holds_counts_instead(town: Database, tmp_path: Path) -> None:
    with town.owner.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE lotline.case_grid SET open_cases = 20001 WHERE z = 13 AND audience = 'public'"
        )
    z, x, y = map(int, _at(14).split("/"))
    tile = TileStore(town.tiles).fetch(CASES, z=z, x=x, y=y, on=ON)
    assert [row["n"] for row in _layers(tmp_path, tile.body)["case_grid"]] == [20001]


def test_a_tile_the_reader_has_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get(f"/tiles/ground/{_at(16)}.mvt")
    assert first.status_code == 200
    assert first.mimetype == "application/vnd.mapbox-vector-tile"
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(
        f"/tiles/ground/{_at(16)}.mvt", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    mark = first.headers["ETag"].removeprefix("W/")
    for known in (
        mark,
        f"W/{mark}",
        f'"other", W/{mark}',
        "*",
    ):  # as a server in front may weaken it
        same = client.get(f"/tiles/ground/{_at(16)}.mvt", headers={"If-None-Match": known})
        assert same.status_code == 304, known


def test_a_change_in_a_case_is_seen_at_the_next_request(
    client: FlaskClient, town: Database, tmp_path: Path
) -> None:
    address = f"/tiles/cases/{_at(16)}.mvt"
    before = client.get(address)
    with town.app.begin() as connection:
        connection.execute(sa.update(Case).where(Case.number == "C-1").values(CLOSED))
    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert _stages(_layers(tmp_path, after.data)) == {"C-2": "open"}


def test_a_change_in_a_case_is_counted_once_the_grid_is_refreshed(
    client: FlaskClient, town: Database, tmp_path: Path
) -> None:
    client.get(f"/tiles/cases/{_at(10)}.mvt")
    with town.app.begin() as connection:
        connection.execute(sa.update(Case).where(Case.number == "C-1").values(CLOSED))
    client.get(f"/tiles/cases/{_at(10)}.mvt")
    with town.app.begin() as connection:
        refresh_grid(connection)
    layers = _layers(tmp_path, client.get(f"/tiles/cases/{_at(10)}.mvt").data)
    assert [row["n"] for row in layers["case_grid"]] == [1]


def test_a_deadline_that_passes_overnight_recolours_the_case(
    town: Database, tmp_path: Path
) -> None:
    store = TileStore(town.tiles)
    z, x, y = map(int, _at(16).split("/"))
    for on, stage in ((date(2026, 6, 10), "due_soon"), (date(2026, 6, 11), "overdue")):
        layers = _layers(tmp_path, store.fetch(CASES, z=z, x=x, y=y, on=on).body)
        assert _stages(layers)["C-1"] == stage


def test_a_large_tile_is_sent_packed_to_those_who_can_unpack(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webmap.tiles.WORTH_COMPRESSING", 10)
    plain = client.get(f"/tiles/ground/{_at(16)}.mvt")
    packed = client.get(f"/tiles/ground/{_at(16)}.mvt", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"].startswith("W/")  # of the same tile in other bytes
    assert gzip.decompress(packed.data) == plain.data


def test_where_nothing_is_there_is_no_content(client: FlaskClient) -> None:
    assert client.get("/tiles/cases/12/0/0.mvt").status_code == 204


@pytest.mark.parametrize("spot", ["3/8/0", "3/0/8", "18/0/0", "99/0/0"])
def test_an_impossible_tile_is_a_bad_request(client: FlaskClient, spot: str) -> None:
    assert client.get(f"/tiles/cases/{spot}.mvt").status_code == 400


@pytest.mark.parametrize("address", ["/tiles/owners/1/0/0.mvt", "/tiles/cases/1/-1/0.mvt"])
def test_an_unknown_source_or_number_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("source", [GROUND, CASES])
def test_a_source_describes_itself(client: FlaskClient, source: object) -> None:
    name = source.name  # type: ignore[attr-defined]
    told = client.get(f"/tiles/{name}.json").get_json()
    assert told["tiles"] == [f"http://localhost/tiles/{name}/{{z}}/{{x}}/{{y}}.mvt"]
    assert (told["tilejson"], told["maxzoom"]) == ("3.0.0", 17)
    assert [layer["id"] for layer in told["vector_layers"]] == list(source.layers)  # type: ignore[attr-defined]
    west, south, east, north = told["bounds"]
    assert west < LON < east
    assert south < LAT < north


def test_an_empty_town_has_empty_tiles(fresh_database: Database) -> None:
    store = TileStore(fresh_database.tiles)
    assert store.fetch(GROUND, z=3, x=2, y=3, on=ON).body == b""
    assert store.fetch(CASES, z=15, x=2, y=3, on=ON).body == b""


def test_a_tile_is_kept_until_its_layer_changes_and_no_more_than_fit(town: Database) -> None:
    store = TileStore(town.tiles, most_bytes=1)
    z, x, y = map(int, _at(16).split("/"))
    first = store.fetch(GROUND, z=z, x=x, y=y, on=ON)
    assert store.fetch(GROUND, z=z, x=x, y=y, on=ON) is not first
    roomy = TileStore(town.tiles)
    kept = roomy.fetch(GROUND, z=z, x=x, y=y, on=ON)
    assert roomy.fetch(GROUND, z=z, x=x, y=y, on=ON) is kept
    with town.app.begin() as connection:
        connection.exec_driver_sql("INSERT INTO lotline.layer_change (layer) VALUES ('ground')")
    assert roomy.fetch(GROUND, z=z, x=x, y=y, on=ON) is not kept


@pytest.mark.parametrize(("z", "x", "y"), [(-1, 0, 0), (18, 0, 0), (3, 8, 0), (3, 0, -1)])
def test_a_tile_the_world_has_not_is_refused(town: Database, z: int, x: int, y: int) -> None:
    with pytest.raises(TileError, match=f"no tile {z}/{x}/{y} of ground"):
        TileStore(town.tiles).fetch(GROUND, z=z, x=x, y=y, on=ON)


def test_tiles_go_on_after_every_pooled_connection_was_cut(town: Database) -> None:
    store = TileStore(town.tiles)
    z, x, y = map(int, _at(16).split("/"))
    before = store.fetch(CASES, z=z, x=x, y=y, on=ON)
    kept = [town.tiles.raw_connection() for _ in range(3)]
    for pooled in kept:
        pooled.close()
    with town.public.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user "
            "AND datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert store.fetch(CASES, z=z, x=x, y=y, on=ON).body == before.body


def test_asked_for_its_headers_alone_a_tile_stays_at_home(client: FlaskClient) -> None:
    whole = client.get(f"/tiles/ground/{_at(16)}.mvt")
    told = client.head(f"/tiles/ground/{_at(16)}.mvt")
    assert (told.status_code, told.data) == (200, b"")
    assert told.headers == whole.headers
    assert told.headers["Content-Security-Policy"]


def test_without_its_database_a_tile_is_to_be_asked_for_again(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(f"/tiles/ground/{_at(16)}.mvt")
    monkeypatch.setattr(app.extensions["lotline"].tiles, "raw_connection", _unreachable)
    told = client.get(f"/tiles/ground/{_at(16)}.mvt")
    assert (told.status_code, told.headers["Retry-After"]) == (503, "5")
    assert "Nothing is lost" in told.text


def _unreachable() -> None:
    question = "SELECT"
    raise sa.exc.OperationalError(question, None, Exception("no server"))


def test_a_statement_the_server_refuses_is_said_with_its_code(town: Database) -> None:
    for text, code in (("SELECT 1 / $1::int", "22012"), ("SELECT nothing", "42703")):
        with pytest.raises(sa.exc.DBAPIError) as told:
            Prepared(f"refused_{code}", text).first(town.tiles, ["0"])
        assert told.value.orig.sqlstate == code  # type: ignore[union-attr]
        assert not told.value.connection_invalidated

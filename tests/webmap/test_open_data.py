"""The downloads: whole, dated, safe in a spreadsheet, and rid of what is held back since."""

import hashlib
import io
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import geopandas as gpd
import pyogrio
import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cases import exempting
from cases.actors import Actor, Moment
from cases.adopted import adopt
from cases.lawpack.reading import DEFAULT
from cases.workflow.roles import Role
from geo.database import Database
from reports import open_data
from webmap.setting_errors import SettingError
from webmap.settings import Settings
from webmap.worker.open_data import Keeping, keep, keeping_by

NOW = datetime.now(UTC)
TODAY = NOW.date()


@pytest.fixture
def town(fresh_database: Database) -> Database:
    settle(fresh_database)
    with fresh_database.owner.begin() as connection:
        connection.execute(sa.text("UPDATE lotline.case_file SET category = '=1+1' WHERE id = 1"))
    return fresh_database


@pytest.fixture
def data(tmp_path: Path) -> Keeping:
    return Keeping(root=tmp_path / "open-data", licence="CC0-1.0", days=2)


@pytest.fixture
def client(town: Database, data: Keeping) -> Iterator[FlaskClient]:
    with application(town, LOTLINE_DATA_LICENCE="CC0-1.0") as app:
        app.config["OPEN_DATA"] = data.root
        yield app.test_client()


def _get(client: FlaskClient, path: str) -> TestResponse:
    """Ask for a file and close it again."""
    return client.get(path, buffered=True)


def _manifest(client: FlaskClient) -> Any:
    return _get(client, f"/data/{TODAY}/manifest.json").json


def _hold_back(town: Database) -> None:
    with town.owner.begin() as connection:
        connection.execute(
            sa.text("UPDATE lotline.case_file SET published = false WHERE number = '2026-0003'")
        )


def test_a_day_is_told_whole_in_every_format_with_counts_and_hashes(
    town: Database, data: Keeping, client: FlaskClient
) -> None:
    assert "No files are ready yet" in _get(client, "/data").text
    keep(town.public, data, now=NOW)
    manifest = _manifest(client)
    assert (manifest["date"], manifest["licence"]) == (TODAY.isoformat(), "CC0-1.0")
    counts = {"cases": 9, "violations": 10, "liens": 1}
    assert len(manifest["files"]) == 12
    for each in manifest["files"]:
        answer = _get(client, f"/data/{TODAY}/{each['name']}")
        assert hashlib.sha256(answer.data).hexdigest() == each["sha256"]
        assert each["count"] == counts[each["layer"]]
        assert b"CANARY" not in answer.data
        assert b"2026-0010" not in answer.data
    frame = gpd.read_parquet(io.BytesIO(_get(client, f"/data/{TODAY}/cases.parquet").data))
    assert len(frame) == 9
    assert frame.crs.to_epsg() == 4326
    page = _get(client, "/data").text
    assert f"/data/{TODAY}/cases.geojson" in page
    assert "CC0-1.0" in page


def test_a_spreadsheet_takes_no_cell_for_a_formula(
    town: Database, data: Keeping, client: FlaskClient
) -> None:
    keep(town.public, data, now=NOW)
    text = _get(client, f"/data/{TODAY}/cases.csv").text
    assert "'=1+1" in text
    assert ",=1+1" not in text


def test_what_is_held_back_later_is_gone_from_every_kept_day(
    town: Database, data: Keeping, client: FlaskClient
) -> None:
    keep(town.public, data, now=NOW - timedelta(days=1))
    keep(town.public, data, now=NOW)
    assert len(open_data.kept_days(data.root)) == 2
    _hold_back(town)
    keep(town.public, data, now=NOW)
    for day in (TODAY, TODAY - timedelta(days=1)):
        for kind in open_data.KINDS:
            for layer in open_data.LAYERS:
                told = _get(client, f"/data/{day}/{layer}.{kind}")
                assert told.status_code == 200
                assert b"2026-0003" not in told.data, (day, layer, kind)
        assert _get(client, f"/data/{day}/manifest.json").json["made_anew"] is True  # type: ignore[index]


ORDINARY = (
    "UPDATE lotline.case_file SET next_due = current_date, priority = 2 WHERE id = 3",
    "UPDATE lotline.case_file SET phase = 'closed', closed_on = current_date WHERE id = 3",
    "UPDATE lotline.violation SET comply_by = current_date",
    "UPDATE lotline.zone SET officer_name = 'N. Ito'",
)
TAKEN_AWAY = (
    "UPDATE lotline.case_file SET published = false WHERE id = 3",
    "UPDATE lotline.case_file SET phase = 'closed', closed_on = '2001-01-01' WHERE id = 3",
    "UPDATE lotline.violation SET status = 'voided' WHERE case_id = 3",
    "UPDATE lotline.public_rule SET closed_days = 3",
)


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The days that were held against the records, as they are."""
    days: list[str] = []
    make_anew = open_data._make_anew

    def noted(root: Path, day: Any, now: Any) -> bool:
        days.append(str(day))
        return make_anew(root, day, now)

    monkeypatch.setattr(open_data, "_make_anew", noted)
    return days


def test_files_are_held_against_the_records_only_where_something_was_taken_away(
    town: Database, data: Keeping, client: FlaskClient, looked: list[str]
) -> None:
    keep(town.public, data, now=NOW)
    looked.clear()
    for statement in ORDINARY:
        with town.owner.begin() as connection:
            assert connection.execute(sa.text(statement)).rowcount
        _age(data)
        assert _get(client, f"/data/{TODAY}/cases.csv").status_code == 200, statement
        keep(town.public, data, now=NOW)
        assert looked == [], statement
    for statement in TAKEN_AWAY:
        with town.owner.begin() as connection:
            assert connection.execute(sa.text(statement)).rowcount, statement
        _age(data)
        assert _get(client, f"/data/{TODAY}/cases.csv").status_code == 503, statement
        keep(town.public, data, now=NOW)
        assert looked == [str(TODAY)], statement
        looked.clear()


def test_an_exempt_place_is_gone_from_the_files_at_the_next_look(
    town: Database, data: Keeping, client: FlaskClient, looked: list[str]
) -> None:
    with town.app.begin() as connection:
        adopt(connection, DEFAULT, on=TODAY - timedelta(days=9))
    keep(town.public, data, now=NOW)
    looked.clear()
    frame = gpd.read_parquet(io.BytesIO(_get(client, f"/data/{TODAY}/cases.parquet").data))
    home = frame[frame["parcel_no"] == "12-5"].iloc[0]
    with town.app.begin() as connection:
        provision = exempting.provisions(connection, on=TODAY)[0][0]
        exempting.exempt(
            connection,
            exempting.Wanted(place=home["parcel_no"], provision=provision, requested_on=TODAY),
            form_key=uuid4(), actor=Actor("J. Okafor", Role.CLERK),
            moment=Moment(on=TODAY, now=NOW),
        )  # fmt: skip
    _age(data)
    assert _get(client, f"/data/{TODAY}/cases.csv").status_code == 503
    keep(town.public, data, now=NOW)
    assert looked == [str(TODAY)]
    for layer in open_data.LAYERS:
        told = _get(client, f"/data/{TODAY}/{layer}.csv")
        assert told.status_code == 200
        assert f",{home['parcel_no']}," not in told.text
        assert home["situs_address"] not in told.text


def test_another_release_that_tells_less_looks_at_all_files_once(
    town: Database, data: Keeping, looked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(town.public, data, now=NOW)
    looked.clear()
    monkeypatch.setattr(open_data, "_rules", lambda: "of another release")
    for _ in range(2):
        keep(town.public, data, now=NOW)
    assert looked == [str(TODAY)]


def _age(data: Keeping) -> None:
    """Have the last look be older than a file may be without one."""
    long_ago = time.time() - 61
    os.utime(data.root / open_data.CHECKED, (long_ago, long_ago))


def test_nothing_is_given_out_while_a_change_stays_unlooked_at(
    town: Database, data: Keeping, client: FlaskClient
) -> None:
    keep(town.public, data, now=NOW)
    _age(data)
    assert _get(client, f"/data/{TODAY}/cases.csv").status_code == 200  # nothing has changed
    _hold_back(town)
    assert _get(client, f"/data/{TODAY}/cases.csv").status_code == 503
    assert "No files are ready yet" in _get(client, "/data").text
    keep(town.public, data, now=NOW)
    assert _get(client, f"/data/{TODAY}/cases.csv").status_code == 200


def test_files_are_as_fresh_as_the_moment_the_records_were_asked_not_as_the_last_was_written(
    town: Database, data: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(town.public, data, now=NOW)
    make_anew = open_data._make_anew

    def slowly(*args: Any) -> bool:
        time.sleep(1.2)
        return make_anew(*args)

    monkeypatch.setattr(open_data, "_make_anew", slowly)
    _hold_back(town)
    begun = time.time()
    keep(town.public, data, now=NOW)
    assert (data.root / open_data.CHECKED).stat().st_mtime < begun + 1


def test_a_day_is_made_once_and_kept_for_as_long_as_said(town: Database, data: Keeping) -> None:
    for ago in (3, 2, 1, 0, 0):
        keep(town.public, data, now=NOW - timedelta(days=ago))
    assert open_data.kept_days(data.root) == [TODAY, TODAY - timedelta(days=1)]
    made = (data.root / TODAY.isoformat() / open_data.MANIFEST).stat().st_mtime_ns
    keep(town.public, data, now=NOW)
    assert (data.root / TODAY.isoformat() / open_data.MANIFEST).stat().st_mtime_ns == made
    (data.root / ".making-left").mkdir()
    keep(town.public, data, now=NOW)
    assert not (data.root / ".making-left").exists()


@pytest.mark.parametrize("path", ["2026-02-30/cases.csv", "x/cases.csv", "1999-01-01/cases.csv"])
def test_a_file_that_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert _get(client, f"/data/{path}").status_code == 404


def test_no_name_leads_out_of_the_folder(
    town: Database, data: Keeping, client: FlaskClient
) -> None:
    keep(town.public, data, now=NOW)
    for name in ("..%2f..%2fchecked.json", "%2e%2e", ".making", "checked.json", "cases.csv%00"):
        assert _get(client, f"/data/{TODAY}/{name}").status_code in {400, 404}


def test_before_a_town_is_loaded_nothing_is_made(fresh_database: Database, data: Keeping) -> None:
    keep(fresh_database.public, data, now=NOW)
    assert not data.root.exists()


@pytest.mark.parametrize("said", ["0", "x", "", "367"])
def test_days_that_cannot_be_are_told_by_their_setting(said: str) -> None:
    with pytest.raises(SettingError, match="LOTLINE_DATA_DAYS"):
        keeping_by(Settings(home=Path("x"), environ={"LOTLINE_DATA_DAYS": said}))


def test_a_number_stays_whole_where_another_is_not_known(town: Database, data: Keeping) -> None:
    with town.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE lotline.case_file SET zone_id = NULL WHERE id = 2")
    keep(town.public, data, now=NOW)
    folder = data.root / str(TODAY)
    told = json.loads((folder / "cases.geojson").read_text("utf-8"))["features"]
    zones = {each["properties"]["number"]: each["properties"]["zone_id"] for each in told}
    assert (repr(zones["2026-0001"]), zones["2026-0002"]) == ("1", None)
    lines = (folder / "cases.csv").read_text("utf-8").splitlines()
    at = lines[0].split(",").index("zone_id")
    assert [line.split(",")[at] for line in lines[1:3]] == ["1", ""]
    layer = pyogrio.read_info(folder / "cases.gpkg")
    kinds = dict(zip(layer["fields"], layer["dtypes"], strict=True))
    assert kinds["zone_id"].startswith("int")
    assert str(gpd.read_parquet(folder / "cases.parquet")["zone_id"].dtype) == "Int64"
    _hold_back(town)
    keep(town.public, data, now=NOW)
    assert '"zone_id": 1.0' not in (folder / "cases.geojson").read_text("utf-8")

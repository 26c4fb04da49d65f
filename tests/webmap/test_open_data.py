"""The downloads: whole, dated, safe in a spreadsheet, and rid of what is held back since."""

import hashlib
import io
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

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


def test_nothing_is_given_out_while_a_change_stays_unlooked_at(
    town: Database, data: Keeping, client: FlaskClient
) -> None:
    keep(town.public, data, now=NOW)
    mark = data.root / open_data.CHECKED
    long_ago = time.time() - 61
    os.utime(mark, (long_ago, long_ago))
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

"""What a geographic information system finds under /ogc, and that GDAL opens it."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from geo.cluster import Cluster
from geo.database import Database, from_cluster


@pytest.fixture(scope="module")
def app(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[Flask]:
    name = f"ogc_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database:
        settle(database)
        with application(database) as app:
            yield app
    cluster.drop_database(name)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/ogc"
    server.shutdown()
    thread.join()
    server.server_close()


def _json(client: FlaskClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json


def _ids(client: FlaskClient, asked: str) -> list[int]:
    return [each["id"] for each in _json(client, f"/ogc/collections/{asked}")["features"]]


GDAL = """
import json, sys, pyogrio
site = sys.argv[1]
found = {}
for layer, _shape in pyogrio.list_layers(site):
    frame = pyogrio.read_dataframe(site, layer=layer, PAGE_SIZE="5")
    found[layer] = [len(frame), str(frame.crs), bool(frame.geometry.is_valid.all())]
near = pyogrio.read_dataframe(site, layer="cases", bbox=(-80.4, 27.2994, -80.3994, 27.3006))
print(json.dumps([found, sorted(near["number"])]))
"""
"""Run by itself: GDAL holds Python's lock while it waits for the server."""


def test_gdal_opens_every_layer_and_follows_its_pages(site: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", GDAL, f"OAPIF:{site}"], capture_output=True, text=True, timeout=60,
        check=True,
    )  # fmt: skip
    found, near = json.loads(told.stdout)
    assert {layer: each[0] for layer, each in found.items()} == {
        "cases": 9, "liens": 1, "zones": 2, "parcels": 48
    }  # fmt: skip
    assert {each[1] for each in found.values()} <= {"OGC:CRS84", "EPSG:4326"}
    assert all(each[2] for each in found.values())
    assert near == ["2026-0001", "2026-0006"]


def test_the_first_page_leads_to_all_the_standard_asks_for(client: FlaskClient) -> None:
    links = {each["rel"] for each in _json(client, "/ogc/")["links"]}
    assert links >= {"self", "service-desc", "service-doc", "conformance", "data"}
    conforms = _json(client, "/ogc/conformance")["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in conforms
    collections = _json(client, "/ogc/collections")["collections"]
    assert [each["id"] for each in collections] == ["cases", "liens", "zones", "parcels"]
    assert collections[0]["extent"]["spatial"]["bbox"] == [[-80.402, 27.296, -80.394, 27.302]]
    document = client.get("/ogc/api")
    assert document.headers["Content-Type"].startswith("application/vnd.oai.openapi+json")


def test_people_see_a_page_and_programs_do_not(client: FlaskClient) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    assert client.get("/ogc/", headers=browser).mimetype == "text/html"
    assert client.get("/ogc/", headers={"Accept": "*/*"}).mimetype == "application/json"
    assert client.get("/ogc/?f=html").mimetype == "text/html"
    assert client.get("/ogc/?f=json", headers=browser).mimetype == "application/json"
    assert client.get("/ogc").status_code == 308


def test_features_are_geojson_with_public_attributes_alone(client: FlaskClient) -> None:
    answer = client.get("/ogc/collections/cases/items/3")
    assert answer.mimetype == "application/geo+json"
    assert answer.json is not None
    assert answer.json["geometry"]["type"] == "Point"
    assert answer.json["properties"]["number"] == "2026-0003"
    (lien,) = _json(client, "/ogc/collections/liens/items")["features"]
    assert lien["geometry"]["type"] == "MultiPolygon"
    assert client.get("/ogc/collections/cases/items/10").status_code == 404
    assert "CANARY" not in client.get("/ogc/collections/cases/items").text


def test_a_limit_above_the_most_counts_as_the_most(client: FlaskClient) -> None:
    assert len(_ids(client, "parcels/items?limit=99999999")) == 48
    assert client.get("/ogc/collections/parcels/items?limit=0").status_code == 400


def test_a_page_leads_to_the_next_and_the_last_to_none(client: FlaskClient) -> None:
    first = _json(client, "/ogc/collections/zones/items?limit=1")
    (onward,) = [each["href"] for each in first["links"] if each["rel"] == "next"]
    second = _json(client, onward.removeprefix("http://localhost"))
    assert [each["id"] for each in second["features"]] == [2]
    assert "next" not in {each["rel"] for each in second["links"]}


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("1999-01-01", 0),
        ("../2000-01-01", 0),
        ("2000-01-01/..", 9),
        ("/2200-01-01T00:00:00Z", 9),
        ("2000-01-01T00:00:00Z/2200-01-01T10:30:00.5-05:00", 9),
        ("2200-01-01/2000-01-01", 0),
        ("../..", 9),
    ],
)
def test_cases_are_narrowed_by_the_day_they_were_opened(
    client: FlaskClient, said: str, count: int
) -> None:
    assert len(_ids(client, f"cases/items?datetime={said.replace('+', '%2B')}")) == count
    assert len(_ids(client, f"zones/items?datetime={said.replace('+', '%2B')}")) == 2


@pytest.mark.parametrize(
    "asked", ["datetime=2026-02-30", "datetime=soon", "datetime=", "colour=red", "f=xml", "bbox=1"]
)
def test_what_features_cannot_be_asked_is_refused(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"/ogc/collections/cases/items?{asked}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_a_box_finds_what_touches_it_and_not_what_only_lies_around_it(
    fresh_database: Database,
) -> None:
    settle(fresh_database)
    slanted = "MULTIPOLYGON(((-80.402 27.296, -80.394 27.302, -80.402 27.302, -80.402 27.296)))"
    with fresh_database.owner.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE lotline.zone SET geom = ST_GeomFromText(:shape, 4326), "
                "geom_3857 = ST_Transform(ST_GeomFromText(:shape, 4326), 3857) WHERE id = 1"
            ),
            {"shape": slanted},
        )
    with application(fresh_database) as app:
        client = app.test_client()
        beside, within = "-80.3945,27.2962,-80.3942,27.2966", "-80.4018,27.3,-80.401,27.3012"
        assert _ids(client, f"zones/items?bbox={beside}") == [2]
        assert _ids(client, f"zones/items?bbox={within}") == [1]

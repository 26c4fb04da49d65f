"""Every answer is fenced in; only what is named by its content may be kept for good."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alder_town import application
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

import webmap
from geo.database import Database

BUILD = Path(webmap.__file__).with_name("static") / "build"


@pytest.fixture
def client(database: Database) -> Iterator[FlaskClient]:
    with application(database) as app:
        yield app.test_client()


@pytest.mark.parametrize("path", ["/", "/healthz", "/nowhere", "/static/mark.svg"])
def test_every_answer_allows_only_our_own_scripts_and_no_frame(
    client: FlaskClient, path: str
) -> None:
    headers = _headers(client, path)
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_bundle_is_kept_for_a_year_and_a_missing_one_is_not(client: FlaskClient) -> None:
    name = next(iter(json.loads((BUILD / "manifest.json").read_text()).values()))
    assert "immutable" in _headers(client, f"/static/build/{name}")["Cache-Control"]
    for path in ("/static/build/app-00000000.js", "/static/mark.svg", "/"):
        assert "immutable" not in _headers(client, path).get("Cache-Control", "")


@pytest.mark.parametrize("path", ["/", "/table", "/privacy", "/search?q=a", "/nowhere", "/data"])
def test_no_cache_between_keeps_a_page_or_gives_it_to_who_reads_another_language(
    client: FlaskClient, path: str
) -> None:
    headers = _headers(client, path)
    assert headers["Cache-Control"] == "no-cache"
    assert {"Accept-Language", "Cookie"} <= set(headers["Vary"].split(", "))


def _headers(client: FlaskClient, path: str) -> Headers:
    with client.get(path) as response:  # closes the file it may be sending
        return response.headers

"""Serve a small town to a real Chromium."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alder_town import application, settle
from city_provider import free_port, running_city
from door_walk import TOWN, Staff, staff
from field_browser import PHONE, let_finish
from field_day import field
from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from werkzeug.serving import make_server

from geo.cluster import Cluster
from geo.database import Database, from_cluster

__all__ = ["PHONE", "field"]

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",  # which software does dearer than plain painting
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Smaller than most desks, for software draws these maps pixel by pixel.
DESK: ViewportSize = {"width": 960, "height": 640}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def site(cluster: Cluster, worker_id: str) -> Iterator[str]:
    """The address of a server of the town of alder.sql as of today; its tests only read."""
    name = f"browsed_{worker_id}"
    cluster.drop_database(name)
    cluster.create_database(name, template="lotline")
    with from_cluster(cluster, name=name) as database:
        settle(database)
        yield from _serve(database)
    cluster.drop_database(name)


@pytest.fixture(scope="session")
def serve() -> Callable[[Flask], AbstractContextManager[str]]:
    """Serve an application of a test's own."""
    return serving


@pytest.fixture
def lienless_site(fresh_database: Database) -> Iterator[str]:
    """The address of a server of the same town without its lien."""
    settle(fresh_database)
    with fresh_database.owner.begin() as connection:
        connection.execute(sa.text("DELETE FROM lotline.lien"))
    yield from _serve(fresh_database)


@pytest.fixture
def crowded_site(fresh_database: Database) -> Iterator[str]:
    """The address of a server of the same town with three more cases where 2026-0003 is."""
    settle(fresh_database)
    with fresh_database.owner.begin() as connection:
        connection.execute(
            sa.text("""
                INSERT INTO lotline.case_file (id, number, category, phase, open_violations,
                    open_since, published, parcel_id, parcel_period_id, tie_method,
                    tie_confidence, zone_id, point, point_3857)
                SELECT more.id, number || suffix, kind, 'cited', 1, open_since, true, parcel_id,
                       parcel_period_id, tie_method, tie_confidence, zone_id, point, point_3857
                FROM lotline.case_file, (VALUES (101, '-a', 'Trash'), (102, '-b', 'Trash'),
                     (103, '-c', 'Noise'))
                     AS more (id, suffix, kind)
                WHERE number = '2026-0003'""")
        )
    yield from _serve(fresh_database)


@pytest.fixture
def empty_site(fresh_database: Database) -> Iterator[str]:
    """The address of a server whose database holds nothing yet."""
    yield from _serve(fresh_database)


@pytest.fixture
def door(fresh_database: Database) -> Iterator[tuple[str, Staff]]:
    """The address of a server of the same town, and who works in it."""
    settle(fresh_database)
    who = staff(fresh_database)
    for address in _serve(fresh_database, **TOWN):
        yield address, who


@pytest.fixture
def city_site(fresh_database: Database, tmp_path: Path) -> Iterator[str]:
    """The address of a server of the same town, to which the city's sign-in sends people back."""
    settle(fresh_database)
    staff(fresh_database)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with running_city(tmp_path, back=f"{address}/sign-in/city/back") as city:
        yield from _serve(fresh_database, port=port, LOTLINE_URL=address, **city.settings)


def _serve(database: Database, *, port: int = 0, **said: str) -> Iterator[str]:
    with application(database, **said) as app, serving(app, port=port) as address:
        yield address


@contextmanager
def serving(app: Flask, *, port: int = 0) -> Iterator[str]:
    """Serve an application, and tell its address."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
    let_finish(app)


expect.set_options(timeout=20_000)  # on a busy machine; a failure alone waits that long


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def desk(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a desktop's size on the town's site; it must not complain in its console."""
    yield from _page(browser, site, viewport=DESK)


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a phone's size, by touch."""
    yield from _page(browser, site, viewport=PHONE, has_touch=True)


@pytest.fixture
def scriptless(browser: Browser, site: str) -> Iterator[Page]:
    """A page that runs no scripts."""
    yield from _page(browser, site, viewport=DESK, java_script_enabled=False)


@pytest.fixture
def desk_tolerant(browser: Browser, site: str) -> Iterator[Page]:
    """As `desk`, for pages whose very address is an error."""
    yield from _page(browser, site, viewport=DESK, tolerant=True)


@pytest.fixture
def phone_tolerant(browser: Browser, site: str) -> Iterator[Page]:
    """As `phone`, for pages whose very address is an error."""
    yield from _page(browser, site, viewport=PHONE, has_touch=True, tolerant=True)


def _page(browser: Browser, site: str, *, tolerant: bool = False, **options: Any) -> Iterator[Page]:
    # Without motion a map is drawn in few frames, which software does far sooner.
    context = browser.new_context(base_url=site, reduced_motion="reduce", **options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" else None,
    )
    yield page
    context.close()
    assert tolerant or complaints == []

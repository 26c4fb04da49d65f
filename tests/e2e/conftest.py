"""Serve a small town to a real Chromium."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright
from werkzeug.serving import make_server

from cases.tiles import refresh_grid
from geo.cluster import Cluster
from geo.database import Database, from_cluster, raw
from webmap import create_app
from webmap.settings import Settings

ALDER = Path(__file__).parents[1] / "alder.sql"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Smaller than most desks, for software draws these maps pixel by pixel.
DESK: ViewportSize = {"width": 1100, "height": 700}
PHONE: ViewportSize = {"width": 390, "height": 844}


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
        _settle(database)
        yield from _serve(database)
    cluster.drop_database(name)


@pytest.fixture
def lienless_site(fresh_database: Database) -> Iterator[str]:
    """The address of a server of the same town without its lien."""
    _settle(fresh_database)
    with fresh_database.owner.begin() as connection:
        connection.execute(sa.text("DELETE FROM lotline.lien"))
    yield from _serve(fresh_database)


@pytest.fixture
def empty_site(fresh_database: Database) -> Iterator[str]:
    """The address of a server whose database holds nothing yet."""
    yield from _serve(fresh_database)


def _settle(database: Database) -> None:
    today = datetime.now(UTC).date()
    script = ALDER.read_text(encoding="utf-8").replace(":today", f"DATE '{today}'")
    with database.owner.begin() as connection:
        raw(connection).execute(script.encode())
        refresh_grid(connection)


def _serve(database: Database) -> Iterator[str]:
    environ = {
        "DATABASE_URL": database.app_url,
        "DATABASE_URL_OWNER": database.owner_url,
        "DATABASE_URL_PUBLIC": database.public_url,
    }
    app = create_app(Settings(home=Path("unused"), environ=environ))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["lotline"].close()


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
    yield from _page(browser.new_context(viewport=DESK, base_url=site))


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a phone's size, by touch."""
    yield from _page(browser.new_context(viewport=PHONE, base_url=site, has_touch=True))


@pytest.fixture
def scriptless(browser: Browser, site: str) -> Iterator[Page]:
    """A page that runs no scripts."""
    yield from _page(browser.new_context(viewport=DESK, base_url=site, java_script_enabled=False))


def _page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" else None,
    )
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def desk_tolerant(browser: Browser, site: str) -> Iterator[Page]:
    """As `desk`, for pages whose very address is an error."""
    with browser.new_context(viewport=DESK, base_url=site) as context:
        yield context.new_page()


@pytest.fixture
def phone_tolerant(browser: Browser, site: str) -> Iterator[Page]:
    """As `phone`, for pages whose very address is an error."""
    with browser.new_context(viewport=PHONE, base_url=site, has_touch=True) as context:
        yield context.new_page()

"""A report's page, opened from disk in a real Chromium with no network at all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from geo.database import Database
from reports.backdrop import fetch_backdrop
from reports.caseload import Scope
from reports.heatmap import make_heatmap
from reports.heatmap_page import heatmap_page
from reports.repeat import Question, list_repeat_parcels
from reports.repeat_page import repeat_page

ON = date(2026, 3, 2)
HOSTILE = "<img src=x onerror=\"document.title='struck'\"></script><script>document.title='struck'"


@pytest.fixture
def alder(fresh_database: Database) -> Iterator[sa.Connection]:
    """The town of alder.sql, an address, a category and the note written by an attacker."""
    script = (Path(__file__).parents[1] / "alder.sql").read_text(encoding="utf-8")
    with fresh_database.owner.begin() as connection:
        cursor = connection.connection.cursor()
        cursor.execute(script.replace(":today", f"DATE '{ON}'"))
        hostile = {"text": HOSTILE}
        for change in (
            "UPDATE lotline.parcel_period SET situs_address = :text WHERE parcel_id = 5",
            "UPDATE lotline.case_file SET category = :text WHERE parcel_id = 5",
            "UPDATE lotline.town SET note = :text",
            "UPDATE lotline.zone SET name = :text WHERE id = 2",
            "UPDATE lotline.street SET name = :text WHERE rank = 3",
        ):
            connection.execute(sa.text(change), hostile)
        yield connection


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A page with the network cut; a request to anything but the disk or a complaint fails it."""
    context = browser.new_context(viewport={"width": 1100, "height": 700}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text))
    yield page
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert complaints == []


def test_the_heat_map_opens_from_disk_with_no_network(
    alder: sa.Connection, offline: Page, tmp_path: Path
) -> None:
    heatmap = make_heatmap(alder, Scope(on=ON, open_only=False))
    _open(offline, heatmap_page(heatmap, backdrop=fetch_backdrop(alder)), folder=tmp_path)
    heat = offline.locator(".leaflet-image-layer")
    expect(heat).to_have_count(1)
    assert heat.evaluate("image => image.complete && image.naturalWidth") > 100
    first, second = offline.locator(".legend").all()
    expect(first).to_be_visible()
    expect(second).to_be_hidden()
    before = heat.get_attribute("src")
    offline.get_by_label("Cases per 100 parcels").check()
    expect(second).to_be_visible()
    expect(first).to_be_hidden()
    assert heat.get_attribute("src") != before
    offline.get_by_label("Officers' zones").uncheck()
    expect(offline.locator(".label.zone")).to_have_count(0)


def test_the_list_opens_the_map_and_what_an_attacker_wrote_stays_text(
    alder: sa.Connection, offline: Page, tmp_path: Path
) -> None:
    question = Question(on=ON, years=5, at_least=2, category=HOSTILE)
    page = repeat_page(list_repeat_parcels(alder, question), backdrop=fetch_backdrop(alder))
    _open(offline, page, folder=tmp_path)
    expect(offline.locator(".lead")).to_contain_text(HOSTILE)
    offline.locator(".map").hover()  # its only disc is in the middle
    expect(offline.locator(".leaflet-tooltip")).to_have_text(HOSTILE)
    offline.get_by_role("button", name="onerror").click()
    popup = offline.locator(".leaflet-popup-content")
    expect(popup.locator("strong")).to_have_text(HOSTILE)
    expect(popup).to_contain_text("3 cases, 1 of them open")
    assert offline.locator("img[src=x]").count() == 0
    assert offline.title() == "Repeat parcels in Alder"


def _open(page: Page, text: str, *, folder: Path) -> None:
    path = folder / "page.html"
    path.write_text(text, encoding="utf-8")
    page.goto(path.as_uri())

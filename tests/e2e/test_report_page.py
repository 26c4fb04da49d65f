"""A report's page, opened from disk in a real Chromium with no network at all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from asked_answers import page_of
from axe import wrongs
from hostile import WORDS
from playwright.sync_api import Browser, Page, ViewportSize, expect
from sample_answers import everything, hostile, nothing

from geo.database import Database
from reports.answers.files.page import write_page
from reports.backdrop import Backdrop

ON = date(2026, 3, 2)
HOSTILE = (
    "<img src=x onerror=\"document.title='struck'\"></script><script>document.title='struck'"
    "{{ 1 / 0 }}{% raw %}{# x"
)


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


NO_TOWN = Backdrop(areas=[], streets=[], zones=[], labels=[])


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
    _open(offline, page_of(alder, "heatmap", status="all"), folder=tmp_path)
    heat = offline.locator(".leaflet-image-layer")
    expect(heat).to_have_count(1)
    assert heat.evaluate("image => image.complete && image.naturalWidth") > 100
    first, second, _parcels = offline.locator(".legend").all()
    expect(first).to_be_visible()
    expect(second).to_be_hidden()
    before = heat.get_attribute("src")
    offline.get_by_role("radio", name="Cases per 100 parcels").check()
    expect(second).to_be_visible()
    expect(first).to_be_hidden()
    assert heat.get_attribute("src") != before
    offline.get_by_label("Officers' zones").uncheck()
    expect(offline.locator(".label.zone")).to_have_count(0)


def test_the_list_opens_the_map_and_what_an_attacker_wrote_stays_text(
    alder: sa.Connection, offline: Page, tmp_path: Path
) -> None:
    page = page_of(alder, "repeat", date=ON, category=HOSTILE)
    _open(offline, page, folder=tmp_path)
    expect(offline.locator(".lead")).to_contain_text(HOSTILE)
    offline.locator(".map").hover()  # its only disc is in the middle
    expect(offline.locator(".leaflet-tooltip")).to_have_text(HOSTILE)
    offline.get_by_role("button", name="onerror").click()
    popup = offline.locator(".leaflet-popup-content")
    expect(popup.locator("strong")).to_have_text(HOSTILE)
    expect(popup).to_contain_text("Cases: 3, 1 of them open")
    assert offline.locator("img[src=x]").count() == 0
    assert offline.title() == "Repeat parcels in Alder"


def test_moments_are_gone_through_by_keys_and_by_playing(offline: Page, tmp_path: Path) -> None:
    _open(offline, write_page(everything(), backdrop=NO_TOWN), folder=tmp_path)
    slider = offline.get_by_role("slider", name="Moment shown on the map: Kinds of spot")
    expect(slider).to_be_hidden()
    offline.get_by_role("radio", name="Kinds of spot").check()
    expect(slider).to_have_attribute("aria-valuetext", "2024")
    assert _seen(offline) == ["s0", "s3"]
    slider.press("ArrowRight")
    expect(offline.locator("output")).to_have_text("2025")
    assert _seen(offline) == ["s1", "s4"]
    offline.clock.install()
    offline.get_by_role("button", name="Play").press("Enter")
    offline.clock.run_for(1300)
    expect(slider).to_have_attribute("aria-valuetext", "2026")
    expect(offline.get_by_role("button", name="Play")).to_be_visible()
    offline.get_by_role("button", name="Play").press("Enter")
    expect(slider).to_have_attribute("aria-valuetext", "2024")
    offline.get_by_role("button", name="Pause").press("Enter")
    offline.clock.run_for(5000)
    expect(slider).to_have_attribute("aria-valuetext", "2024")


def _seen(page: Page) -> list[str]:
    """Return which areas of the layer with moments are on the map."""
    found: list[str] = page.evaluate(
        """() => Object.values(lotline.map._layers)
            .filter((each) => each.feature?.properties.key.match(/^s[0-9]$/))
            .map((each) => each.feature.properties.key).sort()"""
    )
    return found


def test_legends_are_those_of_the_layers_in_sight(offline: Page, tmp_path: Path) -> None:
    _open(offline, write_page(everything(), backdrop=NO_TOWN), folder=tmp_path)

    def shown() -> list[str]:
        said = offline.locator(".legend:not([hidden]) figcaption").all_text_contents()
        return [each.split(",")[0] for each in said]

    assert shown() == ["Zones by rate", "Repeat parcels", "Clusters"]
    offline.get_by_role("radio", name="Cases per hectare").check()
    offline.get_by_role("checkbox", name="Clusters").uncheck()
    assert shown() == ["Cases per hectare", "Repeat parcels"]
    offline.get_by_role("checkbox", name="Repeat parcels").uncheck()
    offline.get_by_role("button", name="100 Alder St").click()
    assert shown() == ["Cases per hectare", "Repeat parcels"]
    expect(offline.locator(".leaflet-popup-content")).to_contain_text("12-1")


def test_words_of_an_attacker_are_words_wherever_they_stand(offline: Page, tmp_path: Path) -> None:
    offline.on("dialog", lambda dialog: pytest.fail(dialog.message))
    for at in range(0, len(WORDS), 40):
        some = WORDS[at : at + 40]
        _open(offline, write_page(hostile(some), backdrop=NO_TOWN), folder=tmp_path)
        cells = offline.locator("tbody tr td:first-child").all_text_contents()
        assert cells == some
        offline.locator("button[data-key]").first.click()
        strong = offline.locator(".leaflet-popup-content strong")
        assert strong.text_content() == some[0]
        assert offline.locator(".panel script, .panel iframe, .panel img").count() == 0
        assert offline.locator(".leaflet-control-layers script").count() == 0
    assert (
        offline.evaluate("document.querySelectorAll('[onerror], [onload], [onclick]').length") == 0
    )


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
@pytest.mark.parametrize("asked", ["everything", "nothing"])
def test_everybody_can_read_and_work_the_page(
    offline: Page, tmp_path: Path, size: tuple[int, int], asked: str
) -> None:
    offline.set_viewport_size(ViewportSize(width=size[0], height=size[1]))
    answer = {"everything": everything, "nothing": nothing}[asked]()
    _open(offline, write_page(answer, backdrop=NO_TOWN), folder=tmp_path)
    assert wrongs(offline) == []
    assert offline.evaluate("document.documentElement.scrollWidth") <= size[0]
    if asked == "nothing":
        expect(offline.locator(".lead")).to_have_text("No cases are loaded yet.")
        expect(offline.locator(".map")).to_have_count(0)


def _open(page: Page, text: str, *, folder: Path) -> None:
    path = folder / "page.html"
    path.write_text(text, encoding="utf-8")
    page.goto(path.as_uri())

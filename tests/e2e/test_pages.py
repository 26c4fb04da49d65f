"""The pages beside the map: without scripts, to a screen reader, on a town not loaded yet."""

import axe
from playwright.sync_api import Browser, Page, expect

ASKED = [
    "/?parcel=12-5",
    "/?case=2026-0007",
    "/table?stage=lien",
    "/parcel/12-15",
    "/search?q=alder",
    "/search?q=nowhere",
    "/no-such-page",
]
"""What test_every_page does not open: pages that were asked for something."""


def _violations(page: Page, path: str) -> list[str]:
    page.goto(path)
    if page.locator(".map, .small-map").count():
        expect(page.locator(".maplibregl-ctrl-zoom-in")).to_be_attached()
    return axe.wrongs(page)


def test_no_answer_breaks_wcag_21_aa_on_a_phone(phone_tolerant: Page) -> None:
    assert {path: _violations(phone_tolerant, path) for path in ASKED} == {
        path: [] for path in ASKED
    }


def test_without_scripts_list_table_search_and_records_are_pages(scriptless: Page) -> None:
    scriptless.goto("/")
    expect(scriptless.locator(".case-row")).to_have_count(7)
    scriptless.locator(".tally a", has_text="Overdue").click()
    expect(scriptless.locator(".case-row")).to_have_count(1)
    scriptless.locator(".case-row a").click()
    expect(scriptless.locator("h1")).to_have_text("108 Alder St")
    scriptless.get_by_role("link", name="Everything at this property").click()
    expect(scriptless.locator(".card")).to_have_count(3)
    scriptless.get_by_role("link", name="Table", exact=True).click()
    expect(scriptless.locator("tbody tr")).to_have_count(7)
    scriptless.goto("/")
    scriptless.locator("#find").fill("alder st")
    scriptless.get_by_role("button", name="Search").click()
    expect(scriptless.locator(".found li").first).to_contain_text("Alder St")


def test_a_lien_is_told_in_plain_words(scriptless: Page) -> None:
    scriptless.goto("/parcel/12-15")
    lien = scriptless.locator(".lien")
    expect(lien).to_contain_text("A lien (a claim on the property for an unpaid fine) of $4,350.00")
    expect(lien).to_contain_text("book 412, page 88")


def test_a_citation_is_text_never_markup(scriptless: Page) -> None:
    scriptless.goto("/case/2026-0003")
    expect(scriptless.locator(".wrongs")).to_contain_text("Sec. 14-2 <b>Trash</b> & debris")


def test_a_town_not_loaded_yet_says_what_to_run(browser: Browser, empty_site: str) -> None:
    page = browser.new_page(base_url=empty_site)
    page.goto("/")
    expect(page.locator("main")).to_contain_text("lotline town build")
    expect(page.locator("main")).to_contain_text("lotline import parcels")
    page.close()

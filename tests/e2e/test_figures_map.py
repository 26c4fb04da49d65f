"""The zones are shaded by a figure that the address says, and each leads to its row."""

import re

from playwright.sync_api import Page, expect


def _open(page: Page, asked: str = "") -> None:
    page.goto(f"/figures{asked}")
    page.locator("#figures-map").scroll_into_view_if_needed()
    expect(page.locator("#figures-map.map-ready")).to_be_visible()


def test_map_legend_and_table_tell_the_same(desk: Page) -> None:
    _open(desk)
    expect(desk.locator(".zone-figure")).to_have_text(["6 Zone 1", "2 Zone 2"])
    limits = ["0 to 1", "2 to 3", "4 to 5", "6 to 7"]
    expect(desk.locator(".figures-legend li")).to_have_text(limits)
    shades = desk.locator(".figures-table tbody .shade")
    expect(shades.nth(0)).to_have_class(re.compile("shade--3"))
    desk.get_by_role("link", name="Recorded liens").click()
    expect(desk).to_have_url(re.compile(r"by=liens"))
    expect(desk.locator(".zone-figure")).to_have_text(["1 Zone 1", "0 Zone 2"])


def test_a_zone_leads_to_its_row_by_keys(desk: Page) -> None:
    _open(desk)
    desk.locator(".zone-figure").nth(1).focus()
    desk.keyboard.press("Enter")
    row = desk.locator("tr[data-zone]").nth(1)
    expect(row).to_be_focused()
    expect(row).to_contain_text("Zone 2")
    assert desk.url.endswith("#" + (row.get_attribute("id") or "?"))


def test_a_zone_leads_to_its_row_by_mouse(desk: Page) -> None:
    _open(desk)
    box = desk.locator("#figures-map").bounding_box()
    assert box is not None
    desk.locator("#figures-map canvas").click(
        position={"x": box["width"] * 0.42, "y": box["height"] * 0.8}
    )
    expect(desk.locator("tr[data-zone]").nth(0)).to_be_focused()


def test_what_the_table_leaves_out_has_no_shade(desk: Page) -> None:
    _open(desk, "?by=median_days")
    expect(desk.locator(".zone-figure").nth(1)).to_have_text("too few to say Zone 2")
    expect(desk.locator(".figures-legend li").last).to_have_text("none open, or too few to say")


def test_without_scripts_the_table_has_the_shades(scriptless: Page) -> None:
    scriptless.goto("/figures")
    expect(scriptless.locator(".figures-table tbody .shade")).to_have_count(2)
    expect(scriptless.locator("#figures-map")).to_be_hidden()
    expect(scriptless.locator(".figures-legend li")).to_have_count(4)

"""Boxes are dragged over a picture that is blacked out, and what they hide is what is sent."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import webmap

SCRIPT = Path(webmap.__file__).parent / "frontend/js/office/blacking.js"
SIDES = ("left", "top", "width", "height", "exemption")
LINE = "".join(
    f'<div><label for="boxes-0-{side}">{side}<span class="unseen"> 1</span></label>'
    f'<input type="{"text" if side == "exemption" else "number"}" step="any" id="boxes-0-{side}"'
    f' name="boxes-0-{side}"></div>'
    for side in SIDES
)
FORM = f"""<style>.blacking-frame {{ position: relative; width: 400px; height: 200px }}
svg {{ position: absolute; inset: 0; width: 100%; height: 100% }}</style>
<form><figure data-remove="Remove box"><div class="blacking-frame"></div></figure>
<ol class="lines"><li>{LINE}</li></ol></form>"""


@pytest.fixture
def page(browser: Browser) -> Page:
    page = browser.new_page()
    page.set_content(FORM)
    start = 'blackingOut(document.querySelector("figure"));'
    page.add_script_tag(content=SCRIPT.read_text().replace("export ", "") + start)
    return page


def _drag(page: Page, *points: tuple[float, float]) -> None:
    """Drag over the picture between two points, in shares of its sides."""
    area = page.locator("svg").bounding_box()
    assert area is not None
    (x, y), (to_x, to_y) = (
        (area["x"] + across * area["width"], area["y"] + down * area["height"])
        for across, down in points
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to_x, to_y, steps=3)
    page.mouse.up()


def _line(page: Page, nth: int) -> list[str]:
    return [page.locator(f"[name=boxes-{nth}-{side}]").input_value() for side in SIDES]


def test_each_drag_fills_a_line_and_none_is_lost(page: Page) -> None:
    _drag(page, (0.5, 0.5), (0.25, 0.75))
    assert _line(page, 0) == ["25.0", "50.0", "25.0", "25.0", ""]
    page.locator("[name=boxes-0-exemption]").fill("s. 1")
    _drag(page, (0.9, 0.9), (1.2, 1.2))
    assert _line(page, 1) == ["90.0", "90.0", "10.0", "10.0", "s. 1"]
    assert page.get_by_label("width 2").count() == 1
    expect(page.locator("svg rect")).to_have_count(2)
    _drag(page, (0.1, 0.1), (0.101, 0.101))
    expect(page.locator("svg rect")).to_have_count(2)
    assert page.locator(".lines li").count() == 2
    page.close()


def test_a_box_follows_what_is_typed_and_goes_when_it_is_removed(page: Page) -> None:
    _drag(page, (0, 0), (0.5, 0.5))
    page.locator("[name=boxes-0-width]").fill("20")
    expect(page.locator("svg rect")).to_have_attribute("width", "20")
    page.get_by_role("button", name="Remove box 1").click()
    assert _line(page, 0) == [""] * 5
    expect(page.locator("svg rect")).to_have_count(0)
    page.close()

"""Somebody draws the area they follow: by mouse, by touch and by keys, in a real browser."""

import math
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from alder_town import application, settle
from axe import wrongs
from field_browser import let_in, served
from field_town import MANAGER, add_person
from flask import Flask
from mail_town import SENDER
from playwright.sync_api import Browser, Locator, Page, expect

from cases.workflow.roles import Role
from geo.database import Database

MAILS = {
    "LOTLINE_URL": "https://code.alder.example", "LOTLINE_SMTP_URL": "smtp://127.0.0.1:9",
    "LOTLINE_MAIL_FROM": SENDER,
}  # fmt: skip
DESK, PHONE = {"width": 960, "height": 900}, {"width": 390, "height": 844}
HERE = (0.35, 0.35), (0.65, 0.35), (0.5, 0.65)
"""Three corners, in parts of the map's width and height."""


@pytest.fixture
def mailing(
    fresh_database: Database, serve: Callable[[Flask], AbstractContextManager[str]]
) -> Iterator[str]:
    """The address of a server of the town that sends mail."""
    settle(fresh_database)
    with application(fresh_database, **MAILS) as app, serve(app) as address:
        yield address


def _page(browser: Browser, site: str, **options: object) -> Page:
    context = browser.new_context(base_url=site, reduced_motion="reduce", **options)  # type: ignore[arg-type]
    return context.new_page()


def _open(page: Page, asked: str = "") -> Locator:
    """Open the form at its map."""
    page.goto(f"/follow{asked}")
    page.get_by_label("An area you draw on the map").check()
    page.locator("#area-map").scroll_into_view_if_needed()
    expect(page.locator("#area-map.map-ready")).to_be_visible()
    return page.locator("#area-map .maplibregl-canvas")


def _corners(page: Page) -> list[list[float]]:
    text = page.locator("input[name=area]").input_value()
    return [[float(each) for each in corner.split(",")] for corner in text.split(";") if corner]


def _spot(canvas: Locator, at: tuple[float, float]) -> dict[str, float]:
    box = canvas.bounding_box()
    assert box is not None
    return {"x": box["width"] * at[0], "y": box["height"] * at[1]}


def _sends(page: Page) -> None:
    page.get_by_label("Your e-mail address").fill("rosa@example.org")
    page.get_by_role("button", name="Mail me the link").click()
    expect(page.get_by_role("heading", name="Look into your e-mail")).to_be_visible()
    expect(page.locator("main")).to_contain_text("in an area of about")


def test_by_mouse_corners_are_put_moved_taken_back_and_sent(browser: Browser, mailing: str) -> None:
    page = _page(browser, mailing, viewport=DESK)
    canvas, says = _open(page), page.locator("[data-corner-says]")
    for at in HERE:
        canvas.click(position=_spot(canvas, at))  # type: ignore[arg-type]
    expect(says).to_have_text("An area of 3 corners.")
    before = _corners(page)
    assert len(before) == 3
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.65)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.75, steps=4)
    page.mouse.up()
    after = _corners(page)
    assert after[:2] == before[:2]
    assert after[2] != before[2]
    page.get_by_role("button", name="Undo").click()
    assert _corners(page) == before
    page.get_by_role("button", name="Clear").click()
    expect(says).to_have_text("No corner is put yet.")
    assert _corners(page) == []
    page.get_by_role("button", name="Undo").click()
    assert _corners(page) == before
    _sends(page)
    page.context.close()


def test_by_touch_corners_are_put_with_a_finger(browser: Browser, mailing: str) -> None:
    page = _page(browser, mailing, viewport=PHONE, has_touch=True)
    canvas = _open(page)
    for at in HERE:
        canvas.tap(position=_spot(canvas, at))  # type: ignore[arg-type]
        page.wait_for_timeout(400)  # two taps at once are a double one
    expect(page.locator("[data-corner-says]")).to_have_text("An area of 3 corners.")
    _sends(page)
    page.context.close()


def test_by_keys_corners_are_put_at_the_cross(browser: Browser, mailing: str) -> None:
    page = _page(browser, mailing, viewport=DESK)
    canvas, says = _open(page), page.locator("[data-corner-says]")
    page.locator("#area-find").focus()
    while not canvas.evaluate("element => element === document.activeElement"):
        page.keyboard.press("Tab")
    expect(page.locator(".map-cross")).to_be_visible()
    for way in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press("Space")
        page.keyboard.press(way)
        page.wait_for_timeout(500)
    expect(says).to_have_text("An area of 3 corners.")
    page.keyboard.press("Delete")
    expect(says).to_have_text("1 more and it is an area.")
    assert _corners(page) == []
    page.keyboard.press("Control+z")
    expect(says).to_have_text("An area of 3 corners.")
    _sends(page)
    page.context.close()


def test_the_map_goes_to_an_address_and_enter_there_sends_nothing(
    browser: Browser, mailing: str
) -> None:
    page = _page(browser, mailing, viewport=DESK)
    canvas = _open(page)
    find = page.locator("#area-find")
    find.press_sequentially("110 birch")
    expect(page.locator("#area-places [role=option]").first).to_be_visible()
    find.press("ArrowDown")
    find.press("Enter")
    page.wait_for_timeout(500)
    canvas.focus()
    for way in ("ArrowRight", "ArrowDown", ""):
        page.keyboard.press("Space")
        if way:
            page.keyboard.press(way)
            page.wait_for_timeout(400)
    lon, lat = _corners(page)[0]
    assert math.hypot(lon + 80.39835, lat - 27.2991) < 0.001
    find.press("Enter")
    assert page.url.endswith("/follow")
    page.context.close()


def test_how_many_corners_fit_is_told_before_no_more_do(browser: Browser, mailing: str) -> None:
    ring = ";".join(
        f"{-80.398 + 0.001 * math.cos(turn):.6f},{27.299 + 0.001 * math.sin(turn):.6f}"
        for turn in (math.tau * at / 97 for at in range(97))
    )
    page = _page(browser, mailing, viewport=DESK)
    _open(page, f"?area={ring}")
    says = page.locator("[data-corner-says]")
    expect(says).to_have_text("An area of 97 corners. 3 more fit.")
    ends = page.get_by_role("button", name="Put a corner at the map's middle")
    ends.focus()
    expect(page.locator(".map-cross")).to_be_visible()
    for _ in range(5):
        ends.click()
    assert len(_corners(page)) == 100
    page.get_by_role("button", name="Undo").click()
    assert len(_corners(page)) == 99
    page.context.close()


def test_sides_that_cross_are_told_before_it_is_sent(browser: Browser, mailing: str) -> None:
    page = _page(browser, mailing, viewport=DESK)
    canvas = _open(page)
    for at in ((0.3, 0.3), (0.7, 0.7), (0.7, 0.3), (0.3, 0.7)):
        canvas.click(position=_spot(canvas, at))  # type: ignore[arg-type]
    expect(page.locator("[data-corner-says]")).to_contain_text("Its sides cross")
    page.context.close()


def test_a_manager_draws_the_area_that_a_question_is_about(
    browser: Browser, fresh_database: Database, tmp_path: Path
) -> None:
    with fresh_database.owner.begin() as connection:
        add_person(connection, "anager", name=MANAGER.name, role=Role.MANAGER)
    settle(fresh_database)
    with served(fresh_database, tmp_path) as (site, app):
        context = browser.new_context(viewport=DESK, base_url=site, reduced_motion="reduce")
        let_in(context, site, app, fresh_database, "anager")
        page = context.new_page()
        page.goto("/office/reports/adhoc/ask")
        page.get_by_text("Draw it on the map").click()
        expect(page.locator("#area-map.map-ready")).to_be_visible()
        canvas = page.locator("#area-map .maplibregl-canvas")
        for at in HERE:
            canvas.click(position=_spot(canvas, at))  # type: ignore[arg-type]
        expect(page.locator("[data-corner-says]")).to_have_text("An area of 3 corners. ")
        drawn = page.get_by_label("Area drawn").input_value()
        assert len(_corners(page)) == 3
        assert wrongs(page) == []
        page.get_by_label("Area drawn").fill(drawn.replace(";", "; "))
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_label("Area drawn")).to_have_value(drawn)
        page.get_by_role("button", name="Answer").click()
        expect(page.locator("main")).to_contain_text(f"Area drawn: {drawn}")
        context.close()

"""Seed 2 from a call to a released lien, by staff before real browsers, by keys alone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import by_keys
import pytest
import sqlalchemy as sa
from alder_town import settle
from browser_desk import BrowserCounter
from conftest import PHONE
from counter import CLERK, OFFICER
from field_browser import open_field, see_from_the_street, served, take_photos
from field_town import EMPTY
from playwright.sync_api import Browser, expect
from reported import FERRER
from walked import FENCE, JUNK, Walk, closed

from cases.adopted import adopt
from cases.lawpack.reading import DEFAULT
from cases.models import Case
from geo.database import Database


@pytest.fixture
def counter(browser: Browser, fresh_database: Database, tmp_path: Path) -> Iterator[BrowserCounter]:
    """The counter of a town whose zone 1 is Rivera's, on 1 June, with nothing on record."""
    settle(fresh_database)
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql(EMPTY)
    with fresh_database.app.begin() as connection:
        adopt(connection, DEFAULT, on=date(2026, 1, 1))
    with served(fresh_database, tmp_path) as (site, app):
        counter = BrowserCounter(browser, site, app, on=date(2026, 6, 1))
        yield counter
        counter.close()


def _called(counter: BrowserCounter) -> None:
    """Take the call, from the first page on, and look into it."""
    page = counter.desk(CLERK)
    page.goto("/office/")
    counter.album.take(page, "first page of a clerk")
    page.keyboard.press("g")
    page.keyboard.press("n")
    expect(page.get_by_role("combobox", name="Address or parcel")).to_be_focused()
    page.keyboard.type("102 Ald")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    form = page.locator("form.intake")
    by_keys.fill(
        page, form,
        {
            "kind": "Trash and debris", "said": "A heap of boards, and the fence leans",
            "told": "y", "name": FERRER.name, "home": FERRER.address,
        },
    )  # fmt: skip
    counter.album.take(page, "a call")
    by_keys.press(page, form.get_by_role("button", name="Save the complaint"))
    counter.album.take(page, "the complaint")
    officer = counter.desk(OFFICER)
    officer.goto(page.url)
    by_keys.press(officer, officer.locator('main a[href$="/do/complaint.accept"]').first)
    counter.album.take(officer, "complaint.accept")
    by_keys.press(officer, officer.locator(".deed-form button.usa-button").first)
    with counter.engine.connect() as connection:
        counter.number = connection.scalars(sa.select(Case.number)).one()


def _inspected_offline(counter: BrowserCounter) -> None:
    """Look at the lot on a phone that has no signal: two violations, two photographs."""
    counter.at(6, 2)
    cookie = counter.client(OFFICER).get_cookie("lotline")
    assert cookie is not None
    context = counter.browser.new_context(
        base_url=counter.site, viewport=PHONE, has_touch=True, reduced_motion="reduce"
    )
    context.clock.set_fixed_time(counter.clock.now())
    context.add_cookies([{"name": "lotline", "value": cookie.value, "url": counter.site}])
    page = context.new_page()
    open_field(page, counter.site)
    expect(page.locator(".next")).to_contain_text("102 Alder St")
    counter.album.take(page, "the day")
    context.set_offline(True)
    page.locator(".next .primary").tap()
    page.wait_for_selector(".ending")
    take_photos(page, 1, 2)
    rest = page.locator("details", has_text="Anything else").locator("> summary")
    for section in (JUNK, FENCE):
        item = page.locator(".item", has_text=section)
        if not item.is_visible():
            rest.tap()
        item.locator("label", has=page.locator("input[value=failed]")).tap()
    counter.album.take(page, "a visit without a signal")
    see_from_the_street(page)
    page.locator(".ending > .primary").tap()
    page.wait_for_selector(".day")
    expect(page.locator("#receipt")).to_contain_text("0 of")
    context.set_offline(False)
    expect(page.locator("#receipt")).to_contain_text("3 of 3")
    counter.album.take(page, "stored at the office")
    context.close()


@pytest.mark.full
@pytest.mark.timeout(900)
def test_the_staff_bring_a_call_to_a_released_lien_by_keys_alone(counter: BrowserCounter) -> None:
    _called(counter)
    _inspected_offline(counter)
    closed(Walk(counter))
    assert counter.complaints == []

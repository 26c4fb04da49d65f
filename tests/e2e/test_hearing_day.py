"""A day of hearings is held in a real browser, from the docket desk to the order."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import axe
import files
import pytest
from alder_town import application
from conftest import DESK, PHONE, _page, serving
from desk import OFFICER
from flask import Flask
from papers import PHOTO, ZONE, hang
from playwright.sync_api import Browser, Page, expect
from seats import hire
from small_town import lay_out
from staffed import StoppedClock
from walk_start import Start

from cases import sittings
from cases.accounts import sessions
from cases.actors import Moment
from cases.adopted import adopt
from cases.documents.intake import take_in
from cases.documents.store import Store
from cases.lawpack.reading import DEFAULT
from cases.workflow.roles import Role
from geo.database import Database
from webmap.auth.gate import TOKEN

SITS = date(2026, 8, 11)
NOW = datetime(2026, 8, 11, 12, tzinfo=ZONE)
MINUTES = "The officer was sworn and showed the photograph."


class Room:
    """The hearing room: a site on the day of a sitting, and who sits at its browsers."""

    def __init__(self, app: Flask, site: str, database: Database, browser: Browser) -> None:
        self.app, self.site, self.database, self.browser = app, site, database, browser

    def page(self, role: Role) -> Iterator[Page]:
        with self.database.app.begin() as connection:
            staff_id = hire(connection, role)
            token = sessions.start(connection, staff_id, device="a test", now=NOW)
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie[TOKEN] = token
        found = client.get_cookie("lotline")
        assert found is not None
        for page in _page(self.browser, self.site, viewport=DESK):
            kept = {"name": "lotline", "value": found.value, "url": self.site}
            page.context.add_cookies([kept])  # type: ignore[list-item]
            yield page


@pytest.fixture
def room(fresh_database: Database, browser: Browser, tmp_path: Path) -> Iterator[Room]:
    """Two hearings on a docket of today, the first one's case with a photograph on file."""
    store = Store(tmp_path / "documents")
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
    with fresh_database.app.begin() as connection:
        law = adopt(connection, DEFAULT, on=date(2026, 1, 1))
        sittings.convene(
            connection, body="Special Magistrate", held_on=SITS, capacity=3, law_pack_id=law,
            moment=Moment(on=date(2026, 6, 1), now=datetime(2026, 6, 1, 12, tzinfo=ZONE)),
        )  # fmt: skip
        for _ in range(2):
            case = Start(connection, law, section="30-36(a)", on=date(2026, 6, 1))
            for stage in (Start.warned, Start.cited, Start.docketed):
                stage(case)
            photo = take_in(store, files.jpeg(), name="front.jpg", zone=ZONE)
            hang(connection, photo, case.case, filing=PHOTO, **case.by(OFFICER))
    with application(fresh_database) as app:
        app.extensions["lotline_documents"] = store
        app.extensions["lotline_clock"] = StoppedClock(NOW)
        with serving(app) as site:
            yield Room(app, site, fresh_database, browser)


@pytest.fixture
def judge(room: Room) -> Iterator[Page]:
    yield from room.page(Role.HEARING_OFFICER)


@pytest.fixture
def clerk(room: Room) -> Iterator[Page]:
    yield from room.page(Role.CLERK)


def _wrongs(page: Page) -> list[str]:
    """Return what breaks WCAG 2.1 AA on a page, as wide as a desk and as narrow as a phone."""
    found = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.wait_for_load_state("networkidle")
        for details in page.locator("main details").all():
            details.evaluate("element => (element.open = true)")
        found += axe.wrongs(page)
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            found.append(f"wider than {size['width']}")
    page.set_viewport_size(DESK)
    return found


def test_a_docket_is_ordered_by_keys_alone(clerk: Page) -> None:
    clerk.goto("/office/")
    clerk.keyboard.press("g")
    clerk.keyboard.press("d")
    expect(clerk.get_by_role("heading", name="Docket", level=1)).to_be_visible()
    assert _wrongs(clerk) == []
    clerk.get_by_role("link", name="Aug 11, 2026").press("Enter")
    rows = clerk.locator("table.docket tbody tr")
    first, second = (row.get_attribute("data-case") for row in rows.all())
    assert _wrongs(clerk) == []
    clerk.get_by_role("button", name=f"Move down: {first}").press("Enter")
    expect(rows.first).to_have_attribute("data-case", second or "")
    expect(clerk.get_by_role("status").first).to_contain_text("from place 1 to place 2")
    clerk.get_by_label(f"Place of {first}").press("Alt+ArrowUp")
    expect(clerk.get_by_label(f"Place of {first}")).to_have_value("1")
    expect(clerk.get_by_text("The order is not kept yet.")).to_be_visible()
    up, down = (clerk.get_by_role("button", name=f"Move {way}: {first}") for way in ("up", "down"))
    expect(up).to_be_hidden()  # it is the first now
    down.press("Enter")  # in the order that is not kept, which it leaves as it is
    expect(clerk.get_by_label(f"Place of {first}")).to_have_value("2")
    expect(down).to_be_hidden()
    expect(up).to_be_focused()
    up.press("Enter")
    clerk.get_by_role("button", name="Set this order").press("Enter")
    expect(clerk.get_by_role("status").first).to_contain_text("2 hearings have another place")
    expect(rows.first).to_have_attribute("data-case", first or "")


def test_a_hearing_is_held_on_its_page_and_the_next_one_called(judge: Page) -> None:
    judge.goto("/office/docket")
    judge.get_by_role("link", name="Aug 11, 2026").click()
    judge.get_by_role("link", name="Call ").click()
    wrongs = _wrongs(judge)
    judge.get_by_role("button", name="Open the hearing").click()
    judge.get_by_label("Minutes").fill(MINUTES)
    judge.get_by_label("Document 1").select_option(index=1)
    assert wrongs + _wrongs(judge) == []
    judge.reload()  # as after a session that ended, or a page left by mistake
    expect(judge.get_by_label("Minutes")).to_have_value(MINUTES)
    judge.get_by_label("Nobody").check()
    judge.get_by_label("There is a violation").check()
    judge.get_by_label("Findings of fact").fill("Grass of 20 inches")
    judge.get_by_role("button", name="Decide the hearing").click()
    expect(judge.get_by_role("alert")).to_contain_text("Testimony is taken under oath")
    expect(judge.get_by_label("Minutes")).to_have_value(MINUTES)
    judge.get_by_label("Those who testified were sworn").check()
    judge.get_by_role("button", name="Decide the hearing").click()
    expect(judge.locator(".exhibits")).to_contain_text(PHOTO.caption or "")
    assert _wrongs(judge) == []
    judge.get_by_role("link", name="Uphold the citation").click()
    judge.get_by_role("button", name="Uphold the citation").click()
    judge.get_by_role("textbox", name="Fine for each day").fill("250.00")
    judge.get_by_role("button", name="Enter an order").click()
    expect(judge.get_by_text("was entered.", exact=False).first).to_be_visible()
    judge.get_by_role("link", name="Next on the docket").click()
    expect(judge.get_by_role("button", name="Open the hearing")).to_be_visible()
    judge.get_by_role("link", name="Docket of Aug 11, 2026").click()
    expect(judge.locator("table.docket .status--decided")).to_have_count(1)

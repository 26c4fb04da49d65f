"""A manager asks for balanced zones, waits, sees them on a map beside today's, and adopts them."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import shapely
import sqlalchemy as sa
from axe import wrongs
from city_blocks import blocks, degrees
from field_browser import let_in, served
from field_town import MANAGER, add_person
from lots_town import ON, lay_lots
from playwright.sync_api import Browser, Page, ViewportSize, expect

from cases import zone_drafts
from cases.workflow.roles import Role
from geo.database import Database
from geo.layers import Zone
from webmap.worker.balancing import make_claimed

LONG = 60_000
WIDE: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture
def desk(browser: Browser, fresh_database: Database, tmp_path: Path) -> Iterator[Page]:
    """Nine blocks in two officers' zones, a third of which has most of the work."""
    shapes, lines = blocks(3, 3)
    parcels, streets = degrees(shapes), degrees(lines)
    parts = {"1": parcels[:36], "2": parcels[36:]}
    zones = {code: shapely.union_all(each).convex_hull for code, each in parts.items()}
    with fresh_database.owner.begin() as connection:
        for login, name in (("one", "Officer 1"), ("two", "Officer 2")):
            add_person(connection, login, name=name, role=Role.OFFICER)
        add_person(connection, "anager", name=MANAGER.name, role=Role.MANAGER)
        cases = {at: 4 if at < 36 else 1 for at in range(0, 108, 3)}
        officers = {"1": "Officer 1", "2": "Officer 2"}
        lay_lots(
            connection, parcels, cases=cases, streets=streets, zones=zones, officers=officers
        )  # fmt: skip
    with served(fresh_database, tmp_path) as (site, app):
        context = browser.new_context(viewport=WIDE, base_url=site, reduced_motion="reduce")
        let_in(context, site, app, fresh_database, "anager")
        yield context.new_page()
        context.close()


def test_zones_are_asked_for_looked_at_and_put_in_force(
    desk: Page, fresh_database: Database, tmp_path: Path
) -> None:
    complaints: list[str] = []
    desk.on("pageerror", lambda error: complaints.append(str(error)))
    before = _outlines(fresh_database)
    _ask(desk)
    _made(desk, fresh_database, tmp_path)
    _look(desk)
    assert _outlines(fresh_database) == before
    desk.get_by_role("link", name="Adopt it").click()
    assert wrongs(desk) == []
    expect(desk.get_by_text("open cases change hands")).to_be_visible()
    desk.get_by_label("Name of A · Zone 1").fill("Harbor")
    desk.get_by_role("button", name="Adopt these zones").click()
    expect(desk.get_by_label("Name of A · Zone 1")).to_have_value("Harbor")
    assert _outlines(fresh_database) == before  # that name was not shown before
    desk.get_by_role("button", name="Adopt these zones").click()
    expect(desk.get_by_text("The zones are in force.")).to_be_visible()
    expect(desk.get_by_role("rowheader", name="Harbor")).to_be_visible()
    after = _outlines(fresh_database)
    assert set(after) == {"Harbor", "Zone 2"}
    assert not shapely.equals(after["Harbor"], before["Zone 1"])
    assert complaints == []


def _ask(desk: Page) -> None:
    desk.goto("/office/zones")
    desk.get_by_role("link", name="Balance the zones").click()
    desk.get_by_label("Work from").fill(str(ON - timedelta(days=364)))
    desk.get_by_label("Work until").fill(str(ON))
    desk.get_by_label("Zones (optional)").fill("500")
    desk.get_by_role("button", name="Propose zones").click()
    expect(desk.locator("#zones-error")).to_have_text("Number must be between 1 and 200.")
    assert wrongs(desk) == []
    desk.get_by_label("Zones (optional)").fill("2")
    desk.get_by_role("button", name="Propose zones").click()
    expect(desk.get_by_text("It waits its turn")).to_be_visible()
    assert wrongs(desk) == []


def _made(desk: Page, database: Database, folder: Path) -> None:
    """Make the draft as a worker does; the page that waits shows it by itself."""
    draft_id = int(desk.url.rpartition("/")[2])
    button = desk.locator(".plan-search form button")
    expect(button).to_have_text("Call it off")
    with database.app.begin() as connection:
        asked = zone_drafts.claim(connection, draft_id, now=datetime.now(UTC))
    assert asked is not None
    expect(button).to_have_text("Stop and keep the best")  # which is what it does from now on
    worker = threading.Thread(
        target=make_claimed, args=(database.app, folder / "none", draft_id, asked)
    )
    worker.start()
    expect(desk.locator("#answer-map.map-ready")).to_be_visible(timeout=LONG)
    worker.join()


def _look(desk: Page) -> None:
    """See both on the map, each alone, and the same figures in the table; by keys alone."""
    assert wrongs(desk) == []
    table = desk.get_by_role("table", name="Each zone")
    expect(table.get_by_role("rowheader")).to_have_text(["A Zone 1", "B Zone 2", "All zones"])
    with_both = _picture(desk)
    desk.get_by_role("checkbox", name="Zones proposed").press("Space")
    expect(desk.get_by_role("checkbox", name="Zones proposed")).not_to_be_checked()
    today = _picture(desk, other=with_both)
    desk.get_by_role("checkbox", name="Zones of today").press("Space")
    nothing = _picture(desk, other=today)
    desk.get_by_role("checkbox", name="Zones proposed").press("Space")
    assert _picture(desk, other=nothing) != with_both
    table.locator("tr[data-row]").first.hover()


def _picture(desk: Page, *, other: bytes = b"") -> bytes:
    """Return what the map shows once it stands still, and is another picture than one before."""
    canvas, was = desk.locator("#answer-map canvas"), other
    for _ in range(60):
        desk.wait_for_timeout(250)
        now = canvas.screenshot()
        if now not in {other, b""} and now == was:
            return now
        was = now
    pytest.fail("the map shows the same as before, or is never still")


def _outlines(database: Database) -> dict[str, shapely.Geometry]:
    query = sa.select(Zone.name, sa.func.ST_AsBinary(Zone.geom)).where(Zone.kind == "officer")
    with database.app.connect() as connection:
        return {name: shapely.from_wkb(bytes(it)) for name, it in connection.execute(query)}

"""Route plans in a real browser: looked at by hour, changed by a drag or by keys, adopted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import axe
import by_keys
import pytest
import sqlalchemy as sa
from alder_town import application
from conftest import PHONE, _page, serving
from drafted_town import MONDAY, Officers, draft_town, plan_of
from papers import ZONE
from pictures import Album
from plan_map import carry, drag
from playwright.sync_api import Browser, Page, ViewportSize, expect
from seats import hire
from small_town import lay_out
from staffed import StoppedClock

from cases.accounts import sessions
from cases.adopted import adopt
from cases.lawpack.reading import DEFAULT
from cases.models import RouteDraft
from cases.visits.comparing import plans_of_day
from cases.workflow.roles import Role
from geo.database import Database
from webmap.auth.gate import TOKEN
from webmap.office.plan_shown import ShownPlan, shown

NOW = datetime(2026, 6, 15, 6, tzinfo=ZONE)
WIDE: ViewportSize = {"width": 1440, "height": 900}


@dataclass
class Town:
    """A town with a draft, a manager's session, and where it is served."""

    database: Database
    draft: int
    officers: Officers
    site: str
    cookie: Any

    @property
    def there(self) -> str:
        return f"/office/plans/{self.draft}"

    def plan(self) -> ShownPlan:
        with self.database.app.connect() as connection:
            return shown(plan_of(connection, self.draft))

    def sit(self, page: Page) -> Page:
        page.context.add_cookies([self.cookie])
        return page


@pytest.fixture
def town(fresh_database: Database, tmp_path: Path) -> Iterator[Town]:
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
    with fresh_database.app.begin() as connection:
        adopt(connection, DEFAULT, on=date(2026, 1, 1))
        officers = Officers(
            rivera=hire(connection, Role.OFFICER),
            cole=hire(connection, Role.OFFICER, name="K. Cole"),
        )
        draft = draft_town(connection, officers)
        token = sessions.start(connection, hire(connection, Role.MANAGER), device="a test", now=NOW)
    with application(fresh_database) as app, serving(app) as site:
        app.extensions["lotline_clock"] = StoppedClock(NOW)
        app.config["STREETS"] = tmp_path
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie[TOKEN] = token
        found = client.get_cookie("lotline")
        assert found is not None
        kept = {"name": "lotline", "value": found.value, "url": site}
        yield Town(fresh_database, draft, officers, site, kept)


@pytest.fixture
def manager(browser: Browser, town: Town) -> Iterator[Page]:
    for page in _page(browser, town.site, viewport=WIDE):
        yield town.sit(page)


def _last_of(plan: ShownPlan, letter: str) -> tuple[str, str, int]:
    """Return an officer's last stop on Monday that nobody awaits, its route and the account."""
    route = next(each for each in plan.of_day(MONDAY) if each.mark.letter == letter)
    stop = next(each for each in reversed(route.stops) if each.id != "parcel-0")
    return stop.id, route.key, route.officer_id


def _row(page: Page, stop: str, officer: int) -> Any:
    return page.locator(f"#stop-{stop}-{officer}")


def test_a_draft_is_looked_at_by_hour_and_by_officer(manager: Page, town: Town) -> None:
    manager.goto(town.there)
    manager.locator("#plan-map.map-ready").wait_for()
    assert axe.wrongs(manager) == []
    slider = manager.get_by_label("Where everybody is at")
    expect(slider).to_be_disabled()
    manager.get_by_label("Show the whole day").uncheck()
    slider.focus()
    for _ in range(24):
        manager.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "10:00 AM")
    expect(manager.locator("[data-hour-says]")).to_have_text("10:00 AM")
    assert manager.locator(".stop.is-over").count() > 0
    Album("plans").take(manager, "draft at ten")
    manager.locator("[data-show-route]").first.uncheck()
    assert axe.wrongs(manager) == []


def test_a_stop_is_dragged_on_the_map(manager: Page, town: Town) -> None:
    plan = town.plan()
    stop, _of, _officer = _last_of(plan, "A")
    _other, to, _account = _last_of(plan, "B")
    manager.goto(town.there)
    drag(manager, plan, on=MONDAY, stop=stop, onto=to)
    effect = manager.get_by_role("region", name="What the change does")
    expect(effect.get_by_role("button", name="Keep this change")).to_be_visible()


def test_a_stop_is_dragged_from_list_to_list(manager: Page, town: Town) -> None:
    plan = town.plan()
    stop, of, officer = _last_of(plan, "A")
    _other, to, account = _last_of(plan, "B")
    manager.goto(town.there)
    first = manager.locator(f"#route-{account} [data-stop]").first
    carry(manager, _row(manager, stop, officer).locator("[data-grip]"), onto=first)
    effect = manager.get_by_role("region", name="What the change does")
    taken_by = plan.route(to)
    assert taken_by is not None
    heading = effect.get_by_role("heading", name=f"to {taken_by.officer}")
    expect(heading).to_be_visible()
    before = town.plan().stop(stop)
    assert before is not None
    assert before[0].key == of
    effect.get_by_role("button", name="Keep this change").click()
    expect(manager.get_by_role("button", name="Undo the last change")).to_be_visible()
    found = town.plan().stop(stop)
    assert found is not None
    assert (found[0].key, found[1].order) == (to, 1)
    assert stop not in {each.id for each in (town.plan().route(of) or found[0]).stops}


def test_a_drag_is_called_off_by_escape_and_a_row_of_the_table_takes_one(
    manager: Page, town: Town
) -> None:
    stop, _of, officer = _last_of(town.plan(), "A")
    _other, to, _account = _last_of(town.plan(), "B")
    manager.goto(town.there)
    grip = _row(manager, stop, officer).locator("[data-grip]")
    row = manager.locator(f".balance [data-drop='{to}']")
    effect = manager.get_by_role("region", name="What the change does")
    carry(manager, grip, onto=row, then="Escape")
    expect(effect).to_be_hidden()
    expect(manager.locator(".plan-ghost")).to_have_count(0)
    carry(manager, grip, onto=row)
    expect(effect.get_by_role("button", name="Keep this change")).to_be_visible()


def test_a_stop_is_given_away_by_keys_alone_without_scripts(browser: Browser, town: Town) -> None:
    stop, _of, officer = _last_of(town.plan(), "A")
    _other, to, _account = _last_of(town.plan(), "B")
    for page in _page(browser, town.site, viewport=PHONE, java_script_enabled=False):
        town.sit(page).goto(town.there)
        _row(page, stop, officer).get_by_role("link", name="Change").click()
        assert page.get_by_label("Give it to").count()
        page.get_by_label("Give it to").select_option(to)
        page.get_by_role("button", name="Show what that does").click()
        page.get_by_role("button", name="Keep this change").click()
        expect(page.get_by_role("button", name="Undo the last change")).to_be_visible()
    found = town.plan().stop(stop)
    assert found is not None
    assert found[0].key == to


def test_the_way_by_keys_is_told_to_who_listens(manager: Page, town: Town) -> None:
    stop, _of, officer = _last_of(town.plan(), "A")
    manager.goto(town.there)
    by_keys.press(manager, _row(manager, stop, officer).get_by_role("link", name="Change"))
    by_keys.press(manager, manager.get_by_role("button", name="Leave it for another day"))
    effect = manager.get_by_role("region", name="What the change does")
    expect(effect).to_be_focused()
    assert axe.wrongs(manager) == []
    by_keys.press(manager, effect.get_by_role("button", name="Keep this change"))
    assert stop in {each["id"] for each in town.plan().left}
    assert axe.wrongs(manager) == []


def test_a_draft_is_adopted_and_its_day_looked_at(manager: Page, town: Town) -> None:
    manager.goto("/office/plans")
    assert axe.wrongs(manager) == []
    manager.get_by_role("link", name="Mon, Jun 15, 2026 to Tue, Jun 16, 2026").click()
    manager.get_by_role("link", name="Adopt it…").click()
    assert axe.wrongs(manager) == []
    manager.get_by_role("button", name="Adopt the ticked days").click()
    expect(manager.get_by_text("Each officer finds it in the field app.")).to_be_visible()
    with town.database.app.connect() as connection:
        assert len(connection.execute(plans_of_day(MONDAY)).all()) == 2
    manager.goto(f"/office/plans/day/{MONDAY}")
    expect(manager.get_by_role("heading", name="K. Cole")).to_be_visible()
    manager.locator("#plan-map.map-ready").wait_for()
    manager.get_by_label("Show the whole day").uncheck()
    manager.get_by_label("Where everybody is at").press("End")
    stops = manager.locator(".stop").count()
    assert stops
    expect(manager.locator(".stop.is-over")).to_have_count(stops)
    assert manager.locator("[data-grip]").count() == 0
    assert axe.wrongs(manager) == []


def test_a_search_shows_how_far_it_is_until_the_plan_is_there(manager: Page, town: Town) -> None:
    with town.database.app.begin() as connection:
        kept = connection.execute(sa.select(RouteDraft.__table__)).one()._mapping
        row = {key: kept[key] for key in ("problem", "plan", "matrix", "ended_at")}
        back = {
            "state": "running", "problem": sa.null(), "plan": sa.null(), "matrix": None,
            "ended_at": None, "told": {"seconds": 3, "best": 900, "stops": 12},
        }  # fmt: skip
        connection.execute(sa.update(RouteDraft).values(back))
    manager.goto(town.there)
    expect(manager.get_by_text("3 of 20 seconds")).to_be_visible()
    assert axe.wrongs(manager) == []
    with town.database.app.begin() as connection:
        told = {"seconds": 9, "best": 600, "stops": 12}
        connection.execute(sa.update(RouteDraft).values(told=told))
    expect(manager.get_by_text("9 of 20 seconds")).to_be_visible()
    with town.database.app.begin() as connection:
        connection.execute(sa.update(RouteDraft).values(row | {"state": "done"}))
    manager.locator("#plan-map").wait_for()

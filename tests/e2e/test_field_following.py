"""The officer follows the plan: turn by turn without a signal, and in another order."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import axe
import pytest
import sqlalchemy as sa
from field_browser import PHONE, READY, kept, let_in, open_field, served, until
from field_day import Field
from field_town import RIVERA, in_light, now, open_alleged, settle_field
from planned_town import HALL, put_in_force
from playwright.sync_api import Browser, Page, expect
from staffed import StoppedClock

from cases.actors import Moment
from cases.models import FieldDeed, VisitOutcome, VisitPlan
from cases.visits.comparing import Kept
from cases.visits.following import followed
from geo.database import Database

LONG = 60_000


@pytest.fixture
def planned(browser: Browser, fresh_database: Database, tmp_path: Path) -> Iterator[Field]:
    """A day of three planned stops, and a case that is in no plan."""
    with _planned(browser, fresh_database, tmp_path) as field:
        yield field


@pytest.fixture
def planned_by_day(browser: Browser, fresh_database: Database, tmp_path: Path) -> Iterator[Field]:
    """The same in the afternoon's light, where the clocks of office and phone stand."""
    with _planned(browser, fresh_database, tmp_path, light=in_light()) as field:
        yield field


@contextmanager
def _planned(
    browser: Browser, database: Database, home: Path, *, light: Moment | None = None
) -> Iterator[Field]:
    cases = settle_field(database, cases=4)
    at = {"begins": light.now, "moment": light} if light else {}
    put_in_force(database, [cases[2], cases[0], cases[1]], **at)
    with served(database, home) as (site, app):
        context = browser.new_context(
            viewport=PHONE, has_touch=True, reduced_motion="reduce", permissions=["geolocation"],
            geolocation={"longitude": HALL.lon, "latitude": HALL.lat, "accuracy": 5},
        )  # fmt: skip
        page = context.new_page()
        if light is not None:
            app.extensions["lotline_clock"] = StoppedClock(light.now)
            page.clock.install(time=light.now)
        let_in(context, site, app, database, "rivera", now=light and light.now)
        wrongs: list[str] = []
        page.on("pageerror", lambda error: wrongs.append(str(error)))
        open_field(page, site)
        yield Field(page, context, site, app, database, cases)
        context.close()
        assert wrongs == []


def _small_keys(page: Page) -> list[str]:
    script = """() => [...document.querySelectorAll("main .key, main summary, .choice")]
        .filter((each) => each.checkVisibility())
        .filter((each) => each.getBoundingClientRect().height < 44)
        .map((each) => each.textContent)"""
    found: list[str] = page.evaluate(script)
    return found


def _go(field: Field, lon: float, lat: float) -> None:
    field.context.set_geolocation({"longitude": lon, "latitude": lat, "accuracy": 5})


def test_the_way_is_told_turn_by_turn_without_a_signal_and_after_a_killed_tab(
    planned: Field,
) -> None:
    page, stops = planned.page, _stops(planned)
    expect(page.locator(".next h2")).to_have_text(stops[0].label)
    expect(page.locator(".day")).to_contain_text("plan by M. Anager")
    planned.context.set_offline(True)
    page.reload()  # what the tab knew is gone
    page.wait_for_selector(READY)
    page.get_by_role("button", name="Drive there").click()
    expect(page.locator(".turn-words")).to_have_text("Head east on Alder St")
    corner = (stops[0].lon, HALL.lat)
    _go(planned, (HALL.lon + corner[0]) / 2, HALL.lat)
    expect(page.locator(".turn-words")).to_have_text("Turn left onto Birch Ave")
    expect(page.locator(".turn-far")).to_have_text(re.compile(r"In \d+ ft"))
    assert axe.wrongs(page, axe.AAA) == []
    left = page.get_by_role("alert").filter(has_text="You have left the way.")
    for off in range(1, 41):  # three places tell it; a busy browser may miss some
        _go(planned, corner[0], HALL.lat - 0.002 - off / 10_000)
        page.wait_for_timeout(300)
        if left.is_visible():
            break
    expect(left).to_be_visible()
    _go(planned, stops[0].lon, stops[0].lat)
    expect(page.locator(".turn-words")).to_have_text("Arrive at your stop on the right")
    page.get_by_role("button", name="I am there: start the visit").click()
    page.wait_for_selector(".ending")
    page.evaluate("location.hash = 'today'")
    expect(page.locator(".next .eyebrow")).to_contain_text("You are here since")
    page.get_by_role("button", name="I leave").dblclick()
    expect(page.locator(".next h2")).to_have_text(stops[1].label)
    page.locator(".next summary", has_text="Skip this stop").click()
    page.get_by_role("button", name="Skip it").click()
    expect(page.locator("#lacks")).to_have_text("Say why you skip this stop.")
    page.locator(".choice", has_text="The way is closed").click()
    page.get_by_role("button", name="Skip it").click()
    expect(page.locator(".next h2")).to_have_text(stops[2].label)
    assert [each["kind"] for each in kept(page, "deeds")] == ["arrive", "leave", "skip"]
    planned.context.set_offline(False)
    expect(page.locator("#receipt")).to_contain_text("3 of 3", timeout=LONG)
    with planned.database.owner.connect() as connection:
        rows = connection.execute(
            sa.select(VisitOutcome.__table__).order_by(VisitOutcome.stop_id)
        ).all()
        kinds = connection.scalars(sa.select(FieldDeed.kind).order_by(FieldDeed.seq)).all()
    assert kinds == ["arrive", "leave", "skip"]
    assert [each.skipped_because for each in rows] == [None, "The way is closed"]
    assert rows[0].arrived_at < rows[0].left_at


def test_another_order_says_what_it_costs_and_a_pinned_stop_keeps_its_turn(planned: Field) -> None:
    page, stops = planned.page, _stops(planned)
    rows = page.locator(".stop-row strong")
    expect(rows).to_have_text([stops[1].label, stops[2].label])
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert axe.wrongs(page, axe.AAA) == [], width
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert _small_keys(page) == []
    page.get_by_label(f"Move {stops[2].label} up").press("Enter")
    expect(rows).to_have_text([stops[2].label, stops[1].label])
    expect(page.locator(".cost")).to_contain_text("2 minutes more of driving.")
    page.get_by_role("button", name="Undo the move").click()
    expect(rows).to_have_text([stops[1].label, stops[2].label])
    pinned = page.locator(".stop-row").first.locator(".pin-key")
    pinned.press("Enter")
    expect(pinned).to_contain_text("Pinned")
    expect(pinned).to_have_attribute("aria-pressed", "true")
    expect(pinned).to_be_focused()
    assert axe.wrongs(page, axe.AAA) == []
    page.locator("summary", has_text="Not in today's plan (1 place)").click()
    planned.context.set_offline(True)
    expect(page.locator("#bar")).to_contain_text("No signal")
    page.get_by_role("button", name="Put it into my day").click()
    expect(page.locator(".proposal")).to_contain_text("Reckoned on this phone", timeout=LONG)
    page.get_by_role("button", name="Follow this").click()
    expect(page.locator(".stop-row")).to_have_count(3)
    page.reload()
    page.wait_for_selector(READY)
    expect(page.locator(".stop-row")).to_have_count(3)


def test_a_newer_plan_is_told_and_takes_the_place_of_none_that_is_under_way(
    planned: Field,
) -> None:
    page, stops = planned.page, _stops(planned)
    page.get_by_role("button", name="I am there", exact=True).click()
    expect(page.locator(".next .eyebrow")).to_contain_text("You are here since")
    expect(page.locator("#receipt")).to_contain_text("1 of 1", timeout=LONG)
    with planned.database.app.connect() as connection:
        first = connection.scalar(sa.select(sa.func.max(VisitPlan.id)))
    put_in_force(planned.database, [planned.cases[3], planned.cases[1]], instead_of=first)
    page.reload()
    page.wait_for_selector(READY)
    newer = page.locator("section", has=page.locator("#newer-title"))
    expect(newer).to_contain_text("The office has made a newer plan")
    expect(newer).to_contain_text("Added: ")
    expect(newer).to_contain_text("Taken away: ")
    expect(page.locator(".next h2")).to_have_text(stops[0].label)
    assert axe.wrongs(page, axe.AAA) == []
    newer.get_by_role("button", name="Stay with mine").click()
    expect(page.get_by_text("waits for you.")).to_be_visible()
    page.get_by_role("button", name="Follow the newer plan").click()
    expect(page.locator(".next h2")).to_have_text(_stops(planned)[0].label)
    expect(page.locator(".stop-row")).to_have_count(1)


def test_what_the_office_sends_meanwhile_is_put_in_and_the_rest_is_planned_anew_once(
    planned_by_day: Field,
) -> None:
    page = planned_by_day.page
    with planned_by_day.database.app.begin() as connection:
        law = connection.exec_driver_sql("SELECT id FROM lotline.law_pack").scalar_one()
        open_alleged(connection, law, lot=13)
    page.reload()
    page.wait_for_selector(READY)
    fresh = page.locator("section", has=page.locator("#fresh-title"))
    expect(fresh).to_contain_text("New since your plan")
    fresh.get_by_role("button", name="Put it into my day").click()
    proposal = page.locator(".proposal")
    expect(proposal).to_contain_text("of driving", timeout=LONG)
    assert axe.wrongs(page, axe.AAA) == []
    proposal.get_by_role("button", name="Follow this").dblclick()
    until(page, "document.querySelector('#fresh-title') === null")
    expect(page.locator("#newer-title")).to_have_count(0)
    with planned_by_day.database.owner.connect() as connection:
        made = connection.execute(sa.select(VisitPlan.made_by).order_by(VisitPlan.id)).all()
    assert [each.made_by for each in made] == ["M. Anager", RIVERA]


def _stops(field: Field) -> list[Kept]:
    with field.database.app.connect() as connection:
        staff = connection.exec_driver_sql(
            "SELECT id FROM lotline.staff WHERE login = 'rivera'"
        ).scalar_one()
        plan = followed(connection, staff, on=now().on)
    assert plan is not None
    return list(plan.stops)

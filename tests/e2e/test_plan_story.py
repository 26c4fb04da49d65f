"""A day from its plan to the road: planned, dragged, pinned, adopted, half driven, planned anew."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from drafted_town import plan_of
from field_browser import PHONE, READY, let_in, open_field, served
from field_town import (
    MANAGER,
    RIVERA,
    add_person,
    in_light,
    now,
    open_alleged,
    settle_field,
    staff_of,
)
from flask import Flask
from plan_map import drag
from planned_town import HALL
from playwright.sync_api import Browser, Page, ViewportSize, expect
from staffed import StoppedClock

from cases.models import VisitOutcome, VisitPlan
from cases.visits.comparing import Adopted
from cases.visits.following import followed, plan_keys
from cases.workflow.roles import Role
from cases.working.days import OtherDays, note_days
from cases.working.terms import ExceptionKind
from geo.database import Database
from webmap.office.plan_shown import ShownPlan, shown
from webmap.worker.planning import make_by

LONG = 60_000
WIDE: ViewportSize = {"width": 1440, "height": 900}


@dataclass
class Story:
    """The manager at a desk, the officer's phone, and the office behind both."""

    desk: Page
    phone: Page
    site: str
    app: Flask
    database: Database
    home: Path
    law: int

    def plan(self, draft_id: int) -> ShownPlan:
        with self.database.app.connect() as connection:
            return shown(plan_of(connection, draft_id))

    def in_force(self) -> Adopted:
        with self.database.app.connect() as connection:
            found = followed(connection, staff_of(connection, "rivera"), on=now().on)
        assert found is not None
        return found


@pytest.fixture
def story(browser: Browser, fresh_database: Database, tmp_path: Path) -> Iterator[Story]:
    """Five cases in Rivera's zone and two in Okafor's, who both work all of today."""
    settle_field(fresh_database, cases=5)
    with fresh_database.app.begin() as connection:
        law = connection.exec_driver_sql("SELECT id FROM lotline.law_pack").scalar_one()
        for lot in (12, 46):
            open_alleged(connection, law, lot=lot)
        add_person(connection, "anager", name=MANAGER.name, role=Role.MANAGER)
        for login in ("rivera", "okafor"):
            _works_today(connection, staff_of(connection, login))
    there: dict[str, Any] = {"longitude": HALL.lon, "latitude": HALL.lat, "accuracy": 5}
    with served(fresh_database, tmp_path) as (site, app):
        app.config["STREETS"] = tmp_path / "streets"
        desk = browser.new_context(viewport=WIDE, base_url=site, reduced_motion="reduce")
        let_in(desk, site, app, fresh_database, "anager")
        phone = browser.new_context(
            viewport=PHONE, has_touch=True, reduced_motion="reduce", permissions=["geolocation"],
            geolocation=there,
        )  # fmt: skip
        let_in(phone, site, app, fresh_database, "rivera")
        held = phone.new_page()
        _before_dusk(app, held)
        yield Story(desk.new_page(), held, site, app, fresh_database, tmp_path, law)
        desk.close()
        phone.close()


def _before_dusk(app: Flask, phone: Page) -> None:
    """Turn office and phone back to three in the afternoon where it is later: dusk ends the day."""
    light = in_light().now
    if now().now > light:
        app.extensions["lotline_clock"] = StoppedClock(light)
        phone.clock.install(time=light)


def _works_today(connection: sa.Connection, staff_id: int) -> None:
    """Have somebody work whatever weekday the tests run on."""
    today = OtherDays(
        kind=ExceptionKind.HOURS, first_day=now().on, last_day=now().on, begins_at=time(0, 5),
        ends_at=time(23, 55),
    )  # fmt: skip
    note_days(
        connection, today, staff_id=staff_id, form_key=uuid4(), actor=MANAGER, moment=now()
    )  # fmt: skip


def test_a_day_is_planned_changed_by_hand_adopted_half_driven_and_planned_anew(
    story: Story,
) -> None:
    given = _plan_and_give(story)
    assert given in {each.spot for each in story.in_force().stops}
    phone = story.phone
    open_field(phone, story.site)
    stops = story.in_force().stops
    expect(phone.locator(".day")).to_contain_text(f"plan by {MANAGER.name}")
    half = len(stops) // 2
    _drive(phone, [each.label for each in stops[:1]])
    phone.context.set_offline(True)  # the signal is gone for the rest of the half
    _drive(phone, [each.label for each in stops[1:half]])
    phone.get_by_role("button", name="Plan the rest anew").click()
    expect(phone.locator(".replan")).to_contain_text("This needs a signal.", timeout=LONG)
    phone.context.set_offline(False)
    expect(phone.locator("#receipt")).to_contain_text(f"{2 * half} of {2 * half}", timeout=LONG)
    urgent = _send_urgent(story)
    phone.reload()
    phone.wait_for_selector(READY)
    fresh = phone.locator("section", has=phone.locator("#fresh-title"))
    fresh.get_by_role("button", name="Put it into my day").click()
    proposal = phone.locator(".proposal")
    expect(proposal).to_contain_text("of driving", timeout=LONG)
    proposal.get_by_role("button", name="Follow this").click()
    expect(phone.locator("#fresh-title")).to_have_count(0, timeout=LONG)
    after = story.in_force()
    assert f"case-{urgent}" in plan_keys(after)
    assert not {each.spot for each in stops[:half]} & {each.spot for each in after.stops}
    phone.get_by_role("button", name="Plan the rest anew").click()
    expect(phone.locator(".replan")).to_contain_text(
        re.compile("of driving|Your order is as good as any"), timeout=LONG
    )
    with story.database.owner.connect() as connection:
        of_rivera = sa.select(VisitPlan.made_by).where(
            VisitPlan.officer_id == after.plan.officer_id
        )
        made = connection.scalars(of_rivera.order_by(VisitPlan.id)).all()
        driven = connection.scalars(sa.select(VisitOutcome.left_at)).all()
    assert made == [MANAGER.name, RIVERA]
    assert [each is not None for each in driven] == [True] * half


def _plan_and_give(story: Story) -> str:
    """Plan, drag a stop of Okafor's to Rivera, pin another and adopt; gives what was dragged."""
    desk, today = story.desk, now().on
    desk.goto("/office/plans")
    desk.get_by_label("First day").fill(today.isoformat())
    desk.get_by_label("Working days", exact=True).fill("1")
    desk.get_by_label("Seconds of search").fill("1")
    desk.get_by_role("button", name="Make the plan").click()
    expect(desk.get_by_text("It waits its turn")).to_be_visible()
    draft = int(desk.url.rpartition("/")[2])
    make_by(story.database.app, story.app.config["STREETS"], draft, cores=1)
    desk.locator("#plan-map").wait_for(timeout=LONG)
    plan = story.plan(draft)
    theirs, mine = plan.of_day(today)
    assert (theirs.officer, mine.officer) == ("J. Okafor", RIVERA)
    stop = theirs.stops[-1]
    drag(desk, plan, on=today, stop=stop.id, onto=mine.key)
    effect = desk.get_by_role("region", name="What the change does")
    expect(effect).to_contain_text("driving")
    assert story.plan(draft).stop(stop.id) == plan.stop(stop.id)  # nothing is kept yet
    effect.get_by_role("button", name="Keep this change").click()
    expect(desk.get_by_role("button", name="Undo the last change")).to_be_visible()
    pinned = mine.stops[0]
    desk.get_by_role("link", name=f"Change {pinned.label}").click()
    desk.get_by_role("button", name="Pin it here").click()
    desk.get_by_role("button", name="Keep this change").click()
    desk.get_by_role("link", name="Adopt it…").click()
    desk.get_by_role("button", name="Adopt the ticked days").click()
    expect(desk.get_by_text("Each officer finds it in the field app.")).to_be_visible()
    found = story.plan(draft).stop(pinned.id)
    assert found is not None
    assert found[1].pinned
    return stop.id


def _drive(phone: Page, labels: list[str]) -> None:
    """Come to each of some stops and leave it."""
    for label in labels:
        expect(phone.locator(".next h2")).to_have_text(label)
        phone.get_by_role("button", name="I am there", exact=True).click()
        expect(phone.locator(".next .eyebrow")).to_contain_text("You are here since")
        phone.get_by_role("button", name="I leave").click()


def _send_urgent(story: Story) -> int:
    with story.database.app.begin() as connection:
        return open_alleged(connection, story.law, lot=13)

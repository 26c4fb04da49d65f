"""A day of the officer Rivera, in the app on a phone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from field_browser import PHONE, let_in, open_field, served
from field_town import OFFICER, now, settle_field
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from cases import inspections
from cases.field import hazards
from cases.field.hazards import HazardKind
from geo.database import Database


@dataclass
class Field:
    """The app in a browser, and what stands behind it."""

    page: Page
    context: BrowserContext
    site: str
    app: Flask
    database: Database
    cases: list[int]


@pytest.fixture
def field(browser: Browser, fresh_database: Database, tmp_path: Path) -> Iterator[Field]:
    """A day of three stops, one of them booked, one with a hazard."""
    cases = settle_field(fresh_database)
    with fresh_database.app.begin() as connection:
        who = {"actor": OFFICER, "moment": now()}
        hazards.flag(connection, parcel_id=1, kind=HazardKind.DOG, note="Two dogs", **who)
        inspections.book(connection, case_id=cases[0], at=now().now + timedelta(seconds=1), **who)
    with served(fresh_database, tmp_path) as (site, app):
        context = browser.new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce")
        let_in(context, site, app, fresh_database, "rivera")
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _bad(said) else None)
        open_field(page, site)
        yield Field(page, context, site, app, fresh_database, cases)
        context.close()
        assert complaints == []


def _bad(said: ConsoleMessage) -> bool:
    """Tell a complaint from what the browser says of each request without a signal or session."""
    usual = ("net::ERR_", "status of 401")
    is_shut_ground = "status of 404" in said.text and "/tiles/staff" in said.location["url"]
    is_usual = is_shut_ground or any(each in said.text for each in usual)
    return said.type == "error" and not is_usual

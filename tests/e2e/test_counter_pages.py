"""The clerk's books in a real browser: readable to a screen reader, narrow, and by keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import axe
import pytest
import sqlalchemy as sa
from alder_town import application
from conftest import _page, serving
from front_desk import NAMES, now, open_for_work, seat
from playwright.sync_api import Browser, Page, expect

from cases import lien_searches
from cases.actors import Actor, Moment
from cases.documents.store import Store
from cases.ledger.accounts import Component, Method
from cases.ledger.paying import pay
from cases.paying import Taken
from cases.records import requests
from cases.unrecorded import keep
from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import Database, from_cluster

NARROW: Any = {"width": 320, "height": 720}


@dataclass
class Counter:
    """The clerk's site and cookie, and the pages of the books."""

    site: str
    cookie: str
    pages: list[str]


@pytest.fixture(scope="module")
def counter(cluster: Cluster, worker_id: str) -> Iterator[Counter]:
    name = f"counter_pages_{worker_id}"
    cluster.drop_database(name)
    cluster.create_database(name, template="lotline")
    with from_cluster(cluster, name=name) as database:
        staff = open_for_work(database)
        pages = _fill(database)
        with application(database) as app, serving(app) as site:
            app.extensions["lotline_documents"] = Store("memory://counter")
            yield Counter(site, seat(database, app.test_client(), staff[Role.CLERK]), pages)
    cluster.drop_database(name)


def _fill(database: Database) -> list[str]:
    """Take money in, and two requests; gives the pages about them."""
    moment = Moment(on=now().date(), now=now())
    who: Any = {"actor": Actor(NAMES[Role.CLERK], Role.CLERK), "moment": moment}
    with database.app.begin() as connection:
        _pay(connection, moment)
        online = Taken(
            case_id=3, cents=5_000, method=Method.CARD, reference="P-77", payer="P. Lane"
        )
        kept = keep(connection, online, because="Its case is closed.", moment=moment)
        asked = lien_searches.Asked(
            parcel="12-15", requester="R. Vance", company="Vance Title", received_on=moment.on
        )
        search = lien_searches.take_in(connection, asked, form_key=uuid4(), **who)
        lien_searches.note_fee(
            connection, search_id=search, receipt_no="T-1", paid_on=moment.on, **who
        )
        lien_searches.answer(connection, search_id=search, good_through=moment.on, **who)
        wanted = requests.Wanted(asked="All about 108 Alder St", received_on=moment.on)
        records = requests.take_in(connection, wanted, form_key=uuid4(), **who)
        requests.choose(connection, request_id=records, number="2026-0003", actor=who["actor"])
    return [
        "/office/", "/office/deposits", f"/office/deposits/gather/{moment.on}/cash",
        f"/office/deposits/day/{moment.on}", "/office/online-money",
        f"/office/online-money/{kept}/record", "/office/lien-searches", "/office/lien-searches/new",
        f"/office/lien-searches/{search}", f"/office/lien-searches/{search}/letter",
        "/office/records", f"/office/records/{records}",
        f"/office/records/{records}/decide/3-story-0",
    ]  # fmt: skip


def _pay(connection: sa.Connection, moment: Moment) -> None:
    pay(
        connection, case_id=3, cents=10_000, method="cash", order=[*Component], key="one",
        actor="D. Quinn", on=moment.on, now=moment.now,
    )  # fmt: skip


@pytest.fixture
def clerk(browser: Browser, counter: Counter) -> Iterator[Page]:
    for page in _page(browser, counter.site, viewport=NARROW):
        cookie = {"name": "lotline", "value": counter.cookie, "url": counter.site}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        yield page


def _wrongs(page: Page, path: str) -> list[str]:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    found = axe.wrongs(page)
    wide = page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]
    return [*found, *(["too wide"] if wide else [])]


def test_the_clerks_books_are_readable_at_320_pixels_and_a_deposit_is_closed_by_keys(
    clerk: Page, counter: Counter
) -> None:
    assert {path: _wrongs(clerk, path) for path in counter.pages} == {
        path: [] for path in counter.pages
    }
    clerk.goto(counter.pages[2])
    clerk.get_by_label("What you counted").focus()
    clerk.keyboard.type("99")
    clerk.keyboard.press("Tab")
    clerk.keyboard.type("A dollar short")
    clerk.keyboard.press("Tab")
    clerk.keyboard.type("B-1")
    clerk.keyboard.press("Enter")
    expect(clerk.get_by_role("heading", level=1)).to_have_text("Deposit B-1")
    expect(clerk.get_by_text("$1.00 short")).to_be_visible()
    assert _wrongs(clerk, clerk.url) == []

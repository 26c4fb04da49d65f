"""No page and no form breaks WCAG 2.1 AA, its own policy or the width of a small phone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import axe
import pytest
from alder_town import settle
from counter import number_of
from desk import OFFICER, day
from every_page import Recorder, Shown, record
from field_browser import served
from field_town import EMPTY
from pictures import Album
from playwright.sync_api import Browser, Page, Route
from reported import received

from cases.accounts import people
from cases.adopted import adopt
from cases.intake import accept
from cases.lawpack.reading import DEFAULT
from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import from_cluster

WIDE, SMALL = {"width": 1280, "height": 800}, {"width": 320, "height": 256}
"""A desk's screen in pixels of CSS, and the same at a zoom of 400 %."""

_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@dataclass(frozen=True)
class Town:
    """A town in which a case went all the way, and all that it shows."""

    site: str
    counter: Recorder
    shown: list[Shown]


@dataclass(frozen=True)
class Seat:
    """Somebody's browser, and what it complained of since the page was opened."""

    page: Page
    heard: list[str]


@pytest.fixture(scope="module")
def town(
    cluster: Cluster, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    name = f"every_page_{worker_id}"
    cluster.drop_database(name)
    cluster.create_database(name, template="lotline")
    with from_cluster(cluster, name=name) as database:
        settle(database)
        with database.owner.begin() as connection:
            connection.exec_driver_sql(EMPTY)
        with database.app.begin() as connection:
            law = adopt(connection, DEFAULT, on=date(2026, 1, 1))
            call = received(connection, law, moment=day(6, 1))
            received(connection, law, moment=day(6, 1))
            case = accept(connection, complaint_id=call, actor=OFFICER, moment=day(6, 1))
            number = number_of(connection, case)
        with served(database, tmp_path_factory.mktemp("home")) as (site, app):
            counter = Recorder(app, on=date(2026, 6, 1))
            counter.number = number
            with database.app.begin() as connection:
                counter.staff[Role.ADMIN] = people.add(
                    connection, login="webb", name="T. Webb", role=Role.ADMIN, by="test",
                    now=counter.clock.now(),
                )  # fmt: skip
            yield Town(site, counter, record(counter))
    cluster.drop_database(name)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("which", ["pages", "forms"])
def test_every_page_is_for_everybody_at_every_size(
    browser: Browser, town: Town, which: str
) -> None:
    chosen = [each for each in town.shown if ("/do/" in each.path) is (which == "forms")]
    assert len(chosen) >= {"pages": 35, "forms": 60}[which]
    seats: dict[Role | None, Seat] = {}
    found, album = {}, Album(which)
    for each in chosen:
        if each.role not in seats:
            seats[each.role] = _sit(browser, town, each.role)
        found[each.path] = _wrongs(seats[each.role], each, album)
    for seat in seats.values():
        seat.page.context.close()
    album.lay_out()
    assert {path: wrongs for path, wrongs in found.items() if wrongs} == {}


def _sit(browser: Browser, town: Town, role: Role | None) -> Seat:
    context = browser.new_context(
        base_url=town.site,
        viewport=WIDE,
        reduced_motion="reduce",  # type: ignore[arg-type]
    )
    if role is not None:
        cookie = town.counter.client(role).get_cookie("lotline")
        assert cookie is not None
        context.add_cookies([{"name": "lotline", "value": cookie.value, "url": town.site}])
    page, heard = context.new_page(), list[str]()
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    return Seat(page, heard)


def _wrongs(seat: Seat, shown: Shown, album: Album) -> list[str]:
    """Open a page as it was shown, and list what is wrong with it in each way to see it."""
    page, wrongs = seat.page, []
    seat.heard.clear()
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]

    def answer(route: Route) -> None:
        headers = {"Content-Type": "text/html", "Content-Security-Policy": shown.policy}
        route.fulfill(body=shown.html, headers=headers)

    page.route(lambda url: url.endswith(shown.path), answer, times=1)
    page.goto(shown.path)
    _wait_for_maps(page)
    for details in page.locator("main details").all():
        details.evaluate("element => (element.open = true)")
    wrongs += axe.wrongs(page)
    album.take(page, shown.path)
    page.emulate_media(forced_colors="active")
    album.take(page, f"forced{shown.path}")
    # Forced colours change the text that axe reads, not the background it believes is behind it.
    forced = axe.wrongs(page, without=["color-contrast"])
    wrongs += [f"forced colours: {each}" for each in forced]
    page.emulate_media(forced_colors="none")
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark")
    wrongs += [f"dark, at 400 %: {each}" for each in axe.wrongs(page)]
    album.take(page, f"small{shown.path}")
    wrongs += ["too wide at 400 %"] if page.evaluate(_TOO_WIDE) else []
    return seat.heard + wrongs


def _wait_for_maps(page: Page) -> None:
    if page.locator(".map, .small-map, #list-map, #zone-map").count():
        page.locator(".maplibregl-ctrl-zoom-in").first.wait_for(state="attached")

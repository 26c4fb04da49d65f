"""The office's map, the drawing of a zone and the manager's figures, in a real browser."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import axe
import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask import Flask
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect
from seats import hire, session_of

from cases.models import Case
from cases.tiles import refresh_grid
from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import Database, from_cluster
from webmap.auth.gate import TOKEN

DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
PAGES = ["/office/", "/office/map", "/office/map?stage=overdue&by=age", "/office/zones",
         "/office/zones/1", "/office/cases?age=month"]  # fmt: skip
SCRIPTS = Path(__file__).parents[2] / "webmap" / "frontend" / "js"
CLOSE = "#map=17/27.2993/-80.3983"


class Office:
    """A server of the town of alder.sql, and the cookie of its signed-in manager."""

    def __init__(self, address: str, cookie: str, database: Database) -> None:
        self.address = address
        self.cookie = cookie
        self.database = database


@pytest.fixture(scope="module")
def office(
    cluster: Cluster, worker_id: str, serve: Callable[[Flask], AbstractContextManager[str]]
) -> Iterator[Office]:
    name = f"office_{worker_id}"
    cluster.drop_database(name)
    cluster.create_database(name, template="lotline")
    with from_cluster(cluster, name=name) as database:
        settle(database)
        with database.owner.begin() as connection:
            hire(connection, Role.OFFICER)
            hire(connection, Role.OFFICER, name="J. Okafor")
            manager = hire(connection, Role.MANAGER)
            mine = sa.update(Case).where(Case.number == "2026-0010")
            connection.execute(mine.values(category="Unseen", zone_id=None))
            refresh_grid(connection)
        token = session_of(database, manager)
        with application(database) as app, serve(app) as address:
            signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
            yield Office(address, signer.dumps({TOKEN: token}), database)
    cluster.drop_database(name)


@pytest.fixture
def manager(browser: Browser, office: Office) -> Iterator[Page]:
    yield from _page(browser, office, viewport=DESK)


@pytest.fixture
def on_the_phone(browser: Browser, office: Office) -> Iterator[Page]:
    yield from _page(browser, office, viewport=PHONE, has_touch=True)


def _page(browser: Browser, office: Office, **options: object) -> Iterator[Page]:
    context = browser.new_context(base_url=office.address, reduced_motion="reduce", **options)  # type: ignore[arg-type]
    context.add_cookies([{"name": "lotline", "value": office.cookie, "url": office.address}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


def _violations(page: Page, path: str) -> list[str]:
    page.goto(path)
    if page.locator(".map, #zone-map, #list-map").count():
        expect(page.locator(".maplibregl-ctrl-zoom-in")).to_be_attached()
    return axe.wrongs(page)


def test_no_page_breaks_wcag_21_aa_on_a_phone(on_the_phone: Page) -> None:
    assert {path: _violations(on_the_phone, path) for path in PAGES} == {path: [] for path in PAGES}


def test_the_map_shows_what_nobody_has_verified_and_the_panel_its_parcels_history(
    manager: Page,
) -> None:
    manager.goto(f"/office/map{CLOSE}")
    expect(manager.locator("body.map-ready")).to_be_attached()
    expect(manager.locator("#list")).to_contain_text("Unseen")
    manager.locator("#list a", has_text="108 Alder St").first.click()
    expect(manager.locator("#panel h1")).to_have_text("108 Alder St")
    expect(manager.locator("#panel")).to_contain_text("2026-0008")
    assert "case=2026-0003" in manager.url
    manager.keyboard.press("Escape")
    expect(manager.locator("#panel")).to_be_hidden()


_INSERTED = """new MutationObserver(() => {
    window.inserted ??= document.querySelector(".map-loading")?.textContent;
}).observe(document, { childList: true, subtree: true })"""


def test_a_map_says_that_it_loads_until_it_is_drawn(manager: Page) -> None:
    held: list[Route] = []
    manager.add_init_script(_INSERTED)
    manager.route("**/tiles/staff_ground/**", lambda route: held.append(route))  # noqa: PLW0108 - takes no builtin
    manager.goto("/office/zones/1")
    expect(manager.locator(".map-loading")).to_have_text("Loading the map…")
    assert manager.evaluate("window.inserted") == ""  # else no reader of the screen says it
    manager.unroute("**/tiles/staff_ground/**")
    for each in held:
        each.continue_()
    expect(manager.locator(".map-loading")).to_have_count(0)


def test_a_map_whose_ground_does_not_come_says_what_to_do(browser: Browser, office: Office) -> None:
    with browser.new_context(base_url=office.address) as context:
        context.add_cookies([{"name": "lotline", "value": office.cookie, "url": office.address}])
        page = context.new_page()
        page.route("**/tiles/staff_ground/**", lambda route: route.abort())
        page.goto("/office/map")
        expect(page.locator(".map-loading")).to_contain_text("Load the page again")


def test_what_goes_wrong_beside_the_ground_of_a_map_is_told_to_the_console(
    browser: Browser, office: Office
) -> None:
    with browser.new_context(base_url=office.address) as context:
        context.add_cookies([{"name": "lotline", "value": office.cookie, "url": office.address}])
        page, said = context.new_page(), list[str]()
        page.on("console", lambda each: said.append(each.text) if each.type == "error" else None)
        page.route("**/tiles/staff/**", lambda route: route.fulfill(status=500))
        page.goto("/office/map")
        expect(page.locator("body.map-ready")).to_be_attached()
        assert [each for each in said if "Failed to load resource" not in each] != []


# A map of 400 by 300 degrees and pixels, with a zone from 300 west of it to its middle and, where
# `crowded`, one over all of it; what is marked stands at `marks`.
SEEN = """({ marks, crowded }) => {
  const [zone, usual] = [[[-300, 0], [200, 0], [200, 300], [-300, 300], [-300, 0]], [-150, 150]];
  const data = {}, heard = {}, box = { getBoundingClientRect: () => ({ left: 0, top: 0 }) };
  const legend = { getBoundingClientRect: () => ({ left: 0, top: 100, right: 60, bottom: 300 }) };
  const named = (properties, drawn, at) => (sourceLayer) => ({ properties,
    geometry: sourceLayer === "zone" ? { type: "Polygon", coordinates: [drawn] }
      : { type: "Point", coordinates: at } });
  const zones = [named({ id: 1, name: "West" }, zone, usual)];
  const all = [[0, 0], [400, 0], [400, 300], [0, 300], [0, 0]];
  if (crowded) zones.push(named({ id: 2, name: "All" }, all, [130, 150]));
  const map = {
    on: (kind, does) => (heard[kind] = does),
    project: ([x, y]) => ({ x, y }), unproject: (pixel) => ({ toArray: () => pixel }),
    getContainer: () => ({ clientWidth: 400, clientHeight: 300, ...box,
      querySelectorAll: () => [], parentElement: { querySelectorAll: () => [legend] } }),
    getLayer: () => true,
    getSource: (id) => ({ setData: ({ features }) => (data[id] = features) }),
    querySourceFeatures: (_id, { sourceLayer }) => zones.map((each) => each(sourceLayer)),
    queryRenderedFeatures: () => marks.map((coordinates) =>
      ({ layer: { id: "case" }, properties: {}, geometry: { type: "Point", coordinates } })),
  };
  keepZoneNames(map);
  heard.idle();
  return data["zone-names"].map(({ geometry }) => geometry.coordinates);
}"""


@pytest.fixture(scope="module")
def named(browser: Browser) -> Iterator[Callable[..., list[tuple[float, float]]]]:
    """Where the names of the zones of `SEEN` stand."""
    script = (SCRIPTS / "map" / "zone_names.js").read_text().replace("export const ", "const ")
    with browser.new_context() as context:
        page = context.new_page()
        page.add_script_tag(content=script.replace("export function ", "function "))

        def seen(*marks: tuple[int, int], crowded: bool = False) -> list[tuple[float, float]]:
            said = {"marks": marks, "crowded": crowded}
            return [(x, y) for x, y in page.evaluate(SEEN, said)]

        yield seen


def test_the_name_of_a_zone_seen_in_part_stands_in_that_part_and_under_nothing(
    named: Callable[..., list[tuple[float, float]]],
) -> None:
    ((x, y),) = named()
    assert 62 <= x < 200
    assert 26 <= y <= 274
    assert x > 60 + 62 or y < 100 - 26


def test_every_zone_has_its_name_off_marks_and_other_names_where_that_can_be(
    named: Callable[..., list[tuple[float, float]]],
) -> None:
    ((x, y),) = named()
    ((there, down),) = named((round(x), round(y)))
    assert abs(there - x) > 12 or abs(down - y) > 12
    everywhere = [(x, y) for x in range(0, 400, 20) for y in range(0, 300, 20)]
    assert len(named(*everywhere)) == 1
    (west, high), (east, low) = named(*everywhere, crowded=True)
    assert abs(west - east) > 40 or abs(high - low) > 40


def test_the_sentence_narrows_map_and_list_and_stands_in_the_address(manager: Page) -> None:
    manager.goto("/office/map")
    expect(manager.locator("body.map-ready")).to_be_attached()
    with manager.expect_response(lambda answer: "/map/found.json" in answer.url) as found:
        manager.locator("select[name=stage]").select_option("overdue")
    assert len(found.value.json()["features"]) == 1
    expect(manager.locator("#list .case-row")).to_have_count(1)
    assert "stage=overdue" in manager.url
    manager.locator(".legend select[name=by]").select_option("age")
    expect(manager.locator("ul[data-by=age]")).to_be_visible()
    expect(manager.locator("ul[data-by='']")).to_be_hidden()
    manager.reload()
    expect(manager.locator("#list .case-row")).to_have_count(1)
    expect(manager.locator("ul[data-by=age]")).to_be_visible()
    manager.locator("#list .more a").click()
    expect(manager.locator("table tbody tr")).to_have_count(1)


def test_an_area_drawn_on_the_map_opens_the_list_within_and_picks_nothing(manager: Page) -> None:
    manager.goto(f"/office/map?stage=overdue{CLOSE}")
    expect(manager.locator("body.map-ready")).to_be_attached()
    manager.locator("[data-draw]").click()
    box = manager.locator("#map canvas").bounding_box()
    assert box
    for across, down in ((0.6, 0.3), (0.9, 0.3), (0.9, 0.8)):
        manager.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
    expect(manager.locator("#panel")).to_be_hidden()
    manager.keyboard.press("Enter")
    manager.wait_for_url("**/office/cases?*area=*")
    assert "stage=overdue" in manager.url


def test_by_keyboard_alone_a_case_is_found_beside_the_map(manager: Page) -> None:
    manager.goto("/office/map")
    expect(manager.locator("body.map-ready")).to_be_attached()
    manager.locator("#list h2").wait_for()
    manager.keyboard.press("j")
    expect(manager.locator("#list a:focus")).to_have_count(1)
    manager.keyboard.press("Enter")
    expect(manager.locator("#panel h1")).to_be_focused()


def test_a_zone_is_drawn_by_keyboard_alone(manager: Page) -> None:
    manager.goto("/office/zones/new")
    expect(manager.locator("#zone-map.map-ready")).to_be_attached()
    manager.locator("#name").focus()
    manager.keyboard.type("Harbor")
    manager.keyboard.press("Tab")
    manager.keyboard.type("J. Oka")
    manager.keyboard.press("Tab")
    manager.keyboard.type("27.2965, -80.4015\n27.2965, -80.3985\n27.3005, -80.3985\n")
    manager.locator("#zone-map canvas").focus()
    manager.keyboard.press("Space")
    corners = manager.locator("#corners")
    assert len(corners.input_value().strip().splitlines()) == 4
    manager.keyboard.press("Control+z")
    assert len(corners.input_value().strip().splitlines()) == 3
    expect(manager.locator("[data-corner-says]")).to_have_text("3 corners")
    manager.locator("button[name=show]").last.focus()
    manager.keyboard.press("Enter")
    expect(manager.locator(".zone-follows")).to_be_focused()
    expect(manager.locator(".zone-follows")).to_contain_text("change")
    expect(manager.locator(".zone-follows")).to_contain_text("Zone 1 holds")
    shared = manager.locator("#zone-map").get_attribute("data-shared")
    assert shared is not None
    assert "Polygon" in json.loads(shared)[0]["type"]
    manager.locator("button[value=neighbours]").focus()
    manager.keyboard.press("Enter")
    expect(manager.locator(".zone-follows")).to_contain_text("Zone 1 gives up")
    manager.locator("form#zone-form > p button[name=show]").focus()
    manager.keyboard.press("Enter")
    expect(manager.locator(".zone-follows")).to_contain_text("Zone 1 holds")
    manager.locator("button[name=save]").focus()
    manager.keyboard.press("Enter")
    expect(manager.locator("main")).to_contain_text("drew Harbor")


def test_a_corner_is_dragged_deleted_and_brought_back_by_mouse(manager: Page) -> None:
    manager.goto("/office/zones/1")
    expect(manager.locator("#zone-map.map-ready")).to_be_attached()
    corners = manager.locator("#corners")
    before = corners.input_value()
    canvas = manager.locator("#zone-map canvas").bounding_box()
    assert canvas
    spot = manager.evaluate("() => window.scrollY")
    assert spot == 0
    middle = canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] / 2
    side = _edge(canvas)
    manager.mouse.click(*side)
    expect(manager.locator("[data-corner-says]")).to_have_text("5 corners")
    manager.mouse.move(*side)
    manager.mouse.down()
    manager.mouse.move(*middle, steps=4)
    manager.mouse.up()
    assert len(corners.input_value().splitlines()) == 5
    moved = corners.input_value()
    manager.locator("[data-corner=delete]").click()
    expect(manager.locator("[data-corner-says]")).to_have_text("4 corners")
    manager.locator("[data-corner=undo]").click()
    assert corners.input_value() == moved
    for _ in range(2):
        manager.locator("[data-corner=undo]").click()
    assert corners.input_value() == before


def test_an_outline_is_drawn_by_mouse_until_its_first_corner_ends_it(manager: Page) -> None:
    manager.goto("/office/zones/new")
    expect(manager.locator("#zone-map.map-ready")).to_be_attached()
    canvas = manager.locator("#zone-map canvas").bounding_box()
    assert canvas
    clicked = [(0.3, 0.3), (0.6, 0.2), (0.8, 0.5), (0.6, 0.8), (0.3, 0.7), (0.3, 0.3), (0.1, 0.1)]
    for x, y in clicked:  # a corner each, but for the last two: the end, and a click after it
        manager.mouse.click(canvas["x"] + x * canvas["width"], canvas["y"] + y * canvas["height"])
        manager.wait_for_timeout(400)  # two in less would be a double click
    expect(manager.locator("[data-corner-says]")).to_have_text("5 corners")


def _edge(canvas: dict[str, float]) -> tuple[float, float]:
    """Return a point on the upper side of the zone, which the map shows whole with some room."""
    width, height = 0.0038, 0.006
    stretch = 1 / 0.8886  # of Mercator's north-south at 27.3 degrees
    room = 24
    scale = min(
        (canvas["width"] - 2 * room) / width, (canvas["height"] - 2 * room) / (height * stretch)
    )
    return (
        canvas["x"] + canvas["width"] / 2,
        canvas["y"] + canvas["height"] / 2 - height * stretch * scale / 2,
    )


def test_what_a_figure_means_comes_up_with_the_focus_and_goes_with_esc(manager: Page) -> None:
    manager.goto("/office/")
    means = manager.locator("#means-inspected")
    expect(means).to_be_hidden()
    manager.locator("[aria-describedby=means-inspected]").focus()
    expect(means).to_be_visible()
    manager.keyboard.press("Escape")
    expect(means).to_be_hidden()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_phone(on_the_phone: Page, path: str) -> None:
    on_the_phone.set_viewport_size({"width": 320, "height": 700})
    on_the_phone.goto(path)
    assert on_the_phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_is_done_in_many_cases_is_in_sight_from_the_top_of_their_list(manager: Page) -> None:
    manager.goto("/office/cases?queue=every")
    manager.set_viewport_size({"width": 1440, "height": 600})
    expect(manager.get_by_role("button", name="Show what it would do")).to_be_in_viewport()
    manager.set_viewport_size(PHONE)
    manager.get_by_role("link", name="Do something in several of these cases").click()
    expect(manager.locator("#bulk")).to_be_in_viewport()

"""A resident reports a problem in a real browser: on a phone, by keys, without scripts, offline."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe
import pytest
import sqlalchemy as sa
from alder_town import application
from conftest import DESK, PHONE, _page, serving
from front_desk import open_for_work
from playwright.sync_api import Browser, Page, Route, expect

from cases.documents.store import Store
from geo.cluster import Cluster
from geo.database import Database, from_cluster
from webmap.public.reporting import opened

sys.path.append(str(Path(__file__).parents[1] / "cases"))
from files import jpeg

RECEIVED = {"en": "The town has received your report", "es": "El municipio recibió su reporte"}
SEND = {"en": "Send the report", "es": "Enviar el reporte"}


class Town:
    """A town's site that takes reports, and what it has taken."""

    def __init__(self, site: str, database: Database) -> None:
        self.site = site
        self.database = database

    def ask(self, query: str) -> Any:
        with self.database.owner.connect() as connection:
            return connection.scalar(sa.text(query))

    @property
    def reports(self) -> int:
        return int(self.ask("SELECT count(*) FROM lotline.resident_report"))

    @property
    def photos(self) -> int:
        return int(self.ask("SELECT count(*) FROM lotline.resident_photo"))


@pytest.fixture(scope="module")
def town(cluster: Cluster, worker_id: str) -> Iterator[Town]:
    name = f"reported_{worker_id}"
    cluster.drop_database(name)
    cluster.create_database(name, template="lotline")
    with from_cluster(cluster, name=name) as database:
        open_for_work(database)
        with application(database) as app:
            app.extensions["lotline_documents"] = Store("memory://reported")
            with serving(app) as site:
                yield Town(site, database)
    cluster.drop_database(name)


@pytest.fixture(autouse=True)
def patient(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a browser write faster than people do, and give its place all its tries back."""
    monkeypatch.setattr(opened, "TOO_QUICK", opened.TOO_QUICK * 0)
    with town.database.owner.begin() as connection:
        connection.exec_driver_sql("DELETE FROM lotline.throttle")


@pytest.fixture
def phone(browser: Browser, town: Town) -> Iterator[Page]:
    yield from _page(
        browser, town.site, viewport=PHONE, has_touch=True, permissions=["geolocation"],
        geolocation={"latitude": 27.3005, "longitude": -80.3985},
    )  # fmt: skip


@pytest.fixture
def broken_phone(browser: Browser, town: Town) -> Iterator[Page]:
    yield from _page(browser, town.site, viewport=PHONE, has_touch=True, tolerant=True)


@pytest.fixture
def desk(browser: Browser, town: Town) -> Iterator[Page]:
    yield from _page(browser, town.site, viewport=DESK)


@pytest.fixture
def scriptless(browser: Browser, town: Town) -> Iterator[Page]:
    yield from _page(browser, town.site, viewport=PHONE, java_script_enabled=False)


def fill(page: Page, *, where: str = "900 Nowhere Rd") -> None:
    """Write a whole report, without a name."""
    page.locator("#where").fill(where)
    page.locator("input[name=kind][value='High grass']").check()
    page.locator("#said").fill("Waist-high grass since May")
    page.locator("input[name=who][value=nameless]").check()


def send(page: Page, language: str = "en") -> None:
    page.get_by_role("button", name=SEND[language]).click()


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_resident_reports_on_a_phone_and_asks_by_the_code_what_became_of_it(
    phone: Page, town: Town, language: str
) -> None:
    before = town.reports
    phone.goto(f"/language/{language}?to=/")
    phone.locator(".site-do").click()
    expect(phone).to_have_url(re.compile("/report$"))
    assert axe.wrongs(phone) == []
    fill(phone)
    phone.locator("input[name=who][value=named]").check()
    phone.locator("#name").fill("Odalys Ferrer")
    phone.locator("#home").fill("77 Quince Ct")
    photo = {"name": "yard.jpg", "mimeType": "image/jpeg", "buffer": jpeg((60, 40))}
    phone.locator("#photos").set_input_files([photo])  # type: ignore[list-item]
    expect(phone.get_by_role("img", name="yard.jpg")).to_be_visible()
    assert axe.wrongs(phone) == []
    send(phone, language)
    expect(phone.get_by_role("heading", level=1)).to_have_text(RECEIVED[language])
    expect(phone.get_by_role("heading", level=1)).to_be_focused()
    assert axe.wrongs(phone) == []
    assert town.reports == before + 1
    code = phone.locator(".code").inner_text()
    phone.goto("/report/track")
    assert "(optional)" not in phone.locator("main").inner_text()
    assert axe.wrongs(phone) == []
    phone.locator("#code").fill(code)
    phone.locator("main form button").click()
    expect(phone.locator(".report-standing h2")).to_be_visible()
    assert axe.wrongs(phone) == []
    phone.goto("/report")  # what was received is on the phone no more
    assert phone.locator("#where").input_value() == ""
    expect(phone.locator("[data-draft]")).to_be_hidden()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_way_to_report_is_whole_in_the_header_of_a_phone(phone: Page, language: str) -> None:
    phone.goto(f"/language/{language}?to=/table")
    button = phone.locator(".site-do").bounding_box()
    header = phone.locator(".site-header").bounding_box()
    assert button
    assert header
    assert button["x"] + button["width"] <= PHONE["width"]
    assert header["y"] <= button["y"]
    assert button["y"] + button["height"] <= header["y"] + header["height"]
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert phone.evaluate(wide)
    assert phone.evaluate("""() => { const it = document.querySelector(".site-do");
        return it.scrollWidth <= it.clientWidth && it.scrollHeight <= it.clientHeight + 1; }""")


def test_a_server_that_fails_and_recovers_has_one_report_and_nothing_was_lost(
    broken_phone: Page, town: Town
) -> None:
    page, before, photos = broken_phone, town.reports, town.photos
    failing = {"/report": 2, "/report/photo/": 1}

    def fail(route: Route) -> None:
        for path, times in failing.items():
            is_it = route.request.url.partition("?")[0].endswith(path) or (
                path.endswith("/") and path in route.request.url
            )
            if route.request.method == "POST" and is_it and times:
                failing[path] -= 1
                if path == "/report" and failing[path] == 0:
                    route.fetch()  # it was taken in, and the answer lost
                return route.fulfill(status=500, body="broken")
        return route.continue_()

    page.route("**/report**", fail)
    page.goto("/report")
    fill(page)
    photo = {"name": "yard.jpg", "mimeType": "image/jpeg", "buffer": jpeg((70, 40))}
    page.locator("#photos").set_input_files([photo])  # type: ignore[list-item]
    send(page)
    expect(page.locator("[data-send-says]")).to_contain_text("Kept on this phone")
    page.reload()
    expect(page.locator("[data-draft]")).to_contain_text("The town has not received it yet.")
    expect(page.locator("#said")).to_have_value("Waist-high grass since May")
    for _ in range(5):
        if page.locator("[data-received]").count():
            break
        page.locator("[data-send]").click()
        page.locator("[data-received], [data-state=kept]:not(:empty)").first.wait_for()
    expect(page.get_by_role("heading", level=1)).to_have_text(RECEIVED["en"])
    assert (town.reports, town.photos) == (before + 1, photos + 1)
    assert failing == {"/report": 0, "/report/photo/": 0}


def test_a_phone_without_room_for_a_draft_reports_all_the_same(phone: Page, town: Town) -> None:
    before, photos = town.reports, town.photos
    phone.add_init_script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); }"
    )
    phone.goto("/report")
    fill(phone)
    photo = {"name": "yard.jpg", "mimeType": "image/jpeg", "buffer": jpeg((90, 40))}
    phone.locator("#photos").set_input_files([photo])  # type: ignore[list-item]
    expect(phone.get_by_role("img", name="yard.jpg")).to_be_visible()
    send(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text(RECEIVED["en"])
    assert (town.reports, town.photos) == (before + 1, photos + 1)


def test_a_point_that_the_phone_gave_is_there_again_after_a_reload(phone: Page) -> None:
    phone.goto("/report")
    phone.locator("[data-here]").click()
    expect(phone.locator("[data-point-says]")).to_contain_text("feet")
    phone.wait_for_timeout(600)
    phone.reload()
    expect(phone.locator("[data-draft]")).to_be_visible()
    assert phone.locator("#point").input_value().startswith("27.3005")


@pytest.mark.parametrize("broken", ["**/report/token.json", "**/report"])
def test_an_answer_that_is_none_of_the_towns_is_as_good_as_none(
    broken_phone: Page, town: Town, broken: str
) -> None:
    page, before, left = broken_phone, town.reports, [1]

    def intrude(route: Route) -> None:
        is_answer = broken.endswith("json") or route.request.method == "POST"
        if is_answer and left:
            left.pop()
            return route.fulfill(status=200, content_type="text/html", body="<p>Sign in to Wi-Fi")
        return route.continue_()

    page.route(broken, intrude)
    page.goto("/report")
    fill(page)
    send(page)
    expect(page.locator("[data-send-says]")).to_contain_text("Kept on this phone")
    # Of itself it is sent again.
    expect(page.get_by_role("heading", level=1)).to_have_text(RECEIVED["en"])
    assert town.reports == before + 1


def test_a_photo_that_is_refused_is_told_of_before_the_report_goes_without_it(
    broken_phone: Page, town: Town
) -> None:
    phone, before = broken_phone, town.reports
    phone.goto("/report")
    fill(phone)
    cut = {"name": "cut.jpg", "mimeType": "image/jpeg", "buffer": jpeg((90, 60))[:200]}
    phone.locator("#photos").set_input_files([cut])  # type: ignore[list-item]
    send(phone)
    expect(phone.locator("[data-photos-say]")).to_contain_text("cut.jpg: ")
    expect(phone.locator("[data-send-says]")).to_contain_text("Not sent yet")
    expect(phone.locator("[data-photos] li")).to_have_count(0)
    assert axe.wrongs(phone) == []
    assert town.reports == before
    send(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text(RECEIVED["en"])
    assert town.reports == before + 1


def test_who_reports_is_kept_on_a_phone_only_where_it_is_asked_for(broken_phone: Page) -> None:
    page = broken_phone
    page.goto("/report")
    fill(page)
    page.locator("input[name=who][value=named]").check()
    page.locator("#name").fill("Odalys Ferrer")
    page.wait_for_timeout(600)
    page.reload()
    expect(page.locator("[data-draft]")).to_be_visible()
    assert page.locator("#name").input_value() == ""
    page.locator("#name").fill("Odalys Ferrer")
    page.locator("[data-keep-me]").check()
    page.wait_for_timeout(600)
    page.reload()
    expect(page.locator("[data-draft]")).to_be_visible()
    assert page.locator("#name").input_value() == "Odalys Ferrer"
    page.locator("[data-draft-drop]").click()
    expect(page.locator("#said")).to_have_value("")


def test_the_phone_says_where_it_is_and_what_is_known_there_is_offered(phone: Page) -> None:
    phone.goto("/report")
    phone.locator("[data-here]").click()
    expect(phone.locator("[data-point-says]")).to_contain_text("feet")
    expect(phone.locator(".report-place")).to_be_visible()
    phone.locator("[data-point=lift]").click()
    phone.locator("#where").fill("102 Alder St")
    phone.locator("input[name=kind][value='High grass']").check()
    same = phone.locator(".report-same")
    expect(same).to_contain_text("2026-0002")
    assert axe.wrongs(phone) == []


def test_a_point_is_put_by_keys_alone(desk: Page) -> None:
    desk.goto("/report")
    expect(desk.locator("[data-open-map]")).to_be_enabled()
    desk.locator("[data-open-map]").focus()
    desk.keyboard.press("Enter")
    canvas = desk.locator("#report-map canvas.maplibregl-canvas")
    canvas.wait_for()
    canvas.focus()
    desk.keyboard.press("Space")
    expect(desk.locator("[data-point-says]")).to_contain_text("The point on the map is used.")
    assert "," in desk.locator("#point").input_value()
    assert axe.wrongs(desk) == []


def test_a_report_is_written_and_sent_by_keys_alone(desk: Page, town: Town) -> None:
    before = town.reports
    desk.goto("/report")
    keys = desk.keyboard
    desk.locator("#where").focus()
    keys.type("900 Nowhere Rd")
    _tab_to(desk, "kind")
    keys.press("Space")
    _tab_to(desk, "said")
    keys.type("A pile of tires")
    _tab_to(desk, "who")
    keys.press("ArrowDown")
    for _ in range(12):
        keys.press("Tab")
        if desk.evaluate("document.activeElement.matches('[data-send]')"):
            break
    keys.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text(RECEIVED["en"])
    assert town.reports == before + 1


def _tab_to(page: Page, name: str) -> None:
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(name)


def test_without_scripts_it_is_an_ordinary_form_that_keeps_what_was_typed(
    scriptless: Page, town: Town
) -> None:
    before, photos = town.reports, town.photos
    scriptless.goto("/report")
    fill(scriptless)
    scriptless.locator("#said").fill("")
    photo = {"name": "yard.jpg", "mimeType": "image/jpeg", "buffer": jpeg((80, 40))}
    scriptless.locator("#photos").set_input_files([photo])  # type: ignore[list-item]
    send(scriptless)
    expect(scriptless.locator(".usa-alert--error")).to_contain_text("Say in a few words")
    expect(scriptless.locator(".report-has")).to_contain_text("yard.jpg")
    assert scriptless.locator("#where").input_value() == "900 Nowhere Rd"
    scriptless.locator("#said").fill("Waist-high grass")
    send(scriptless)
    expect(scriptless.get_by_role("heading", level=1)).to_have_text(RECEIVED["en"])
    assert (town.reports, town.photos) == (before + 1, photos + 1)


_RADIO = '<label><input type="radio" name="same_as" value="{}"><span>{}</span></label>'
SAME = (
    '<div class="field report-same" id="same_as" tabindex="-1"><fieldset>'
    "<legend>Is yours the same?</legend>"
    f"{_RADIO.format('2026-0001', 'High grass')}{_RADIO.format('', 'No')}</fieldset></div>"
)


def test_a_question_is_answered_before_a_report_waits_for_a_network(
    broken_phone: Page, town: Town
) -> None:
    """The town would ask it first once it is reached, when nobody may be there to answer."""
    before = town.reports
    broken_phone.route("**/report/around?*", lambda route: route.fulfill(body=SAME))
    broken_phone.goto("/report")
    fill(broken_phone, where="300 Nowhere Rd")
    asked = broken_phone.locator("#same_as")
    asked.wait_for()
    broken_phone.context.set_offline(True)
    send(broken_phone)
    says = broken_phone.locator("[data-send-says]")
    expect(says).to_contain_text("Say first")
    expect(asked).to_be_focused()
    broken_phone.get_by_label("No", exact=True).check()
    send(broken_phone)
    expect(says).to_contain_text("Kept on this phone")
    broken_phone.context.set_offline(False)
    expect(broken_phone.get_by_role("heading", name=RECEIVED["en"])).to_be_visible()
    assert town.reports == before + 1

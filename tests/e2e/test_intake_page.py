"""A clerk takes a call in a real browser: by keys alone, on a phone, without scripts."""

import re
from collections.abc import Iterator

import axe
import by_keys
import pytest
from alder_town import application
from conftest import DESK, PHONE, _page, _serve
from front_desk import REPORTER, open_for_work, seat
from playwright.sync_api import Browser, Page, expect

from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import Database, from_cluster


class Office:
    """A town's site, and the cookie of the clerk who sits in it."""

    def __init__(self, site: str, database: Database, staff: dict[Role, int]) -> None:
        self.site = site
        with application(database) as app:
            self.cookie = seat(database, app.test_client(), staff[Role.CLERK])


@pytest.fixture(scope="module")
def office(cluster: Cluster, worker_id: str) -> Iterator[Office]:
    name = f"front_desk_{worker_id}"
    cluster.drop_database(name)
    cluster.create_database(name, template="lotline")
    with from_cluster(cluster, name=name) as database:
        staff = open_for_work(database)
        for site in _serve(database):
            yield Office(site, database, staff)
    cluster.drop_database(name)


def _sit(browser: Browser, office: Office, **options: object) -> Iterator[Page]:
    for page in _page(browser, office.site, **options):
        cookie = {"name": "lotline", "value": office.cookie, "url": office.site}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        yield page


@pytest.fixture
def clerk(browser: Browser, office: Office) -> Iterator[Page]:
    yield from _sit(browser, office, viewport=DESK)


@pytest.fixture
def clerk_on_a_phone(browser: Browser, office: Office) -> Iterator[Page]:
    yield from _sit(browser, office, viewport=PHONE, has_touch=True)


@pytest.fixture
def scriptless_clerk(browser: Browser, office: Office) -> Iterator[Page]:
    yield from _sit(browser, office, viewport=DESK, java_script_enabled=False)


def test_a_call_is_taken_by_keys_alone_in_few_steps(clerk: Page) -> None:
    clerk.goto("/office/")
    keys = clerk.keyboard
    keys.press("g")
    keys.press("n")  # a new complaint, the cursor in its first field
    expect(clerk.get_by_role("combobox", name="Address or parcel")).to_be_focused()
    keys.type("104 bir")
    expect(clerk.get_by_role("option", name="104 Birch Ave").first).to_be_visible()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(clerk.get_by_label("Kind")).to_be_focused()
    keys.type("Stagnant pool")
    expect(clerk.locator("[data-check] .review")).to_contain_text("2 of 5")
    expect(clerk.locator("[data-check] .maplibregl-canvas")).to_be_visible()
    expect(clerk.locator("[data-check]")).to_contain_text("Nothing like it is on record here")
    keys.press("Tab")  # over the map's own controls, as over any map
    for _ in range(12):
        if clerk.evaluate("document.activeElement.name") == "said":
            break
        keys.press("Tab")
    keys.type("Green water behind the house")
    keys.press("Tab")  # by telephone, as it is
    keys.press("Tab")
    keys.press("Space")  # they were told
    for words in REPORTER.values():
        keys.press("Tab")
        keys.type(words)
    expect(clerk.locator("[data-check] .review")).to_contain_text("gave a name and an address")
    keys.press("Enter")
    expect(clerk.get_by_role("heading", level=1)).to_have_text("104 Birch Ave")
    expect(clerk.get_by_role("status").first).to_contain_text("is saved")
    assert "Ferrer" not in clerk.content()


def test_beside_a_matter_on_record_a_call_is_saved_by_keys_once_it_is_said_to_be_new(
    clerk: Page,
) -> None:
    clerk.goto("/office/intake")
    form, new = clerk.locator("form.intake"), clerk.get_by_label("No, it is a new matter")
    by_keys.fill(clerk, form, {"address": "104 Alder St", "kind": "High grass"})
    expect(new).to_be_visible()
    by_keys.fill(clerk, form, {"said": "Waist high", "told": "y", "name": "O. Ferrer"})
    expect(new).not_to_be_checked()
    clerk.keyboard.press("Enter")
    expect(new).to_be_focused()  # the browser asks
    clerk.keyboard.press("Space")
    clerk.get_by_label("Telephone").focus()
    expect(clerk.locator("[data-check] .review")).to_contain_text("gave no address")
    expect(new).to_be_checked()  # of the same matters, shown anew
    by_keys.press(clerk, form.get_by_role("button", name="Save the complaint"))
    expect(clerk.get_by_role("status").first).to_contain_text("is saved")


def test_what_is_on_record_shows_before_saving_and_a_call_joins_it(clerk: Page) -> None:
    clerk.goto("/office/intake")
    clerk.get_by_label("Address or parcel").fill("102 Alder St")
    clerk.get_by_label("Kind").fill("High grass")
    clerk.get_by_label("What was said").fill("The same again")
    same = clerk.get_by_label("The same as 2026-0002")
    expect(same).to_be_visible()
    same.check()
    clerk.get_by_label("I have told them so").check()
    clerk.get_by_label("Name").fill("O. Ferrer")  # asks the rules anew
    clerk.get_by_label("Address", exact=False).nth(1).fill("77 Quince Ct")
    clerk.get_by_label("Telephone").focus()
    expect(clerk.locator("[data-check] .review")).to_contain_text("gave a name and an address")
    expect(same).to_be_checked()
    clerk.get_by_role("button", name="Save the complaint").dblclick()
    expect(clerk.get_by_text("It feeds case")).to_be_visible()
    expect(clerk.get_by_role("link", name="2026-0002").first).to_be_visible()


def test_the_place_is_looked_up_before_its_kind_and_a_lay_word_becomes_the_kind(
    clerk: Page,
) -> None:
    clerk.goto("/office/intake")
    clerk.get_by_label("Address or parcel").press_sequentially("100 Ald")
    clerk.get_by_role("option", name="100 Alder St").click()
    expect(clerk.locator(".matters")).to_contain_text("2026-0001")
    kind = clerk.get_by_label("Kind")
    expect(kind).to_be_focused()
    kind.press_sequentially("car")
    kind.press("Tab")
    expect(kind).to_have_value("Inoperable vehicle")
    expect(clerk.locator("[data-check] .review")).to_contain_text("of 5")


def test_no_word_of_whoever_reports_is_in_an_address_the_browser_asks_for(clerk: Page) -> None:
    asked: list[str] = []
    clerk.on("request", lambda request: asked.append(request.url))
    clerk.goto("/office/intake")
    clerk.get_by_label("Address or parcel").fill("102 Alder St")
    clerk.get_by_label("Kind").fill("High grass")
    for name, words in REPORTER.items():
        clerk.locator(f"[name={name}]").fill(words)
    clerk.get_by_label("What was said").focus()
    expect(clerk.locator("[data-check] .review")).to_contain_text("gave a name and an address")
    checks = [url for url in asked if "/intake/check" in url]
    assert any("named=1" in url for url in checks)
    assert not [url for url in asked if re.search("ferrer|quince|772|example", url, re.IGNORECASE)]


def test_on_a_phone_what_is_on_record_stands_between_the_place_and_what_was_said(
    clerk_on_a_phone: Page,
) -> None:
    page = clerk_on_a_phone
    page.goto("/office/intake")
    page.get_by_label("Address or parcel").fill("102 Alder St")
    page.get_by_label("Kind").fill("High grass")
    page.get_by_label("What was said").focus()
    matters = page.locator(".matters")
    expect(matters).to_be_visible()
    said = page.get_by_label("What was said").bounding_box()
    shown, kind = matters.bounding_box(), page.get_by_label("Kind").bounding_box()
    assert said is not None
    assert shown is not None
    assert kind is not None
    assert kind["y"] < shown["y"] < said["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_without_scripts_a_call_is_looked_up_and_saved(scriptless_clerk: Page) -> None:
    page = scriptless_clerk
    page.goto("/office/intake")
    page.get_by_label("Address or parcel").fill("102 Alder St")
    page.get_by_label("Kind").fill("grass")
    page.get_by_role("button", name="Look what is on record there").click()
    expect(page.locator(".matters")).to_contain_text("2026-0002")
    page.get_by_label("What was said").fill("Waist high")
    page.get_by_label("No, it is a new matter").check()
    page.get_by_role("button", name="Save the complaint").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("102 Alder St")


PAGES = [
    "/office/intake", "/office/open", "/office/complaints", "/office/complaints?shelf=all",
    "/office/post", "/office/post?q=2026-0002", "/office/complaint/CP/contact",
    "/office/complaint/CP", "/office/complaint/CP/reporter",
    "/office/complaint/CP/do/complaint.accept", "/office/complaint/CP/do/complaint.link",
    "/office/complaint/CP/do/complaint.override.zone", "/office/case/2026-0002",
]  # fmt: skip


def _wrongs(page: Page) -> dict[str, list[str]]:
    page.goto("/office/intake")
    page.get_by_label("Address or parcel").fill("106 Alder St")
    page.get_by_label("Kind").fill("High grass")
    page.get_by_label("What was said").fill("Waist high")
    expect(page.locator(".matters")).to_be_visible()
    found = {"the form filled in": _violations(page)}
    page.get_by_label("No, it is a new matter").check()
    page.get_by_role("button", name="Save the complaint").click()
    expect(page.get_by_text("What the rules decided")).to_be_visible()
    number = page.url.rpartition("/")[2]
    for path in PAGES:
        page.goto(path.replace("CP", number))
        found[path] = _violations(page)
    return {path: wrong for path, wrong in found.items() if wrong}


def _violations(page: Page) -> list[str]:
    if page.locator("#list-map, .small-map").count():
        expect(page.locator(".maplibregl-ctrl-zoom-in").first).to_be_attached()
    for details in page.locator("main details").all():
        details.evaluate("element => (element.open = true)")
    return axe.wrongs(page)


def test_no_page_of_the_desk_breaks_wcag_21_aa_on_a_phone(clerk_on_a_phone: Page) -> None:
    assert _wrongs(clerk_on_a_phone) == {}


def test_a_wide_page_is_read_from_the_left_like_every_other(clerk: Page) -> None:
    clerk.goto("/office/intake")
    assert clerk.locator("main").evaluate("main => getComputedStyle(main).textAlign") == "start"


def test_what_is_no_address_is_said_once_it_is_typed_and_not_while(clerk: Page) -> None:
    clerk.goto("/office/intake")
    told = clerk.locator("[data-no-place]")
    with clerk.expect_response("**suggestions**999+Zebra"):
        clerk.get_by_label("Address or parcel").press_sequentially("999 Zebra")
    expect(told).to_be_empty()
    expect(told).to_contain_text("We know no such address or parcel")  # nothing typed for a while
    with clerk.expect_response("**suggestions**999+Zebr"):
        clerk.keyboard.press("Backspace")
    expect(told).to_be_empty()
    clerk.get_by_label("Kind").focus()
    expect(told).to_contain_text("We know no such address or parcel", timeout=1_000)
    expect(clerk.get_by_role("listbox")).to_be_hidden()
    clerk.get_by_label("Address or parcel").fill("101 Ald")
    expect(clerk.get_by_role("option").first).to_contain_text("101 Alder St")
    expect(told).to_be_empty()


def test_going_back_to_a_list_its_sentence_says_what_it_shows(clerk: Page) -> None:
    clerk.goto("/office/cases")
    clerk.wait_for_load_state("load")
    clerk.get_by_label("Zone", exact=True).select_option(label="Zone 1")
    clerk.wait_for_url("**/office/cases?**zone=**")
    clerk.go_back(wait_until="load")
    expect(clerk).to_have_url(re.compile(r"/office/cases$"))
    expect(clerk.get_by_label("Zone", exact=True)).to_have_value("")


def test_a_complaint_is_put_on_a_point_of_the_map_by_keys_and_words_take_its_place(
    clerk: Page,
) -> None:
    clerk.goto("/office/intake")
    clerk.get_by_label("Address or parcel").fill("96 Nowhere Ln")
    clerk.get_by_label("Kind").fill("High grass")
    clerk.get_by_label("What was said").fill("Waist high")
    clerk.get_by_role("button", name="Save the complaint").click()
    clerk.get_by_role("link", name="Say where it is").first.click()
    says, where = clerk.locator("[data-point-says]"), clerk.get_by_label("Address or parcel number")
    clerk.wait_for_selector(".map-ready")
    clerk.locator("#point-map canvas").focus()
    clerk.keyboard.press("Space")
    expect(says).to_contain_text("The point is at")
    where.fill("114 Birch Ave")
    expect(says).to_be_empty()
    clerk.locator("#point-map canvas").click(position={"x": 90, "y": 90})
    expect(says).to_contain_text("The point is at")
    expect(where).to_have_value("")
    assert axe.wrongs(clerk) == []
    clerk.get_by_role("button", name="Say where it is").click()
    expect(clerk.get_by_text("was placed.").first).to_be_visible()


def test_escape_closes_what_is_suggested_and_never_empties_an_address(clerk: Page) -> None:
    clerk.goto("/office/intake")
    address = clerk.get_by_label("Address or parcel")
    address.press_sequentially("104 bir")
    expect(clerk.get_by_role("option", name="104 Birch Ave").first).to_be_visible()
    for _ in range(2):
        address.press("Escape")
        expect(clerk.locator("#suggestions")).to_be_hidden()
        expect(address).to_have_value("104 bir")


def test_the_keys_are_told_above_the_button_that_closes_them(clerk: Page) -> None:
    clerk.set_viewport_size({"width": 960, "height": 420})
    clerk.goto("/office/")
    clerk.keyboard.press("?")
    keys = clerk.get_by_role("dialog")
    last = keys.locator("dd").last
    last.scroll_into_view_if_needed()
    shown, button = last.bounding_box(), keys.get_by_role("button", name="Close").bounding_box()
    assert shown is not None
    assert button is not None
    assert shown["y"] + shown["height"] + 8 <= button["y"]  # clear of the ring around it


def test_each_part_of_a_case_is_a_card_of_its_own(clerk: Page) -> None:
    clerk.goto("/office/case/2026-0002")
    card = clerk.locator(".card.part").first
    style = "card => [getComputedStyle(card).borderTopStyle, getComputedStyle(card).paddingTop]"
    assert card.evaluate(style) == ["solid", "12px"]

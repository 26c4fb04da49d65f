"""What people do on the map page, in a real browser."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

ALDER_103 = "27.3002/-80.39955"  # lot 12-2, which has no case
CASE_2 = "27.3002/-80.39925"  # lot 12-3: case 2026-0002, high grass
CASE_3 = "27.3002/-80.39865"  # lot 12-5: case 2026-0003, overdue


def _open(page: Page, path: str = "/") -> None:
    page.goto(path)
    expect(page.locator("body.map-ready")).to_be_attached()


def _click_middle(page: Page) -> None:
    page.locator(".maplibregl-canvas").click()


def _asked(page: Page, key: str) -> str:
    return parse_qs(urlsplit(page.url).query).get(key, [""])[0]


def test_the_list_holds_what_the_map_shows_and_says_how_it_stands(desk: Page) -> None:
    _open(desk)
    expect(desk.get_by_role("heading", name="7 open cases in view")).to_be_visible()
    expect(desk.locator("#list-said")).to_have_text("7 open cases in view")
    first = desk.locator(".case-row").first
    expect(first).to_contain_text("108 Alder St")
    expect(first).to_contain_text("5 days late")
    expect(first).to_contain_text("Overdue")


def test_moving_the_map_changes_the_list(desk: Page) -> None:
    _open(desk, f"/#map=19/{CASE_3}")
    heading = desk.locator("#list .summary h2")
    expect(heading).to_have_text(re.compile(r"^[1-6] open cases? in view$"))


def test_clicking_a_case_on_the_map_opens_it_and_back_returns_to_the_list(desk: Page) -> None:
    _open(desk, f"/#map=19/{CASE_3}")
    _click_middle(desk)
    expect(desk.locator("#panel h1")).to_have_text("108 Alder St")
    expect(desk.locator("#panel")).to_contain_text("Case 2026-0003")
    assert _asked(desk, "case") == "2026-0003"
    desk.go_back()
    expect(desk.locator("#panel")).to_be_hidden()
    expect(desk.locator("#list")).to_be_visible()


def test_clicking_a_parcel_without_cases_shows_that_it_has_none(desk: Page) -> None:
    _open(desk, f"/#map=19/{ALDER_103}")
    _click_middle(desk)
    expect(desk.locator("#panel h1")).to_have_text("102 Alder St")
    expect(desk.locator("#panel")).to_contain_text("No open cases")
    expect(desk.locator("#panel")).to_contain_text("M. Rivera")
    assert _asked(desk, "parcel") == "12-2"


def test_choosing_in_the_list_chooses_on_the_map_and_escape_leaves(desk: Page) -> None:
    _open(desk)
    desk.locator(".case-row a", has_text="108 Alder St").click()
    expect(desk.locator("#panel h1")).to_be_focused()
    expect(desk).to_have_url(re.compile(r"#map=1[67]"))
    desk.keyboard.press("Escape")
    expect(desk.locator("#list")).to_be_visible()
    assert _asked(desk, "case") == ""


@pytest.mark.parametrize(
    ("status", "told"), [(404, "no longer public"), (503, "could not be loaded")]
)
def test_a_record_that_cannot_be_had_is_told_in_a_sentence_with_a_way_back(
    desk_tolerant: Page, status: int, told: str
) -> None:
    page = desk_tolerant
    page.route("**/panel/**", lambda route: route.fulfill(status=status, body="<main>whole page"))
    _open(page)
    page.locator(".case-row a", has_text="108 Alder St").click()
    expect(page.locator("#panel [role=alert]")).to_contain_text(told)
    expect(page.locator("main")).to_have_count(1)
    page.get_by_role("button", name="Back to the list").click()
    expect(page.locator("#list")).to_be_visible()


def test_a_long_list_scrolls_in_its_pane_and_not_the_page(desk: Page) -> None:
    desk.set_viewport_size({"width": 1280, "height": 420})
    _open(desk)
    pane = desk.locator(".pane")
    assert pane.evaluate("each => each.scrollHeight > each.clientHeight")
    assert desk.evaluate("document.documentElement.scrollHeight") == 420


def test_an_address_with_a_choice_shows_the_same_to_whoever_opens_it(desk: Page) -> None:
    _open(desk, f"/?parcel=12-5&stage=overdue&hide=zones#map=18/{CASE_3}")
    expect(desk.locator("#panel h1")).to_have_text("108 Alder St")
    expect(desk.locator("#panel")).to_contain_text("2 closed cases")
    expect(desk.locator(".legend input[value=zones]")).not_to_be_checked()
    assert desk.url.endswith(f"#map=18/{CASE_3}")
    desk.locator("[data-close]").click()
    expect(desk.locator("select[name=stage]")).to_have_value("overdue")
    expect(desk.locator(".case-row")).to_have_count(1)


def test_filters_read_as_a_sentence_and_narrow_the_list(desk: Page) -> None:
    _open(desk)
    desk.locator("select[name=category]").select_option("Trash")
    expect(desk.locator("#list .summary h2")).to_have_text("4 open cases in view")
    expect(desk.locator("#list-said")).to_have_text("4 open cases in view")
    desk.locator("select[name=zone]").select_option(label="Zone 2")
    expect(desk.locator(".case-row")).to_have_count(2)
    assert _asked(desk, "category") == "Trash"
    assert _asked(desk, "zone") == "2"
    desk.reload()
    expect(desk.locator(".case-row")).to_have_count(2)


@pytest.mark.parametrize(("zone", "chosen"), [("1", "case"), ("2", "parcel")])
def test_the_map_shows_the_shapes_the_filter_lets_through(
    desk: Page, zone: str, chosen: str
) -> None:
    _open(desk, f"/?zone={zone}#map=19/{CASE_3}")
    _click_middle(desk)
    expect(desk.locator("#panel h1")).to_have_text("108 Alder St")
    assert _asked(desk, chosen) in {"2026-0003", "12-5"}


def test_counts_by_stage_are_switches_too(desk: Page) -> None:
    _open(desk)
    desk.locator(".tally a", has_text="Cited").click()
    expect(desk.locator(".case-row")).to_have_count(1)
    expect(desk.locator("select[name=stage]")).to_have_value("cited")


def test_tiles_come_from_where_the_page_came_from_whatever_the_server_calls_itself(
    desk: Page,
) -> None:
    def rename(route: Route) -> None:
        description = route.fetch().json()
        description["tiles"] = ["http://behind-the-proxy.invalid/{z}/{x}/{y}.mvt"]
        route.fulfill(json=description)

    desk.route("**/tiles/*.json", rename)
    _open(desk, f"/#map=19/{CASE_3}")
    _click_middle(desk)
    expect(desk.locator("#panel h1")).to_have_text("108 Alder St")


def test_the_legend_says_what_a_stage_means_by_keyboard_and_by_touch(
    desk: Page, phone: Page
) -> None:
    _open(desk)
    meaning = desk.get_by_text("A citation with a fine was issued.")
    expect(meaning).to_be_hidden()
    desk.locator(".legend li summary", has_text="Cited").press("Enter")
    expect(meaning).to_be_visible()
    _open(phone)
    phone.locator(".legend > summary").tap()
    phone.locator(".legend li summary", has_text="Overdue").tap()
    expect(phone.get_by_text("Open, and the time to fix it has run out.")).to_be_visible()


def test_the_legend_names_the_stages_in_view_and_far_off_the_counts(desk: Page) -> None:
    _open(desk, f"/#map=19/{CASE_3}")
    expect(desk.locator("#list .summary h2")).to_have_text(re.compile("in view"))
    stages = desk.locator(".legend li[data-stage]:visible")
    expect(stages).to_have_count(desk.locator(".tally a").count())
    _open(desk, f"/?far#map=13/{CASE_3}")
    expect(stages).to_have_count(0)
    expect(desk.locator(".legend [data-counted]")).to_be_visible()
    expect(desk.locator(".legend [data-several]")).to_be_hidden()


def test_a_layer_switched_off_stays_off_in_the_address(desk: Page) -> None:
    _open(desk)
    desk.locator(".layers summary").click()
    desk.locator(".legend label", has_text="Officer zones").click()
    assert _asked(desk, "hide") == "zones"
    desk.locator(".legend label", has_text="Officer zones").click()
    assert _asked(desk, "hide") == ""


def test_search_suggests_while_typing_and_works_by_keyboard_alone(desk: Page) -> None:
    _open(desk)
    desk.keyboard.press("/")
    box = desk.get_by_role("combobox", name="Find an address, street or parcel")
    expect(box).to_be_focused()
    box.press_sequentially("108 aldr")
    option = desk.get_by_role("option", name=re.compile("108 Alder St"))
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    desk.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "place-1")
    desk.keyboard.press("Enter")
    expect(desk.locator("#panel h1")).to_have_text("108 Alder St")
    assert _asked(desk, "parcel") == "12-5"


def test_a_case_can_be_reached_and_read_with_tab_and_enter_alone(desk: Page) -> None:
    _open(desk)
    for _ in range(60):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.dataset.case ?? ''"):
            break
    desk.keyboard.press("Enter")
    expect(desk.locator("#panel h1")).to_be_focused()


def test_a_phone_has_the_map_above_the_list_and_a_folded_legend(phone: Page) -> None:
    _open(phone)
    map_box = phone.locator("#map").bounding_box()
    list_box = phone.locator(".pane-body").bounding_box()
    assert map_box is not None
    assert list_box is not None
    assert map_box["height"] > 350
    assert list_box["y"] > map_box["y"] + 300
    assert phone.locator(".legend").get_attribute("open") is None
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_liens_there_is_no_lien_in_the_legend(browser: Browser, lienless_site: str) -> None:
    with browser.new_page(base_url=lienless_site) as page:
        _open(page)
        expect(page.locator(".legend")).not_to_contain_text("lien", ignore_case=True)


def test_several_cases_at_one_place_are_one_shape_told_by_how_many_are_asked_for(
    browser: Browser, crowded_site: str
) -> None:
    with browser.new_page(base_url=crowded_site, reduced_motion="reduce") as page:
        for asked, told in (
            ("", "4 open cases here. Most urgent: Overdue."),
            ("&category=Trash", "3 open cases here. Most urgent: Overdue."),
            ("&stage=cited&category=Trash", "2 open cases here. Most urgent: Cited."),
            ("&category=Noise", "Cited: Noise (2026-0003-c)"),
        ):
            page.goto("about:blank")
            _open(page, f"/?hide=zones{asked}#map=19/{CASE_3}")
            page.locator(".maplibregl-canvas").hover()
            expect(page.locator(".hover-note")).to_have_text(told)
        expect(page.locator(".case-row .is-hovered")).to_have_count(1)
        _click_middle(page)
        expect(page.locator("#panel")).to_contain_text("Case 2026-0003-c")


def test_shapes_and_rows_tell_ages_and_the_choice_is_in_the_address_and_the_legend(
    browser: Browser, crowded_site: str
) -> None:
    with browser.new_page(base_url=crowded_site, reduced_motion="reduce") as page:
        for asked, told in (
            ("&age=month", "4 open cases here. Most urgent: Overdue."),
            ("&age=month&category=Trash", "3 open cases here. Most urgent: Overdue."),
            ("&age=month&stage=cited&category=Trash", "2 open cases here. Most urgent: Cited."),
        ):
            page.goto("about:blank")
            _open(page, f"/?by=age&hide=zones{asked}#map=19/{CASE_3}")
            page.locator(".maplibregl-canvas").hover()
            expect(page.locator(".hover-note")).to_have_text(told)
        expect(page.locator(".legend [data-chosen]")).to_have_text(
            "Show cited cases for Trash verified in the last 30 days in the whole town"
        )
        expect(page.locator(".legend li[data-age]:visible")).to_have_text("Up to 30 days")
        page.locator(".legend select[name=by]").select_option("")
        assert _asked(page, "by") == ""
        page.locator("select[name=age]").select_option("older")
        expect(page.locator("#list .summary h2")).to_have_text("No open cases in view")
        assert _asked(page, "age") == "older"


def test_recorded_liens_are_shown_alone_and_narrowed(desk: Page) -> None:
    _open(desk)
    desk.get_by_role("link", name="Recorded liens").click()
    expect(desk.locator("body.map-ready")).to_be_attached()
    expect(desk.locator("#list .summary h2")).to_have_text("1 recorded lien in view")
    expect(desk.locator(".legend")).to_contain_text("Property with a lien")
    desk.locator("select[name=lien]").select_option("longer")
    expect(desk.locator("#list .summary h2")).to_have_text("No recorded liens in view")
    assert (_asked(desk, "show"), _asked(desk, "lien")) == ("liens", "longer")
    desk.locator("select[name=lien]").select_option("year")
    desk.locator(".case-row a").click()
    expect(desk.locator("#panel h1")).to_have_text("105 Alder St")


def test_a_view_is_shared_by_its_address_which_opens_the_same(browser: Browser, site: str) -> None:
    with browser.new_context(
        base_url=site, permissions=["clipboard-read", "clipboard-write"], reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        _open(page, f"/?parcel=12-5&stage=overdue&by=age&hide=zones#map=18/{CASE_3}")
        page.get_by_role("button", name="Share this view").press("Enter")
        expect(page.get_by_text("The address of this view is copied.")).to_be_visible()
        shared = page.evaluate("navigator.clipboard.readText()")
        again = context.new_page()
        _open(again, shared)
        expect(again.locator("#panel h1")).to_have_text("108 Alder St")
        expect(again.locator("select[name=by]")).to_have_value("age")
        expect(again.locator(".legend input[value=zones]")).not_to_be_checked()
        assert shared.endswith(
            f"#map=18.00/{'/'.join(f'{float(n):.5f}' for n in CASE_3.split('/'))}"
        )


def test_where_nothing_may_be_copied_the_address_is_there_to_be_taken_by_hand(desk: Page) -> None:
    desk.add_init_script("delete Navigator.prototype.clipboard")
    _open(desk, "/?stage=overdue")
    desk.get_by_role("button", name="Share this view").click()
    field = desk.get_by_role("textbox", name="Address of this view")
    expect(field).to_be_focused()
    assert "stage=overdue#map=" in field.input_value()


def test_the_note_over_a_shape_is_in_the_language_of_the_page(
    browser: Browser, crowded_site: str
) -> None:
    spanish = {"locale": "es-US", "base_url": crowded_site, "reduced_motion": "reduce"}
    with browser.new_page(**spanish) as page:  # type: ignore[arg-type]
        _open(page, f"/?hide=zones#map=19/{CASE_2}")
        page.locator(".maplibregl-canvas").hover()
        expect(page.locator(".hover-note")).to_contain_text("Césped alto (2026-0002)")

"""The field app is read and worked by everybody: by keyboard, in sunlight, at 320 pixels."""

import re

import axe
import pytest
import sqlalchemy as sa
from field_browser import (
    PHONE,
    READY,
    finish,
    let_in,
    open_field,
    see_from_the_street,
    take_photos,
    until,
)
from field_day import Field
from field_town import CLERK, MANAGER, OFFICER, counted, in_daytime, now, open_alleged, staff_of
from playwright.sync_api import Browser, Page, expect

from cases import inspections
from cases.assigning import assign
from cases.models import Staff
from cases.opening import void_case


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def _small_keys(page: Page) -> list[str]:
    """Name what a thumb is to hit and is smaller than 48 pixels."""
    script = """() => [...document.querySelectorAll("main .key, main summary, .choice, .tabs a")]
        .filter((each) => each.checkVisibility())
        .filter((each) => each.getBoundingClientRect().height < 48)
        .map((each) => each.textContent)"""
    found: list[str] = page.evaluate(script)
    return found


def test_every_screen_is_accessible_large_enough_and_fits_320_pixels(field: Field) -> None:
    page = field.page
    shown = {"t": ".day", "s": ".ending", "o": ".receipt", "n": "[data-place]"}
    for width, scheme, colors in (
        (390, "light", "none"), (390, "dark", "none"), (320, "light", "none"),
        (390, "light", "active"),
    ):  # fmt: skip
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme, forced_colors=colors)  # type: ignore[arg-type]
        for screen in ("today", f"stop/case-{field.cases[0]}", "outbox", "new"):
            page.evaluate("(screen) => { location.hash = screen; }", screen)
            page.wait_for_selector(shown[screen[0]])
            assert axe.wrongs(page, axe.AAA) == [], (screen, width, scheme)
            assert _fits(page), (screen, width)
            assert _small_keys(page) == [], screen


def test_a_link_to_a_stop_opens_it_on_a_phone_that_knows_no_day_yet(field: Field) -> None:
    assert field.context.browser is not None
    phone = field.context.browser.new_context(viewport=PHONE)
    let_in(phone, field.site, field.app, field.database, "rivera")
    page = phone.new_page()
    page.goto(f"{field.site}/field/#stop/case-{field.cases[0]}")
    expect(page.locator(".ending")).to_be_visible()
    phone.close()


def test_a_list_whose_day_is_over_says_of_which_day_it_is_until_the_next_one_comes(
    field: Field,
) -> None:
    page = field.page
    old = f"This list is of {now().on:%A, %B} {now().on.day}."
    expect(page.locator("h1")).to_have_text(old.removeprefix("This list is of ").rstrip("."))
    field.context.set_offline(True)
    expect(page.locator("#bar")).to_contain_text("No signal")
    expect(page.locator("#bar")).not_to_contain_text("This list")
    page.clock.set_fixed_time(in_daytime(1).replace(hour=0, minute=3))
    page.evaluate("dispatchEvent(new Event('offline'))")  # as what wakes the app now and then
    expect(page.locator("#bar")).to_contain_text(old)
    assert _fits(page)
    page.clock.set_fixed_time(now().now)
    field.context.set_offline(False)
    expect(page.locator("#bar")).to_be_hidden()


def test_a_long_name_is_never_cut_and_what_is_lacking_stands_clear(field: Field) -> None:
    page = field.page
    page.evaluate("document.querySelector('.who').textContent = 'Carmen Maria Kirkland-Rivera'")
    page.evaluate(
        "document.getElementById('receipt').textContent = '10 of 10 stored at the office'"
    )
    for part in (".who", ".receipt-line"):
        assert page.locator(part).evaluate("each => each.scrollWidth <= each.clientWidth"), part
    assert _fits(page)
    page.click(".next .primary")
    page.click(".ending > .primary")
    touched = page.locator("#lacks").bounding_box()
    above = page.locator("#lacks").evaluate(
        "each => each.previousElementSibling.getBoundingClientRect().bottom"
    )
    assert touched is not None
    assert touched["y"] - above >= 8


def test_dangers_come_first_and_the_booked_visit_is_next(field: Field) -> None:
    expect(field.page.locator(".next")).to_contain_text("Dog")
    expect(field.page.locator(".next")).to_contain_text("booked for")
    field.page.click(".next .primary")
    expect(field.page.locator(".hazard")).to_contain_text("Two dogs")
    field.page.locator("summary", has_text="What happened here").click()
    expect(field.page.locator(".story")).to_contain_text("was opened")


def test_every_page_is_come_to_at_its_top_with_the_focus_on_it(field: Field) -> None:
    page = field.page
    come = "scrollY === 0 && document.activeElement.id === 'main'"
    page.click(".next .primary")
    for shown, leave in ((".ending", page.go_back), (".day", page.go_forward), (".ending", None)):
        page.wait_for_selector(shown)
        until(page, come, seconds=5)
        page.evaluate("scrollTo(0, 182)")
        if leave:
            leave()


def test_a_stop_says_who_handed_it_over_and_a_hazard_just_flagged_stands_in_sight(
    field: Field,
) -> None:
    page = field.page
    with field.database.app.begin() as connection:
        for login in ("okafor", "rivera"):
            officer_id = staff_of(connection, login)
            assign(
                connection, case_id=field.cases[0], officer_id=officer_id, actor=MANAGER,
                moment=now(),
            )  # fmt: skip
        clerk = sa.update(Staff).where(Staff.name == CLERK.name)  # who can sign in, by the city
        connection.execute(clerk.values(oidc_subject="https://login.example.gov 7"))
    open_field(page, field.site)
    page.click(".next .primary")
    expect(page.locator(".stop-head")).to_contain_text("Handed to you by M. Anager on ")
    expect(page.locator(".stop-head")).to_contain_text(
        "to another officer, ask one of these: C. Lerk (clerk)."
    )
    page.locator("summary", has_text="Flag a hazard here").click()
    page.get_by_label("What the next who comes must know").fill("A wasps' nest")
    page.get_by_role("button", name="Flag it").click()
    said = page.get_by_text("Flagged. It stands at the top")
    expect(said).to_be_focused()
    expect(page.locator(".hazard")).to_have_count(2)


_LOADING = """() => new MutationObserver(() => {
    window.loading ||= document.querySelector(".map-loading")?.textContent;
}).observe(document.getElementById("main"), { childList: true, subtree: true })"""


def test_a_lot_tapped_says_its_address_and_a_tap_beside_the_lots_says_so(field: Field) -> None:
    page = field.page
    page.get_by_role("button", name="Start a case here").click()
    page.wait_for_selector("[data-place]")
    page.evaluate(_LOADING)
    page.get_by_role("button", name="Tap the lot on the map").click()
    page.wait_for_selector(".map-ready")
    assert page.evaluate("window.loading") == "Loading the map…"
    assert page.locator(".map-loading").count() == 0
    box = page.locator(".day-map .map").bounding_box()
    assert box is not None
    middle, centre = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(middle, centre + 28)  # Alder St
    missed = page.get_by_text("No parcel here: tap inside a lot.")
    expect(missed).to_be_visible()
    page.mouse.click(middle, centre + 57)  # a lot across the street, that no stop brought
    expect(page.locator(".chosen")).to_have_text("It is here: 101 Alder St · Parcel 12-13")
    expect(missed).to_have_count(0)


def test_a_visit_is_made_by_keyboard_alone(field: Field) -> None:
    page = field.page
    _tab_to(page, "Start")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ending")
    _tab_to(page, "It is there")
    page.keyboard.press("Space")
    _tab_to(page, "From outside")
    page.keyboard.press("Space")
    _tab_to(page, "From the street")
    page.keyboard.press("Enter")
    _tab_to(page, "Finish the visit")
    page.keyboard.press("Enter")
    page.wait_for_selector(".day")
    expect(page.locator("#receipt")).to_have_text("2 of 2 stored at the office")
    assert counted(field.database, "violation WHERE status = 'open'") == [1]


def test_a_visit_ends_only_when_it_says_what_was_seen_and_how(field: Field) -> None:
    page = field.page
    page.click(".next .primary")
    end = page.get_by_role("button", name="Finish the visit")
    end.click()
    expect(page.locator(".violation .problem")).to_contain_text("Say what you found here")
    expect(page.locator(".violation .choices input").first).to_be_focused()
    page.check(".violation input[value=unseen]")
    expect(page.locator(".violation .problem")).to_have_count(0)
    end.click()
    expect(page.locator("[data-entry] .problem")).to_have_text("Say how you saw it.")
    page.check("[data-entry] input[value=vantage]")
    end.click()
    expect(page.get_by_label("From where, or with whose consent")).to_be_focused()
    page.get_by_role("button", name="From the street").click()
    end.click()
    expect(page.locator("#receipt")).to_have_text("1 of 1 stored at the office")
    assert counted(field.database, "violation WHERE status <> 'alleged'", "inspection") == [0, 1]


def test_a_photo_taken_far_away_says_so_and_the_case_is_a_link_with_a_signal_alone(
    field: Field,
) -> None:
    page = field.page
    field.context.grant_permissions(["geolocation"])
    field.context.set_geolocation({"latitude": 29.3, "longitude": -80.4, "accuracy": 6})
    page.click(".next .primary")
    number = page.get_by_role("link", name="in the office")
    expect(number).to_have_attribute("href", re.compile("/office/case/CE-"))
    take_photos(page, 1)
    expect(page.locator(".where")).to_contain_text("This was taken 138 miles from the parcel")
    field.context.set_offline(True)
    finish(page)
    page.click(".tabs [data-view=outbox]")
    expect(page.locator(".sent").first).to_contain_text("opens in the office once there is")


def _tab_to(page: Page, words: str) -> None:
    """Press Tab until what holds the focus says some words."""
    script = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(script) == words:
            return
    pytest.fail(f"nothing in the order of the keyboard says {words}")


def test_the_route_is_put_in_another_order_and_stays_so(field: Field) -> None:
    rows = field.page.locator(".stop-row strong")
    first, second = rows.all_inner_texts()
    expect(field.page.locator(".day")).to_contain_text("Appointments first, then")
    field.page.locator(".stop-row").nth(1).get_by_label(f"Move {second} up").click()
    expect(rows).to_have_text([second, first])
    expect(field.page.locator(".day")).to_contain_text("In the order you chose")
    box = field.page.locator(".stop-row .grip").nth(0).bounding_box()
    assert box is not None
    field.page.mouse.move(box["x"] + 10, box["y"] + 20)
    field.page.mouse.down()
    field.page.mouse.move(box["x"] + 10, box["y"] + 220, steps=8)
    field.page.mouse.up()
    expect(rows).to_have_text([first, second])
    field.page.reload()
    expect(rows).to_have_text([first, second])


def test_the_cases_of_a_place_are_one_stop_and_what_came_later_joins_it(field: Field) -> None:
    page = field.page
    rows = page.locator(".stop-row")
    second = rows.nth(1).locator("strong").inner_text()
    rows.nth(1).get_by_label(f"Move {second} up").click()
    expect(rows.nth(0).locator("strong")).to_have_text(second)
    with field.database.app.begin() as connection:
        law = connection.exec_driver_sql("SELECT id FROM lotline.law_pack").scalar_one()
        for lot in (1, 3):  # the next stop's, and that of the officer's second
            open_alleged(connection, law, lot=lot)
    page.reload()
    expect(page.locator(".day")).to_contain_text(
        "3 stops · 5 visits (some places have several cases)"
    )
    expect(rows).to_have_count(2)
    expect(rows.nth(0).locator("strong")).to_have_text(second)
    expect(rows.nth(0).locator(".stop-open")).to_have_count(2)
    expect(rows.nth(0).locator(".purpose").first).to_have_text("Is the violation there?")
    expect(page.locator(".next .stop-open")).to_have_count(1)
    assert axe.wrongs(page, axe.AAA) == []
    assert _fits(page)


def test_what_was_visited_is_opened_again_for_a_second_visit_and_read_once_it_is_over(
    field: Field,
) -> None:
    page = field.page

    def again() -> None:
        page.reload()
        page.wait_for_selector(READY)
        page.locator("summary", has_text="Visited (1)").click()
        page.get_by_role("button", name="Open it again").click()
        expect(page.locator("main")).to_contain_text("You were here today at")

    page.click(".next .primary")
    page.wait_for_selector(".ending")
    finish(page)
    expect(page.locator("#receipt")).to_have_text("2 of 2 stored at the office")
    again()
    page.get_by_label("Note", exact=True).fill("The gate was open")
    page.locator(".violation .choice", has_text="Still there").click()
    see_from_the_street(page)
    page.click(".ending > .primary")
    expect(page.locator("#receipt")).to_have_text("4 of 4 stored at the office")
    assert counted(field.database, "inspection WHERE status = 'made'") == [2]
    page.click(".tabs [data-view=outbox]")
    expect(page.get_by_role("link", name=re.compile("in the office"))).to_have_count(4)
    page.click(".tabs [data-view=today]")
    with field.database.app.begin() as connection:
        void_case(
            connection, case_id=field.cases[0], reason="Twice", actor=MANAGER, moment=now()
        )  # fmt: skip
    again()
    expect(page.locator(".ending")).to_have_count(0)
    expect(page.locator("summary", has_text="What happened here")).to_be_visible()
    page.locator("summary", has_text="Flag a hazard here").click()
    assert axe.wrongs(page, axe.AAA) == []


def test_a_stop_that_another_phone_has_visited_is_done_and_says_what_was_found(
    field: Field, browser: Browser
) -> None:
    field.page.click(".next .primary")
    field.page.get_by_label("Note", exact=True).fill("Knee high")
    with field.page.expect_response("**/field/day.json*"):  # so that it is not verified twice
        finish(field.page)
    field.page.reload()
    with browser.new_context(viewport=PHONE) as other:
        let_in(other, field.site, field.app, field.database, "rivera")
        page = other.new_page()
        open_field(page, field.site)
        expect(page.locator(".day")).to_contain_text("1 done")
        for each in (field.page, page):
            each.locator("summary", has_text="Visited (1)").click()
            expect(each.locator("details li")).to_contain_text("Found: violation seen: 1 of 1")
            each.get_by_role("button", name="Open it again").click()
            visited = each.locator(".visited")
            expect(visited).to_contain_text("You were here today at")
            expect(visited).to_contain_text("Found: violation seen: 1 of 1")
            expect(visited).to_contain_text("Knee high")
        field.context.set_offline(True)
        see_from_the_street(field.page)
        field.page.locator(".violation .choice", has_text="Corrected").click()
        field.page.click(".ending > .primary")
        row = field.page.locator("details li", has_text="Found:")
        expect(row).to_contain_text("Found: complied: 1 of 1")
        with field.database.app.begin() as connection:
            inspections.book(
                connection, case_id=field.cases[0], at=now().now, actor=OFFICER, moment=now()
            )
        page.click(".tabs [data-view=today]")
        page.reload()
        page.wait_for_selector(READY)
        expect(page.locator(".day")).not_to_contain_text("done")  # somebody waits there


def test_no_access_is_told_with_its_reason(field: Field) -> None:
    page = field.page
    page.click(".next .primary")
    page.locator(".ending summary").click()
    page.get_by_label("Why you could not see it").fill("Locked gate")
    page.get_by_role("button", name="Say that there was no access").click()
    expect(page.locator("#receipt")).to_have_text("1 of 1 stored at the office")
    assert counted(field.database, "inspection WHERE status = 'no_access'") == [1]

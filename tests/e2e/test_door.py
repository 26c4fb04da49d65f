"""Signing in and the pages of accounts, in a browser: for a screen reader, by keyboard alone."""

import axe
import pytest
from door_walk import Staff, walk
from playwright.sync_api import Browser, Page, expect
from staffed import PASSWORD

TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
STEPS = 22


def _wrongs(page: Page) -> list[str]:
    page.wait_for_load_state("networkidle")  # the press before may lead to this page yet
    return [*axe.wrongs(page), *(["too wide"] if page.evaluate(TOO_WIDE) else [])]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (320, "dark")], ids=str)
def test_no_page_of_the_door_breaks_wcag_21_aa_nor_the_rules_of_the_site(
    browser: Browser, door: tuple[str, Staff], width: int, scheme: str
) -> None:
    address, who = door
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 844}, reduced_motion="reduce",
        color_scheme=scheme,
    )  # fmt: skip
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda said: broken.append(said.text) if "Policy" in said.text else None)
    found = {where: _wrongs(page) for where in walk(page, who)}
    context.close()
    assert len(found) == STEPS
    assert {where: wrongs for where, wrongs in found.items() if wrongs} == {}
    assert broken == []


def test_one_signs_in_changes_the_language_and_leaves_by_keyboard_alone(
    browser: Browser, door: tuple[str, Staff]
) -> None:
    page = browser.new_page(base_url=door[0])
    page.goto("/sign-in?next=/account")
    _tab_to(page, "Sign-in name or e-mail")
    page.keyboard.type("rivera")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your account")
    _tab_to(page, "Español")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    _tab_to(page, "M. Rivera")
    page.keyboard.press("Enter")
    _tab_to(page, "Cerrar sesión")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Iniciar sesión")
    page.close()


def test_what_is_wrong_is_where_one_looks_next(browser: Browser, door: tuple[str, Staff]) -> None:
    page = browser.new_page(base_url=door[0])
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    page.get_by_label("Password", exact=True).press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    alert.get_by_role("link", name="Password").click()
    field = page.get_by_label("Password", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("This is needed.")
    page.close()


def test_one_comes_in_by_the_city_and_is_led_on(browser: Browser, city_site: str) -> None:
    page = browser.new_page(base_url=city_site)
    page.goto("/sign-in?next=/account")
    page.get_by_role("link", name="Sign in with your Alder account").click()
    page.locator("input[name=login]").fill("7f3")
    page.locator("input[name=password]").fill("of the city")
    page.locator("button[type=submit]").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("Your account")
    expect(page.locator("main")).to_contain_text("rivera@alder.example")
    assert page.url == f"{city_site}/account"
    page.close()


def _tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus is named so."""
    for _ in range(60):
        page.keyboard.press("Tab")
        named = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).innerText.trim()"
        )
        if named == words:
            return
    msg = f"the keyboard does not reach {words}"
    raise AssertionError(msg)

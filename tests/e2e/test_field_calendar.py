"""The calendar of the field app: at hand without a signal, and nobody else's on a shared phone."""

import axe
from field_browser import READY, let_in, open_field, until
from field_day import Field
from playwright.sync_api import Page, expect


def test_the_calendar_is_accessible_and_shows_what_is_booked(field: Field) -> None:
    page = field.page
    page.click(".tabs a:last-child")
    expect(page.locator(".appointment")).to_have_count(1)
    page.get_by_role("button", name="Make an address").click()
    expect(page.locator("code.key")).to_contain_text(".ics")
    assert axe.wrongs(page) == []


def test_the_calendar_is_at_hand_without_a_signal(field: Field) -> None:
    page = field.page
    field.context.set_offline(True)
    page.click(".tabs a:last-child")
    expect(page.locator(".appointment")).to_have_count(1)
    expect(page.get_by_text("As they stood at")).to_be_visible()
    page.get_by_role("link", name="Back to today's route").click()
    page.wait_for_selector(READY)


def test_the_calendar_at_hand_is_dropped_for_whoever_signs_in_next_and_at_signing_out(
    field: Field,
) -> None:
    page = field.page
    assert _calendars(page) == 1
    let_in(field.context, field.site, field.app, field.database, "okafor")
    page.goto(f"{field.site}/office/")  # and never the field app, with a signal
    until(page, _NO_CALENDAR)
    let_in(field.context, field.site, field.app, field.database, "rivera")
    open_field(page, field.site)
    until(page, f"{_CALENDARS}().then((n) => n === 1)")
    page.goto(f"{field.site}/office/")
    page.wait_for_load_state("networkidle")
    assert _calendars(page) == 1  # one's own stays
    open_field(page, field.site)
    page.locator(".me summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    until(page, _NO_CALENDAR)


_CALENDARS = """(async () => {
    const kept = (await caches.keys()).map(async (name) =>
        (await caches.open(name)).match("/field/calendar", { ignoreVary: true }));
    return (await Promise.all(kept)).filter(Boolean).length;
})"""
_NO_CALENDAR = f"{_CALENDARS}().then((n) => n === 0)"


def _calendars(page: Page) -> int:
    return int(page.evaluate(f"{_CALENDARS}()"))
